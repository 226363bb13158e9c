"""Moves: what would move a customer to another segment, and which columns may change for it."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import marks, state, whycached
from pages._shared.look import names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Scorer
from segment_core.intake.marks import mutable
from segment_core.scoring import Why, change_said, changeable
from segment_core.study import Study

KEY = "why_mutable"
WEIGHTY = 0.3
"""Part of what speaks for a segment from which on what somebody wrote holds them there."""


def draw(study: Study, scorer: Scorer, why: Why, titles: Sequence[str]) -> None:
    """Draw the smallest change that moves a customer, and what may be chosen for it."""
    st.subheader(t("What would move them"))
    version = state.study_version()
    if why.other < 0 or version is None:
        st.caption(t("There is only one segment, so there is nowhere to move to."))
        return
    target = _target(study, why)
    answer = st.container()
    allowed = _may_change(study, scorer)
    with answer:
        if not allowed:
            st.markdown(t("No column may change. Choose some under “May change”."))
        else:
            _say(study, why, titles, allowed, target)


def _say(study: Study, why: Why, titles: Sequence[str], allowed: Sequence[str], target: int | None) -> None:
    version = state.study_version()
    found = whycached.change(*version, why.customer, mutable=tuple(allowed), target=target) if version else None
    if found is None:
        st.markdown(_held(why, len(allowed)))
        return
    st.markdown(t("The scorer would put them into **{segment}** with", segment=titles[found.target]))
    st.markdown("\n".join(f"- **{plain(tell(change_said(step)))}**" for step in found.steps))
    st.caption(
        t("The scorer was asked again with this change, and does move them. All else stays, also what they wrote."),
        help=t(
            "The smallest change that was found: fewest columns first, then the distance in standard deviations, "
            "another category counting as one. Values stay between the 1st and the 99th percentile of all "
            "customers; what is missing stays missing. A smaller change of two or three columns may have been "
            "overlooked."
        ),
    )


def _held(why: Why, n_allowed: int) -> str:
    said = (
        t("No change of up to three of these columns moves this customer.")
        if n_allowed > 1
        else t("No change of this column moves this customer.")
    )
    if any(fact.kind == "block" and not fact.silent and fact.share >= WEIGHTY for fact in why.facts):
        said += " " + t("What they wrote or share with others holds them here.")
    return said


def _target(study: Study, why: Why) -> int | None:
    """Ask where to; the nearest comes after any other."""
    others = [place for place in range(len(names(study))) if place != why.scored]
    others = [why.other, *(place for place in others if place != why.other)]
    choices: list[int | None] = [None, *others]
    own_names = names(study)
    return st.selectbox(
        t("Move to"),
        choices,
        format_func=lambda place: t("Any other segment") if place is None else own_names[place],
        key=f"why_target.{why.scored}",
    )


def _may_change(study: Study, scorer: Scorer) -> list[str]:
    """Ask which columns may change; the choice is kept with the study."""
    known = changeable(scorer, study.customers)
    marked = mutable(study.customers, study.plan.mutable)
    # The study is what counts: another one, or another run of it, may have come since this was drawn.
    st.session_state[KEY] = [name for name in known if name in marked]
    found = st.multiselect(
        t("May change"),
        known,
        placeholder=t("Choose columns"),
        key=KEY,
        on_change=_mark,
        args=(known,),
        help=t(
            "What a customer or a campaign can change: deeds and opinions, not who somebody is. Only columns that "
            "segments were built from are listed. The choice is kept with the study."
        ),
    )
    return list(found)


def _mark(known: Sequence[str]) -> None:
    study = state.study()
    if study is not None:
        marks.set_mutable([study.customers.column(name) for name in known], st.session_state[KEY])
