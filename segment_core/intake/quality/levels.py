"""Levels: one value in several spellings, values that hardly anybody has, and columns of too many values."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

import pandas as pd

from segment_core.artifacts import Customers
from segment_core.intake.quality.changing import ids_of, with_cells
from segment_core.intake.quality.findings import N_CUSTOMERS, Finding, listed, severity, shorten
from segment_core.intake.quality.remedies import Remedy
from segment_core.messages import say

RARE_COUNT, RARE_SHARE = 5, 0.005
"""A value is rare that fewer customers have than the larger of the two."""
MANY = 20
"""More values than features tell apart."""
OTHER = "Other"

_OTHERS = frozenset(
    [
        "other",
        "others",
        "misc",
        "miscellaneous",
        "sonstige",
        "sonstiges",
        "andere",
        "autre",
        "autres",
        "otro",
        "otros",
        "altro",
        "其他",
    ]
)
_BETWEEN = re.compile(r"(?<=[^\W\d_])[\s_\-./]+(?=[^\W\d_])")


def spellings(customers: Customers) -> Iterator[Finding]:
    """Find values that are written in several ways."""
    for name in customers.named("category", "place"):
        cells = customers.frame[name]
        changes = _respelled(cells)
        touched = cells.isin(list(changes)).to_numpy(dtype=bool)
        n = int(touched.sum())
        if n:
            yield Finding(
                "spellings",
                severity(0.6, n / len(customers)),
                say(
                    "{column}: values that are another one in a different spelling: {values} ({n} customers). What "
                    "is one group would count as several.",
                    column=name,
                    values=len(changes),
                    n=n,
                ),
                n,
                (name,),
                shorten(f"{old} → {new}" for old, new in changes.items()),
                ids_of(customers, touched, N_CUSTOMERS),
                Remedy("merge-spellings", (name,)),
                say("Use one spelling"),
                say("Rewrites {column} of {n} customers as the most frequent spelling.", column=name, n=n),
            )


def rare(customers: Customers) -> Iterator[Finding]:
    """Find values that hardly anybody has, in columns that are useful without telling these apart."""
    found = {name: _rare(customers.frame[name]) for name in customers.named("category", "place")}
    found = {name: levels for name, levels in found.items() if levels}
    if not found:
        return
    touched = pd.DataFrame({name: customers.frame[name].isin(levels) for name, levels in found.items()}).any(axis=1)
    n, n_levels = int(touched.sum()), sum(map(len, found.values()))
    yield Finding(
        "rare-levels",
        severity(0.4, n / len(customers)),
        say(
            "Values that hardly anybody has: {values} in {columns} ({n} customers). They are too few to say "
            "anything of, yet each sets its customers apart from all others.",
            values=n_levels,
            columns=listed(list(found)),
            n=n,
        ),
        n,
        tuple(found),
        shorten(f"{name}: {listed(levels)}" for name, levels in found.items()),
        ids_of(customers, touched.to_numpy(dtype=bool), N_CUSTOMERS),
        Remedy("merge-rare-levels", tuple(found)),
        say("Take them together"),
        say('Makes one value, "Other", of {values} rare ones.', values=n_levels),
    )


def many(customers: Customers) -> Iterator[Finding]:
    """Find columns of so many values that few customers share one."""
    found = [name for name in customers.named("category", "place") if _is_scattered(customers.frame[name])]
    if found:
        yield Finding(
            "many-levels",
            severity(0.4, 0.5),
            say(
                "Columns with so many values that most customers share theirs with hardly anybody: {n} ({columns}). "
                "Only the {most} most frequent values are told apart.",
                n=len(found),
                columns=listed(found),
                most=MANY,
            ),
            len(found),
            tuple(found),
            shorten(f"{name}: {customers.frame[name].nunique()}" for name in found),
            remedy=Remedy("leave-out-columns", tuple(found)),
            label=say("Leave the columns out"),
            effect=say("Sets {n} columns aside; they stay in the file.", n=len(found)),
        )


def merge_spellings(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Rewrite every value as its most frequent spelling."""
    return _rewritten(customers, {name: _respelled(customers.frame[name]) for name in _of_levels(customers, names)})


def merge_rare_levels(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Rewrite every rare value as "Other", or as what the column already calls it."""
    changes = {}
    for name in _of_levels(customers, names):
        cells = customers.frame[name]
        changes[name] = dict.fromkeys(_rare(cells), _other(cells))
    return _rewritten(customers, changes)


def _of_levels(customers: Customers, names: tuple[str, ...]) -> list[str]:
    return [name for name in customers.named("category", "place") if name in names]


def _rewritten(customers: Customers, changes: Mapping[str, Mapping[str, str]]) -> tuple[Customers, int]:
    cells, n = {}, 0
    for name, change in changes.items():
        if change:
            before = customers.frame[name]
            n += int(before.isin(list(change)).sum())
            cells[name] = before.map(lambda level, change=change: change.get(level, level), na_action="ignore").astype(
                before.dtype
            )
    return with_cells(customers, cells), n


def _respelled(cells: "pd.Series[str]") -> dict[str, str]:
    """Return what to change: each spelling but the most frequent, of equals the first in the alphabet."""
    counts = cells.value_counts()
    forms: dict[str, list[str]] = {}
    for level in sorted(counts.index, key=lambda level: (-int(counts[level]), str(level))):
        forms.setdefault(_form(level), []).append(level)
    return {other: kept for kept, *others in forms.values() for other in others}


def _form(level: str) -> str:
    """Reduce a value to what does not depend on its spelling; signs beside digits or alone mean something."""
    parts = unicodedata.normalize("NFKD", level)
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    words = " ".join(_BETWEEN.sub(" ", bare).casefold().split())
    return re.sub(r"(?<=\w{3})\.$", "", words) or level


def _rare(cells: "pd.Series[str]") -> list[str]:
    """Return the rare values, where they are two or more (one is no better as "Other") and no majority.

    A value is counted in all its spellings.
    """
    counts = cells.value_counts()
    changes = _respelled(cells)
    together = counts.groupby(lambda level: changes.get(level, level)).sum()
    floor = max(RARE_COUNT, RARE_SHARE * len(cells))
    known = {level for level in counts.index if str(level).casefold() in _OTHERS}
    found = sorted(
        str(level) for level in counts.index if together[changes.get(level, level)] < floor and level not in known
    )
    covered = int(counts[found].sum()) if found else 0
    enough = len(found) >= 2 or (found and known)
    return found if enough and covered <= 0.5 * int(counts.sum()) else []


def _other(cells: "pd.Series[str]") -> str:
    counts = cells[cells.str.casefold().isin(_OTHERS)].value_counts()
    return min(counts.index, key=lambda level: (-int(counts[level]), str(level))) if len(counts) else OTHER


def _is_scattered(cells: "pd.Series[str]") -> bool:
    counts = cells.value_counts()
    return len(counts) > MANY and int(counts.iloc[:MANY].sum()) < 0.5 * int(counts.sum())
