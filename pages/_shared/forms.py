"""Forms: draw an options dataclass from its own questions."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import streamlit as st

from pages._shared import glossary, state
from pages._shared.words import t, tell
from segment_core.choices import Question, options_from_json, questions
from segment_core.encoders import BUNDLED
from segment_core.errors import OptionError
from segment_core.store import KEPT

T = TypeVar("T")

SMALL = 0.01
"""Below which two decimals say too little."""


def ask(options: type[T], *, key: str, values: Mapping[str, Any] | None = None, only: Collection[str] = ()) -> T:
    """Draw one widget for each question of an options dataclass and return the answers as that dataclass.

    `key` keeps the widgets of two forms apart; `values` are the answers to start from, by
    name (a `Step`'s options); what they leave out starts at its default.
    `only` asks these questions and leaves the other answers as they are.
    """
    start = dict(values or {})
    answers = {
        question.name: _answer(question, f"{key}.{question.name}", start.get(question.name, question.default))
        for question in questions(options)
        if not only or question.name in only
    }
    try:
        return options_from_json(options, start | answers)
    except OptionError as error:  # widgets keep to the limits; a client that does not, or an old plan, comes here
        st.error(tell(error.message))
        st.stop()


def _answer(question: Question, key: str, value: Any) -> Any:
    label, help = t(question.label), t(question.help) or None  # noqa: A001 - Streamlit's word
    if question.among:
        return _pick(question, label, help, key, value)
    if question.kind is bool:
        return st.toggle(label, value=bool(value), help=help, key=key)
    if question.kind in (int, float):
        return _number(question, label, help, key, value)
    if question.offers == "encoders" and ((kept := _kept()) or str(value).startswith(KEPT)):
        return _offered(kept, label, help, key, str(value or question.default))
    text = st.text_input(label, value=value or "", help=help, key=key, placeholder=_automatic(question))
    return None if question.optional and not text else text


def _kept() -> dict[str, str]:
    """Return the names of the encoders that were kept, by what to ask for them by."""
    found = state.workspace().encoders.all()
    return {f"{KEPT}{encoder}": card.name for encoder, card in found.items() if card.kept}


def _offered(kept: Mapping[str, str], label: str, help: str | None, key: str, value: str) -> str:  # noqa: A002
    """Offer the bundled model and the encoders that were kept; any other name or path can be typed in."""
    offered = list(dict.fromkeys((BUNDLED, *kept, value)))
    chosen = st.selectbox(
        label,
        offered,
        index=offered.index(value),
        format_func=lambda name: kept.get(name, t("an encoder that was deleted") if name.startswith(KEPT) else name),
        help=help,
        key=key,
        accept_new_options=True,
    )
    return str(chosen)


def _pick(question: Question, label: str, help: str | None, key: str, value: Any) -> Any:  # noqa: A002
    index = question.among.index(value) if value in question.among else None
    return st.selectbox(
        label,
        question.among,
        index=index if index is not None or question.optional else 0,
        format_func=glossary.value,
        help=help,
        key=key,
        placeholder=_automatic(question),
    )


def _number(question: Question, label: str, help: str | None, key: str, value: Any) -> Any:  # noqa: A002
    kind = question.kind
    limits = {
        name: None if limit is None else kind(limit)
        for name, limit in (("min_value", question.low), ("max_value", question.high))
    }
    step = kind(question.step) if question.step else (1 if kind is int else None)
    start = None if value is None else kind(value)
    fine = kind is float and any(0 < abs(number) < SMALL for number in (start, step) if number is not None)
    return st.number_input(
        label,
        value=start,
        step=step,
        format="%g" if fine else None,  # two decimals, as usual, would show 0.001 as 0.00
        help=help,
        key=key,
        placeholder=_automatic(question),
        **limits,
    )


def _automatic(question: Question) -> str | None:
    return t("Automatic") if question.optional else None
