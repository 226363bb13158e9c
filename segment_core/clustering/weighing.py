"""Weighing: what speaks for a cut and against it, in terms that are fair to every algorithm."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Labels
from segment_core.separation import eta_squared, evenness, shares_of_separation

N_NEAR = 10
"""Nearest customers of each among whom borders are looked for."""
EMPTIEST = 20.0
"""A border that so many times fewer neighbours cross than in structureless data is as empty as it goes."""
FEWEST_VALUES = 20
IMPORTANCE = {"borders": 2.0, "stability": 1.0, "separation": 0.5, "value": 0.5, "balance": 0.25}
"""How much each counts when two algorithms are compared. No single one decides.

Separation counts little here, because a silhouette takes for granted that segments are round.
"""
TIE = 1.1
"""Another algorithm must come to so many times the mark of K-Means to be proposed."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The customers that candidates are compared on, their money by column, and data of the same shape without groups.

    `reference` cuts structureless data into a number of segments: what any cut into so many has to beat.
    """

    features: Features
    flat: NDArray[np.float64]
    values: Mapping[str, NDArray[np.float64]]
    reference: Callable[[int], Labels]
    _near: dict[str, Labels] = field(default_factory=dict)
    _without: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def matrix(self) -> NDArray[np.float64]:
        """Return the features as float64 (n, d)."""
        return self.features.matrix.astype(np.float64)

    def without(self, k: int) -> tuple[float, float]:
        """Return the silhouette, and the part of neighbours across a border, of structureless data cut into `k`."""
        if k not in self._without:
            labels = self.reference(k)
            self._without[k] = (silhouette(self.flat, labels), crossing(self.near(flat=True), labels))
        return self._without[k]

    def near(self, *, flat: bool = False) -> Labels:
        """Return each customer's nearest others (n, 10), or those of structureless data."""
        name = "flat" if flat else "found"
        if name not in self._near:
            self._near[name] = neighbours(self.flat if flat else self.matrix)
        return self._near[name]


def weigh(ground: Ground, labels: Labels, outside: NDArray[np.bool_]) -> dict[str, float]:
    """Measure a cut: separation, emptiness of borders, balance, difference in money, and what may speak against it.

    Separation (silhouette) and borders are set against structureless data cut into as many segments by K-Means. They
    are taken on those inside the segments, and count for their part of all: who leaves many out gains nothing. Borders
    do not care what shape segments have: they ask how many of the nearest neighbours lie in another segment (the
    natural logarithm of how many times fewer that are than in structureless data, at most 3).
    """
    inside = ~outside
    sizes = np.bincount(labels)
    shares = sizes[sizes > 0] / len(labels)
    found = {
        "silhouette": 0.0,
        "separation": 0.0,
        "borders": 0.0,
        "balance": evenness(sizes),
        "smallest_share": float(shares.min()),
        "n_columns": float(ground.features.n_columns),
        "leading_column": max(shares_of_separation(ground.features, labels).values()),
        "outside": float(outside.mean()),
    }
    k = len(np.unique(labels[inside]))
    if k >= 2:
        empty, across = ground.without(k)
        part = float(inside.mean())
        found["silhouette"] = silhouette(ground.matrix[inside], labels[inside])
        found["separation"] = part * (found["silhouette"] - empty)
        ratio = max(across, 1e-9) / max(crossing(ground.near(), labels, inside), 1e-9)
        found["borders"] = part * float(np.clip(np.log(ratio), 0.0, np.log(EMPTIEST)))
    if ground.values:
        found["value"] = difference(ground.values, labels)
    return {name: round(value, 4) for name, value in found.items()}


def ratio(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how many times the mark of one cut is that of another; each index is set against the better of the two."""
    marks = np.zeros(2)
    for name, importance in IMPORTANCE.items():
        pair = np.array([max(0.0, found.get(name, 0.0)) for found in (one, other)])
        marks += importance * (pair / pair.max() if pair.max() > 1e-9 else 1.0)
    return float(marks[0] / marks[1])


def difference(values: Mapping[str, NDArray[np.float64]], labels: Labels) -> float:
    """Return the part of the variance of money that segments explain beyond chance, averaged over columns.

    See `eta_squared`: 0 is chance, 1 all. Columns that hold too few amounts do not count.
    """
    known = [column for column in values.values() if np.isfinite(column).sum() >= FEWEST_VALUES]
    found = [part for column in known if (part := eta_squared(column, labels)) is not None]
    return max(0.0, float(np.mean(found))) if found else 0.0


def silhouette(matrix: NDArray[np.float64], labels: Labels) -> float:
    """Return the mean silhouette; 0 where there are not two segments, or as many as customers."""
    from sklearn.metrics import silhouette_score

    return float(silhouette_score(matrix, labels)) if 2 <= len(np.unique(labels)) < len(labels) else 0.0


def neighbours(matrix: NDArray[np.float64]) -> Labels:
    """Return each row's nearest others (n, at most 10)."""
    from sklearn.neighbors import NearestNeighbors

    n_near = min(N_NEAR, len(matrix) - 1)
    found = NearestNeighbors(n_neighbors=n_near).fit(matrix).kneighbors(return_distance=False)
    return np.asarray(found, dtype=np.int64)


def crossing(near: Labels, labels: Labels, inside: NDArray[np.bool_] | None = None) -> float:
    """Return the part of neighbours who are in another segment, against what it is where neighbours are drawn blindly.

    Only pairs of customers `inside` count.
    """
    inside = np.ones(len(labels), dtype=bool) if inside is None else inside
    counted = inside[:, None] & inside[near]
    if not counted.any():
        return 1.0
    across = float(((labels[:, None] != labels[near]) & counted).sum() / counted.sum())
    shares = np.bincount(labels[inside]) / inside.sum()
    blindly = 1.0 - float((shares**2).sum())
    return across / max(blindly, 1e-9)


def agreement(
    matrix: NDArray[np.float64], cut: Callable[[NDArray[np.int64], int], Labels], n_halves: int, seed: int
) -> float:
    """Return how far cuts of random halves agree on everybody (mean adjusted Rand index; 0 is by luck).

    `cut(rows, seed)` labels some customers; everybody else goes with the nearest five of them.
    """
    from sklearn.metrics import adjusted_rand_score
    from sklearn.neighbors import KNeighborsClassifier

    random = np.random.default_rng(seed)
    found = []
    for _ in range(n_halves // 2):
        pair: list[Labels] = []
        for _ in range(2):
            rows = np.sort(random.choice(len(matrix), max(2, len(matrix) // 2), replace=False))
            own = cut(rows, int(random.integers(2**31)))
            placed = KNeighborsClassifier(min(5, len(rows))).fit(matrix[rows], own).predict(matrix)
            placed[rows] = own
            pair.append(placed)
        found.append(adjusted_rand_score(*pair))
    return float(np.mean(found))


def objections(scores: Mapping[str, float]) -> tuple[str, ...]:
    """Return what speaks against a cut: "small" segments, one "column" restated, most left "outside"."""
    found: Sequence[tuple[str, bool]] = (
        ("small", scores.get("smallest_share", 1.0) < SMALLEST_SHARE),
        ("column", scores.get("n_columns", 0.0) > FEW_COLUMNS and scores.get("leading_column", 0.0) > ONE_COLUMN),
        ("outside", scores.get("outside", 0.0) > MOST_OUTSIDE),
    )
    return tuple(code for code, applies in found if applies)


SMALLEST_SHARE = 0.01
ONE_COLUMN, FEW_COLUMNS = 0.4, 6
"""Part of the separation above which a cut rather restates one column, where there are more than a few."""
MOST_OUTSIDE = 0.5
