"""Map: the customers as points, coloured as asked, with a lasso whose selection outlives the drawing."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import cached, rows, scatter, state, view
from pages._shared.look import look, names
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, Column, Projection
from segment_core.study import Study

SEGMENT, CONFIDENCE = "\0segment", "\0confidence"  # no column name holds a NUL
LABELLED = "\0label:"
NUMBERS = ("number", "money", "count", "date")
MOST_NAMED = 6  # more names would hide the points; the ids stand in the list beside the map
GROUPS = ("category", "yes/no", "place")
CONFIG = {
    "scrollZoom": True,
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtonsToRemove": ["toImage", "autoScale2d", "zoomIn2d", "zoomOut2d"],
}


def draw(study: Study, projection: Projection, clustering: Clustering) -> None:
    """Draw the map and the choices above it; read what was drawn on it before anything else is shown."""
    _take_selection(study, projection)
    titles = names(study)
    columns = [column for column in study.customers.columns if column.role in NUMBERS + GROUPS]
    colour, hover = _ask(study, columns, _telling(study, [column.name for column in columns]))
    layers, legend, dates = _layers(study, clustering, titles, colour)
    lines = scatter.under_pointer(
        study.customers.frame.index.tolist(),
        [titles[label] for label in clustering.labels],
        {name: _texts(study.customers.frame[name]) for name in hover if len(study.customers) <= scatter.MOST_HOVERS},
    )
    figure = scatter.figure(
        projection.points,
        layers,
        lines,
        look(),
        labels=_labels(projection, clustering, titles),
        outlines=view.outlines(),
        selected=_selected(study),
        legend=legend,
        dates=dates,
    )
    st.plotly_chart(
        figure,
        height=scatter.HEIGHT,
        key="map",
        on_select="rerun",
        selection_mode=("lasso", "box"),
        config=CONFIG,
        alt=t("Map of the customers, coloured by segment"),
    )
    _explain(
        projection, len(study.customers), outliers=colour == SEGMENT and bool((clustering.bands == "outlier").any())
    )


def table(study: Study) -> None:
    """Show the customers as a table where there is no map."""
    st.caption(t("There is no map of these customers; here they are as a table."))
    found, formats = rows.table(study, np.ones(len(study.customers), dtype=bool))
    st.dataframe(found, height=scatter.HEIGHT, column_config=formats, key="map_table", alt=t("Customers"))


def _take_selection(study: Study, projection: Projection) -> None:
    event = st.session_state.get("map") or {}
    drawn = scatter.drawn_on(event.get("selection") or {})
    if not view.is_new(drawn):
        return
    inside = np.zeros(len(projection.points), dtype=bool)
    for outline in drawn:
        inside |= scatter.within(projection.points, outline)
    if not inside.any():
        st.toast(
            t("Nobody is inside this outline. Double-click the map to see everyone."), icon=":material/lasso_select:"
        )
    view.select(study.customers.frame.index[inside].tolist(), drawn)


def _ask(study: Study, columns: Sequence[Column], telling: Sequence[str]) -> tuple[str, list[str]]:
    titles = {SEGMENT: t("Segment"), CONFIDENCE: t("Confidence")}
    marked = {LABELLED + column.name: t("Label: {name}", name=column.name) for column in study.labels}
    titles |= marked
    known = [column.name for column in columns]
    left, right = st.columns([2, 3])
    with left:
        colour = st.selectbox(
            t("Colour by"),
            [SEGMENT, CONFIDENCE, *marked, *known],
            format_func=lambda name: titles.get(name, name),
            key="map_colour",
            persist_state="session",
        )
    with right:
        hover = st.multiselect(t("Show under the pointer"), known, default=telling, max_selections=4, key="map_hover")
    return colour, hover


def _telling(study: Study, known: Sequence[str]) -> list[str]:
    """Return the three columns that most often set segments apart."""
    items = study.evidence.items if study.evidence else ()
    counts = Counter(item.column for item in items if item.direction in ("over", "under") and item.column in known)
    return [name for name, _ in counts.most_common(3)] or list(known[:3])


def _layers(
    study: Study, clustering: Clustering, titles: Sequence[str], colour: str
) -> tuple[list[scatter.Layer], bool, bool]:
    if colour == SEGMENT:
        return scatter.by_segment(clustering.labels, clustering.bands, titles, look()), False, False
    if colour == CONFIDENCE:
        values = pd.Series(clustering.strengths)
        return scatter.by_number(values, name=t("Confidence"), none=t("None")), False, False
    if colour.startswith(LABELLED):
        marked = cached.label_values(*state.study_version())[colour.removeprefix(LABELLED)]
        return scatter.by_category(marked, look(), other=t("Other"), none=t("No label")), True, False
    column = study.customers.column(colour)
    values = study.customers.frame[colour]
    if column.role in NUMBERS:
        return scatter.by_number(values, name=colour, none=t("No value")), False, column.role == "date"
    if column.role == "yes/no":
        values = values.map({1.0: t("Yes"), 0.0: t("No")})
    return scatter.by_category(values, look(), other=t("Other"), none=t("No value")), True, False


def _labels(projection: Projection, clustering: Clustering, titles: Sequence[str]) -> list[scatter.Label]:
    many, found = len(titles) > MOST_NAMED, []
    for number, (segment, name) in enumerate(zip(clustering.segments, titles, strict=True)):
        points = projection.points[clustering.labels == number]
        x, y = float(np.median(points[:, 0])), float(np.percentile(points[:, 1], 90))
        found.append(scatter.Label(segment.id if many else name, x, y, look().colour(number)))
    return scatter.apart(found, projection.points)


def _selected(study: Study) -> np.ndarray | None:
    ids = state.selection()
    return study.customers.frame.index.isin(ids) if ids else None


def _texts(values: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.strftime("%Y-%m-%d").fillna("–").tolist()
    if pd.api.types.is_numeric_dtype(values):
        return ["–" if math.isnan(value) else f"{value:,.6g}" for value in values.tolist()]
    return values.astype("string").fillna("–").tolist()


def _explain(projection: Projection, n: int, *, outliers: bool) -> None:
    kind = {
        "umap": t("Neighbours on the map are alike; distances across it mean little (UMAP)."),
        "pca": t("The two directions in which customers differ most (PCA)."),
    }.get(projection.made_by.name, plain(projection.made_by.name))
    notes = [
        kind,
        t(
            "Trustworthiness {value}: at 1, all neighbours on the map are neighbours in truth.",
            value=f"{projection.trustworthiness:.2f}",
        ),
        t("Segments were found among all features, not on this picture."),
    ]
    if outliers:
        notes.append(t("Grey: outliers, who are unlike the rest of their segment."))
    if n > scatter.MOST_POINTS:
        notes.append(
            t("{drawn:,} of {n:,} customers are drawn; a selection counts them all.", drawn=scatter.MOST_POINTS, n=n)
        )
    st.caption(" ".join(notes))
