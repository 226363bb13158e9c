"""Orders: how a list of orders is read and measured, and the way back from every choice about it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages._shared import state
from pages._shared.forms import ask
from pages._shared.glossary import value
from pages._shared.words import plain, t, tell
from segment_core.choices import Question, options_to_json, questions
from segment_core.intake.behaviour import BehaviourOptions
from segment_core.intake.behaviour.options import DEFAULTS, PARTS
from segment_core.intake.ordering import OWNER, Measured

REST = ("returns", "horizon_days", "discount_rate", "measure")


def reference_date(measured: Measured) -> None:
    """Draw the day that counts as today, where it comes from, and a way to choose another."""
    found = measured.behaviour.reference_date
    chosen = state.plan().behaviour.reference_date is not None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = _key("reference_date")
        st.date_input(
            t("Reference date"),
            value=found,
            min_value=date(1900, 1, 1),
            max_value=date(2200, 1, 1),
            help=t("The day that counts as today. Lines from that day on are left out."),
            key=key,
            on_change=_choose_day,
            args=(key,),
            width=200,
        )
        if chosen:
            st.button(
                t("Day after the last line"),
                icon=":material/undo:",
                type="tertiary",
                key="reference_date_automatic",
                on_click=state.read_orders,
                kwargs={"reference_date": None},
            )
        else:
            st.caption(t("The day after the last line: set by the file, until you choose another."))


def show(measured: Measured) -> None:
    """Draw which column is which part and why, with a way to choose others, and how value is reckoned."""
    now = state.plan().behaviour
    with st.expander(t("How orders are read"), icon=":material/tune:", key="orders_read"):
        st.caption(t("Table: {name}. The page follows as you choose.", name=plain(measured.table)))
        chosen = {}
        with st.grid(3, min_column_width=250):
            for question in questions(BehaviourOptions):
                if question.name in PARTS and not (question.name == "customer" and measured.parts.customer == OWNER):
                    chosen[question.name] = _part(question, measured)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            options = ask(BehaviourOptions, key=_key("orders"), values=options_to_json(now) | chosen, only=REST)
        _back(now)
    if options != now:
        state.read_orders(**options_to_json(options))
        st.rerun()  # the figures above were measured as it was


def show_choices() -> None:
    """List what was chosen about orders, each with a way back, where orders are not measured or cannot be."""
    now = state.plan().behaviour
    if now == DEFAULTS:
        return
    with st.container(border=True, gap="xsmall", key="orders_chosen"):
        st.markdown(f":material/tune: **{t('How orders are read, as you chose')}**")
        for question in _chosen(now):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{plain(t(question.label))}: {_said(getattr(now, question.name))}", width="stretch")
                st.button(
                    t("Undo"),
                    icon=":material/undo:",
                    key=f"undo_orders.{question.name}",
                    on_click=state.read_orders,
                    kwargs={question.name: question.default},
                )
        _back(now)


def _part(question: Question, measured: Measured) -> str | None:
    found = getattr(measured.parts, question.name)
    now = getattr(state.plan().behaviour, question.name)
    with st.container(gap="xsmall"):
        chosen: str | None = st.selectbox(
            t(question.label),
            measured.columns,
            index=measured.columns.index(now) if now in measured.columns else None,
            format_func=str,
            help=t(question.help),
            placeholder=t("Automatic: {column}", column=found or t("none")),
            key=_key(f"part.{question.name}"),
        )
        reason = measured.parts.reasons.get(question.name)
        st.caption(plain(tell(reason)) if reason is not None else "–")
    return chosen


def _back(now: BehaviourOptions) -> None:
    if now != DEFAULTS:
        st.button(
            t("Back to automatic"),
            icon=":material/undo:",
            key="orders_automatic",
            on_click=state.read_orders,
            kwargs=options_to_json(DEFAULTS),
        )


def _chosen(now: BehaviourOptions) -> Sequence[Question]:
    return [question for question in questions(BehaviourOptions) if getattr(now, question.name) != question.default]


def _said(answer: object) -> str:
    if isinstance(answer, bool):
        return t("yes") if answer else t("no")
    return f"**{plain(value(answer) if isinstance(answer, str) else answer)}**"


def _choose_day(key: str) -> None:
    day: date | None = st.session_state[key]
    state.read_orders(reference_date=day.isoformat() if day is not None else None)


def _key(name: str) -> str:
    upload = state.upload()
    return f"{name}.{upload.id[:12] if upload else ''}.{state.n_orders_read()}"
