"""Topic spread: which segments write about what, and when."""

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages._shared import cachedtopics, figures, topiccharts
from pages._shared.look import look, names
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, Topic, Topics
from segment_core.exporting.tables import as_csv
from segment_core.study import Study
from segment_core.topics import by_segment, over_time

N_NAMED = 3


def called(topic: Topic) -> str:
    """Name a topic by its number and its first words, as plain text."""
    return f"{topic.id} · {', '.join(topic.terms[:N_NAMED])}" if topic.terms else topic.id


def segments(study: Study, topics: Topics, clustering: Clustering) -> None:
    """Draw the share of each topic in each segment beside that among all, and the same as a table."""
    titles = names(study)
    table = by_segment(topics, clustering.ids)
    called_by = {topic.id: called(topic) for topic in topics.topics}
    named = {segment.id: name for segment, name in zip(clustering.segments, titles, strict=True)}
    wide = table.set_index(["topic", "segment"])
    order = [segment.id for segment in clustering.segments]
    rows = [[wide.loc[(topic.id, segment)] for segment in order] for topic in topics.topics]
    figure = topiccharts.by_segment(
        list(called_by.values()),
        [named[segment] for segment in order],
        [[float(cell["lift"]) for cell in row] for row in rows],
        [[_cell(cell) for cell in row] for row in rows],
        [[_hover(cell, called_by[cell.name[0]], named[cell.name[1]]) for cell in row] for row in rows],
        look=look(),
    )
    st.plotly_chart(
        figure, key="topics_by_segment", config=figures.picture("topics_by_segment"), alt=t("Topics by segment")
    )
    st.caption(
        t(
            "What share of a segment's texts a topic has; blue where it is more than among all customers, orange where "
            "it is less. * Fewer than 20 customers of the segment wrote."
        )
    )
    shown = pd.DataFrame(
        {
            t("Topic"): table["topic"].map(called_by),
            t("Segment"): table["segment"].map(named),
            t("Share"): table["share"],
            t("Share among all"): table["base"],
            t("Times as much"): table["lift"],
            t("From (95 %)"): table["low"],
            t("To (95 %)"): table["high"],
            t("Customers who wrote"): table["n"],
        }
    )
    percent = (t("Share"), t("Share among all"), t("From (95 %)"), t("To (95 %)"))
    _twin(shown, percent, "topics_by_segment", t("Topics by segment"))


WRITTEN = "\0written"
"""Stands for the date of each text among the columns of dates: no column's name holds a NUL."""


def dates_of(study: Study) -> tuple[str, ...]:
    """Return what a course over time can go by: when texts were written, where that is known, and columns of dates."""
    said = study.customers.said
    dated = said is not None and "date" in said and bool(said["date"].notna().any())
    return (*((WRITTEN,) if dated else ()), *study.customers.named("date"))


def time(study: Study, topics: Topics, dates: Sequence[str], number: int) -> None:
    """Draw a topic's share by month, quarter or year among the others', and all as a table."""
    column = dates[0]
    if len(dates) > 1:
        shown = {name: t("when it was written") if name == WRITTEN else name for name in dates}
        column = st.selectbox(t("Date"), dates, format_func=lambda name: shown.get(name, name), key="topics_date")
        column = column or dates[0]
    by_text = column == WRITTEN
    if by_text:
        table, n_looked, n_all = cachedtopics.over_time_of_texts(study, topics)
    else:
        table, n_looked, n_all = over_time(topics, study.customers.frame[column]), 0, 0
    periods = list(dict.fromkeys(table["period"]))
    if len(periods) < 2:
        st.caption(t("All dated texts are of one period; a course over time cannot be seen yet."))
        return
    shares = table.pivot(index="period", columns="topic", values="share").loc[periods]
    topic = topics.topics[min(number, len(topics.topics) - 1)]
    own = table[table["topic"] == topic.id]
    hovers = [_period(row, by_text=by_text) for row in own.to_dict("records")]
    figure = topiccharts.over_time(
        periods,
        own["share"].tolist(),
        own["is_few"].tolist(),
        [shares[other.id].tolist() for other in topics.topics if other.id != topic.id],
        hovers,
        look=look(),
    )
    st.plotly_chart(
        figure, key="topics_over_time", config=figures.picture("topics_over_time"), alt=t("Topics over time")
    )
    if by_text:
        said = t(
            "The share of {topic} among all topics, each text when it was written; the other topics are grey. A hollow "
            "mark: fewer than 20 texts.",
            topic=plain(called(topic)),
        )
        if n_looked < n_all:
            said += " " + t("Seen in {n:,} of {all:,} dated texts, drawn at random.", n=n_looked, all=n_all)
    else:
        said = t(
            "The share of {topic} among all topics, by {column}; the other topics are grey. A hollow mark: fewer than "
            "20 customers wrote.",
            topic=plain(called(topic)),
            column=plain(column),
        )
    st.caption(said)
    shown = pd.DataFrame(
        {
            t("Period"): table["period"],
            t("Topic"): table["topic"].map({topic.id: called(topic) for topic in topics.topics}),
            t("Share"): table["share"],
            (t("Texts written") if by_text else t("Customers who wrote")): table["n"],
        }
    )
    _twin(shown, (t("Share"),), "topics_over_time", t("Topics over time"))


def csv(table: pd.DataFrame, key: str) -> None:
    """Offer a table as a file in which no cell is a formula."""
    st.download_button(
        t("Download CSV"),
        data=partial(as_csv, table),
        file_name=f"{key}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}_csv",
    )


def _twin(table: pd.DataFrame, percent: Sequence[str], key: str, title: str) -> None:
    with st.expander(t("As a table"), icon=":material/table:", key=f"{key}_twin"):
        st.dataframe(
            table,
            hide_index=True,
            column_config={name: st.column_config.NumberColumn(format="percent") for name in percent},
            key=f"{key}_table",
            alt=title,
        )
        csv(table, key)


def _cell(cell: pd.Series) -> str:
    return "" if np.isnan(cell["share"]) else f"{cell['share']:.0%}{'*' if cell['is_few'] else ''}"


def _period(row: dict[Hashable, Any], *, by_text: bool) -> str:
    said = {"period": row["period"], "share": _percent(row["share"]), "n": int(row["n"])}
    return (
        t("{period}: {share}, texts: {n:,}", **said)
        if by_text
        else t("{period}: {share}, customers who wrote: {n:,}", **said)
    )


def _percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{share:.1%}"


def _hover(cell: pd.Series, topic: str, segment: str) -> str:
    return t(
        "{topic}, {segment}: {share}, all: {base}; between {low} and {high} (95 %). Customers who wrote: {n:,}",
        topic=topic,
        segment=segment,
        share=_percent(cell["share"]),
        base=_percent(cell["base"]),
        low=_percent(cell["low"]),
        high=_percent(cell["high"]),
        n=int(cell["n"]),
    )
