"""Explaining: why a customer is in a segment and not in the next one, by the scorer that puts them there."""

import math
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Customers, Features, Levels, Role, Scale, Scorer
from segment_core.clustering.assigning import assign, nearest_centre
from segment_core.features.transforming import slice_of, transform, values_of
from segment_core.scoring.customer import row_of

N_FACTS = 3
N_ALIKE = 5
CHUNK = 50_000

Kind = Literal["number", "date", "level", "block"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What one column, or one block such as "text", says for the own segment and against the other one.

    `pull` is how much farther, in squared distance, the other segment is by this alone; below 0 it speaks for the other
    one. `share` is its part of all that speaks for the same side. A number has its `value` and both segments' medians
    (dates as days since 1970), a level the `level` and the shares of the segments that have it; NaN where unknown.
    `name` is the column's, or the block's; of a block `silent` tells that the customer has nothing in it, as somebody
    who wrote nothing, and stands at its centre.
    """

    name: str
    kind: Kind
    role: Role
    pull: float = 0.0
    share: float = 0.0
    value: float = float("nan")
    level: str = ""
    own: float = float("nan")
    other: float = float("nan")
    decimals: int = 0
    silent: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Why:
    """Why a customer is where they are.

    `segment` is the study's, `scored` where the scorer puts them; facts are about `scored` against `other`, the nearest
    other segment (-1 where there is only one). `facts` speak most for `scored`, `against` speaks most for `other`.
    `membership` holds the soft memberships (k,), where the algorithm gives any. `alike` and `across` are ids of the
    most similar customers in the study's segment and in the other one, the most similar first.
    """

    customer: str
    segment: int
    scored: int
    other: int
    facts: tuple[Fact, ...]
    against: Fact | None
    strength: float
    band: str
    membership: NDArray[np.float64] | None
    alike: tuple[str, ...]
    across: tuple[str, ...]


def explain(
    scorer: Scorer, customers: Customers, features: Features, clustering: Clustering, customer: str, *, n: int = N_FACTS
) -> Why:
    """Say what puts a customer of a study into their segment, who is like them, and which segment is next.

    The scorer compares centres, so the sum of all pulls is exactly the distance by which the other segment is farther.
    Where several centres stand for a segment, the nearest of each counts.

    Raises
    ------
    DataError
        If there is no such customer.
    """
    row = row_of(customers, customer)
    cells = customers.frame.iloc[[row]]
    placed = transform(scorer.transform, cells, features.matrix[[row]])
    scored = assign(scorer.assigner, placed)
    own, other = int(scored.labels[0]), int(scored.nearest[0])
    segment = int(clustering.labels[row])
    facts: list[Fact] = []
    if other >= 0:
        pulls = _pulls(scorer, placed[0], own, other)
        facts = _facts(scorer, cells, placed[0], pulls, (own, other))
    decided = [fact for fact in facts if fact.pull > 0][:n]
    against = min(facts, key=lambda fact: fact.pull, default=None)
    beside = other if other != segment else own
    near = _squares(features.matrix, row)
    memberships = clustering.memberships
    return Why(
        customer,
        segment,
        own,
        other,
        tuple(decided),
        against if against is not None and against.pull < 0 else None,
        float(clustering.strengths[row]),
        str(clustering.bands[row]),
        None if memberships is None else memberships[row].astype(np.float64),
        _nearest(customers, near, clustering.labels == segment, row),
        _nearest(customers, near, clustering.labels == beside, row) if other >= 0 else (),
    )


def _pulls(scorer: Scorer, row: NDArray[np.float64], own: int, other: int) -> NDArray[np.float64]:
    """Return by how much each feature makes the other segment farther than the own (width,)."""
    here, there = (nearest_centre(scorer.assigner, row, segment) for segment in (own, other))
    return np.asarray((row - there) ** 2 - (row - here) ** 2)


def _facts(
    scorer: Scorer,
    cells: pd.DataFrame,
    row: NDArray[np.float64],
    pulls: NDArray[np.float64],
    pair: tuple[int, int],
) -> list[Fact]:
    """Return what every column and every held block says, the most decisive first."""
    made = scorer.transform
    parts = [(one, float(pulls[slice_of(one)].sum())) for one in made.made]
    places = {held.name: slice(held.start, held.stop) for held in made.held}
    blocks = [(name, float(pulls[place].sum())) for name, place in places.items()]
    found = [pull for _, pull in (*parts, *blocks)]
    sums = {True: sum(pull for pull in found if pull > 0), False: -sum(pull for pull in found if pull < 0)}

    def share(pull: float) -> float:
        return abs(pull) / (sums[pull > 0] or 1.0)

    facts = [replace(_fact(one, cells[one.column], pair), pull=pull, share=share(pull)) for one, pull in parts]
    facts += [
        Fact(name, "block", "text", pull, share(pull), silent=not row[places[name]].any()) for name, pull in blocks
    ]
    return sorted(facts, key=lambda fact: (-fact.pull, fact.name))


def _fact(one: Scale | Levels, cells: "pd.Series[Any]", pair: tuple[int, int]) -> Fact:
    """Return what a customer has in a column, and what both segments have."""
    own, other = pair
    if isinstance(one, Scale):
        kind: Kind = "date" if one.role == "date" else "number"
        value, here, there = float(values_of(cells, one.role)[0]), float(one.medians[own]), float(one.medians[other])
        return Fact(one.column, kind, one.role, value=value, own=here, other=there, decimals=one.decimals)
    level = level_of(cells.iloc[0], one)
    if not level:
        return Fact(one.column, "level", one.role)
    # A rare level has no share of its own: all of them together have one.
    place = one.levels.index(level) if level in one.levels else len(one.levels) - 1
    here, there = float(one.shares_within[own, place]), float(one.shares_within[other, place])
    return Fact(one.column, "level", one.role, level=level, own=here, other=there)


def level_of(cell: object, one: Levels) -> str:
    """Return a cell as a level, "" where it is missing or was never seen."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if one.role == "yes/no":
        return "yes" if cell == 1.0 else "no"
    return str(cell) if str(cell) in one.levels or one.rare else ""


def _squares(matrix: NDArray[np.floating], row: int) -> NDArray[np.float64]:
    """Return the squared distance (n,) of everybody to one customer, some rows at a time."""
    found = np.empty(len(matrix))
    for start in range(0, len(matrix), CHUNK):
        part = matrix[start : start + CHUNK] - matrix[row]
        found[start : start + CHUNK] = np.einsum("ij,ij->i", part, part)
    return found


def _nearest(customers: Customers, squares: NDArray[np.float64], among: NDArray[np.bool_], row: int) -> tuple[str, ...]:
    """Return the ids of the nearest few of some customers; of equally near ones those come first whose ids do."""
    places = np.flatnonzero(among)
    places = places[places != row]
    if len(places) > N_ALIKE:
        reach = np.partition(squares[places], N_ALIKE - 1)[N_ALIKE - 1]
        places = places[squares[places] <= reach]
    index = customers.frame.index
    found = sorted((float(squares[place]), str(index[place])) for place in places.tolist())
    return tuple(id_ for _, id_ in found[:N_ALIKE])
