"""Questioning: how often an algorithm would ask a language model, where, and exactly what, before anything is sent."""

import json
from collections.abc import Callable

import streamlit as st

from pages._shared import cached, preferences, state
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Step
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS, QUESTIONS
from segment_core.errors import SegmentError
from segment_core.llm import ModelAccess
from segment_core.tasks import OUTBOUND


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
    if not may_ask(url, model):
        return False
    version = state.study_version() if known else None
    if version is None:
        st.caption(t("How often the model is asked is known once this file has features."))
        return True
    options = options_from_json(ALGORITHMS[step.name].options, step.options)
    estimate(QUESTIONS[step.name].calls(cached.n_texts(*version), options), url)
    chosen = json.dumps(dict(step.options), sort_keys=True)
    exactly(lambda: cached.question(*version, step.name, chosen), key=f"letter.{step.name}")
    return True


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


def may_ask(url: str, model: str) -> bool:
    """Tell whether a model may be asked, and say why not."""
    if not (url and model):
        st.caption(t("Give the address and the name of a model; settings keeps them and can try the connection."))
        return False
    try:
        access = ModelAccess(url, model, preferences.llm_key()).checked()
    except SegmentError as error:
        st.error(plain(tell(error.message)))
        return False
    if not access.stays_here and not state.workspace().setting(OUTBOUND, True):
        st.warning(
            t(
                "Nothing may leave this machine at the moment, and {host} is elsewhere. "
                "Allow it in the settings, or use a model on this machine.",
                host=plain(access.host),
            )
        )
        return False
    return True


def estimate(n_calls: int, url: str) -> None:
    """Say how often a model would be asked at most, and where what is sent goes."""
    said = t(
        "At most {n:,} calls, all to {host} and nowhere else. Texts are masked first; every call is entered in the "
        "list in the settings.",
        n=n_calls,
        host=plain(ModelAccess(url, "").host),
    )
    st.caption(f":material/outbound: {said}")


def exactly(letter: Callable[[], str], *, key: str) -> None:
    """Show on demand what the first call would send; `letter` makes it, which may take a moment."""
    if not st.toggle(t("Show exactly what will be sent"), key=key):
        return
    try:
        with st.spinner(t("Composing the first question…")):
            found = letter()
    except SegmentError as error:
        st.caption(plain(tell(error.message)))
        return
    if found:
        st.caption(t("The first call, with the features as they are now; the others are like it."))
        st.code(found, language="json", height=320, wrap_lines=True)
    else:
        st.caption(t("Nothing: there are no texts among the features."))


def _use(key: str, url: str, model: str) -> None:
    st.session_state[f"{key}.url"], st.session_state[f"{key}.model"] = url, model
