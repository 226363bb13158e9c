"""Pair cards: two customers side by side: first what tells them apart, then what they wrote."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import rows
from pages._shared.words import plain, t
from segment_core.intake.marks import sensitive
from segment_core.study import Study

TALL = 330
"""Pixels of a card, whatever is on it, so that the buttons below stay where they are."""
MOST_FACTS, LONGEST_FACT, LONGEST_TEXT = 12, 48, 1_200
APART = 0.1
"""Share of all customers who lie between two numbers that are told as different."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A column with what two customers have there; `apart` is 0 where they are alike, and 1 where hardly any are."""

    name: str
    one: str
    other: str
    apart: float


def draw(study: Study, one: str, other: str) -> None:
    """Draw the cards of two customers; both are equally tall, and tell the same columns in the same order."""
    found = facts(study, one, other)
    for place, (column, customer) in enumerate(zip(st.columns(2), (one, other), strict=True)):
        with column, st.container(border=True, height=TALL, gap="small", key=f"pair_card_{('one', 'other')[place]}"):
            st.markdown(f":material/person: **{plain(customer)}**")
            _facts(found, place)
            _texts(study, customer)


def facts(study: Study, one: str, other: str) -> list[Fact]:
    """Return what is known of two customers, but for texts, consent and sensitive columns; what differs first."""
    customers = study.customers
    hidden = {*sensitive(customers, study.plan.sensitive)}
    hidden |= {*customers.named("text", "vector", "consent", "suppression")}
    pair, _ = rows.readable(customers, customers.frame.loc[[one, other]])
    found = []
    for name in pair.columns:
        if name in hidden or pair[name].isna().all():
            continue
        told = rows.texts(pair[name])
        found.append(Fact(str(name), told[0], told[1], _apart(customers.frame[name], pair[name], told)))
    return sorted(found, key=lambda fact: -fact.apart)[:MOST_FACTS]


def _apart(column: pd.Series, pair: pd.Series, told: list[str]) -> float:
    """Return how telling a difference is: about the share of all pairs of customers who differ less."""
    if told[0] == told[1]:
        return 0.0
    if pair.isna().any():
        return APART  # not known of one: neither alike nor different
    if pd.api.types.is_numeric_dtype(pair) or pd.api.types.is_datetime64_any_dtype(pair):
        between = float(((column > pair.min()) & (column <= pair.max())).mean())
        return 1 - (1 - between) ** 2 if between >= APART else 0.0
    shares = column.value_counts(normalize=True).to_numpy()
    return max(APART, float(np.square(shares).sum()))


def _facts(found: list[Fact], place: int) -> None:
    half = (len(found) + 1) // 2
    for column, some in zip(st.columns(2), (found[:half], found[half:]), strict=True):
        lines = []
        for fact in some:
            value = plain(_cut((fact.one, fact.other)[place], LONGEST_FACT))
            lines.append(f":gray[{plain(fact.name)}] " + (f"**{value}**" if fact.apart else value))
        column.markdown("  \n".join(f":small[{line}]" for line in lines))


def texts(study: Study, customer: str) -> list[tuple[str, str]]:
    """Return what a customer wrote, by column, but for columns that are sensitive."""
    names = _text_columns(study)
    cells = [(name, study.customers.frame.at[customer, name]) for name in names]
    return [(name, cell) for name, cell in cells if isinstance(cell, str) and cell.strip()]


def _text_columns(study: Study) -> list[str]:
    hidden = sensitive(study.customers, study.plan.sensitive)
    return [name for name in study.customers.named("text") if name not in hidden]


def _texts(study: Study, customer: str) -> None:
    names, said = _text_columns(study), texts(study, customer)
    for name, value in said:
        title = f":gray[{plain(name)}:] " if len(names) > 1 else ""
        st.markdown(f":small[{title}{plain(_cut(value, LONGEST_TEXT))}]")
    if names and not said:
        st.caption(t("Wrote nothing."))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
