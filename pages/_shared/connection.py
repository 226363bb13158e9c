"""Connection: set up a language model, see what it would be sent, and try it."""

import streamlit as st

from pages._shared import ledger, preferences
from pages._shared.words import plain, t, tell
from segment_core.errors import SegmentError
from segment_core.llm import ModelAccess, try_connection


def ask_for_model() -> None:
    """Draw the form for address, name and key of a language model, and a button to try them."""
    url, model = preferences.llm()
    asked_url = st.text_input(
        t("Server address"),
        value=url,
        placeholder="http://127.0.0.1:11434/v1",
        help=t("Any OpenAI-compatible address: a service, or Ollama, vLLM or LM Studio on this machine."),
        key="llm_url",
    ).strip()
    asked_model = st.text_input(
        t("Model name"), value=model, placeholder="qwen3:8b", help=t("As the server knows it."), key="llm_model"
    ).strip()
    if (asked_url, asked_model) != (url, model):
        preferences.set_llm(asked_url, asked_model)
    _ask_for_key()
    with st.expander(t("What is sent"), icon=":material/outbound:", key="what_is_sent"):
        st.markdown(
            t(
                "Only when you ask for it. Personas: names of columns, counts and figures of each segment, its most "
                "typical words and a few quotes. Traits and graph by a model: some of the texts, as the features page"
                " shows before. Segments by a model's labels, summaries or answers, and a second opinion: some of the"
                " texts, as the segments page shows before. An encoder at an address: every text. E-mail addresses, "
                "phone and card numbers and the like in them are masked first, as far as they can be recognised. So "
                "are the people named in columns marked as name, unless masking was switched off when the segments "
                "were found; other names are not. Never whole rows, never customer ids. With a server on this machine"
                " nothing leaves it."
            )
        )
    if st.button(
        t("Test connection"),
        icon=":material/network_check:",
        disabled=not (asked_url and asked_model),
        key="test_connection",
    ):
        _test(ModelAccess(asked_url, asked_model, preferences.llm_key()))


def _ask_for_key() -> None:
    if preferences.secret_key() and not preferences.session_key():
        st.caption(":material/key: " + t("The key is set in the server's secrets."))
    key = st.text_input(
        t("Key"),
        type="password",
        value=preferences.session_key(),
        help=t("Kept for this session only, never written to disk. To keep one, put llm_key into secrets.toml."),
        key="llm_key",
    )
    if key != preferences.session_key():
        preferences.set_llm_key(key)


def _test(access: ModelAccess) -> None:
    try:
        with st.spinner(t("Asking the model…")), ledger.opened():
            answer = try_connection(access)
    except SegmentError as error:
        st.error(plain(tell(error.message)), title=t("No usable answer"), icon=":material/link_off:")
    else:
        st.success(plain(tell(answer)), icon=":material/link:")
