"""Questioning: how often an algorithm would ask a language model, where, and exactly what, before anything is sent."""

import json

import streamlit as st

from pages._shared import cached, cachedletters, departing, preferences, state
from pages._shared.words import t
from segment_core.artifacts import Step
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS, QUESTIONS
from segment_core.llm import ModelAccess


def show(step: Step, *, known: bool) -> bool:
    """Show what a way of cutting would ask a model, where it asks one; tell whether it can run.

    `known` tells whether the open study is of the file that will be cut: only then is it known what would be sent.
    """
    if step.name not in QUESTIONS:
        return True
    url, model = str(step.options.get("url", "")), str(step.options.get("model", ""))
    offer_settings(f"algorithm.{step.name}", url)
    if not url:
        st.caption(t("No model is asked, and nothing leaves this machine."))
        return True
    if not departing.may_ask(url, model):
        return False
    access, version = ModelAccess(url, model), state.study_version() if known else None
    if version is None:
        st.caption(t("How often the model is asked is known once this file has features."))
        if not access.stays_here:
            st.caption(t("Find segments without a model first; then you see what would leave, and can agree to it."))
        return access.stays_here
    options = options_from_json(ALGORITHMS[step.name].options, step.options)
    chosen = json.dumps(dict(step.options), sort_keys=True)
    return departing.may_go(
        lambda: [cached.question(*version, step.name, chosen)],
        access,
        key=step.name,
        of=version[1],
        n_calls=QUESTIONS[step.name].calls(cached.n_texts(*version), options),
        withheld=lambda: cachedletters.n_commands(*version),
    )


def offer_settings(key: str, url: str) -> None:
    """Offer the model of the settings, where another or none is entered in the form with this key."""
    known, model = preferences.llm()
    if known and model and known != url:
        st.button(
            t("Use the model of the settings"),
            icon=":material/smart_toy:",
            type="tertiary",
            key=f"settings_model.{key}",
            on_click=_use,
            args=(key, known, model),
        )


def _use(key: str, url: str, model: str) -> None:
    st.session_state[f"{key}.url"], st.session_state[f"{key}.model"] = url, model
