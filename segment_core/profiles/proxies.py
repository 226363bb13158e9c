"""Proxies: do the segments follow what should decide nothing about people, and which columns give it away?"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import (
    Association,
    Audit,
    Audited,
    Clustering,
    Customers,
    Features,
    Labels,
    Note,
    Progress,
    Role,
    Step,
    silent,
)
from segment_core.messages import Message, Value, say
from segment_core.profiles.association import adjusted, by_amount, by_category
from segment_core.profiles.drivers import drivers, facts
from segment_core.profiles.leaks import MOST, MOST_CLASSES, banded, leaks
from segment_core.separation import shares_of_separation

AMOUNTS: tuple[Role, ...] = ("number", "money", "count", "date")
LEVELS: tuple[Role, ...] = ("category", "place", "yes/no")
_NOTHING = say("There is nothing to do.")
MOST_LEVELS = 30
"""Levels of a category that are told apart; the rarer ones are taken together."""
FEWEST = 5
"""Customers a level needs to stand on its own."""


def audit(
    sensitive: Customers, features: Features, clustering: Clustering, progress: Progress = silent, seed: int = 0
) -> Audit:
    """Ask of every column of `sensitive` whether the segments follow it, in which segments, and what tells it.

    `sensitive` holds the same customers in the same order, with nothing but the columns in question, typed by role,
    whether segments are built from them or not. That segments follow a column does not say that anybody was treated
    unfairly; that they do not is no proof that a campaign will not. Categories are compared by Cramér's V, amounts and
    dates by eta squared of ranks. All columns asked about count together (Benjamini & Hochberg 1995). What tells a
    column is looked for in at most 3,000 customers.
    """
    separation = shares_of_separation(features, clustering.labels)
    ids = sensitive.frame.index.astype(str).to_list()
    prepared = facts(sensitive)
    found: list[Audited] = []
    raw: list[Association] = []
    smaller: list[int] = []
    for number, column in enumerate(sensitive.columns):
        progress(number, len(sensitive.columns), say("Auditing: {column}", column=column.name))
        used = _used(column.name, features, separation)
        cells = sensitive.frame[column.name]
        codes, association, reason = _association(column.role, cells, clustering.labels, seed)
        if association is None or codes is None:
            assert reason is not None
            found.append(Audited(column.name, None, used, reason, _NOTHING))
            continue
        raw.append(association)
        n_levels = int(codes.max()) + 1
        smaller.append(max(1, min(clustering.n_segments, n_levels) - 1))
        items = []
        own = [fact for fact in prepared if fact.column == column.name]
        for place, segment in enumerate(clustering.segments):
            made = drivers(own, clustering.labels == place, segment.id)
            items += [item for item in made if item.direction in ("over", "under")]
        classes = banded(_amounts(cells), 4) if column.role in AMOUNTS else _pooled(codes)
        told, telling = leaks(features, classes, column.name, ids, seed)
        items.sort(key=lambda item: (-abs(item.effect), item.segment, item.label))
        found.append(Audited(column.name, association, used, _NOTHING, _NOTHING, tuple(items), told, telling))
    settled = iter(adjusted(raw, smaller)) if raw else iter(())
    done = [each if each.association is None else _with(each, next(settled)) for each in found]
    done.sort(key=lambda each: (each.association is None, -_weight(each), each.column))
    return Audit(tuple(done), Step("audit", {"seed": seed}), _notes(len(sensitive)))


def _with(found: Audited, association: Association) -> Audited:
    found = replace(found, association=association)
    return replace(found, finding=_finding(found, association), advice=_advice(found))


def _finding(found: Audited, association: Association) -> Message:
    values: dict[str, Value] = {
        "column": found.column,
        "measure": "V" if association.measure == "v" else "η²",
        "value": f"{association.value:.2f}",
        "low": f"{association.low:.2f}",
        "high": f"{association.high:.2f}",
        "n": association.n,
    }
    return {
        "none": say(
            "The segments do not follow {column} more than chance gives ({measure} {value}, {low} to {high}; {n:,} "
            "customers).",
            **values,
        ),
        "negligible": say(
            "The segments follow {column} more than chance gives, but too little to matter ({measure} {value}, {low} "
            "to {high}; {n:,} customers).",
            **values,
        ),
        "small": say(
            "The segments follow {column} somewhat ({measure} {value}, {low} to {high}; {n:,} customers).", **values
        ),
        "medium": say(
            "The segments follow {column} clearly ({measure} {value}, {low} to {high}; {n:,} customers).", **values
        ),
        "large": say(
            "The segments follow {column} strongly ({measure} {value}, {low} to {high}; {n:,} customers).", **values
        ),
    }[association.strength]


def _advice(found: Audited) -> Message:
    if not found.flagged:
        return say("There is nothing to do.")
    if found.used is not None:
        return say(
            "The segments are built from it. To have it decide nothing, give it the role “Ignore” on the Data page, "
            "or weigh its block less on the Features page, and find segments again; then see what still gives it away."
        )
    if found.leaks:
        return say(
            "The segments are built without it, but {names} give it away. Leave these out or weigh their blocks less "
            "and find segments again, or read every message to these segments with that in mind.",
            names=", ".join(leak.name for leak in found.leaks[:3]),
        )
    return say(
        "The segments are built without it, and no column gives it away by itself. Read every message to these "
        "segments with that in mind."
    )


def _weight(found: Audited) -> float:
    """Put both measures on one scale: eta squared is a share of variance, V the root of one."""
    if found.association is None:
        return 0.0
    return found.association.value if found.association.measure == "v" else found.association.value**0.5


def _association(
    role: Role, cells: "pd.Series", labels: Labels, seed: int
) -> tuple[Labels | None, Association | None, Message | None]:
    if role in AMOUNTS:
        amounts = _amounts(cells)
        found = by_amount(labels, amounts)
        return banded(amounts), found, None if found else say("Everybody has the same value, or hardly anybody any.")
    if role not in LEVELS and role not in ("ignore", "consent", "suppression"):
        return None, None, say("Only amounts, dates and categories can be audited; give the column such a role.")
    codes = levels_of(cells)
    if codes.max(initial=-1) < 1:
        return None, None, say("No two values are shared by five customers each, so nothing can be compared.")
    return codes, by_category(labels, codes, seed), None


def levels_of(cells: "pd.Series") -> Labels:
    """Return the code of each cell (n,), the most frequent level first; rare levels share the last one, -1 is empty."""
    texts = cells.astype(object).where(cells.notna() & (cells.astype(object) != ""), None)
    codes, levels = pd.factorize(texts.astype("str"))
    counts = np.bincount(codes[codes >= 0], minlength=len(levels))
    ordered = sorted(range(len(levels)), key=lambda place: (-int(counts[place]), str(levels[place])))
    kept = [place for place in ordered if counts[place] >= FEWEST][:MOST_LEVELS]
    n_rare = int(counts.sum() - counts[kept].sum())
    placed = np.full(len(levels) + 1, len(kept) if n_rare >= FEWEST and kept else -1, dtype=np.int64)
    placed[kept] = np.arange(len(kept))
    placed[-1] = -1
    return placed[codes]


def _pooled(codes: Labels) -> Labels:
    return np.where(codes >= MOST_CLASSES, MOST_CLASSES - 1, codes)


def _amounts(cells: "pd.Series") -> NDArray[np.float64]:
    if pd.api.types.is_datetime64_any_dtype(cells):
        dates = cells.to_numpy(dtype="datetime64[s]")
        days = ((dates - np.datetime64("1970-01-01")) / np.timedelta64(1, "D")).astype(np.float64)
        days[np.isnat(dates)] = np.nan
        return days
    return cells.to_numpy(dtype=np.float64)


def _used(column: str, features: Features, separation: dict[str, float]) -> float | None:
    """Return the column's part of what separates the segments; None where they are built without it."""
    if column in features.sources:
        return separation.get(column, 0.0)
    inside: Sequence[str] = [block.name for block in features.blocks if column in block.columns]
    return 0.0 if inside else None


def _notes(n: int) -> tuple[Note, ...]:
    if n <= MOST:
        return ()
    said = say("What tells a column was looked for in {most:,} of {n:,} customers, drawn at random.", most=MOST, n=n)
    return (Note("drawn", said, MOST),)
