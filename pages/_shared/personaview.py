"""Persona view: one segment as a person over the whole width: every section, its evidence, and what to do with it."""

import streamlit as st

from pages._shared import (
    audits,
    cards,
    editing,
    frame,
    jobs,
    partediting,
    portraits,
    sections,
    segmentedits,
    versions,
    view,
    writing,
)
from pages._shared import evidence as shown
from pages._shared import history as past
from pages._shared.look import chip
from pages._shared.words import plain, t
from segment_core.artifacts import SECTIONS, Claim, Evidence, Persona, Segment
from segment_core.study import Study

OPEN = 3
"""So many sentences of a section are shown at once; the others are folded."""


def draw(study: Study, evidence: Evidence, persona: Persona, number: int, segment: Segment) -> None:
    """Draw all that is known of one segment, to read in a meeting, to check and to edit."""
    with st.container(border=True, gap="small", key=f"persona.{segment.id}"):
        _head(study, evidence, persona, number, segment)
        left, right = st.columns(2, gap="medium")
        with left:
            portraits.full(study, number)
            if _is_drawn(persona, "worth"):
                _section(study, evidence, persona, "worth")
        with right:
            _tagline(study, evidence, persona)
            if _is_drawn(persona, "who"):
                _section(study, evidence, persona, "who")
        with st.grid(2, min_column_width=320, gap="small"):
            for section in SECTIONS[2:]:
                if _is_drawn(persona, section):
                    with st.container(border=True, height="stretch", gap="xsmall"):
                        _section(study, evidence, persona, section)
        _empty(persona)


def _head(study: Study, evidence: Evidence, persona: Persona, number: int, segment: Segment) -> None:
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(f"{chip(number)} {plain(persona.name)}", width="content")
            cited = tuple(item for cited in persona.basis if (item := evidence.item(cited)) is not None)
            if cited:
                shown.chip(cited, study, f"chip.{segment.id}.name", short=True)
            _tools(persona, "name")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"{cards.size(study, segment)} \u2002 {cards.authors(persona)}", width="stretch")
            if st.button(
                t("Explore"), icon=":material/scatter_plot:", type="tertiary", key=f"persona_explore.{segment.id}"
            ):
                view.choose_segment(segment.id)
                st.switch_page(frame.EXPLORE)
            st.button(
                t("Write all of it again"),
                icon=":material/refresh:",
                type="tertiary",
                help=t("Writes this persona anew with the writer in the sidebar. What you wrote yourself stays."),
                disabled=jobs.busy() or not view.may_write(),
                key=f"rewrite.{segment.id}",
                on_click=writing.again,
                args=(segment.id, ""),
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(t("What do you think of this persona?"), width="content")
            segmentedits.verdict(segment.id, "persona")
        partediting.place(persona, evidence, "name")
        partediting.place(persona, evidence, "")
        audits.warn_of(segment.id)


def _tagline(study: Study, evidence: Evidence, persona: Persona) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{sections.title('tagline')}**", width="stretch")
        cited = shown.cited([persona.tagline], evidence)
        if cited:
            shown.chip(cited, study, f"chip.{persona.segment}.tagline", short=True)
        _tools(persona, "tagline")
    if not partediting.place(persona, evidence, "tagline"):
        st.markdown(f"#### {shown.sentence(persona.tagline, evidence, marked=False)}")
        _mine(study, persona, "tagline")


def _section(study: Study, evidence: Evidence, persona: Persona, section: str) -> None:
    claims = persona.section(section)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{sections.title(section)}** {sections.badge(section)}", width="stretch")
        _tools(persona, section)
    if partediting.place(persona, evidence, section):
        return
    mixed = len({claim.author for claim in persona.claims}) > 1
    for number, claim in enumerate(claims[:OPEN]):
        _claim(study, evidence, claim, f"chip.{persona.segment}.{section}.{number}", marked=mixed)
    if claims[OPEN:]:
        with st.expander(t("More: {n}", n=len(claims) - OPEN), key=f"more.{persona.segment}.{section}"):
            for number, claim in enumerate(claims[OPEN:], OPEN):
                _claim(study, evidence, claim, f"chip.{persona.segment}.{section}.{number}", marked=mixed)
    _mine(study, persona, section)


def _claim(study: Study, evidence: Evidence, claim: Claim, key: str, *, marked: bool) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="top", gap="xsmall"):
        st.markdown(shown.sentence(claim, evidence, marked=marked), width="stretch")
        quote = evidence.item(claim.quote) if claim.quote else None
        cited = shown.cited([claim], evidence)
        if quote is not None and quote not in cited:
            cited = (*cited, quote)
        if cited:
            mine = t("You wrote this sentence over one that rested on this.") if claim.author == "analyst" else ""
            shown.chip(cited, study, key, short=True, note=mine)
    if quote is not None:
        shown.quote(quote)


def _mine(study: Study, persona: Persona, part: str) -> None:
    """Say that the analyst wrote some of a part, and when."""
    if editing.by_analyst(persona, part):
        at = versions.edited_at(study, persona.segment, part)
        said = t("edited by you, {time}", time=past.when(at)) if at is not None else t("edited by you")
        st.caption(f"{shown.AUTHOR_ICONS['analyst']} {said}")


def _tools(persona: Persona, part: str) -> None:
    """Draw the small buttons that edit a part, and write it again."""
    segment = persona.segment
    st.button(
        ":material/edit:",
        type="tertiary",
        help=t("Edit: {part}", part=sections.title(part)),
        key=f"edit.{segment}.{part}",
        on_click=view.open_part,
        args=("edit", segment, part),
    )
    if part == "tagline":  # it says what the other parts say, and is written with them
        return
    said = t("Write this part again with the writer in the sidebar; the others stay as they are.")
    if editing.by_analyst(persona, part):
        said += " " + t("What you wrote here yourself stays.")
    st.button(
        ":material/refresh:",
        type="tertiary",
        help=said,
        disabled=jobs.busy() or not view.may_write(),
        key=f"rewrite.{segment}.{part}",
        on_click=writing.again,
        args=(segment, part),
    )


def _is_drawn(persona: Persona, section: str) -> bool:
    return bool(persona.section(section)) or view.part_open() == ("edit", persona.segment, section)


def _empty(persona: Persona) -> None:
    """Offer the sections that nobody has written yet."""
    missing = [section for section in SECTIONS if not persona.section(section)]
    if not missing:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t("Nothing written yet under:"), width="content")
        for section in missing:
            st.button(
                sections.title(section),
                icon=":material/add:",
                type="tertiary",
                key=f"add.{persona.segment}.{section}",
                on_click=view.open_part,
                args=("edit", persona.segment, section),
            )
