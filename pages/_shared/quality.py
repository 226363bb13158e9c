"""Quality: what could mislead, worst first, each with one click that mends it and one that takes it back."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import state
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Customers, Note
from segment_core.intake.quality import MENDED, SKIPPED, Finding, Remedy

N_SHOWN = 4
SEVERE, NOTABLE = 0.4, 0.2
TOLD_HERE = (MENDED, SKIPPED)
"""Codes of notes that are told beside their remedy."""


def show(customers: Customers, findings: Sequence[Finding]) -> None:
    """Draw the findings about customers as they are after the plan's remedies, and these remedies."""
    st.subheader(t("Quality"))
    if not findings and not state.plan().remedies:
        st.caption(f":material/check_circle: {t('Nothing to mend was found.')}")
        return
    if findings:
        with st.container(border=True, gap="small", key="quality"):
            for finding in findings[:N_SHOWN]:
                _row(customers, finding)
            if findings[N_SHOWN:]:
                with st.expander(t("More findings: {n}", n=len(findings) - N_SHOWN), key="quality_more"):
                    for finding in findings[N_SHOWN:]:
                        _row(customers, finding)
    show_applied(customers.notes)
    if not findings:
        st.caption(f":material/check_circle: {t('Nothing more to mend was found.')}")


def show_applied(notes: Sequence[Note]) -> None:
    """List the plan's remedies with what each did, by the notes it left, and a way to take each back."""
    remedies = state.plan().remedies
    if not remedies:
        return
    told = [note for note in notes if note.code in TOLD_HERE]
    with st.container(border=True, gap="xsmall", key="mended"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/healing: **{t('Mended: {n}', n=len(remedies))}**", width="stretch")
            if len(remedies) > 1:
                st.button(t("Undo all"), icon=":material/undo:", type="tertiary", key="undo_all", on_click=_undo_all)
        for position, remedy in enumerate(remedies):
            note = told[position] if len(told) == len(remedies) else None
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_done(remedy, note), width="stretch")
                st.button(
                    t("Undo"),
                    icon=":material/undo:",
                    key=f"undo.{position}.{remedy.code}",
                    on_click=_undo,
                    args=(remedy,),
                )


def _row(customers: Customers, finding: Finding) -> None:
    key = ".".join((finding.code, *finding.columns[:1]))
    sentence, buttons = st.columns([0.66, 0.34], vertical_alignment="center")
    sentence.markdown(f"{_icon(finding.severity)} {plain(tell(finding.message))}")
    with buttons.container(horizontal=True, horizontal_alignment="right", key=f"finding.{key}"):
        if finding.examples or finding.customers:
            with st.popover(t("Look"), icon=":material/visibility:", key=f"look.{key}"):
                _look(customers, finding, key)
        if finding.remedy is not None and finding.label is not None and finding.effect is not None:
            st.button(
                tell(finding.label),
                icon=":material/healing:",
                help=plain(tell(finding.effect)),
                key=f"mend.{key}",
                on_click=_mend,
                args=(finding.remedy,),
            )


def _icon(severity: float) -> str:
    """Mark how bad a finding is by a shape, which a colour only repeats."""
    if severity >= SEVERE:
        return ":red[:material/error:]"
    return ":orange[:material/warning:]" if severity >= NOTABLE else ":gray[:material/info:]"


def _look(customers: Customers, finding: Finding, key: str) -> None:
    for example in finding.examples:
        st.markdown(f"- {plain(example)}")
    ids = [found for found in finding.customers if found in customers.frame.index]
    if ids:
        names = list(finding.columns) or [column.name for column in customers.columns if column.role != "id"]
        st.caption(t("The first {n} of those touched", n=len(ids)))
        st.dataframe(
            customers.frame.loc[ids, names],
            key=f"touched.{key}",
            height="content" if len(ids) < 8 else 300,
            alt=t("Customers that a finding touches"),
        )


def _done(remedy: Remedy, note: Note | None) -> str:
    if note is None:
        return plain(", ".join((remedy.code, *remedy.columns)))
    icon = ":material/check:" if note.code == MENDED else ":orange[:material/warning:]"
    return f"{icon} {plain(tell(note.message))}"


def _mend(remedy: Remedy) -> None:
    state.change_plan(remedies=(*state.plan().remedies, remedy))


def _undo(remedy: Remedy) -> None:
    state.change_plan(remedies=tuple(kept for kept in state.plan().remedies if kept != remedy))


def _undo_all() -> None:
    state.change_plan(remedies=())
