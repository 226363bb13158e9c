"""Distributions: how the values of a column are spread in a segment beside everyone, or in two groups side by side."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from pages._shared import figures, profilecharts
from pages._shared.look import look
from pages._shared.profilecharts import Group
from pages._shared.words import plain, t
from segment_core.profiles.facts import Fact
from segment_core.profiles.spread import Distribution, spread

Mask = NDArray[np.bool_]


def draw(prepared: Sequence[Fact], sides: Sequence[tuple[Group, Mask]], *, default: str, key: str) -> None:
    """Ask for a column, starting with `default`, and draw how it is spread in two groups of customers."""
    by_name = {fact.column: fact for fact in prepared}
    if not by_name:
        st.caption(t("There is no column whose values could be counted."))
        return
    names = list(by_name)
    if st.session_state.get(key) not in by_name:
        st.session_state[key] = default if default in by_name else names[0]
    column = st.selectbox(
        t("Column"),
        names,
        key=key,
        help=t("Any column with numbers, dates, categories or yes and no. Type to search."),
    )
    one(by_name.get(column or default, prepared[0]), sides, key=f"{key}.chart")


def one(fact: Fact, sides: Sequence[tuple[Group, Mask]], *, key: str) -> None:
    """Draw how one column is spread in two groups of customers."""
    found = spread(fact, [mask for _, mask in sides])
    groups = [group for group, _ in sides]
    bins = _bins(found)
    hovers = [
        [
            t("{group}, {value}: {share}", group=group.name, value=name, share=f"{share:.1%}")
            for name, share in zip(bins, found.shares[number], strict=True)
        ]
        for number, group in enumerate(groups)
    ]
    if found.kind in ("number", "date"):
        figure = profilecharts.histogram(found, groups, hovers, look())
    elif found.kind == "values":
        figure = profilecharts.columns(found, bins, groups, hovers, look())
    else:
        figure = profilecharts.bars(bins, found.shares.tolist(), groups, hovers, look())
    percent = st.column_config.NumberColumn(format="percent")
    names = _apart([group.name for group in groups], t("Value"))
    rows = pd.DataFrame({t("Value"): bins} | {name: found.shares[n] for n, name in enumerate(names)})
    alt = t("How {column} is spread", column=fact.column)
    figures.draw(figure, rows, key=key, alt=alt, formats=dict.fromkeys(names, percent))
    _notes(found, sides)


def _notes(found: Distribution, sides: Sequence[tuple[Group, Mask]]) -> None:
    told = [
        t("{group}: known of {n:,} of {total:,} customers", group=plain(group.name), n=n, total=int(mask.sum()))
        for (group, mask), n in zip(sides, found.ns, strict=True)
    ]
    text = " · ".join(told) + "."
    if found.is_cut:
        text += " " + t("The outermost bars hold the one percent of customers who lie farther out as well.")
    st.caption(text)


def _bins(found: Distribution) -> list[str]:
    """Name each bin."""
    if found.kind == "yes/no":
        return [t("Yes"), t("No")]
    if found.kind == "category":
        return [label or t("All others") for label in found.labels]
    if found.kind == "values":
        return [_number(edge) for edge in found.edges]
    write: Any = _date if found.kind == "date" else _number
    lows, highs = found.edges[:-1], found.edges[1:]
    return [t("{low} to {high}", low=write(low), high=write(high)) for low, high in zip(lows, highs, strict=True)]


def _number(value: float) -> str:
    return f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


def _date(days: float) -> str:
    return str(pd.Timestamp(0) + pd.Timedelta(days=float(days)))[:10]


def _apart(names: Sequence[str], taken: str) -> list[str]:
    """Tell two groups of one name apart, as columns of one table."""
    found: list[str] = []
    for name in names:
        while name in (taken, *found):
            name += " "  # noqa: PLW2901 - a space that nobody sees
        found.append(name)
    return found
