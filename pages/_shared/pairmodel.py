"""Pair model: let a language model answer the rest, while it agrees with the analyst."""

import streamlit as st

from pages._shared import departing, forms, jobs, preferences, questioning, state
from pages._shared.words import plain, t
from segment_core.choices import options_to_json
from segment_core.improving.modelled import FEWEST, N_EXAMPLES, ModelledOptions, examples_and_test, letter
from segment_core.improving.pairs import agreement, next_pairs
from segment_core.llm import ModelAccess
from segment_core.study import Study

ANSWER = "segment_core.improving.modelled:answer"
KEY = "pair_model"


def draw(study: Study) -> None:
    """Show how far a model agrees, and offer to let it answer."""
    found, n = agreement(study)
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
        if n:
            with place:
                _agreement(found, n, options.floor)
        _ask(study, options)


def _agreement(found: float | None, n: int, floor: float) -> None:
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
    pairs = [(pair.one, pair.other) for pair in test[:5]] or next_pairs(study, 5)
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
        jobs.start(ANSWER, {"study": state.study_id(), "options": options_to_json(options)})
        st.rerun()
