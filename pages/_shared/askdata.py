"""Ask the data: a question in plain words, its answer from computed tables, and how it was computed."""

import streamlit as st

from pages._shared import charts, figures, frame, state, view
from pages._shared.look import look, names
from pages._shared.words import language, plain, t, tell
from segment_core.answering import Answer, Asked, Understood, answer, understand
from segment_core.answering.sentence import figure
from segment_core.answering.table import FEWEST, Row
from segment_core.labelling import SEGMENT
from segment_core.study import Study

QUESTION, HISTORY = "ask_question", "ask_history"
MOST_BARS, MOST_KEPT = 12, 20
Entry = tuple[str, str, Understood]


def draw(study: Study) -> None:
    """Draw the box, examples of this study, the latest answer, and what was asked before in this session."""
    st.text_input(
        t("Question"),
        placeholder=t("Which segment complains most about delivery?"),
        icon=":material/question_answer:",
        max_chars=300,
        key=QUESTION,
        on_change=_ask,
        args=(study,),
    )
    st.caption(t("Answered from computed tables only. No language model is asked, and nothing leaves this machine."))
    own = [entry for entry in st.session_state.get(HISTORY, ()) if entry[0] == (state.study_id() or "")]
    if not own:
        st.caption(t("Nothing was asked yet. Questions that this data can answer:"))
        with st.container(horizontal=True, key="ask_examples"):
            for number, question in enumerate(_examples(study)):
                st.button(plain(question), key=f"ask_example.{number}", on_click=_put, args=(study, question))
        return
    _, question, found = own[-1]
    st.subheader(plain(question), anchor=False)
    _drawn(study, found)
    _history(study, own)


def _drawn(study: Study, found: Understood) -> None:
    if found.asked is not None:
        _answer(study, answer(found.asked, study))
        return
    st.warning(plain(tell(found.reason)) if found.reason else t("This question was not understood."))
    if found.readings:
        st.caption(t("These questions are near, and can be answered:"))
        with st.container(horizontal=True, key="ask_readings"):
            for number, reading in enumerate(found.readings):
                said = in_words(reading)
                st.button(plain(said), key=f"ask_reading.{number}", on_click=_keep, args=(said, Understood(reading)))


def _answer(study: Study, found: Answer) -> None:
    st.markdown(f"**{plain(tell(found.sentence))}**")
    shown = (
        dict(zip((one.id for one in study.clustering.segments), names(study), strict=True)) if study.clustering else {}
    )
    rows = found.rows
    said = [_name(row, found.asked, shown) for row in rows]
    table = [
        {
            t("Group"): name,
            t("Value"): figure(found.asked, row),
            t("From"): figure(found.asked, _end(row, row.low)),
            t("To"): figure(found.asked, _end(row, row.high)),
            t("Customers behind it"): row.n,
            t("Customers of whom it is known"): row.base,
        }
        for name, row in zip(said, rows, strict=True)
    ]
    some = [number for number, row in enumerate(rows) if row.value is not None][:MOST_BARS]
    values = [max(rows[number].value or 0.0, 0.0) for number in some]
    lines = [f"{said[number]}: {figure(found.asked, rows[number])}" for number in some]
    places = list(shown)
    colours = [look().colour(places.index(rows[number].name) if found.asked.by == SEGMENT else 0) for number in some]
    alt = t("The answer as bars, one a group; the table below holds the same numbers.")
    figures.draw(charts.bars(values, lines, colours, look()), table, key="ask_chart", alt=alt)
    if any(0 < row.base < FEWEST for row in rows):
        st.caption(t("Groups of fewer than {n} customers are shown but not compared.", n=FEWEST))
    with st.expander(t("How this was computed"), icon=":material/function:", key="ask_how"):
        st.markdown(plain(in_words(found.asked)))
        if found.sql:
            st.code(found.sql, language="sql")
        else:
            st.caption(t("Words of texts are judged here, which SQL cannot say, so there is no query."))
    _behind(rows, said)


def _behind(rows: tuple[Row, ...], said: list[str]) -> None:
    full = [number for number, row in enumerate(rows) if row.ids]
    if not full:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask_behind"):
        chosen = st.selectbox(
            t("Customers behind a row"),
            full,
            format_func=lambda number: f"{said[number]} ({rows[number].n:,})",
            key="ask_row",
        )
        if chosen is not None and st.button(t("Select them in Explore"), icon=":material/lasso_select:", key="ask_go"):
            view.select(rows[chosen].ids)
            st.switch_page(frame.EXPLORE)


def _history(study: Study, own: list[Entry]) -> None:
    with st.expander(t("Asked before in this session"), icon=":material/history:", key="ask_before"):
        for number, (_, question, found) in enumerate(reversed(own)):
            st.button(
                plain(question), key=f"ask_again.{number}", type="tertiary", on_click=_keep, args=(question, found)
            )
        st.button(t("Clear"), icon=":material/close:", key="ask_clear", on_click=_clear)


def in_words(asked: Asked) -> str:
    """Say a query in plain words."""
    said = {
        "count": t("Number of customers"),
        "share": t("Share of customers whose {column} is “{value}”", column=asked.of, value=asked.value),
        "median": t("Median of {column}", column=asked.of),
        "mean": t("Mean of {column}", column=asked.of),
        "sum": t("Sum of {column}", column=asked.of),
        "mentions": t("Share of writing customers who mention “{topic}”", topic=asked.value),
        "complaints": t("Share of writing customers who complain about “{topic}”", topic=asked.value)
        if asked.value
        else t("Share of writing customers who complain"),
    }[asked.measure]
    if asked.by:
        said = t("{what}, by {group}", what=said, group=t("segment") if asked.by == SEGMENT else asked.by)
    for one in asked.filters:
        column = t("segment") if one.column == SEGMENT else one.column
        said = t(
            "{what}; only {column} {op} {values}", what=said, column=column, op=one.op, values=", ".join(one.values)
        )
    return said


def _examples(study: Study) -> list[str]:
    """Return questions in the session's language that this study can answer, each tried before it is offered."""
    numbers = study.customers.named("money", "count", "number")
    zh = language() == "zh"
    tried = ["哪个客群抱怨配送最多？" if zh else "Which segment complains most about delivery?"]
    for name in numbers[:2]:
        tried.append(f"各客群{name}的中位数" if zh else f"What is the median {name} by segment?")
    for name in study.customers.named("category", "place")[:1]:
        tried.append(f"按{name}有多少客户？" if zh else f"How many customers by {name}?")
    tried.append("有多少客户？" if zh else "How many customers are there?")
    return [question for question in tried if understand(question, study).asked is not None]


def _name(row: Row, asked: Asked, shown: dict[str, str]) -> str:
    if not asked.by:
        return t("All who were asked about")
    return shown.get(row.name, row.name) if asked.by == SEGMENT else row.name


def _end(row: Row, value: float | None) -> Row:
    return Row(row.name, value, row.n, row.base)


def _ask(study: Study) -> None:
    _put(study, " ".join(str(st.session_state.get(QUESTION) or "").split()))


def _put(study: Study, question: str) -> None:
    if question:
        _keep(question, understand(question, study))


def _keep(question: str, found: Understood) -> None:
    kept: list[Entry] = st.session_state.get(HISTORY, [])
    st.session_state[HISTORY] = [*kept, (state.study_id() or "", question, found)][-MOST_KEPT:]


def _clear() -> None:
    st.session_state[HISTORY] = []
    st.session_state[QUESTION] = ""
