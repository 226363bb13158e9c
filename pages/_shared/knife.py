"""Knife: the silhouette of every customer, drawn as one blade a segment, and who sits nearer to another."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from pages._shared import cached, charts, figures, marking, rows, state, view
from pages._shared.charts import Look
from pages._shared.look import look, names
from pages._shared.words import t
from segment_core.artifacts import Clustering
from segment_core.metrics import Knives
from segment_core.study import Study

MOST_POINTS = 1_500
GAP = 0.012
"""Room between two blades, as a part of the height."""


def draw(study: Study, clustering: Clustering) -> None:
    """Draw the blades with the mean, the same as a table, and the customers with a negative value."""
    version = state.study_version()
    found = cached.knives(*version) if version else None
    if found is None:
        st.caption(t("The silhouette needs two segments, and more customers than segments."))
        return
    titles = names(study)
    mean = _mean(found, clustering)
    st.plotly_chart(
        figure(found, titles, mean, look(), t("Mean: {value}", value=f"{mean:.2f}")),
        key="knives",
        config=figures.picture("knives"),
        alt=t("Silhouette of every customer, by segment"),
    )
    n_all = len(study.customers)
    if len(found.rows) < n_all:
        st.caption(
            t(
                "Taken on a random sample: {n:,} of {total:,} customers, at least 100 a segment.",
                n=len(found.rows),
                total=n_all,
            )
        )
    st.caption(
        t(
            "Each line is a customer: to the right nearer to the own segment than to the next, to the left of 0 nearer "
            "to another. Broad blades beyond the dotted mean are segments that stand apart; blades that run out to "
            "the left hold customers who sit nearer to another segment."
        )
    )
    _table(found, clustering, titles)
    _misplaced(study, found, titles)


def figure(found: Knives, titles: Sequence[str], mean: float, look: Look, said: str) -> go.Figure:
    """Draw each segment's values sorted, the largest on top, in the segment's colour, with the mean dotted."""
    made = go.Figure()
    total, place = len(found.values), 0.0
    for number in range(len(titles)):
        values = np.sort(found.values[found.labels == number])[::-1]
        if not len(values):
            continue
        steps = np.unique(np.linspace(0, len(values) - 1, min(len(values), MOST_POINTS)).round().astype(int))
        y = place + (steps + 0.5) / total
        made.add_trace(
            go.Scatter(
                x=np.concatenate([[0.0], values[steps], [0.0]]).astype(np.float32),
                y=-np.concatenate([y[:1], y, y[-1:]]).astype(np.float32),
                mode="lines",
                fill="tozerox",
                line={"color": look.colour(number), "width": 1},
                fillcolor=charts.faded(look.colour(number), 0.75),
                hoverinfo="skip",
            )
        )
        made.add_annotation(
            text=charts.shown(titles[number], 28),
            x=0.0,
            xref="paper",
            xanchor="right",
            xshift=-8,
            y=-(place + len(values) / total / 2),
            showarrow=False,
            font={"color": look.ink, "size": 12},
        )
        place += len(values) / total + GAP
    charts.dress(made, max(340, 46 * len(titles)))
    made.update_layout(margin={"l": 200, "r": 8, "t": 28, "b": 32})
    low, high = min(float(found.values.min()), 0.0), max(float(found.values.max()), 0.1)
    made.update_xaxes(range=[low - 0.02, 1.05 * high], fixedrange=True, nticks=7, automargin=False)
    made.update_yaxes(visible=False, fixedrange=True)
    made.add_vline(x=0, line={"color": charts.GREY, "width": 1})
    made.add_vline(
        x=mean,
        line={"color": look.ink, "width": 1, "dash": "dot"},
        annotation={"text": charts.shown(said, 40), "font": {"color": look.ink}, "yanchor": "bottom"},
    )
    return made


def _mean(found: Knives, clustering: Clustering) -> float:
    """Return the mean over all customers: segments weigh by their size, however many were drawn."""
    parts = [
        (float(found.values[found.labels == number].mean()), segment.size)
        for number, segment in enumerate(clustering.segments)
        if (found.labels == number).any()
    ]
    return sum(value * size for value, size in parts) / sum(size for _, size in parts)


def _table(found: Knives, clustering: Clustering, titles: Sequence[str]) -> None:
    table = []
    for place in range(clustering.n_segments):
        values = found.values[found.labels == place]
        if len(values):
            table.append(
                {
                    t("Segment"): titles[place],
                    t("Customers measured"): len(values),
                    t("Mean"): float(values.mean()),
                    t("Lowest"): float(values.min()),
                    t("Highest"): float(values.max()),
                    t("Nearer to another segment"): float((values < 0).mean()),
                }
            )
    number = st.column_config.NumberColumn(format="%.2f")
    formats = dict.fromkeys((t("Mean"), t("Lowest"), t("Highest")), number)
    formats[t("Nearer to another segment")] = st.column_config.NumberColumn(format="percent")
    figures.twin(table, key="knives", alt=t("Silhouette of every customer, by segment"), formats=formats)


def _misplaced(study: Study, found: Knives, titles: Sequence[str]) -> None:
    places = found.misplaced()
    st.subheader(t("Customers who sit nearer to another segment"))
    if not len(places):
        st.caption(t("There are none: everybody measured is nearest to their own segment."))
        return
    at = {
        int(row): (titles[label], titles[near], value)
        for row, label, near, value in zip(
            found.rows[places], found.labels[places], found.nearest[places], found.values[places], strict=True
        )
    }
    mask = np.zeros(len(study.customers), dtype=bool)
    mask[list(at)] = True
    ids = study.customers.frame.index[mask].tolist()
    with st.container(horizontal=True, vertical_alignment="center"):
        marking.button(study, ids, "misplaced")
        st.button(
            t("Show on the map"),
            icon=":material/scatter_plot:",
            key="misplaced_to_map",
            on_click=view.select,
            args=(ids,),
        )
        st.markdown(t("{n:,} of {total:,} measured", n=len(places), total=len(found.rows)), width="content")
    shown, formats = rows.table(study, mask)
    order = {study.customers.frame.index[row]: place for place, row in enumerate(at)}
    told = {study.customers.frame.index[row]: (near, value) for row, (_, near, value) in at.items()}
    shown = shown.loc[sorted(shown.index, key=lambda id_: order[id_])]
    # The names of customers' columns are theirs: these two stand first, and give way if they are taken.
    for number, title in enumerate((t("Nearer to"), t("Silhouette"))):
        free = title
        while free in shown.columns:
            free += " "
        shown.insert(number + 1, free, [told[id_][number] for id_ in shown.index])
        if number:
            formats[free] = st.column_config.NumberColumn(format="%.2f")
    st.dataframe(
        shown,
        height=min(330, 36 * len(shown) + 39),
        column_config=formats,
        key="misplaced_table",
        alt=t("Customers who sit nearer to another segment"),
    )
