"""Driver list: what sets customers apart, as a sentence, as bars with intervals, and as a table."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages._shared import charts, figures
from pages._shared import evidence as shown
from pages._shared.look import look
from pages._shared.words import plain, t
from segment_core.artifacts import EvidenceItem

N_OVER, N_UNDER = 3, 2


def draw(items: Sequence[EvidenceItem], *, colour: str, key: str, alt: str, n_rows: int = 0, first: str = "") -> None:
    """Draw items with the most of it first and the least last; `n_rows` keeps the height of a longer list.

    `first` names whom they are of in the table, where that is no segment.
    """
    ordered = sorted(items, key=lambda item: -item.effect)
    figure = charts.drivers(ordered, [shown.figure(item) for item in ordered], colour, look(), rows=n_rows)
    figures.draw(figure, rows(ordered, first=first), key=key, alt=alt, formats=formats())


def sentence(items: Sequence[EvidenceItem]) -> str:
    """Say in one sentence what there is more and less of, as markdown."""
    ordered = sorted(items, key=lambda item: -abs(item.effect))
    more = [f"**{plain(item.label)}**" for item in ordered if item.effect > 0][:N_OVER]
    less = [f"**{plain(item.label)}**" for item in ordered if item.effect < 0][:N_UNDER]
    if more and less:
        return t(
            "Higher or more often than among the others: {more}. Lower or less often: {less}.",
            more=", ".join(more),
            less=", ".join(less),
        )
    if more:
        return t("Higher or more often than among the others: {more}.", more=", ".join(more))
    return t("Lower or less often than among the others: {less}.", less=", ".join(less)) if less else ""


def rows(items: Sequence[EvidenceItem], *, first: str = "", second: str = "") -> list[dict[str, Any]]:
    """Return items as a table; `first` and `second` name the groups where it is not a segment and everyone."""
    return [
        {
            t("Fact"): item.label,
            first or t("Segment"): shown.value(item, item.value),
            second or t("All customers"): shown.value(item, item.base),
            t("From"): shown.value(item, item.low),
            t("To"): shown.value(item, item.high),
            t("Effect size"): item.effect,
            t("Effect from"): item.effect_low,
            t("Effect to"): item.effect_high,
            t("Times as often"): item.lift,
            t("Times from"): item.lift_low,
            t("Times to"): item.lift_high,
            t("Customers counted"): item.n,
        }
        for item in items
    ]


def formats() -> dict[str, Any]:
    """Return how the columns of the table are written."""
    effect = st.column_config.NumberColumn(
        format="%+.2f",
        help=t("Cliff's delta for numbers and dates, Cohen's h for shares, each with its 95 % interval."),
    )
    times = st.column_config.NumberColumn(
        format="%.2f", help=t("Lift: the share here divided by the share it is compared with, with its 95 % interval.")
    )
    return {
        t("From"): st.column_config.TextColumn(help=t("The 95 % interval of the segment's value.")),
        t("To"): st.column_config.TextColumn(help=t("The 95 % interval of the segment's value.")),
        **dict.fromkeys((t("Effect size"), t("Effect from"), t("Effect to")), effect),
        **dict.fromkeys((t("Times as often"), t("Times from"), t("Times to")), times),
    }


def honest() -> None:
    """Say how the differences were found, and what they do not prove."""
    st.caption(
        t(
            "To the right higher or more often than among everyone, to the left lower or less often; the thin lines "
            "are 95 % intervals. The segments were built from these columns, so large differences were bound to be "
            "found: they describe and do not prove."
        ),
        help=t(
            "The length is the effect size against all other customers: Cliff's delta for numbers and dates (interval "
            "by Feng and Cliff 2004), Cohen's h for shares. Differences that are negligible, that rest on fewer than 5 "
            "known values, or that could be chance among all comparisons of all segments (Benjamini and Hochberg 1995) "
            "are left out."
        ),
    )
