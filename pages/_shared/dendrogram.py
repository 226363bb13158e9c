"""Dendrogram: the top of the tree of customers, cut across by dragging, or each branch at its own depth."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import branches, figures, treecharts
from pages._shared.branches import Branches
from pages._shared.look import look
from pages._shared.topicspread import csv
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Step
from segment_core.clustering import cutting
from segment_core.clustering.cutting import Cut
from segment_core.study import Study

KEY = "dendrogram"
FROM_TREES = ("hierarchical", "ladder")
"""Algorithms whose tree is one of distances, and can be cut elsewhere by a plan."""


def draw(study: Study) -> None:
    """Draw the tree behind the segments, else that of the ladder; where there is neither, offer to build one."""
    found = tree_of(study)
    if found is None:
        st.caption(
            t(
                "These segments were not cut from a tree. Build the ladder's tree to see how customers merge, or pick "
                "the algorithm “Hierarchical” beside this page."
            )
        )
        branches.offer(study, t("Build the tree"))
        return
    st.fragment(_drawn)(study, found)


def tree_of(study: Study) -> Branches | None:
    """Return the tree that is shown: that behind the segments comes first."""
    made, ladder = study.clustering, study.ladder
    if made is not None and made.tree is not None and made.made_by.name in FROM_TREES:
        cutless = {name: value for name, value in made.made_by.options.items() if name != "cut"}
        same = ladder is not None and made.made_by.name == "ladder" and len(ladder.leads) == len(made.tree.parents)
        return branches.of(
            study,
            made.tree,
            Step(made.made_by.name, cutless),
            leads=ladder.leads if same and ladder is not None else (),
        )
    if ladder is None:
        return None
    return branches.of(study, ladder.tree, ladder.made_by, leads=ladder.leads)


def _drawn(study: Study, shown: Branches) -> None:
    tree = shown.tree
    cut = branches.present(shown, KEY, _start(study))
    straight = _height(shown, cut)
    if study.clustering is not None and shown.became:
        for reason in study.clustering.reasons:
            st.caption(plain(tell(reason)))
    labels = treecharts.Drawn(
        [shown.short(node) for node in range(len(tree.parents))],
        [_hover(shown, node) for node in range(len(tree.parents))],
        [shown.colour(node) for node in range(len(tree.parents))],
        (),
    )
    axis = t("Distance at which branches merge")
    figure = treecharts.dendrogram(tree, labels, cut, look(), height=straight, axis=axis)
    st.plotly_chart(
        figure,
        key="dendrogram_chart",
        config=figures.picture("dendrogram_chart"),
        alt=t("The top of the tree of customers"),
        on_select=lambda: _dragged(shown),
        selection_mode="box",
    )
    st.caption(
        t(
            "Drag over the tree, or move the slider, to cut it straight across; below, branches can be opened or kept "
            "whole one by one. Filled dots are the parts of the cut. Only the top of the tree is shown, {n} branches.",
            n=len(cutting.splits(tree)) + 1,
        )
    )
    _slider(shown, straight)
    branches.edit(shown, KEY, cut)
    branches.use(study, shown, KEY, cut)
    _table(shown, cut)


def _start(study: Study) -> int:
    levels = study.ladder.levels if study.ladder is not None else ()
    return int(np.argmax(levels)) + 2 if len(levels) else branches.TOP


def _dragged(shown: Branches) -> None:
    """Cut straight across in the middle of what was dragged over."""
    event: Any = st.session_state.get("dendrogram_chart") or {}
    boxes = event.get("selection", {}).get("box", [])
    if boxes:
        top = float(shown.tree.ends[0])
        st.session_state["dendrogram_height"] = min(top, max(0.0, float(np.mean(boxes[-1]["y"]))))
        _take_height(shown)


def _height(shown: Branches, cut: Cut) -> float | None:
    """Return where the slider stands if a straight cut there gives these parts, else the middle of where one does."""
    tree = shown.tree
    if cutting.into(tree, len(cut)) != cut:
        return None
    chosen = st.session_state.get("dendrogram_height")
    if chosen is not None and cutting.at(tree, float(chosen)) == cut:
        return float(chosen)
    heights = [float(tree.ends[node]) for node in cutting.splits(tree)] + [0.0]
    return (heights[len(cut) - 2] + heights[len(cut) - 1]) / 2


def _slider(shown: Branches, straight: float | None) -> None:
    top = float(shown.tree.ends[0])
    if top <= 0:
        return
    if straight is not None:
        st.session_state["dendrogram_height"] = straight
    elif not 0 <= st.session_state.get("dendrogram_height", -1) <= top:
        st.session_state["dendrogram_height"] = top / 2
    st.slider(
        t("Cut at height"),
        0.0,
        top,
        step=top / 500,
        format="%.4g",
        key="dendrogram_height",
        on_change=_take_height,
        args=(shown,),
    )
    if straight is None:
        st.caption(t("The present cut is at mixed depth; moving the slider cuts straight across again."))


def _take_height(shown: Branches) -> None:
    branches.change(shown, KEY, cutting.at(shown.tree, float(st.session_state["dendrogram_height"])))


def _hover(shown: Branches, node: int) -> str:
    if not node:
        return t("All customers: {n:,}", n=int(shown.tree.sizes[0]))
    return t(
        "{branch}: {figures}; falls apart at {height}",
        branch=shown.titles[node],
        figures=shown.figures(node),
        height=f"{float(shown.tree.ends[node]):.3g}",
    )


def _table(shown: Branches, cut: Cut) -> None:
    tree, members = shown.tree, cutting.members(shown.tree, cut)
    table = pd.DataFrame(
        {
            t("Branch"): cutting.name(tree, node) or t("All customers"),
            t("Part of the cut"): cutting.name(tree, cut[members[node]]) if members[node] >= 0 else "",
            t("Customers"): int(tree.sizes[node]),
            t("Share"): float(tree.sizes[node] / tree.sizes[0]),
            t("Splits off at"): float(tree.begins[node]),
            t("Falls apart at"): float(tree.ends[node]),
        }
        for node in range(len(tree.parents))
    )
    formats = {
        t("Share"): st.column_config.NumberColumn(format="percent"),
        t("Splits off at"): st.column_config.NumberColumn(format="%.3g"),
        t("Falls apart at"): st.column_config.NumberColumn(format="%.3g"),
    }
    with st.expander(t("As a table"), icon=":material/table:", key="dendrogram_as_table"):
        st.dataframe(
            table,
            hide_index=True,
            column_config=formats,
            key="dendrogram_table",
            alt=t("The top of the tree of customers"),
        )
        csv(table, "dendrogram")
