"""Tree: segments inside the branches of a first stage, drawn as boxes in boxes and as a table."""

import numpy as np
import streamlit as st

from pages._shared import figures
from pages._shared.fusioncharts import Node, tree
from pages._shared.look import SHAPES, look, names
from pages._shared.words import t
from segment_core.artifacts import Clustering
from segment_core.profiles.leaning import leaning
from segment_core.study import Study

LINE, SHORTEST, TALLEST = 34, 320, 1400


def draw(study: Study, clustering: Clustering) -> None:
    """Draw which segments lie in which branch of the first stage; a clustering without branches draws nothing."""
    if not clustering.parents:
        return
    branches = sorted(set(clustering.parents), key=lambda name: int(name[1:]))
    titles = dict(zip(branches, _titles(study, clustering, branches), strict=True))
    height = min(TALLEST, max(SHORTEST, LINE * clustering.n_segments))
    figure = tree(_nodes(study, clustering, titles), look(), height)
    total = len(study.customers)
    rows = [
        {
            t("Branch"): titles[parent],
            t("Segment"): name,
            t("Customers"): segment.size,
            t("Share"): segment.size / total,
            t("Share of its branch"): segment.size / _size(clustering, parent),
        }
        for parent, segment, name in sorted(
            zip(clustering.parents, clustering.segments, names(study), strict=True),
            key=lambda row: (branches.index(row[0]), -row[1].size),
        )
    ]
    percent = {name: st.column_config.NumberColumn(format="percent") for name in (t("Share"), t("Share of its branch"))}
    figures.draw(figure, rows, key="tree", alt=t("Segments inside branches"), formats=percent)
    st.caption(
        t(
            "From left to right: all customers, the branches cut by their columns, and the segments that their texts "
            "make of each branch. A box is as tall as it has customers; a branch that stays whole is one segment."
        )
    )


def _titles(study: Study, clustering: Clustering, branches: list[str]) -> list[str]:
    said = [t("Branch {n}", n=name[1:]) for name in branches]
    if study.features is None:
        return said
    groups = np.array([branches.index(name) for name in clustering.parents])[clustering.labels]
    arrows = {True: "↑", False: "↓"}
    leads = [", ".join(f"{arrows[more]} {name}" for name, more in one) for one in leaning(study.features, groups)]
    return [f"{branch}: {lead}" if lead else branch for branch, lead in zip(said, leads, strict=True)]


def _nodes(study: Study, clustering: Clustering, titles: dict[str, str]) -> list[Node]:
    colours, total = look(), len(study.customers)

    def hover(label: str, n: int) -> str:
        return t("{name}: {n:,} customers, {share}", name=label, n=n, share=f"{n / total:.1%}")

    everybody = t("All customers")
    nodes = [Node("all", "", everybody, hover(everybody, total), total, "")]
    for branch, title in titles.items():
        size = _size(clustering, branch)
        nodes.append(Node(branch, "all", title, hover(title, size), size, ""))
    for number, (segment, name) in enumerate(zip(clustering.segments, names(study), strict=True)):
        label = f"{SHAPES[colours.symbol(number)]} {name} ({segment.size:,})"
        nodes.append(
            Node(
                segment.id,
                clustering.parents[number],
                label,
                hover(name, segment.size),
                segment.size,
                colours.colour(number),
            )
        )
    return nodes


def _size(clustering: Clustering, branch: str) -> int:
    found = zip(clustering.parents, clustering.segments, strict=True)
    return sum(segment.size for parent, segment in found if parent == branch)
