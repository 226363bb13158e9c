"""Pair questions: two customers side by side, and whether they belong together: answered by keys, one after another."""

from collections.abc import Callable

import streamlit as st

from pages._shared import edits, jobs, paircards, pairmodel, pairreceipts, state
from pages._shared.loop import MANY, goal
from pages._shared.words import t
from segment_core.improving.pairs import answered, latest, next_pairs, said, unsaid
from segment_core.improving.receipts import FEWEST
from segment_core.study import Study

PREPARE = "segment_core.improving.pairs:prepare"
LEARN = "segment_core.improving.receipts:learn"


def draw(study: Study) -> None:
    """Draw the next question, how far one has come, and what was learned from answers so far."""
    if study.pieces is None:
        _start(study)
    else:
        _question(study)
    if study.pieces is not None or study.answers:
        _learn(study)
    pairreceipts.draw(study)
    if study.pieces is not None:
        pairmodel.draw(study)


def _start(study: Study) -> None:
    with st.container(border=True, key="pairs_invitation"):
        st.markdown(
            t(
                "You know what the data does not say. You are shown two customers at a time, and say whether they "
                "belong into the same segment: press 1, 2 or 3. Those are asked about whose answer settles most, and "
                "sensitive columns are left out. Nothing changes until you have seen what the answers would change, "
                "and keep it."
            )
        )
        if study.answers:
            st.caption(t("The segments were made anew. Your answers are kept, and count for these segments too."))
        label = t("Go on with questions") if study.answers else t("Ask me twenty questions")
        if st.button(label, type="primary", icon=":material/contrast:", key="pairs_start", disabled=jobs.busy()):
            jobs.start(PREPARE, {"study": state.study_id()})
            st.rerun()


def _question(study: Study) -> None:
    found = next_pairs(study)
    n = len(answered(study, by_model=False))
    st.progress(n / goal(n), text=t("Answers: {n} of {goal}", n=n, goal=goal(n)))
    if not found:
        st.success(t("There is nothing left to ask about: every piece of every segment was asked about."))
    else:
        paircards.draw(study, *found[0])
    with st.container(horizontal=True, horizontal_alignment="center", key="pair_answers"):
        if found:
            _buttons(*found[0])
        st.button(
            t("Take back"),
            icon=":material/undo:",
            type="tertiary",
            key="pairs_undo",
            disabled=latest(study, edits.author()) is None,
            help=t("Takes back your latest answer, and asks again."),
            on_click=_keep,
            args=(lambda study: unsaid(study, edits.author()),),
            shortcut="u",
        )


def _buttons(one: str, other: str) -> None:
    for key, label, icon, same in (
        ("1", t("Same segment"), ":material/join_full:", True),
        ("2", t("Different segments"), ":material/call_split:", False),
        ("3", t("Skip"), ":material/skip_next:", None),
    ):
        st.button(
            label,
            icon=icon,
            key=f"pair_{key}",
            shortcut=key,
            on_click=_keep,
            args=(lambda study, same=same: said(study, one, other, same, edits.author()),),
        )


def _keep(change: Callable[[Study], Study]) -> None:
    study = state.study()
    if study is not None:
        state.replace_study(change(study))


def _learn(study: Study) -> None:
    n = len(answered(study))
    last = study.receipts[-1] if study.receipts else None
    new = n - (last.n_answers if last is not None and (last.run == study.run or last.decided == "kept") else 0)
    ready = study.pieces is not None and n >= MANY and new > 0
    with st.container(horizontal=True, vertical_alignment="center", key="pairs_learn_line"):
        if st.button(
            t("See what the answers would change"),
            icon=":material/model_training:",
            key="pairs_learn",
            disabled=n < FEWEST or jobs.busy(),
            type="primary" if ready else "secondary",
        ):
            jobs.start(LEARN, {"study": state.study_id()})
            st.rerun()
        if n < FEWEST:
            st.caption(t("Answers needed before anything can be learned: {n} more", n=FEWEST - n))
        else:
            st.caption(t("Answers to learn from: {n}. It changes nobody yet.", n=n))
