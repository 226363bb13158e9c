"""Pair model: let a language model answer the rest, while it agrees with the analyst."""

import streamlit as st

from pages._shared import departing, forms, jobs, preferences, questioning, state
from pages._shared.words import plain, t
from segment_core.choices import options_to_json
from segment_core.improving.modelled import (
    A_CALL,
    FEWEST,
    N_EXAMPLES,
    ModelledOptions,
    examples_and_test,
    letter,
    to_be_tested,
)
from segment_core.improving.pairs import agreement, answered, next_pairs, unmodelled
from segment_core.llm import ModelAccess
from segment_core.study import Study

KEY = "pair_model"


def draw(study: Study) -> None:
    """Show how far a model agrees, and offer to let it answer."""
    panel = st.expander(
        t("Let a language model answer the rest"), icon=":material/forum:", key="pair_model_how", on_change="rerun"
    )
    if not panel.open:
        return  # what would be sent takes a while to compose, and each answer draws the page
    with panel:
        place = st.container()
        st.caption(
            t(
                "The model first answers pairs that you have answered, without seeing your answers to them. It goes on "
                "alone only while it agrees with you, and its answers are marked as its own."
            )
        )
        url, model = preferences.llm()
        options = forms.ask(ModelledOptions, key=KEY, values={"url": url, "model": model})
        if any(answer.by_model for answer in study.answers):
            with place:
                _answered(study, options.floor)
        _ask(study, options)


def _answered(study: Study, floor: float) -> None:
    """Say how far the model that answered last agrees, and offer to do without what models answered."""
    found, n = agreement(study)
    st.metric(
        t("Agreement with you (Cohen's kappa)"),
        f"{found:.2f}" if found is not None else "–",
        t("on {n} pairs that both answered", n=n),
        delta_color="off",
        delta_arrow="off",
        border=True,
    )
    if found is None:
        st.caption(t("It says nothing as long as both always gave the same one answer: answer more pairs."))
    elif found < floor:
        st.warning(t("The model does not agree with you well enough, so it answers no pairs but those of its test."))
    with st.container(horizontal=True, vertical_alignment="center"):
        alone = len(answered(study)) - len(answered(study, by_model=False))
        st.caption(t("Answers of the model that count where you gave none: {n}.", n=alone), width="stretch")
        st.button(
            t("Drop the model's answers"),
            icon=":material/delete:",
            type="tertiary",
            key="pair_model_drop",
            disabled=jobs.busy(),
            on_click=_drop,
        )


def _drop() -> None:
    study = state.study()
    if study is not None:
        state.replace_study(unmodelled(study))
        st.toast(t("Dropped."), icon=":material/delete:")


def _ask(study: Study, options: ModelledOptions) -> None:
    questioning.offer_settings(KEY, options.url)
    examples, test = examples_and_test(study)
    if len(test) < FEWEST:
        st.caption(
            t(
                "Answer {n} questions yourself first: the model is shown some and tested on the others.",
                n=FEWEST + N_EXAMPLES - len(examples) - len(test),
            )
        )
        return
    pairs = to_be_tested(study, options.model)[:A_CALL] or next_pairs(study, A_CALL)
    version = state.study_version()
    able = version is not None and departing.may_go(
        lambda: [letter(study, pairs, examples)],
        ModelAccess(options.url, options.model),
        key=KEY,
        of=version[1],
        n_calls=options.budget,
    )
    label = t("Let {model} answer", model=plain(options.model)) if options.model else t("Let the model answer")
    if st.button(label, icon=":material/forum:", key="pair_model_go", disabled=not able or jobs.busy()):
        jobs.start(jobs.ANSWER_PAIRS, {"study": state.study_id(), "options": options_to_json(options)})
        st.rerun()
