"""Colouring: what the map may be coloured by, and which customers then look alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pages._shared import cached, scatter, view
from pages._shared.charts import GREY
from pages._shared.look import look, names
from pages._shared.topicspread import called
from pages._shared.words import t
from segment_core.artifacts import Column
from segment_core.study import Study

SEGMENT, CONFIDENCE, TOPIC, SELECTED = "\0segment", "\0confidence", "\0topic", "\0selected"  # no column has a NUL
LABELLED, GROUPED = "\0label:", "\0group:"
NUMBERS = ("number", "money", "count", "date")
GROUPS = ("category", "yes/no", "place")


@dataclass(frozen=True, slots=True, eq=False)
class Colours:
    """Layers of customers who look alike; `legend` where their names must be told, `dates` where numbers are days."""

    layers: Sequence[scatter.Layer]
    legend: bool = False
    dates: bool = False


def columns(study: Study) -> tuple[Column, ...]:
    """Return the columns that can colour the map or stand under the pointer."""
    return tuple(column for column in study.customers.columns if column.role in NUMBERS + GROUPS)


def offered(study: Study) -> dict[str, str]:
    """Return what the map may be coloured by, each with its title."""
    found = {SEGMENT: t("Segment"), CONFIDENCE: t("Confidence"), SELECTED: t("Selected or not")}
    if study.topics is not None and study.topics.topics:
        found[TOPIC] = t("Topic")
    found |= {GROUPED + group.name: t("Custom segment: {name}", name=group.name) for group in study.groups}
    found |= {LABELLED + column.name: t("Label: {name}", name=column.name) for column in study.labels}
    # A box sends back what it shows, so a column named as one of the above must not look like it.
    shown = set(found.values())
    names = [column.name for column in columns(study)]
    return found | {name: t("{name} (column)", name=name) if name in shown else name for name in names}


def colours(study: Study, colour: str, version: tuple[str, str, int]) -> Colours:
    """Return the layers of customers, coloured as asked; `SELECTED` is `in_or_out`'s work."""
    clustering = study.clustering
    if clustering is None or colour == CONFIDENCE:
        strengths = pd.Series(clustering.strengths if clustering else np.zeros(len(study.customers)))
        return Colours(scatter.by_number(strengths, name=t("Confidence"), none=t("None")))
    if colour == SEGMENT:
        return Colours(scatter.by_segment(clustering.labels, clustering.bands, names(study), look()))
    if colour == TOPIC and study.topics is not None:
        return _categories(_main_topics(study), none=t("Wrote nothing"))
    if colour.startswith(GROUPED):
        name = colour.removeprefix(GROUPED)
        ids = next((group.customers for group in study.groups if group.name == name), ())
        return in_or_out(view.among(study.customers.frame.index, ids), t("In it"), t("Not in it"))
    if colour.startswith(LABELLED):
        return _categories(cached.label_values(*version)[colour.removeprefix(LABELLED)], none=t("No label"))
    return _by_column(study, colour)


def in_or_out(inside: NDArray[np.bool_], within: str, without: str) -> Colours:
    """Return those inside in the first colour, the others in grey."""
    rest = scatter.Layer(without, np.flatnonzero(~inside), GREY, "x-thin", faint=True)
    return Colours([rest, scatter.Layer(within, np.flatnonzero(inside), look().colour(0))], legend=True)


def _by_column(study: Study, colour: str) -> Colours:
    column, values = study.customers.column(colour), study.customers.frame[colour]
    if column.role in NUMBERS:
        layers = scatter.by_number(values, name=colour, none=t("No value"))
        return Colours(layers, dates=column.role == "date")
    if column.role == "yes/no":
        values = values.map({1.0: t("Yes"), 0.0: t("No")})
    return _categories(values, none=t("No value"))


def _categories(values: pd.Series, *, none: str) -> Colours:
    return Colours(scatter.by_category(values, look(), other=t("Other"), none=none), legend=True)


def _main_topics(study: Study) -> pd.Series:
    topics = study.topics
    assert topics is not None
    titles = np.array([called(topic) for topic in topics.topics], dtype=object)
    found = pd.Series(titles[topics.shares.argmax(axis=1)])
    return found.where(topics.shares.sum(axis=1) > 0, None)
