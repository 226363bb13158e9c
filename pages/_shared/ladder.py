"""Ladder: the same customers in 2, 3, … segments, what of it lasts, and a cut that opens one branch and not another."""

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import branches, figures, treecharts
from pages._shared.branches import Branches
from pages._shared.look import look
from pages._shared.topicspread import csv
from pages._shared.words import t
from segment_core.artifacts import Ladder
from segment_core.clustering import cutting
from segment_core.clustering.cutting import Cut
from segment_core.study import Study

KEY = "ladder"
LASTING = 0.5
"""Persistence from which a level is named as one that lasts."""


def draw(study: Study) -> None:
    """Draw the ladder with the cut being made on it; where there is none yet, offer to build it."""
    if study.ladder is None:
        st.caption(
            t(
                "The ladder cuts all customers into 2, 3, … 12 segments, each level inside the one above, and measures "
                "which branches last and come back with other customers. Keep one branch whole and open another; every "
                "cut holds everybody."
            )
        )
        branches.offer(study, t("Build the ladder"))
        return
    st.fragment(_drawn)(study, study.ladder)


def _drawn(study: Study, found: Ladder) -> None:
    shown = branches.of(
        study, found.tree, found.made_by, persistence=[float(value) for value in found.persistence], leads=found.leads
    )
    best = int(np.argmax(found.levels)) + 2 if len(found.levels) else 2
    cut = branches.present(shown, KEY, best)
    st.markdown(_lasting(found))
    words = [t("All"), *(_head(k, float(value)) for k, value in enumerate(found.levels, start=2))]
    figure = treecharts.ladder(found.tree, words, _labels(shown, found), cut, look())
    st.plotly_chart(
        figure, key="ladder_chart", config=figures.picture("ladder_chart"), alt=t("Branches of the ladder by level")
    )
    st.caption(
        t(
            "Each column cuts everybody into as many segments as it says; below it stands its persistence. Strong "
            "bands last, faint ones do not; ✓ marks the branches of the present cut, where they begin. The largest "
            "part of a branch keeps its colour."
        )
    )
    _level(shown, len(found.levels) + 1, cut)
    branches.edit(shown, KEY, cut)
    branches.use(study, shown, KEY, cut)
    _how(found)
    _table(shown, found)


def _lasting(found: Ladder) -> str:
    lasting = [(k, float(value)) for k, value in enumerate(found.levels, start=2) if value >= LASTING]
    if not lasting:
        return t("No level lasts: whatever the number of segments, the cut would fall elsewhere with other customers.")
    lasting.sort(key=lambda level: -level[1])
    said = ", ".join(t("{k} segments ({value})", k=k, value=f"{value:.2f}") for k, value in lasting)
    return t("Levels that last, the most lasting first: **{levels}**.", levels=said)


def _head(k: int, value: float) -> str:
    return f"<b>{k}</b><br><b>{value:.2f}</b>" if value >= LASTING else f"{k}<br>{value:.2f}"


def _labels(shown: Branches, found: Ladder) -> treecharts.Drawn:
    nodes = range(len(found.tree.parents))
    return treecharts.Drawn(
        [shown.short(node) for node in nodes],
        [_hover(shown, found, node) for node in nodes],
        [shown.colour(node) for node in nodes],
        [0.15 + 0.5 * (0.0 if np.isnan(value) else float(value)) for value in found.persistence],
    )


def _hover(shown: Branches, found: Ladder, node: int) -> str:
    if not node:
        return t("All customers: {n:,}", n=int(found.tree.sizes[0]))
    said = f"{shown.titles[node]}: {shown.figures(node)}"
    if np.isnan(found.persistence[node]):
        return said
    return t(
        "{branch}; persistence {value}, comes back {jaccard}",
        branch=said,
        value=f"{found.persistence[node]:.2f}",
        jaccard=f"{found.jaccards[node]:.2f}",
    )


def _level(shown: Branches, most: int, cut: Cut) -> None:
    levels = list(range(2, most + 1))
    if len(levels) < 2:
        return
    straight = next((k for k in levels if cutting.into(shown.tree, k) == cut), None)
    if straight is not None:
        st.session_state["ladder_level"] = straight
    st.select_slider(
        t("Whole level"),
        levels,
        key="ladder_level",
        help=t("Takes all branches of a level; below, each branch can be opened or kept whole by itself."),
        on_change=_take_level,
        args=(shown,),
    )
    if straight is None:
        st.caption(t("The present cut is at mixed depth; moving the slider takes a whole level again."))


def _take_level(shown: Branches) -> None:
    branches.change(shown, KEY, cutting.into(shown.tree, int(st.session_state["ladder_level"])))


def _how(found: Ladder) -> None:
    with st.expander(t("How persistence is measured"), icon=":material/help:", key="ladder_how"):
        st.markdown(
            t(
                "A branch lives from the height at which it splits off to the height at which it falls apart itself. "
                "Its persistence, from 0 to 1, is the square root of *life* × *return*: life is 1 − lower height / "
                "upper height; return is 2 J − 1, at least 0, where J is how much of the branch (Jaccard overlap) a "
                "branch of a ladder built anew on other draws of customers holds. A level's persistence is the same "
                "with the gap between the last split above it and the first below it. Measured on {draws} draws of "
                "{n:,} customers.",
                draws=found.n_draws,
                n=found.n_drawn,
            )
        )
        st.caption(t("The ladder stays until the features change."))


def _table(shown: Branches, found: Ladder) -> None:
    tree, rows = found.tree, []
    for k in range(2, len(found.levels) + 2):
        for node in cutting.into(tree, k):
            rows.append(
                {
                    t("Segments"): k,
                    t("Persistence of the level"): float(found.levels[k - 2]),
                    t("Branch"): cutting.name(tree, node),
                    t("Part of"): cutting.name(tree, int(tree.parents[node])),
                    t("Differs by"): shown.titles[node].partition(" · ")[2],
                    t("Customers"): int(tree.sizes[node]),
                    t("Share"): float(tree.sizes[node] / tree.sizes[0]),
                    t("Persistence"): float(found.persistence[node]),
                    t("Comes back (Jaccard)"): float(found.jaccards[node]),
                    t("Splits off at"): float(tree.begins[node]),
                    t("Falls apart at"): float(tree.ends[node]),
                }
            )
    table = pd.DataFrame(rows)
    formats = {
        t("Share"): st.column_config.NumberColumn(format="percent"),
        **{
            name: st.column_config.NumberColumn(format="%.2f")
            for name in (
                t("Persistence of the level"),
                t("Persistence"),
                t("Comes back (Jaccard)"),
                t("Splits off at"),
                t("Falls apart at"),
            )
        },
    }
    with st.expander(t("As a table"), icon=":material/table:", key="ladder_as_table"):
        st.dataframe(
            table, hide_index=True, column_config=formats, key="ladder_table", alt=t("Branches of the ladder by level")
        )
        csv(table, "ladder")
