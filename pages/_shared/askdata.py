"""Ask the data: a question in plain words, its answer from computed tables, and how it was computed."""

import streamlit as st

from pages._shared import askdatacharts, cachedasked, departing, figures, frame, jobs, preferences, state, view
from pages._shared.look import look
from pages._shared.words import plain, t, tell
from segment_core import answering
from segment_core.answering import Answer, Asked, CannotAnswer, Understood
from segment_core.errors import SegmentError
from segment_core.llm import ModelAccess
from segment_core.messages import Message
from segment_core.study import Study

KEY = "askdata"
LONGEST = 400


def ask() -> None:
    """Say in the sidebar what can be asked."""
    st.caption(
        t(
            "Counts, shares, averages, medians and sums of any column, and who mentions or complains about something "
            "– for everyone, by segment or by category. Every figure is computed from this study's table on this "
            "machine; no language model is needed."
        )
    )


def draw(study: Study) -> None:
    """Draw the question, examples, the latest answer, and what was asked before."""
    st.session_state.setdefault(f"{KEY}.question", view.unread())
    with st.form(f"{KEY}.form", border=False):
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        written = left.text_input(
            t("Question"),
            placeholder=t("Which segment complains most about delivery?"),
            max_chars=LONGEST,
            key=f"{KEY}.question",
        )
        pressed = right.form_submit_button(t("Ask"), type="primary", icon=":material/send:", width="stretch")
    if pressed and written.strip():
        view.add_question(written.strip(), answering.understand(written, study))
    _offer(t("Try one of these:"), answering.examples(study), key="example")
    asked = view.questions()
    if not asked:
        st.caption(t("Nothing was asked yet. Write a question in English or Chinese, or choose one above."))
        return
    (latest, read), *earlier = asked
    with st.container(border=True, key=f"{KEY}.answer"):
        _answer(study, latest, read)
    if earlier:
        _earlier(earlier)
    if st.button(t("Clear questions"), icon=":material/delete_sweep:", type="tertiary", key=f"{KEY}.clear"):
        view.clear_questions()
        st.rerun()


def worded(asked: Asked) -> str:
    """Word a typed question in the session's language."""
    return _told(answering.worded(asked), asked).strip()


def _answer(study: Study, written: str, read: Understood | CannotAnswer) -> None:
    st.caption(plain(written))
    if isinstance(read, CannotAnswer):
        st.info(plain(tell(read.message)), icon=":material/block:")
        _offer(t("What can be answered:"), read.nearest, key="nearest")
        if not read.beyond:
            _by_model(study, written)
        return
    version = state.study_version()
    if version is None:
        return
    try:
        with st.spinner(t("Counting…")):
            found = cachedasked.answered(*version, read.asked)
    except SegmentError as error:
        st.info(plain(tell(error.message)), icon=":material/block:")
        return
    st.markdown(f"#### {plain(_told(found.sentence, found.asked))}")
    if read.by_model:
        st.caption(t("The model read this question; its figures are computed here."))
    for note in found.notes:
        st.caption(plain(tell(note)))
    _chart(study, found)
    _customers(study, found)
    with st.expander(t("How this was computed"), icon=":material/function:", key=f"{KEY}.how"):
        st.markdown(plain(_told(found.query, found.asked)))
        if found.sql:
            st.code(found.sql, language="sql", wrap_lines=True)
        else:
            st.caption(t("These conditions have no exact form in SQL."))
    _offer(t("It may also mean:"), read.others, key="other")


def _by_model(study: Study, written: str) -> None:
    """Offer that the model of the settings reads a question, where there is one; show what would be sent."""
    url, model = preferences.llm()
    if not (url and model):
        return
    access = ModelAccess(url, model, preferences.llm_key())
    st.caption(
        t(
            "Only where the built-in reading cannot answer, the question and the names, roles and categories of "
            "columns go to the model, masked; no rows and no texts. It can only fill a form, which is checked and "
            "computed here."
        )
    )
    if not departing.may_go(lambda: [answering.letter(written, study)], access, key=KEY, of=state.study_id()):
        return
    label = t("Let the model read this question")
    if st.button(label, icon=":material/smart_toy:", key=f"{KEY}.model", disabled=jobs.busy()):
        view.keep_unread(written)
        step = {"name": "model", "options": {"url": url, "model": model}}
        jobs.start(answering.ASK, {"study": state.study_id(), "question": written, "model": step})
        st.rerun()  # the progress is drawn above this page


def _chart(study: Study, found: Answer) -> None:
    alt = _told(answering.worded(found.asked), found.asked)
    figure = askdatacharts.answer(found, study, look())
    rows = found.rows.drop(columns=["group"]).rename(
        columns={
            "label": t("Group"),
            "value": t("Value"),
            "n": t("Customers"),
            "base": t("Customers that count"),
            "low": t("Interval from"),
            "high": t("Interval to"),
            "text": t("Category"),
        }
    )
    figures.draw(figure, rows, key=f"{KEY}.chart", alt=alt)


def _customers(study: Study, found: Answer) -> None:
    with st.expander(t("Show customers"), icon=":material/groups:", key=f"{KEY}.rows"):
        for place, row in enumerate(found.rows.itertuples()):
            inside = found.who[row.group]
            n = int(inside.sum())
            label = row.label or t("Everyone")
            shown = t("{group}: {n:,} customers", group=plain(label), n=n)
            if st.button(
                shown, icon=":material/scatter_plot:", type="tertiary", disabled=not n, key=f"{KEY}.row.{place}"
            ):
                view.select_rows(study.customers.frame.index, inside)
                st.switch_page(frame.EXPLORE)


def _earlier(earlier: list[tuple[str, Understood | CannotAnswer]]) -> None:
    with st.expander(t("Asked before"), icon=":material/history:", key=f"{KEY}.history"):
        for place, (written, read) in enumerate(earlier):
            if st.button(plain(written), type="tertiary", key=f"{KEY}.again.{place}"):
                view.add_question(written, read)
                st.rerun()


def _offer(title: str, asked: tuple[Asked, ...], *, key: str) -> None:
    if not asked:
        return
    st.caption(title)
    with st.container(horizontal=True, key=f"{KEY}.{key}s"):
        for place, one in enumerate(asked):
            label = worded(one)
            st.button(
                plain(label),
                key=f"{KEY}.{key}.{place}",
                on_click=view.add_question,
                args=(label, Understood(one)),
            )


def _told(message: Message, asked: Asked) -> str:
    """Say a message with what it is about in the session's language too."""
    what = tell(answering.subject(asked))
    return tell(Message(message.template, dict(message.values) | {"what": what}))
