"""Contrasts: two groups of customers against each other, in every fact, in words and in money."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Customers, EvidenceItem
from segment_core.profiles.drivers import between
from segment_core.profiles.facts import Fact, facts
from segment_core.profiles.terms import terms

_EACH = re.compile(
    r"average|(?:^|_)avg|mean|median|(?:^|[_ ])per[_ ]|price|durchschnitt|mittel|preis|平均|均价|单价", re.IGNORECASE
)
Mask = NDArray[np.bool_]
MOST_TEXTS = 5_000
"""Texts of each group whose words are compared; of more, a sample is drawn."""


def contrast(
    customers: Customers, first: Mask, second: Mask, prepared: Sequence[Fact] | None = None
) -> tuple[EvidenceItem, ...]:
    """Say in which facts two groups of customers (n,) differ, strongest first, as evidence with ids from "a.f1" on.

    `value`, `n` and the sign are of the first group, `base` is the second's, and `lift` divides by its share. Who is
    in both is counted in neither: see `settled`. `prepared` are the customers' facts where they are at hand.
    """
    known = facts(customers) if prepared is None else prepared
    both = first & second
    found = between(known, first & ~both, second & ~both, "a")
    return tuple(replace(item, id=f"a.f{number + 1}") for number, item in enumerate(found))


def settled(first: Mask, second: Mask) -> tuple[Mask, Mask]:
    """Give customers who are in both groups to the smaller one, so that no customer is compared with itself."""
    both = first & second
    return (first, second & ~both) if first.sum() <= second.sum() else (first & ~both, second)


@dataclass(frozen=True, slots=True)
class Purse:
    """What a group has of a column of money: how many have a value, their mean, median and sum, and its part of all.

    `total` is None where the column's name says that it holds averages or prices, which no sum has a meaning of, and
    `share` also where the sum of all is not positive.
    """

    column: str
    n: int
    mean: float
    median: float
    total: float | None
    share: float | None


def purses(customers: Customers, group: Mask) -> tuple[Purse, ...]:
    """Count a group's money (n,), column by column; a column of which nothing is known in the group is left out."""
    found = []
    for name in customers.named("money"):
        values = customers.frame[name].to_numpy(dtype=np.float64)
        known = np.isfinite(values)
        own, everything = values[group & known], float(values[known].sum())
        if len(own):
            total = None if _EACH.search(name) else float(own.sum())
            share = total / everything if total is not None and everything > 0 else None
            found.append(Purse(name, len(own), float(own.mean()), float(np.median(own)), total, share))
    return tuple(found)


def words_apart(
    texts: Sequence[str], first: Mask, second: Mask, *, most: int = MOST_TEXTS, seed: int = 0
) -> tuple[list[EvidenceItem], list[EvidenceItem]]:
    """Return the words that each of two groups uses and the other does not (c-TF-IDF), strongest first.

    `base` is the share among the texts of both. Of more than `most` texts of a group, a sample is read.
    """
    random = np.random.default_rng(seed)
    wrote = np.fromiter((bool(text) for text in texts), dtype=bool, count=len(texts))
    groups = []
    for mask in (first & wrote, second & wrote):
        rows = np.flatnonzero(mask)
        groups.append(np.sort(random.choice(rows, most, replace=False)) if len(rows) > most else rows)
    labels = np.repeat([0, 1], [len(rows) for rows in groups])
    if not all(len(rows) for rows in groups):
        return [], []
    one, other = terms([texts[row] for row in np.concatenate(groups)], labels, ("a", "b"))
    return one, other
