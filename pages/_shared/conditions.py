"""Conditions: plain questions to columns, one a row, for rules and for searches."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages._shared import view
from pages._shared.look import names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Condition, Rule
from segment_core.labelling import SEGMENT, operations, problem
from segment_core.study import Study

MOST_VALUES = 1_000


def ask(study: Study, form: str) -> tuple[tuple[Condition, ...], bool]:
    """Draw the conditions of a form; return those that are complete, and whether all are.

    `form` is part of every widget's key, and names the rows in `view`.
    """
    asked_for = [_condition(study, form, row, first=place == 0) for place, row in enumerate(view.rows_of(form))]
    complete = tuple(condition for condition in asked_for if condition is not None)
    return complete, len(complete) == len(asked_for)


def fill(study: Study, form: str, conditions: Sequence[Condition]) -> None:
    """Start a form with these conditions; call it before the form is drawn, as in a callback."""
    rows = view.restart_rows(form, len(conditions))
    known = _columns(study)
    for row, condition in zip(rows, conditions, strict=True):
        if condition.column not in known or condition.op not in operations(study.customers, condition.column):
            continue  # the column is gone, or is another thing now: the row starts afresh
        place = f"{row}.{known.index(condition.column)}"
        st.session_state[f"{form}_column.{row}"] = condition.column
        st.session_state[f"{form}_op.{place}"] = condition.op
        _fill_values(study, condition, f"{form}_value.{place}.{condition.op}")


def _fill_values(study: Study, condition: Condition, key: str) -> None:
    role = None if condition.column == SEGMENT else study.customers.column(condition.column).role
    if role in ("number", "money", "count", "date") and condition.values:
        values = [date.fromisoformat(value) if role == "date" else float(value) for value in condition.values]
        for name, value in zip((key, f"{key}.to"), values, strict=False):
            st.session_state[name] = value
    elif condition.op == "is one of":
        st.session_state[key] = list(condition.values)
    elif condition.values:
        st.session_state[key] = condition.values[0]


def told(study: Study, conditions: Sequence[Condition]) -> str:
    """Return conditions in words."""
    titles = titled(study)
    parts = []
    for condition in conditions:
        column = t("Segment") if condition.column == SEGMENT else condition.column
        found = [answer(value) for value in condition.values]
        if condition.column == SEGMENT:
            found = [titles.get(value, value) for value in condition.values]
        said = ", ".join(found)
        if condition.op == "between":
            said = t("{low} and {high}", low=found[0], high=found[1])
        parts.append(f"{column} {asked(condition.op)} {said}".strip())
    return t(" and ").join(parts)


def asked(op: str) -> str:
    """Say what a condition asks."""
    return {
        "between": t("between"),
        "is missing": t("is missing"),
        "is known": t("is known"),
        "is": t("is"),
        "is not": t("is not"),
        "is one of": t("is one of"),
        "contains": t("contains"),
        "does not contain": t("does not contain"),
    }.get(op, op)


def _columns(study: Study) -> list[str]:
    known = [column.name for column in study.customers.columns if column.role not in ("id", "ignore")]
    return [*([SEGMENT] if study.clustering else []), *known]


def _condition(study: Study, form: str, row: int, *, first: bool) -> Condition | None:
    known = _columns(study)
    left, middle, right, last = st.columns([3, 2, 4, 1], vertical_alignment="bottom")
    shown = "visible" if first else "collapsed"
    with left:
        column = st.selectbox(
            t("Column"),
            known,
            format_func=lambda name: t("Segment") if name == SEGMENT else name,
            label_visibility=shown,
            key=f"{form}_column.{row}",
            persist_state="session",
        )
    place = f"{row}.{known.index(column)}"
    with middle:
        op = st.selectbox(
            t("Condition"),
            operations(study.customers, column),
            format_func=asked,
            label_visibility=shown,
            key=f"{form}_op.{place}",
            persist_state="session",
        )
    with right:
        values = _values(study, column, op, f"{form}_value.{place}.{op}", shown)
    with last:
        if not first or form != view.RULE:
            st.button(
                t("Remove"),
                icon=":material/close:",
                type="tertiary",
                key=f"{form}_less.{row}",
                on_click=view.drop_row,
                args=(form, row),
            )
    condition = Condition(column, op, values)
    segments = study.clustering.ids if study.clustering else ()
    wrong = problem(Rule("", (condition,)), study.customers, segments)
    if wrong and values:
        st.caption(f":material/warning: {plain(tell(wrong.message))}")
    return None if wrong else condition


def _values(study: Study, column: str, op: str, key: str, shown: str) -> tuple[str, ...]:
    """Ask for what to compare with, in the way that suits the column."""
    title = t("Value")
    if op in ("is missing", "is known"):
        return ()
    if "contain" in op:
        written = st.text_input(
            title,
            placeholder=t("Words; in quotation marks they must stand together"),
            label_visibility=shown,
            key=key,
            persist_state="session",
        )
        return (written,) if written.strip() else ()
    role = None if column == SEGMENT else study.customers.column(column).role
    if role in ("number", "money", "count", "date"):
        ask = _ask_day if role == "date" else _ask_number
        if op != "between":
            return _given(ask(title, key, shown))
        low, high = st.columns(2)
        with low:
            start = ask(t("From"), key, shown)
        with high:
            end = ask(t("To"), f"{key}.to", shown)
        return _given(start, end)
    return _among(study, column, op, key, shown)


def _among(study: Study, column: str, op: str, key: str, shown: str) -> tuple[str, ...]:
    """Ask for one or several of the values that the column has."""
    title = t("Value")
    if op == "is" and operations(study.customers, column)[1] == "is missing":
        return _given(
            st.selectbox(
                title,
                ["yes", "no"],
                index=None,
                format_func=answer,
                label_visibility=shown,
                key=key,
                persist_state="session",
            )
        )
    titles = titled(study) if column == SEGMENT else {}
    options = list(titles) or [str(value) for value in study.customers.frame[column].value_counts().index[:MOST_VALUES]]
    free = column != SEGMENT
    if op == "is one of":
        several = st.multiselect(
            title,
            options,
            format_func=lambda value: titles.get(value, value),
            accept_new_options=free,
            label_visibility=shown,
            key=key,
            persist_state="session",
        )
        return tuple(several)
    return _given(
        st.selectbox(
            title,
            options,
            index=None,
            format_func=lambda value: titles.get(value, value),
            accept_new_options=free,
            label_visibility=shown,
            key=key,
            persist_state="session",
        )
    )


def _ask_number(title: str, key: str, shown: str) -> str | None:
    found = st.number_input(
        title, value=None, step=None, format="%.12g", label_visibility=shown, key=key, persist_state="session"
    )
    return None if found is None else f"{found:.15g}"


def _ask_day(title: str, key: str, shown: str) -> str | None:
    found = st.date_input(
        title,
        value=None,
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
        format="YYYY-MM-DD",
        label_visibility=shown,
        key=key,
        persist_state="session",
    )
    return found.isoformat() if isinstance(found, date) else None


def _given(*found: str | None) -> tuple[str, ...]:
    return tuple(value for value in found if value)


def answer(value: str) -> str:
    """Say an answer of a yes/no column in words; any other value as it is."""
    return {"yes": t("Yes"), "no": t("No")}.get(value, value)


def titled(study: Study) -> dict[str, str]:
    """Return the segments by id, with their names."""
    segments: Sequence[str] = [segment.id for segment in study.clustering.segments] if study.clustering else []
    return {
        segment: name if name == segment else f"{segment} · {name}"
        for segment, name in zip(segments, names(study), strict=True)
    }
