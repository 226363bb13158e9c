"""Recipe: the choices for the next run, in the sidebar, and the button that starts it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._shared import forms, glossary, jobs, state
from pages._shared.words import language, plain, t, tell
from segment_core.artifacts import Step
from segment_core.choices import Choice, options_to_json
from segment_core.clustering import ALGORITHMS
from segment_core.encoders import ENCODERS
from segment_core.plan import Plan
from segment_core.study import Study

OTHER_READING = {"tfidf": "sentence_transformer", "sentence_transformer": "tfidf"}


def ask(study: Study) -> None:
    """Ask how to cut, how to read texts and what counts how much; nothing runs before the button is pressed."""
    plan = state.plan()
    clustering, able = _step("algorithm", t("Algorithm"), ALGORITHMS, plan.clustering, plan.seed)
    encoder, reads = plan.encoder, True
    if study.customers.named("text"):
        _reason(study)
        with st.expander(t("Reading of texts"), icon=":material/notes:"):
            encoder, reads = _step("encoder", t("Texts are read by"), ENCODERS, plan.encoder, plan.seed)
    with st.expander(t("What counts how much"), icon=":material/balance:"):
        weights = _weights(study, plan)
    # A run writes with the built-in writer; a model is asked on the personas page, where one sees what it is sent.
    personas = plan.personas if plan.personas.name == "builtin" else Step("builtin", {"language": language()})
    plan = plan.having(clustering=clustering, encoder=encoder, weights=weights, personas=personas)
    state.set_plan(plan)
    _button(plan, ready=able and reads and (not weights or any(weights.values())))


def _step(key: str, label: str, menu: Mapping[str, Choice], chosen: Step, seed: int) -> tuple[Step, bool]:
    names = list(menu)
    name = st.selectbox(
        label, names, index=names.index(chosen.name), format_func=lambda name: t(menu[name].label), key=key
    )
    st.caption(t(menu[name].when))
    missing = menu[name].missing()
    if missing:
        packages = " ".join(missing)
        st.warning(t("This needs packages that are not installed. Run: pip install {packages}", packages=packages))
    values: dict[str, Any] = {"seed": seed} | (dict(chosen.options) if name == chosen.name else {})
    options = forms.ask(menu[name].options, key=f"{key}.{name}", values=values)
    return Step(name, options_to_json(options)), not missing


def _reason(study: Study) -> None:
    for reading in study.readings or ():
        st.caption(plain(tell(reading.reason)))
    other = OTHER_READING.get(study.resolved.encoder.name)
    if other and other != st.session_state.get("encoder", state.plan().encoder.name):
        label = t("Use the full model") if other == "sentence_transformer" else t("Use the quick reading")
        st.button(label, icon=":material/swap_horiz:", key="encoder_switch", on_click=_switch, args=(other,))


def _switch(encoder: str) -> None:
    st.session_state["encoder"] = encoder


def _weights(study: Study, plan: Plan) -> Mapping[str, float]:
    now = {block.name: block.weight for block in study.features.blocks} if study.features else {}
    now |= {name: weight for name, weight in plan.weights.items() if not weight}
    start = {name: round(100 * plan.weights.get(name, weight)) for name, weight in now.items()}
    set_to = {
        name: st.slider(glossary.block(name), 0, 100, min(percent, 100), 5, format="%d %%", key=f"weight.{name}")
        for name, percent in start.items()
    }
    st.caption(t("Only the ratios count; at 0 a block is left out."))
    if not any(set_to.values()):
        st.warning(t("Give at least one block a weight."))
    if set_to == start:
        return plan.weights
    return {name: percent / 100 for name, percent in set_to.items()}


def _button(plan: Plan, *, ready: bool) -> None:
    upload = state.upload()
    if upload is None:
        st.caption(t("The file behind this study is no longer in the workspace. Open it again on the data page."))
    pressed = st.button(
        t("Find segments"),
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        disabled=not ready or upload is None or jobs.busy(),
        key="run",
    )
    if pressed and upload is not None:
        jobs.start(jobs.RUN_STUDY, {"upload": upload.id, "plan": plan.to_json(), "study": state.study_id()})
        st.rerun()  # the progress is drawn above this page; a callback would start with options that are one click old
