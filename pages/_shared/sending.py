"""Sending: what a search by meaning would send to a server, shown before anything is sent."""

import streamlit as st

from pages._shared import agreed, cached, departing, found, state
from pages._shared.words import plain, t, tell
from segment_core.errors import SegmentError
from segment_core.llm import ModelAccess
from segment_core.llm.ledger import OUTBOUND
from segment_core.searching import server

ALLOWED = "search_may_send"


def waits() -> bool:
    """Tell whether the open study's texts are read at a server that must not be asked before somebody agrees."""
    access = _server()
    if access is None:
        return False
    switched = access.stays_here or bool(state.workspace().setting(OUTBOUND, True))
    version = state.study_version()
    agreed_to = version is not None and agreed.given(access, version[1])
    return not (switched and agreed_to) or not (_is_read() or allowed())


def allowed() -> bool:
    """Tell whether somebody saw, in this session, what would be sent of these texts, and agreed."""
    version = state.study_version()
    return version is not None and st.session_state.get(ALLOWED) == found.texts(*version)


def tell_where() -> None:
    """Say under the box for a meaning that a question goes to a server, where it does; or nothing."""
    access = _server()
    if access is not None:
        said = t("{model} at {host} reads the question: it is sent there, masked.", **_named(access))
        st.caption(f":material/outbound: {said}")


def show() -> None:
    """Show what goes to the server before the first question can be answered, and ask for a yes."""
    access, version = _server(), state.study_version()
    if access is None or version is None:
        return
    try:
        what = found.sending(*version)
    except SegmentError as error:
        st.error(plain(tell(error.message)))
        return
    with st.container(border=True, key="search_sending"):
        st.markdown(
            ":material/outbound: "
            + t(
                "Before the first question, every sentence of this study has to be read once by {model} at {host}: at "
                "most {n:,} texts of about {characters:,} characters together, all to {host} and nowhere else. Later "
                "only the question is sent.",
                n=what.n_texts,
                characters=what.n_characters,
                **_named(access),
            )
        )
        st.caption(
            t(
                "Personal data are masked first, as far as they can be recognised; every call is entered in the list "
                "in the settings. Here is a call as it is sent, with the shortest text, the longest and some between:"
            )
        )
        able = departing.may_go(
            lambda: [what.example],
            access,
            key="search",
            of=version[1],
            n_characters=what.n_characters,
            answers=0,
        )
        if able:
            st.button(
                t("Send {n:,} texts and search", n=what.n_texts),
                type="primary",
                icon=":material/outbound:",
                key="search_send",
                on_click=_allow,
            )


def _allow() -> None:
    version = state.study_version()
    if version is not None:
        st.session_state[ALLOWED] = found.texts(*version)


def _server() -> ModelAccess | None:
    version = state.study_version()
    return server(cached.study(*version)) if version else None


def _is_read() -> bool:
    version = state.study_version()
    return version is not None and found.is_read(*version)


def _named(access: ModelAccess) -> dict[str, str]:
    return {"model": plain(access.model), "host": plain(access.host)}
