"""Booklets: the personas as a page to take along, print or pass on."""

from collections.abc import Callable

import streamlit as st

from pages._shared.look import look
from pages._shared.words import catalogue, language, t
from segment_core.exporting import personas_html, personas_markdown
from segment_core.messages import Message
from segment_core.study import Study


def offer(study: Study) -> None:
    """Draw the button that opens the downloads; each is made when it is asked for."""
    spoken = language()
    palette = [look().colour(number) for number in range(study.clustering.n_segments if study.clustering else 0)]
    with st.popover(t("Take along"), icon=":material/download:", key="booklets", on_change="rerun") as opened:
        if not opened.open:
            return
        st.caption(
            t(
                "Each segment starts a new sheet when printed. It loads nothing, and customers' words stay plain text "
                "in it."
            )
        )
        # What is made late is made outside this session, so its language goes along.
        st.download_button(
            t("Page to read and print (HTML)"),
            lambda: personas_html(study, tell=teller(spoken), language=spoken, colours=palette).encode(),
            "personas.html",
            "text/html",
            icon=":material/print:",
            key="booklet_html",
            on_click="ignore",
        )
        st.download_button(
            t("Text with headings (Markdown)"),
            lambda: personas_markdown(study, tell=teller(spoken), language=spoken).encode(),
            "personas.md",
            "text/markdown",
            icon=":material/notes:",
            key="booklet_markdown",
            on_click="ignore",
        )


def teller(spoken: str) -> Callable[[Message], str]:
    """Return a function that says messages in one language, in no session."""
    return lambda message: catalogue(spoken).gettext(message.template).format(**message.values)  # type: ignore[arg-type]
