"""Outbound: what a step of the plan would send to a language model, shown before anything is sent."""

import streamlit as st

from pages._shared import preferences
from pages._shared.words import plain, t, tell
from segment_core import graphs, traits
from segment_core.artifacts import Customers, Step
from segment_core.choices import options_from_json
from segment_core.errors import SegmentError
from segment_core.features.text import texts_of
from segment_core.graphs import GRAPHS

ASKING = {("traits", "model"), ("encoder", "endpoint")}
"""Lines of menus that always ask a server."""


def address(family: str, name: str) -> dict[str, str]:
    """Return the server and the model of the settings, for a line that cannot do without."""
    if (family, name) not in ASKING:
        return {}
    url, model = preferences.llm()
    return {"url": url, "model": model if family != "encoder" else ""}


def show(family: str, step: Step, customers: Customers) -> bool:
    """Show what a step would send, where it sends anything; tell whether it can run."""
    url, model = step.options.get("url"), step.options.get("model")
    if (family, step.name) in ASKING and not (url and model):
        st.caption(t("Give the address and the name of a model; settings keeps them and can try the connection."))
        return False
    if not url:
        return True
    try:
        said, letter = _said(family, step, customers)
    except SegmentError as error:
        st.error(plain(tell(error.message)))
        return False
    st.caption(said)
    if letter:
        with st.expander(t("Exactly what will be sent"), icon=":material/outbound:"):
            st.code(letter, language="json", height=320)
    return True


def _said(family: str, step: Step, customers: Customers) -> tuple[str, str]:
    if family == "traits":
        options = options_from_json(traits.ModelOptions, step.options)
        cost = traits.cost(customers, options)
        said = t(
            "Up to {calls} calls with {texts:,} texts, about {characters:,} characters. The first of them:",
            calls=cost.n_calls,
            texts=cost.n_texts,
            characters=cost.n_characters,
        )
        return said, traits.preview(customers, options)
    if family == "graph":
        letter = graphs.preview(texts_of(customers), options_from_json(GRAPHS[step.name].options, step.options))
        return t("About {characters:,} characters of texts go to this server.", characters=len(letter)), letter
    return t("Every text goes to this server, with personal data masked as far as it can be recognised."), ""
