"""Pair questions: two customers side by side, and whether they belong together: answered by keys, one after another."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pages._shared import jobs, pairmodel, pairreceipts, rows, state
from pages._shared.words import plain, t
from segment_core.improving.pairs import answered, next_pairs, said, unsaid
from segment_core.improving.receipts import FEWEST
from segment_core.intake.marks import sensitive
from segment_core.study import Study

PREPARE = "segment_core.improving.pairs:prepare"
LEARN = "segment_core.improving.receipts:learn"
MANY = 20
MOST_FACTS, LONGEST = 10, 700


def draw(study: Study) -> None:
    """Draw the next question, how far one has come, and what was learned from answers so far."""
    st.caption(
        t(
            "You know what the data does not say. Of two customers, say whether they belong into the same segment: "
            "those are asked about whose answer settles most. Twenty answers are a good start. Nothing changes until "
            "you have seen what they would change, and keep it."
        )
    )
    if study.pieces is None:
        _start(study)
    else:
        _question(study)
    _learn(study)
    pairreceipts.draw(study)
    if study.pieces is not None:
        pairmodel.draw(study)


def _start(study: Study) -> None:
    label = t("Go on with questions") if study.answers else t("Ask me twenty questions")
    if st.button(label, type="primary", icon=":material/contrast:", key="pairs_start", disabled=jobs.busy()):
        jobs.start(PREPARE, {"study": state.study_id()})
        st.rerun()


def _question(study: Study) -> None:
    found = next_pairs(study)
    n = len(answered(study, by_model=False))
    goal = MANY * (n // MANY + 1)
    st.progress(n / goal, text=t("Answers: {n} of {goal}", n=n, goal=goal))
    if not found:
        st.success(t("There is nothing left to ask about: every piece of every segment was asked about."))
    else:
        ((one, other),) = found
        left, right = st.columns(2)
        with left:
            _card(study, one, other, "one")
        with right:
            _card(study, other, one, "other")
        _buttons(one, other)
    st.button(
        t("Take back the last answer"),
        icon=":material/undo:",
        type="tertiary",
        key="pairs_undo",
        disabled=n == 0 and not study.answers,
        on_click=_keep,
        args=(unsaid,),
        shortcut="u",
    )


def _buttons(one: str, other: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="center", key="pair_answers"):
        for key, label, icon, same in (
            ("1", t("Same segment"), ":material/join_full:", True),
            ("2", t("Different segments"), ":material/join:", False),
            ("3", t("Skip"), ":material/skip_next:", None),
        ):
            st.button(
                label,
                icon=icon,
                key=f"pair_{key}",
                type="primary" if key == "1" else "secondary",
                shortcut=key,
                on_click=_keep,
                args=(lambda study, same=same: said(study, one, other, same),),
            )


def _keep(change: Callable[[Study], Study]) -> None:
    study = state.study()
    if study is not None:
        state.replace_study(change(study))


def _card(study: Study, customer: str, beside: str, key: str) -> None:
    """Draw a customer: what differs from the other one first and in bold, then what they wrote."""
    hidden = set(sensitive(study.customers, study.plan.sensitive))
    frame, _ = rows.readable(study.customers, study.customers.frame.loc[[customer, beside]])
    texts = study.customers.named("text")
    names = [name for name in frame.columns if name not in texts and name not in hidden]
    told = {name: rows.texts(frame[name]) for name in names}
    order = sorted(names, key=lambda name: told[name][0] == told[name][1])[:MOST_FACTS]
    with st.container(border=True, key=f"pair_card_{key}", height="stretch"):
        st.markdown(f":material/person: **{plain(customer)}**")
        lines = []
        for name in order:
            own, its = told[name]
            lines.append(f"- {plain(name)}: " + (f"**{plain(own)}**" if own != its else f":gray[{plain(own)}]"))
        st.markdown("\n".join(lines))
        for name in texts:
            text = frame[name].iloc[0]
            if isinstance(text, str) and text:
                st.text(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
            elif not pd.isna(text) and text:
                st.text(str(text))


def _learn(study: Study) -> None:
    n = len(answered(study))
    new = n - (study.receipts[-1].n_answers if study.receipts and study.receipts[-1].run == study.run else 0)
    with st.container(horizontal=True, vertical_alignment="center", key="pairs_learn_line"):
        if st.button(
            t("See what the answers would change"),
            icon=":material/model_training:",
            key="pairs_learn",
            disabled=n < FEWEST or jobs.busy(),
            type="primary" if n >= MANY and new > 0 else "secondary",
        ):
            jobs.start(LEARN, {"study": state.study_id()})
            st.rerun()
        if n < FEWEST:
            st.caption(t("Answers needed before anything can be learned: {n} more", n=FEWEST - n))
        else:
            st.caption(t("Answers to learn from: {n}. It changes nobody yet.", n=n))
