"""Rules: write a rule of plain conditions, see whom it means before it counts, and list those in force."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from pages._shared import cached, marking, state, view
from pages._shared.look import names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Condition, LabelColumn, Rule
from segment_core.errors import OptionError
from segment_core.labelling import SEGMENT, operations, problem, tidy, with_rule
from segment_core.study import Study

MOST_VALUES = 1_000


def build(study: Study) -> None:
    """Draw the form for a rule: its conditions, how many customers meet them now, and the label they get."""
    st.subheader(t("New rule"))
    st.caption(
        t(
            "Everybody who meets all conditions gets the label; labels given by hand stay. A customer without a "
            "value meets only “is missing”."
        )
    )
    conditions = [_condition(study, row, first=place == 0) for place, row in enumerate(view.rule_rows())]
    st.button(t("Add a condition"), icon=":material/add:", type="tertiary", key="rule_add", on_click=view.add_rule_row)
    complete = tuple(condition for condition in conditions if condition is not None)
    ready = len(complete) == len(conditions)
    reach = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom", key="rule_label"):
        name, label = marking.ask(study, "rule")
        st.button(
            t("Add the rule"),
            type="primary",
            disabled=not (ready and name and label),
            key="rule_keep",
            on_click=_add,
            args=(name, Rule(label, complete)),
        )
    reach.markdown(":material/group: " + _reach(study, complete if ready else (), name))


def listed(study: Study, column: LabelColumn) -> None:
    """List the rules of a label column, the one that wins first."""
    st.markdown(f"**{t('Rules')}**")
    if not column.rules:
        st.caption(t("This column has no rules: it holds what was labelled by hand."))
    elif len(column.rules) > 1:
        st.caption(t("Where several rules mean the same customer, the upper one counts."))
    segments = study.clustering.ids if study.clustering else ()
    for place, rule in reversed(list(enumerate(column.rules))):
        with st.container(horizontal=True, vertical_alignment="center"):
            wrong = problem(rule, study.customers, segments)
            text = t("{label} if {conditions}", label=f"**{plain(rule.label)}**", conditions=plain(told(study, rule)))
            n = 0 if wrong else int(cached.customers_meeting(*state.study_version(), rule.conditions).sum())
            st.markdown(f"{text} · {n:,}", width="stretch")
            st.button(
                t("Delete rule"),
                icon=":material/delete:",
                type="tertiary",
                key=f"rule_drop.{place}",
                on_click=_drop,
                args=(column.name, place),
            )
        if wrong:
            st.caption(f":material/warning: {plain(tell(wrong.message))}")


def told(study: Study, rule: Rule) -> str:
    """Return the conditions of a rule in words."""
    titles = _segments(study)
    parts = []
    for condition in rule.conditions:
        column = t("Segment") if condition.column == SEGMENT else condition.column
        found = [_answer(value) for value in condition.values]
        if condition.column == SEGMENT:
            found = [titles.get(value, value) for value in condition.values]
        answer = ", ".join(found)
        if condition.op == "between":
            answer = t("{low} and {high}", low=found[0], high=found[1])
        parts.append(f"{column} {asked(condition.op)} {answer}".strip())
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


def _reach(study: Study, conditions: tuple[Condition, ...], name: str) -> str:
    """Say how many customers meet the conditions, and how many of them keep what they were given by hand."""
    if not conditions:
        return t("Fill in the conditions to see how many customers meet them.")
    met = cached.customers_meeting(*state.study_version(), conditions)
    n, total = int(met.sum()), len(met)
    said = t("{n:,} customers meet this now ({share})", n=n, share=f"{n / total:.1%}")
    picked = next((column.picked for column in study.labels if column.name == name), {})
    kept = sum(id_ in picked for id_ in study.customers.frame.index[met]) if picked else 0
    return f"{said} · {t('{n:,} of them were marked by hand and stay as they are', n=kept)}" if kept else said


def _condition(study: Study, row: int, *, first: bool) -> Condition | None:
    known = [column.name for column in study.customers.columns if column.role not in ("id", "ignore")]
    known = [*([SEGMENT] if study.clustering else []), *known]
    left, middle, right, last = st.columns([3, 2, 4, 1], vertical_alignment="bottom")
    shown = "visible" if first else "collapsed"
    with left:
        column = st.selectbox(
            t("Column"),
            known,
            format_func=lambda name: t("Segment") if name == SEGMENT else name,
            label_visibility=shown,
            key=f"rule_column.{row}",
        )
    place = f"{row}.{known.index(column)}"
    with middle:
        op = st.selectbox(
            t("Condition"),
            operations(study.customers, column),
            format_func=asked,
            label_visibility=shown,
            key=f"rule_op.{place}",
        )
    with right:
        values = _values(study, column, op, f"{place}.{op}", shown)
    with last:
        if not first:
            st.button(
                t("Remove"),
                icon=":material/close:",
                type="tertiary",
                key=f"rule_less.{row}",
                on_click=view.drop_rule_row,
                args=(row,),
            )
    condition = Condition(column, op, values)
    segments = study.clustering.ids if study.clustering else ()
    wrong = problem(Rule("", (condition,)), study.customers, segments)
    if wrong and values:
        st.caption(f":material/warning: {plain(tell(wrong.message))}")
    return None if wrong else condition


def _values(study: Study, column: str, op: str, place: str, shown: str) -> tuple[str, ...]:
    """Ask for what to compare with, in the way that suits the column."""
    key, title = f"rule_value.{place}", t("Value")
    if op in ("is missing", "is known"):
        return ()
    if "contain" in op:
        written = st.text_input(
            title, placeholder=t("Words; in quotation marks they must stand together"), label_visibility=shown, key=key
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
            st.selectbox(title, ["yes", "no"], index=None, format_func=_answer, label_visibility=shown, key=key)
        )
    titles = _segments(study) if column == SEGMENT else {}
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
        )
    )


def _ask_number(title: str, key: str, shown: str) -> str | None:
    found = st.number_input(title, value=None, step=None, format="%.12g", label_visibility=shown, key=key)
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
    )
    return found.isoformat() if isinstance(found, date) else None


def _given(*found: str | None) -> tuple[str, ...]:
    return tuple(value for value in found if value)


def _answer(value: str) -> str:
    return {"yes": t("Yes"), "no": t("No")}.get(value, value)


def _segments(study: Study) -> dict[str, str]:
    segments: Sequence[str] = [segment.id for segment in study.clustering.segments] if study.clustering else []
    return {
        segment: name if name == segment else f"{segment} · {name}"
        for segment, name in zip(segments, names(study), strict=True)
    }


def _add(name: str, rule: Rule) -> None:
    study = state.study()
    if study is None:
        return
    segments = study.clustering.ids if study.clustering else ()
    try:
        change = t("Rule added for “{label}”", label=plain(tidy(rule.label)))
        marking.put(tidy(name), lambda column: with_rule(column, rule, study.customers, segments), change)
    except OptionError as error:
        st.toast(tell(error.message), icon=":material/error:")
        return
    view.restart_rule()


def _drop(name: str, place: int) -> None:
    def without(column: LabelColumn) -> LabelColumn:
        return replace(column, rules=(*column.rules[:place], *column.rules[place + 1 :]))

    marking.put(name, without, t("Rule deleted"))
