"""Preferences: the language of the app and the language model, for all studies of the workspace."""

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from pages._shared import state


def llm() -> tuple[str, str]:
    """Return the language model's address and name; "" where none is set up."""
    kept = state.workspace().setting("llm", {})
    return str(kept.get("url", "")), str(kept.get("model", ""))


def set_llm(url: str, model: str) -> None:
    """Keep the language model's address and name in the workspace."""
    state.workspace().keep_setting("llm", {"url": url, "model": model})


def llm_key() -> str:
    """Return the language model's key: from this session, else from the server's secrets, else ""."""
    return session_key() or secret_key()


def session_key() -> str:
    """Return the key given in this session, or ""."""
    return str(st.session_state.get(state.LLM_KEY, ""))


def secret_key() -> str:
    """Return the key in the server's secrets, or ""."""
    try:
        return str(st.secrets.get("llm_key", ""))
    except StreamlitSecretNotFoundError:
        return ""


def set_llm_key(key: str) -> None:
    """Keep a key for this session only; it is never written anywhere."""
    st.session_state[state.LLM_KEY] = key


def chosen_language() -> str:
    """Return the interface language somebody chose here, or "" to follow the browser."""
    if state.LANGUAGE not in st.session_state:
        st.session_state[state.LANGUAGE] = str(state.workspace().setting("language", ""))
    found: str = st.session_state[state.LANGUAGE]
    return found


def choose_language(key: str) -> None:
    """Keep the interface language picked in the widget with this key, for this session and those to come."""
    st.session_state[state.LANGUAGE] = st.session_state[key]
    state.workspace().keep_setting("language", st.session_state[key])
