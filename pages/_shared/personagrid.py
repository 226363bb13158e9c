"""Persona grid: the segments as people, side by side or one by itself, and what the writer and the checker did."""

import math
import zlib

import streamlit as st

from pages._shared import audits, booklets, cards, history, keeping, personaview, portraits, tallies, view
from pages._shared.look import names
from pages._shared.words import t
from segment_core.artifacts import Clustering, Evidence
from segment_core.study import Study

CHOSEN = "persona_chosen"
A_PAGE = 8
"""So many cards are drawn at once: more would keep everybody waiting."""


def draw(study: Study, sheet: Evidence) -> None:
    """Draw all personas or one of them, or say that there are none yet."""
    if study.personas is None or study.clustering is None:
        st.caption(t("Nothing is written yet. The built-in writer works without any model: press Write personas."))
        return
    ids = [segment.id for segment in study.clustering.segments]
    if view.persona() not in ids:
        view.open_persona("")
    keeping.undo_line()
    tallies.warn(study.personas)
    _toolbar(study, ids)
    if view.persona():
        number = ids.index(view.persona())
        persona = study.personas.of(ids[number])
        if persona is not None:
            personaview.draw(study, sheet, persona, number, study.clustering.segments[number])
        audits.warn(study)
    else:
        audits.warn(study)
        _cards(study, sheet, study.clustering)
    tallies.draw(study.personas, "personas")
    history.draw(study)


def _toolbar(study: Study, ids: list[str]) -> None:
    """Ask whether all segments are looked at or one, step from one to the next, and offer them as a page."""
    titles = dict(zip(ids, names(study), strict=True)) | {"": t("All segments side by side")}
    order = ["", *ids]
    place = order.index(view.persona())
    # A box sends back what it shows, so that one with other names in it has to be another box.
    key = f"{CHOSEN}.{zlib.crc32(repr(titles).encode()):08x}"
    st.session_state[key] = view.persona()
    with st.container(horizontal=True, vertical_alignment="bottom", key="persona_bar"):
        st.selectbox(
            t("Look at"),
            order,
            format_func=lambda segment: titles[segment],
            key=key,
            label_visibility="collapsed",
            on_change=_choose,
            args=(key,),
            width=340,
        )
        for icon, step, key, said in (
            (":material/chevron_left:", -1, "persona_before", t("The segment before")),
            (":material/chevron_right:", 1, "persona_next", t("The next segment")),
        ):
            st.button(
                icon,
                type="tertiary",
                help=said,
                key=key,
                on_click=view.open_persona,
                args=(order[(place + step) % len(order)],),
            )
        st.space("stretch")
        booklets.offer(study)


def _choose(key: str) -> None:
    view.open_persona(st.session_state[key] or "")


def _cards(study: Study, sheet: Evidence, clustering: Clustering) -> None:
    assert study.personas is not None
    n_pages = math.ceil(clustering.n_segments / A_PAGE)
    page = 1
    if n_pages > 1:
        page = st.pagination(n_pages, key=f"persona_cards.{n_pages}", persist_state="session")
    numbers = range((page - 1) * A_PAGE, min(page * A_PAGE, clustering.n_segments))
    portraits.how()
    with st.grid(2, min_column_width=340):
        for number in numbers:
            segment = clustering.segments[number]
            persona = study.personas.of(segment.id)
            if persona is not None:
                with st.container(border=True, gap="small", height="stretch", key=f"persona.{segment.id}"):
                    cards.draw(study, sheet, persona, number, segment)
    portraits.table(study, numbers)
