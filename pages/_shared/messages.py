"""Messages: a segment's messages in each channel, variants side by side, and what the checker says of them."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages._shared import audits, messagecards, messageform, tallies
from pages._shared.look import chip, names
from pages._shared.words import plain, t
from segment_core import contents
from segment_core.artifacts import Evidence
from segment_core.exporting import contents_csv, contents_html, contents_markdown
from segment_core.intake.marks import sensitive
from segment_core.study import Study
from segment_core.writing_contents import sensitive_words


def draw(study: Study, sheet: Evidence) -> None:
    """Draw the messages, or say that there are none yet."""
    found = study.contents
    if found is None or study.clustering is None:
        st.caption(
            t(
                "No messages are written yet. Say in the sidebar what they are for and what may be promised, and press "
                "Write messages; the built-in writer works without any model."
            )
        )
        return
    tallies.warn(found)
    audits.warn(study)
    ids = [segment.id for segment in study.clustering.segments]
    titles = dict(zip(ids, names(study), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        segment = st.selectbox(
            t("Segment"), ids, format_func=titles.__getitem__, key="message_segment", persist_state="session", width=360
        )
        st.button(
            t("Rewrite this segment"),
            icon=":material/refresh:",
            disabled=not messageform.ready(),
            key="rewrite_messages",
            help=t("With the brief and the writer in the sidebar. Lines that you wrote yourself stay."),
            on_click=messageform.start_writing,
            args=(segment,),
        )
        _downloads(study, segment)
    st.subheader(f"{chip(ids.index(segment))} {plain(titles[segment])}")
    audits.warn_of(segment)
    columns = sensitive(study.customers, study.plan.sensitive)
    unsaid = contents.unsaid(sheet, columns, sensitive_words(study.customers, columns))
    if not found.of(segment):
        st.caption(t("No messages are written for this segment yet."))
    for channel in contents.CHANNELS:
        pieces = found.of(segment, channel)
        if not pieces:
            continue
        st.markdown(f"##### {messageform.channel_name(channel)}")
        with st.grid(min(3, len(pieces)), min_column_width=280):
            for piece in pieces:
                with st.container(border=True, gap="small", key=f"message.{segment}.{channel}.{piece.variant}"):
                    messagecards.draw(study, sheet, piece, unsaid)
    tallies.draw(found, "messages")
    st.caption(
        t(
            "A line that is too long as its channel counts, or that holds a number, price, date or promise which "
            "the brief does not, is not shown. What the checker cannot see: whether a claim about your goods is "
            "true, and promises in words it does not know. Read before you send."
        )
    )


def _downloads(study: Study, segment: str) -> None:
    assert study.contents is not None  # `draw` has seen to it
    with st.popover(t("Download messages"), icon=":material/download:"):
        this = st.toggle(t("Only this segment"), key="message_only_this")
        only: Sequence[str] = (segment,) if this else ()
        counts = contents.counts(study.contents.pieces)
        csv = partial(contents_csv, study, counts, only=only, bom=True)
        st.download_button(
            t("CSV"), csv, "messages.csv", "text/csv", on_click="ignore", key="messages_csv", width="stretch"
        )
        st.download_button(
            t("Markdown"),
            partial(contents_markdown, study, counts, only=only),
            "messages.md",
            "text/markdown",
            on_click="ignore",
            key="messages_md",
            width="stretch",
        )
        st.download_button(
            t("HTML page"),
            partial(contents_html, study, counts, only=only),
            "messages.html",
            "text/html",
            on_click="ignore",
            key="messages_html",
            width="stretch",
        )
