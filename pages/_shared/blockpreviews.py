"""Block previews: what is in a block that was made of texts or links, and what it says of the first customers."""

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared.graphviews import short
from pages._shared.topicspread import called
from pages._shared.traitviews import label
from pages._shared.words import t
from segment_core.study import Study

N_PREVIEW = 5
MOST_LINKS = 12


def contents(name: str, study: Study | None) -> tuple[str, ...]:
    """Name what is in a block that was made of a study's customers; () where it was not made."""
    if study is None:
        return ()
    if name == "topics" and study.topics is not None:
        return tuple(called(topic) for topic in study.topics.topics)
    if name == "traits" and study.traits is not None:
        return tuple(label(study.traits.names[place]) for place in _heard(study))
    if name == "graph" and study.graph is not None:
        nodes = study.graph.nodes.iloc[len(study.graph.matrix) :]
        columns = nodes.loc[nodes["kind"] != "aspect", "column"].drop_duplicates().tolist()
        return tuple(columns) + ((t("Aspects"),) if (nodes["kind"] == "aspect").any() else ())
    return ()


def preview(name: str, study: Study) -> None:
    """Show what a block that was made says of the first customers of whom it says anything."""
    ids = study.customers.frame.index
    column = st.column_config
    formats: dict[str, object] = {}
    if name == "topics" and study.topics is not None:
        rows = _first(study.topics.shares.sum(axis=1) > 0)
        names = contents(name, study)
        table = pd.DataFrame(study.topics.shares[rows], index=ids[rows], columns=list(names))
        formats = {one: column.NumberColumn(format="percent") for one in names}
    elif name == "traits" and study.traits is not None:
        rows = _first(np.isfinite(study.traits.scores).any(axis=1))
        names = contents(name, study)
        scores = study.traits.scores[rows][:, _heard(study)].astype(float)
        table = pd.DataFrame(scores, index=ids[rows], columns=list(names))
        formats = {one: column.NumberColumn(format="%+.2f") for one in names}
    elif name == "graph" and study.graph is not None:
        graph = study.graph
        own = graph.edges[graph.edges["source"] < len(graph.matrix)]
        rows = np.sort(own["source"].unique())[:N_PREVIEW]
        linked = []
        for row in rows:
            ends = own[own["source"] == row].sort_values(["weight", "target"], ascending=[False, True])["target"]
            linked.append([short(node) for node in graph.nodes.iloc[ends.head(MOST_LINKS)].to_dict("records")])
        table = pd.DataFrame({t("Linked to, rarest first"): linked}, index=ids[rows])
        formats = {t("Linked to, rarest first"): column.ListColumn(width=640)}
    else:
        return
    st.dataframe(table, column_config=formats, key=f"preview_{name}", alt=t("The first customers"))


def _heard(study: Study) -> list[int]:
    """Return the places of the traits that are in the block: those that few speak of are left out."""
    if study.traits is None or study.features is None:
        return []
    kept = {
        name
        for block in study.features.blocks
        if block.name == "traits"
        for name in study.features.names[block.start : block.stop]
    }
    return [place for place, name in enumerate(study.traits.names) if name in kept]


def _first(some: np.ndarray) -> np.ndarray:
    return np.flatnonzero(some)[:N_PREVIEW]
