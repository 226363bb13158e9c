"""Running: a typed question becomes numbers, by group, with how sure they are and a sentence that says them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.answering.asked import OF_NUMBERS, OF_TEXTS, SEGMENTS, Answer, Asked
from segment_core.answering.querying import sql_of
from segment_core.answering.saying import group_label, query, said_as, sentence
from segment_core.answering.speaking import said
from segment_core.artifacts import Condition
from segment_core.errors import DataError
from segment_core.labelling import SEGMENT, apply_rule, share_interval
from segment_core.messages import Message, say
from segment_core.study import Study

FEWEST = 5
"""Customers that must count in a group before a figure is given for it."""
Mask = NDArray[np.bool_]
Row = dict[str, object]
COLUMNS = ("group", "label", "value", "n", "base", "low", "high", "text")


def run(asked: Asked, study: Study) -> Answer:
    """Compute the answer to a typed question from the study's table; nothing is estimated.

    Raises
    ------
    DataError
        If the question does not fit this study: there are no segments yet, or nobody meets its conditions.
    OptionError
        If a condition does not fit its column.
    """
    segments = _segments(asked, study)
    only = _met(asked.only, study)
    groups = _groups(asked, study, segments)
    values, hits = _values(asked, study)
    total = float(np.nansum(values[only])) if asked.measure == "share_of_total" else 1.0
    if asked.measure == "share_of_total" and asked.by:
        total = float(np.nansum(values[only & groups.notna().to_numpy()]))
    found, who, notes = [], {}, []
    for group in _order(asked, study, groups, only):
        inside = only & (groups == group).to_numpy(dtype=bool)
        counts = inside & ~np.isnan(values)
        row = _row(asked, study, (inside, counts), values, total)
        found.append({"group": group, "label": group_label(asked, study, group)} | row)
        who[group] = counts & hits
    rows = pd.DataFrame(found, columns=list(COLUMNS))
    if not len(rows) or not rows["n"].sum():
        raise DataError("No customer meets the conditions of this question, so there is nothing to compute.")
    few = rows.loc[rows["value"].isna(), "label"]
    if len(few):
        notes.append(
            say(
                "Fewer than {n} customers count in {groups}: no figure is given there.", n=FEWEST, groups=", ".join(few)
            )
        )
    if asked.only:
        notes.insert(0, say("Only customers with: {only}.", only=said_as(asked.only)))
    notes += _left_out(asked, groups, only)
    if asked.top or asked.by not in ("", SEGMENTS):
        rows = rows.sort_values("value", ascending=asked.top < 0, kind="stable", na_position="last", ignore_index=True)
    return Answer(
        asked, sentence(asked, study, rows), rows, query(asked, study), sql_of(asked, study), who, tuple(notes)
    )


def _segments(asked: Asked, study: Study) -> list[str]:
    if study.clustering is not None:
        return [str(id_) for id_ in study.clustering.ids]
    if asked.by == SEGMENTS or any(one.column == SEGMENT for one in asked.only):
        raise DataError("There are no segments yet; find segments first, then ask again.")
    return []


def _met(conditions: tuple[Condition, ...], study: Study) -> Mask:
    if not conditions:
        return np.ones(len(study.customers), dtype=bool)
    segments = study.clustering.ids.tolist() if study.clustering else ()
    return apply_rule(study.customers, conditions, segments)


def _groups(asked: Asked, study: Study, segments: list[str]) -> "pd.Series[str]":
    if asked.by == SEGMENTS:
        return pd.Series(segments, dtype=object)
    if asked.by:
        return study.customers.frame[asked.by].reset_index(drop=True).astype(object)
    return pd.Series([""] * len(study.customers), dtype=object)


def _order(asked: Asked, study: Study, groups: "pd.Series[str]", only: Mask) -> list[str]:
    here = set(groups[only].dropna())
    if asked.by == SEGMENTS and study.clustering is not None:
        return [segment.id for segment in study.clustering.segments if segment.id in here]
    return sorted(here)


def _values(asked: Asked, study: Study) -> tuple[NDArray[np.float64], Mask]:
    """Return each customer's value (n,), NaN where it does not count, and who is behind the figure (n,)."""
    everyone = np.ones(len(study.customers), dtype=bool)
    if asked.measure == "size":
        return everyone.astype(np.float64), everyone
    if asked.measure in OF_TEXTS:
        wrote, meant = said(study.customers, asked.about, sour=asked.measure == "complain")
        return np.where(wrote, meant.astype(np.float64), np.nan), meant
    if asked.measure == "share_of":
        met = _met(asked.test, study)
        known = everyone.copy()
        for one in asked.test:
            if one.column != SEGMENT:
                known &= study.customers.frame[one.column].notna().to_numpy()
        return np.where(known, met.astype(np.float64), np.nan), met
    cells = study.customers.frame[asked.column]
    if asked.measure in OF_NUMBERS:
        return cells.to_numpy(dtype=np.float64), everyone
    return np.where(cells.notna().to_numpy(), 1.0, np.nan), everyone


def _row(asked: Asked, study: Study, masks: tuple[Mask, Mask], values: NDArray[np.float64], total: float) -> Row:
    """Compute a group's figure; `masks` are who is in it, and who of them counts."""
    inside, counts = masks
    base, nan = int(counts.sum()), float("nan")
    row: Row = {"n": int(inside.sum()), "base": base, "value": nan, "low": nan, "high": nan, "text": ""}
    own = values[counts]
    if asked.measure == "size":
        return row | {"value": float(base)}
    if base < FEWEST:
        return row
    if asked.measure == "most_common":
        tally = study.customers.frame.loc[counts, asked.column].value_counts()
        best = sorted(tally.index[tally == tally.max()])
        return row | _share(int(tally.max()), base) | {"text": " / ".join(best)}
    if asked.measure in OF_NUMBERS:
        return row | _number(asked, own, total)
    return row | _share(int(own.sum()), base)


def _share(hits: int, base: int) -> Row:
    low, high = share_interval(hits, base)
    return {"value": hits / base, "low": low, "high": high}


def _number(asked: Asked, own: NDArray[np.float64], total: float) -> Row:
    n = len(own)
    if asked.measure == "mean":
        mean, half = float(own.mean()), 1.959964 * float(own.std(ddof=1)) / float(np.sqrt(n))
        return {"value": mean, "low": mean - half, "high": mean + half}
    if asked.measure == "median":  # the interval of ranks that holds the median in 95 of 100 draws
        ordered, reach = np.sort(own), 1.959964 * float(np.sqrt(n)) / 2
        low, high = max(0, int(n / 2 - reach)), min(n - 1, int(np.ceil(n / 2 + reach)))
        return {"value": float(np.median(own)), "low": float(ordered[low]), "high": float(ordered[high])}
    whole = float(own.sum())
    if asked.measure == "share_of_total":
        return {"value": whole / total} if total else {}
    return {"value": whole}


def _left_out(asked: Asked, groups: "pd.Series[str]", only: Mask) -> list[Message]:
    n = int((groups.isna().to_numpy() & only).sum())
    if not n:
        return []
    return [say("{n:,} customers without a value of {column} are in no row.", n=n, column=asked.by)]
