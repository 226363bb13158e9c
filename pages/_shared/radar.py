"""Radar: where up to three groups of customers stand among everyone, in percentiles."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from pages._shared import figures, profilecharts
from pages._shared.look import look
from pages._shared.profilecharts import Group
from pages._shared.words import t
from segment_core.profiles.facts import Fact
from segment_core.profiles.spread import standing

FEWEST, MOST = 3, 8


def draw(prepared: Sequence[Fact], sides: Sequence[tuple[Group, NDArray[np.bool_]]], *, key: str) -> None:
    """Draw the numbers and yes/no facts in which groups stand farthest from everyone, strongest first, clockwise."""
    found = standings(prepared, [mask for _, mask in sides])
    if len(found) < FEWEST:
        st.caption(t("A radar needs at least three columns with numbers, dates or yes and no."))
        return
    labels, groups = list(found), [group for group, _ in sides]
    around = [[found[label][number] for label in labels] for number in range(len(groups))]
    hovers = [
        [
            t("{group}, {fact}: percentile {n}", group=group.name, fact=label, n=f"{found[label][number]:.0f}")
            for label in labels
        ]
        for number, group in enumerate(groups)
    ]
    figure = profilecharts.radar(labels, around, groups, hovers, everyone=t("Everyone"), look=look())
    rows = pd.DataFrame(
        [
            {
                t("Group"): group.name,
                t("Fact"): label,
                t("Percentile"): found[label][number],
                t("Everyone"): 50.0,
            }
            for number, group in enumerate(groups)
            for label in labels
        ]
    )
    numbers = dict.fromkeys((t("Percentile"), t("Everyone")), st.column_config.NumberColumn(format="%.0f"))
    figures.draw(figure, rows, key=key, alt=t("Standing among everyone"), formats=numbers)
    st.caption(
        t("Outside the dotted ring: more than everyone. Inside: less."),
        help=t(
            "The mean percentile rank of the group's customers among all customers; everyone together stands at 50. "
            "Of yes and no, yes counts as the higher."
        ),
    )


def standings(prepared: Sequence[Fact], masks: Sequence[NDArray[np.bool_]]) -> dict[str, list[float]]:
    """Return the groups' percentiles in the facts in which one of them stands farthest from 50, strongest first."""
    found: dict[str, list[float]] = {}
    for fact in prepared:
        places = [standing(fact, mask) for mask in masks]
        known = [place for place in places if place is not None]
        if len(known) == len(places):
            found[fact.column] = known
    order = sorted(found, key=lambda name: (-max(abs(place - 50) for place in found[name]), name))[:MOST]
    return {name: found[name] for name in order}
