"""Connection: set up a language model, see what it would be sent, and try it."""

import streamlit as st

from pages._shared import ledger, preferences, state
from pages._shared.words import plain, t, tell
from segment_core.errors import SegmentError
from segment_core.llm import PRESETS, Abilities, ModelAccess, models_at, preset_of, remembered, try_connection


def ask_for_model() -> None:
    """Draw the form for address, name and key of a language model, and buttons to try them and to list models."""
    url, model = preferences.llm()
    preset = PRESETS[_ask_for_preset(url)]
    asked_url = st.text_input(
        t("Server address"),
        value=url,
        placeholder="http://127.0.0.1:11434/v1",
        help=t("Of a service, or of a server on this machine. Choosing one above fills in its usual address."),
        key="llm_url",
    ).strip()
    asked_model = st.text_input(
        t("Model name"),
        value=model,
        placeholder=preset.model or "qwen3:8b",
        help=t("As the server knows it. At Azure, the name of your deployment."),
        key="llm_model",
    ).strip()
    if (asked_url, asked_model) != (url, model):
        preferences.set_llm(asked_url, asked_model)
    st.caption(plain(tell(preset.help)))
    _ask_for_key()
    with st.expander(t("What is sent"), icon=":material/outbound:", key="what_is_sent"):
        st.markdown(
            t(
                "Only when you ask for it. Personas: names of columns, counts and figures of each segment, its most "
                "typical words and a few quotes. Traits and graph by a model: some of the texts, as the features page "
                "shows before. Segments by a model's labels, summaries or answers, and a second opinion: some of the "
                "texts, as the segments page shows before. An encoder at an address: every text. E-mail addresses, "
                "phone and card numbers and the like in them are masked first, as far as they can be recognised. So "
                "are the people named in columns marked as name, unless masking was switched off when the segments "
                "were found; other names are not. Never whole rows, never customer ids. With a server on this machine "
                "nothing leaves it."
            )
        )
    access = ModelAccess(asked_url, asked_model, preferences.llm_key())
    with st.container(horizontal=True):
        tested = st.button(
            t("Test connection"),
            icon=":material/network_check:",
            disabled=not (asked_url and asked_model),
            help=t("Sends three tiny forms, with nothing about your customers in them, and remembers what works."),
            key="test_connection",
        )
        listed = st.button(
            t("List models"),
            icon=":material/format_list_bulleted:",
            disabled=not asked_url,
            help=t("Asks the server which models it has."),
            key="list_models",
        )
    if tested:
        _test(access)
    elif asked_url and asked_model and (found := remembered(access, state.workspace().folder)):
        st.caption(t("At the last test: {found}", found=_abilities(found)))
    if listed:
        _list(access)
    _offer_models(asked_url)


def _ask_for_preset(url: str) -> str:
    known = preset_of(url) if url else None
    chosen = st.selectbox(
        t("Provider"),
        list(PRESETS),
        index=list(PRESETS).index(known) if known else None,
        format_func=lambda name: t("Another server") if name == "other" else PRESETS[name].label,
        placeholder=t("Choose a service or a local server"),
        key="llm_preset",
        on_change=_fill_in,
    )
    return chosen or "other"


def _fill_in() -> None:
    """Put a preset's address and an example of a model into the form."""
    preset = PRESETS[st.session_state["llm_preset"]]
    st.session_state["llm_url"], st.session_state["llm_model"] = preset.url, preset.model
    preferences.set_llm(preset.url, preset.model)


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
            found = try_connection(access)
    except SegmentError as error:
        st.error(plain(tell(error.message)), title=t("No usable answer"), icon=":material/link_off:")
    else:
        st.success(
            f"{plain(tell(found.message))}  \n{_abilities(found.abilities)}",
            icon=":material/link:",
        )


def _abilities(found: Abilities) -> str:
    """Say which forms of output work, and how long the best one takes."""
    yes, no = t("yes"), t("no")
    parts = (
        (t("Structured answers"), found.native),
        (t("Tools"), found.tool),
        (t("Plain"), found.prompted),
    )
    said = [f"{label}: {no if took is None else yes}" for label, took in parts]
    took = next((took for _, took in parts if took is not None), None)
    return " · ".join(said if took is None else [*said, t("{seconds} s", seconds=took)])


def _list(access: ModelAccess) -> None:
    try:
        with st.spinner(t("Asking the server…")), ledger.opened():
            names = models_at(access)
    except SegmentError as error:
        st.error(plain(tell(error.message)), title=t("No usable answer"), icon=":material/link_off:")
    else:
        if not names:
            st.caption(t("The server has no models yet."))
        st.session_state["llm_models"] = (access.url, names)


def _offer_models(url: str) -> None:
    asked, names = st.session_state.get("llm_models", ("", ()))
    if asked == url and names:
        st.selectbox(
            t("Models of this server: {n}", n=len(names)),
            names,
            index=None,
            placeholder=t("Pick one"),
            key="llm_pick",
            on_change=_pick,
        )


def _pick() -> None:
    if name := st.session_state["llm_pick"]:
        st.session_state["llm_model"] = name
        preferences.set_llm(st.session_state["llm_url"].strip(), name)
