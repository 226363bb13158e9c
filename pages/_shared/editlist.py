"""Edit list: what has been said so far, latest first: by whom, when, and whether it is in the segments."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

import streamlit as st

from pages._shared import cachededits, edits, jobs
from pages._shared.cachededits import Ledger
from pages._shared.look import names
from pages._shared.words import plain, t, tell
from segment_core.improving.exchanging import edits_json
from segment_core.study import Study


def draw(study: Study) -> None:
    """Draw the ledger as a table with undo and redo, and links that are not heeded; or say how to begin."""
    for note in study.personas.notes if study.personas else ():
        if note.code == "edits-left":
            st.warning(plain(tell(note.message)), icon=":material/history:")
    if not study.edits:
        st.caption(
            t(
                "Nothing has been said yet. Press *Edit* beside a segment to merge, split, delete, name or colour it; "
                "select customers on Explore to move them, split them off, or keep them together or apart."
            )
        )
        return
    found = cachededits.ledger()
    edits.violations(study)
    edits.line(study)
    _buttons(study, found)
    st.dataframe(_rows(study, found), hide_index=True, column_config=_formats(), alt=t("Edits"), key="edits")
    st.caption(
        t(
            "Nothing is ever taken out of this list: undo and redo are entries too. What counts is replayed whenever "
            "segments are found anew; segments are known again by the customers they had."
        )
    )


def _buttons(study: Study, found: Ledger) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="edit_buttons"):
        for key, label, icon, asked, action in (
            ("ledger_undo", t("Undo"), ":material/undo:", found.undo, edits.undo),
            ("ledger_redo", t("Redo"), ":material/redo:", found.redo, edits.redo),
        ):
            said = plain(edits.told_all(asked))
            st.button(
                f"{label}: {said}" if said else label,
                icon=icon,
                key=key,
                disabled=not asked or jobs.busy(),
                on_click=action,
            )
        st.space("stretch")
        st.download_button(
            t("Download"),
            partial(edits_json, study.edits),
            "edits.json",
            "application/json",
            icon=":material/download:",
            type="tertiary",
            help=t("All entries as JSON, with the ids of customers."),
            key="edits_json",
            on_click="ignore",
        )


def _rows(study: Study, found: Ledger) -> list[dict[str, object]]:
    missed, like = dict(found.missed), dict(found.like)
    titles = _titles(study)
    return [
        {
            t("Entry"): place + 1,
            t("When"): datetime.fromisoformat(edit.at).astimezone(),
            t("Who"): edit.author or t("You"),
            t("Edit"): edits.told(edit),
            t("Is now"): titles.get(like.get(place, ""), "–") if edit.segment else "–",
            t("Customers"): f"{len(edit.customers):,}" if edit.customers else "–",
            t("State"): _state(place, edit.what, found, missed),
        }
        for place, edit in reversed(list(enumerate(study.edits)))
    ]


def _formats() -> dict[str, object]:
    return {
        t("Entry"): st.column_config.NumberColumn(width=60),
        t("When"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
        t("Who"): st.column_config.TextColumn(width="small"),
        t("Edit"): st.column_config.TextColumn(width="large"),
        t("Is now"): st.column_config.TextColumn(width="medium"),
        t("Customers"): st.column_config.TextColumn(width="small"),
    }


def _state(place: int, what: str, found: Ledger, missed: Mapping[int, object]) -> str:
    if what in ("undo", "redo"):
        return "–"
    waits = place in found.waiting
    if place not in found.counting:
        return t("taken back; waits to be applied") if waits else t("taken back")
    if waits:
        return t("waits to be applied")
    if any(one.place == place for one in found.violated):
        return t("not heeded")
    if place in missed:
        reason = missed[place]
        return t("not done: {reason}", reason=tell(reason)) if reason else t("no segment now is like it")  # type: ignore[arg-type]
    return t("done")


def _titles(study: Study) -> dict[str, str]:
    segments = study.clustering.segments if study.clustering else ()
    return {
        segment.id: f"{segment.id} · {name}" if name != segment.id else name
        for segment, name in zip(segments, names(study), strict=True)
    }
