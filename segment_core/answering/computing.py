"""Computing: a typed query's table, its sentence, its SQL, and the customers behind each row."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.answering.asked import Asked, checked
from segment_core.answering.sentence import sentence
from segment_core.answering.sqlform import written
from segment_core.answering.table import FEWEST, Row
from segment_core.labelling import SEGMENT, apply_rule
from segment_core.labelling.rules import folded, wanted_in
from segment_core.messages import Message
from segment_core.profiles.effects import Z95, median_places, share_interval
from segment_core.study import Study
from segment_core.traits.moods import rate_text
from segment_core.traits.rubric import OF_ASPECT, RUBRIC, SENTIMENT
from segment_core.traits.writings import sentences, writings

SOUR = -0.1
"""A sentence that sounds worse than this complains."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was computed: every row, the sentence that our code filled, and SQL where the query can be said so."""

    asked: Asked
    rows: tuple[Row, ...]
    sentence: Message
    sql: str


def answer(asked: Asked, study: Study) -> Answer:
    """Compute a query from the study's tables.

    Shares are of those whose value is known, for texts of those who wrote anything; their intervals are Wilson's,
    those of medians by order statistics, of means normal. Rows keep the order of segments, or of the
    alphabet, unless an end is asked for; then ties keep that order.

    Raises
    ------
    OptionError
        If the query does not fit the study.
    """
    asked = checked(asked, study)
    rows = [_row(name, mask, values, asked, study) for (name, mask), values in _cells(asked, study)]
    if asked.order:
        known = [row for row in rows if row.value is not None]
        known.sort(key=lambda row: -(row.value or 0.0) if asked.order == "most" else row.value or 0.0)
        rows = [*known, *(row for row in rows if row.value is None)]
    return Answer(asked, tuple(rows), sentence(asked, rows), written(asked, study))


def _cells(asked: Asked, study: Study) -> list[tuple[tuple[str, Mask], NDArray[np.float64]]]:
    values = _values(asked, study)
    met = np.ones(len(study.customers), dtype=bool)
    if asked.filters:
        met = apply_rule(study.customers, asked.filters, study.clustering.ids.tolist() if study.clustering else [])
    groups = [(name, mask & met) for name, mask in _groups(asked, study)]
    return [(group, values) for group in groups if group[1].any() or not asked.by]


def _groups(asked: Asked, study: Study) -> list[tuple[str, Mask]]:
    if asked.by == SEGMENT and study.clustering is not None:
        ids = study.clustering.ids
        return [(segment.id, np.asarray(ids == segment.id)) for segment in study.clustering.segments]
    if asked.by:
        cells = study.customers.frame[asked.by]
        if study.customers.column(asked.by).role == "yes/no":
            return [(name, (cells == value).to_numpy(dtype=bool)) for name, value in (("yes", 1.0), ("no", 0.0))]
        return [(str(level), (cells == level).to_numpy(dtype=bool)) for level in sorted(cells.dropna().unique())]
    return [("", np.ones(len(study.customers), dtype=bool))]


def _values(asked: Asked, study: Study) -> NDArray[np.float64]:
    """Return what is measured of each customer (n,), NaN where it is not known; shares as 0 and 1."""
    frame = study.customers.frame
    if asked.measure == "count":
        return np.ones(len(frame))
    if asked.measure in ("mentions", "complaints"):
        return _of_texts(asked, study)
    cells = frame[asked.of]
    if asked.measure != "share":
        return cells.to_numpy(dtype=np.float64)
    if study.customers.column(asked.of).role == "yes/no":
        found = (cells == (asked.value == "yes")).to_numpy(dtype=np.float64)
    else:
        found = (cells == asked.value).to_numpy(dtype=np.float64)
    return np.where(cells.isna().to_numpy(dtype=bool), np.nan, found)


def _of_texts(asked: Asked, study: Study) -> NDArray[np.float64]:
    texts = writings(study.customers)
    wanted = wanted_in(asked.value)
    if asked.measure == "mentions":
        hits = texts["text"].map(lambda text: all(word in folded(text) for word in wanted))
    else:
        hits = texts["text"].map(lambda text: _complains(text, asked.value, tuple(wanted)))
    by_customer = pd.Series(hits.to_numpy(dtype=bool), index=texts["customer"].astype(str)).groupby(level=0).any()
    found = by_customer.astype(float).reindex(study.customers.frame.index.astype(str))
    return np.asarray(found, dtype=np.float64)


@lru_cache(maxsize=200_000)
def _complains(text: str, topic: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a sentence sounds unhappy about a topic: one of the aspects that are read, or words in it."""
    aspect = OF_ASPECT + topic
    for piece in sentences(text):
        if aspect in RUBRIC:
            name = aspect
        elif all(word in folded(piece) for word in wanted):
            name = SENTIMENT
        else:
            continue
        if any(rating.name == name and rating.score < SOUR for rating in rate_text(piece) or ()):
            return True
    return False


def _row(name: str, mask: Mask, values: NDArray[np.float64], asked: Asked, study: Study) -> Row:
    known = mask & ~np.isnan(values)
    own, base = values[known], int(known.sum())
    index = study.customers.frame.index
    if asked.measure == "count":
        return Row(name, float(base), base, base, ids=tuple(index[known].astype(str)))
    if not base:
        return Row(name, None, 0, 0)
    if asked.measure in ("share", "mentions", "complaints"):
        behind = known & (values == 1.0)
        hits = int(behind.sum())
        low, high = share_interval(hits / base, base)
        return Row(name, hits / base, hits, base, low, high, tuple(index[behind].astype(str)))
    ids = tuple(index[known].astype(str))
    if asked.measure == "median":
        ordered, (first, last) = np.sort(own), median_places(base)
        ends = (float(ordered[first]), float(ordered[last])) if base >= FEWEST else (None, None)
        return Row(name, float(np.median(own)), base, base, ends[0], ends[1], ids)
    if asked.measure == "mean" and base >= FEWEST:
        half = Z95 * float(own.std(ddof=1)) / base**0.5
        return Row(name, float(own.mean()), base, base, float(own.mean()) - half, float(own.mean()) + half, ids)
    value = own.mean() if asked.measure == "mean" else own.sum()
    return Row(name, float(value), base, base, ids=ids)
