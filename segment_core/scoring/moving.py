"""Moving: the smallest change to some columns after which the scorer puts a customer into another segment."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Features, Floats, Levels, Role, Scale, Scorer
from segment_core.clustering.assigning import assign
from segment_core.features.numbers import standing
from segment_core.features.transforming import cells, slice_of, transform, values_of
from segment_core.scoring.customer import row_of
from segment_core.scoring.rounding import rounded

CHANGED: tuple[Role, ...] = ("number", "money", "count", "category", "yes/no")
MOST = 3
"""Columns that a change may have: more is no longer a change but another customer."""
BEAM = 40
"""Changes of fewer columns that are nearest to moving a customer, and are gone on from."""
TRIED = 12
"""Changes that do move, of which each is made as small as it can be before the smallest is taken."""
MARGIN = 1e-6
"""Part of the distances by which a customer must be past the border, so that rounding cannot bring them back."""

Value = float | str


@dataclass(frozen=True, slots=True)
class Step:
    """One column's part of a change: numbers, or levels ("yes" and "no" for yes/no). `size` is what it counts for."""

    column: str
    role: Role
    old: Value
    new: Value
    size: float
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """Changes that together move a customer from one segment to another, as the scorer itself has confirmed."""

    steps: tuple[Step, ...]
    segment: int
    target: int

    @property
    def size(self) -> float:
        """Add up the sizes of the steps: standard deviations of numbers, 1 for another level."""
        return sum(step.size for step in self.steps)


def changeable(scorer: Scorer, customers: Customers) -> tuple[str, ...]:
    """Return the columns whose values decide and could be changed, in file order; not yet whether they may be."""
    made = {one.column for one in scorer.transform.made}
    return tuple(column.name for column in customers.columns if column.name in made and column.role in CHANGED)


def smallest_change(
    scorer: Scorer,
    customers: Customers,
    features: Features,
    customer: str,
    mutable: Sequence[str],
    *,
    target: int | None = None,
    most: int = MOST,
) -> Change | None:
    """Return the smallest change to `mutable` columns that moves a customer, or None if none of up to `most` does.

    They move from where the scorer puts them to `target`, or to any other segment. Fewest columns count first, then
    how far they are moved: standard deviations of (tamed) numbers, 1 for another level. Values stay within what is
    usual and as they are written (whole numbers stay whole); levels are those that exist; what is missing stays so.
    Everything else, and what was read from texts, stays as it is. The search is a beam: a smaller change of two or
    three columns may be overlooked, but whatever is returned does move the customer.

    Raises
    ------
    DataError
        If there is no such customer.
    """
    row = row_of(customers, customer)
    held = features.matrix[[row]]
    search = _Search(scorer, customers.frame.iloc[[row]], held, target)
    if len(scorer.segments) < 2 or target == search.segment:
        return None
    allowed = set(mutable) & set(changeable(scorer, customers))
    offers = search.offers(sorted(allowed))
    for picks in search.rounds(offers, min(most, len({offer.column for offer in offers}))):
        found = [search.shrunk([offers[place] for place in pick]) for pick in picks]
        for change in sorted(found, key=lambda change: (change.size, [step.column for step in change.steps])):
            if _confirmed(scorer, customers.frame.iloc[[row]], held, change, target):
                return change
    return None


def applied(frame: pd.DataFrame, change: Change) -> pd.DataFrame:
    """Return rows with a change made to all of them, in the cells of `Customers`."""
    found = frame.copy()
    for step in change.steps:
        new: Any = step.new
        if step.role == "yes/no":
            new = 1.0 if new == "yes" else 0.0
        found[step.column] = [new] * len(found)
    return found


def _confirmed(scorer: Scorer, frame: pd.DataFrame, held: Floats, change: Change, target: int | None) -> bool:
    """Ask the scorer itself, with the raw cells."""
    found = int(assign(scorer.assigner, transform(scorer.transform, applied(frame, change), held)).labels[0])
    return found == change.target and found != change.segment and target in (None, found)


@dataclass(frozen=True, slots=True, eq=False)
class _Offer:
    """Another value of one column, and by how much it changes the squared distance to each centre (m,)."""

    column: str
    value: Value
    effect: NDArray[np.float64]
    size: float


class _Search:
    """Tries changes to one customer. Squared distances are sums over columns, so changes simply add up."""

    def __init__(self, scorer: Scorer, frame: pd.DataFrame, held: Floats, target: int | None) -> None:
        self._made = {one.column: one for one in scorer.transform.made}
        self._scorer, self._frame, self._target = scorer, frame, target
        self._row = transform(scorer.transform, frame, held)[0]
        self._centres = scorer.assigner.centres.astype(np.float64)
        self._owners = scorer.assigner.owners
        self._squares = ((self._centres - self._row) ** 2).sum(axis=1)
        self.segment = int(assign(scorer.assigner, self._row[None]).labels[0])
        self._margin = MARGIN * float(self._squares.max() + 1.0)

    def offers(self, columns: Sequence[str]) -> list[_Offer]:
        """Return every other value that these columns could have; none where the present one is missing."""
        found: list[_Offer] = []
        for column in columns:
            one, old = self._made[column], self._old(column)
            if old is not None:
                others = [value for value in _values(one) if value != old]
                found += self._offered(one, old, others)
        return found

    def rounds(self, offers: Sequence[_Offer], most: int) -> Iterator[list[tuple[int, ...]]]:
        """Yield lists of picks (places of offers) that move the customer: of one column, then of two, then of three."""
        effects = np.array([offer.effect for offer in offers]).reshape(len(offers), len(self._owners))
        sizes = np.array([offer.size for offer in offers])
        names = np.array([offer.column for offer in offers])
        beam: list[tuple[int, ...]] = [()]
        for _ in range(most):
            found: list[tuple[float, float, tuple[int, ...]]] = []
            seen: set[tuple[int, ...]] = set()
            for pick in beam:
                gaps = self._gaps(self._squares + effects[list(pick)].sum(axis=0) + effects)
                free = ~np.isin(names, names[list(pick)])
                for place in _promising(gaps, sizes, names, free, -self._margin):
                    made = tuple(sorted((*pick, place)))
                    if made not in seen:
                        seen.add(made)
                        found.append((float(gaps[place]), float(sizes[list(made)].sum()), made))
            moving = sorted((size, made) for gap, size, made in found if gap < -self._margin)
            yield [made for _, made in moving[:TRIED]]
            beam = [made for _, _, made in sorted(found)[:BEAM]]

    def shrunk(self, picked: Sequence[_Offer]) -> Change:
        """Bring each number as near to what it is as still moves the customer, the farthest first."""
        chosen = {offer.column: offer for offer in picked}
        for column in sorted(chosen, key=lambda column: -chosen[column].size):
            one = self._made[column]
            if isinstance(one, Scale):
                rest = sum((offer.effect for name, offer in chosen.items() if name != column), np.zeros(()))
                chosen[column] = self._nearer(one, chosen[column], self._squares + rest)
        squares = self._squares + sum((offer.effect for offer in chosen.values()), np.zeros(()))
        steps = tuple(
            Step(
                column,
                self._made[column].role,
                self._known(column),
                offer.value,
                offer.size,
                getattr(self._made[column], "decimals", 0),
            )
            for column, offer in sorted(chosen.items(), key=lambda item: (-item[1].size, item[0]))
        )
        return Change(steps, self.segment, int(self._owners[squares.argmin()]))

    def _nearer(self, one: Scale, offer: _Offer, squares: NDArray[np.float64]) -> _Offer:
        old = float(self._known(one.column))

        def moves(values: NDArray[np.float64]) -> NDArray[np.bool_]:
            effects = self._effects(one, old, values.tolist())
            return self._gaps(squares + effects) < -self._margin

        new = rounded(old, float(offer.value), one.decimals, moves)
        return self._offered(one, old, [new])[0]

    def _gaps(self, squares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how much nearer (n,) than the target the nearest of the others is: below 0 the customer moves."""
        wanted = self._owners != self.segment if self._target is None else self._owners == self._target
        return np.asarray(squares[:, wanted].min(axis=1) - squares[:, ~wanted].min(axis=1))

    def _offered(self, one: Scale | Levels, old: Value, values: Sequence[Value]) -> list[_Offer]:
        if not values:
            return []
        effects, sizes = self._effects(one, old, values), _sizes(one, old, values)
        return [_Offer(one.column, *made) for made in zip(values, effects, sizes, strict=True)]

    def _effects(self, one: Scale | Levels, old: Value, values: Sequence[Value]) -> NDArray[np.float64]:
        """Return by how much values (n) of a column change the squared distance to each centre (n, m)."""
        own = slice_of(one)
        made = cells(self._scorer.transform, one.column, values)
        centres = self._centres[:, own]
        before = ((centres - self._row[own]) ** 2).sum(axis=1)
        return np.asarray(((made[:, None, :] - centres[None]) ** 2).sum(axis=2) - before)

    def _old(self, column: str) -> Value | None:
        """Return what a customer has in a column, None where it is missing."""
        one, found = self._made[column], self._frame[column]
        if isinstance(one, Scale):
            value = float(values_of(found, one.role)[0])
            return value if np.isfinite(value) else None
        cell = found.iloc[0]
        if cell is None or (isinstance(cell, float) and math.isnan(cell)):
            return None
        return ("yes" if cell == 1.0 else "no") if one.role == "yes/no" else str(cell)

    def _known(self, column: str) -> Any:
        return self._old(column)


def _values(one: Scale | Levels) -> list[Value]:
    """Return the values that may be proposed; "all rare levels" is none of them."""
    if isinstance(one, Scale):
        return list(one.grid.tolist())
    return list(one.levels[:-1] if one.rare else one.levels)


def _sizes(one: Scale | Levels, old: Value, values: Sequence[Value]) -> NDArray[np.float64]:
    if isinstance(one, Levels):
        return np.ones(len(values))
    both = standing(np.array([old, *values], dtype=np.float64), one.taming)
    return np.asarray(np.abs(both[1:] - both[0]))


def _promising(
    gaps: NDArray[np.float64],
    sizes: NDArray[np.float64],
    names: NDArray[np.str_],
    free: NDArray[np.bool_],
    border: float,
) -> list[int]:
    """Return of each free column the smallest value that moves, up and down alike, else the one that comes nearest."""
    found: list[int] = []
    for name in np.unique(names[free]):
        own = np.flatnonzero(names == name)
        moving = own[gaps[own] < border]
        order = moving[np.lexsort((gaps[moving], sizes[moving]))][:2] if len(moving) else own[np.argsort(gaps[own])][:3]
        found += order.tolist()
    return found
