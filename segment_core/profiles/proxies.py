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
    EvidenceItem,
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
from segment_core.profiles.drivers import drivers
from segment_core.profiles.facts import Fact, Levels, facts
from segment_core.profiles.leaks import MOST, MOST_CLASSES, banded, leaks
from segment_core.separation import shares_of_separation

AMOUNTS: tuple[Role, ...] = ("number", "money", "count", "date")
UNTYPED: tuple[Role, ...] = ("consent", "suppression", "ignore", "name")
"""Roles whose cells are text as read, and compared as levels."""
LEVELS: tuple[Role, ...] = ("category", "place", "yes/no", *UNTYPED)
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
    asked = [
        (column, _used(column.name, features, separation), *_measured(column.role, sensitive, column.name, clustering))
        for column in sensitive.columns
    ]
    raw = [association for _, _, _, association, _ in asked if association is not None]
    smaller = [
        max(1, min(clustering.n_segments, int(codes.max()) + 1) - 1)
        for _, _, codes, association, _ in asked
        if association is not None and codes is not None
    ]
    settled = iter(adjusted(raw, smaller)) if raw else iter(())
    as_levels = [replace(column, role="category") if column.role in UNTYPED else column for column in sensitive.columns]
    prepared = facts(replace(sensitive, columns=tuple(as_levels)))
    ids = sensitive.frame.index.astype(str).to_list()
    done: list[Audited] = []
    for number, (column, used, codes, association, reason) in enumerate(asked):
        progress(number, len(asked), say("Auditing: {column}", column=column.name))
        if association is None or codes is None:
            done.append(Audited(column.name, None, used, reason or _NOTHING, _NOTHING))
            continue
        found = Audited(column.name, next(settled), used, _NOTHING, _NOTHING)
        if found.flagged:
            own = [fact for fact in prepared if fact.column == column.name]
            cells = sensitive.frame[column.name]
            classes = banded(amounts_of(cells), 4) if column.role in AMOUNTS else _pooled(codes)
            told, telling = leaks(features, classes, column.name, ids, seed)
            found = replace(found, leanings=_leanings(own, clustering), told=told, leaks=telling)
        done.append(replace(found, finding=_finding(found), advice=_advice(found)))
    done.sort(key=lambda each: (each.association is None, -_weight(each), each.column))
    drawn = len(sensitive) > MOST and any(each.flagged for each in done)
    return Audit(tuple(done), Step("audit", {"seed": seed}), _notes(len(sensitive)) if drawn else ())


def _leanings(own: Sequence[Fact], clustering: Clustering) -> tuple[EvidenceItem, ...]:
    """Return how each segment differs from everybody in one column; a yes/no pair of levels is told once."""
    found: list[EvidenceItem] = []
    pair = any(isinstance(fact, Levels) and len(fact.levels) == 2 for fact in own)
    for place, segment in enumerate(clustering.segments):
        made = drivers(own, clustering.labels == place, segment.id)
        kept = [item for item in made if item.direction in ("over", "under")]
        if pair and len(kept) == 2:
            kept = [item for item in kept if item.direction == "over"] or kept
        found += kept
    return tuple(sorted(found, key=lambda item: (-abs(item.effect), item.segment, item.label)))


def _finding(found: Audited) -> Message:
    association = found.association
    assert association is not None
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
    names = [leak.name for leak in found.leaks[:3]]
    if names == ["text"]:
        return say(
            "The segments are built without it, but what they wrote gives it away. Weigh texts less and find segments "
            "again, or read every message to these segments with that in mind."
        )
    if "text" in names:
        return say(
            "The segments are built without it, but {names} and what they wrote give it away. Leave these out or weigh "
            "their blocks less and find segments again, or read every message to these segments with that in mind.",
            names=", ".join(name for name in names if name != "text"),
        )
    if names:
        return say(
            "The segments are built without it, but {names} give it away. Leave these out or weigh their blocks less "
            "and find segments again, or read every message to these segments with that in mind.",
            names=", ".join(names),
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


def _measured(
    role: Role, sensitive: Customers, name: str, clustering: Clustering
) -> tuple[Labels | None, Association | None, Message | None]:
    """Return the levels or bands of a column, how it goes with the segments, or why that cannot be said."""
    cells = sensitive.frame[name]
    if role in AMOUNTS:
        amounts = amounts_of(cells)
        found = by_amount(clustering.labels, amounts)
        return banded(amounts), found, None if found else say("Everybody has the same value, or hardly anybody any.")
    if role not in LEVELS:
        return None, None, say("Only amounts, dates and categories can be audited; give the column such a role.")
    codes = levels_of(cells)
    found = by_category(clustering.labels, codes) if codes.max(initial=-1) >= 1 else None
    reason = None if found else say("No two values are shared by five customers each, so nothing can be compared.")
    return codes, found, reason


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


def amounts_of(cells: "pd.Series") -> NDArray[np.float64]:
    """Return amounts as numbers, and dates as days since 1970; NaN where there is none."""
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
