"""Membership: raw labels become a `Clustering` with ordered segments, strengths and bands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Floats, Labels, Segment, Step, Trial
from segment_core.errors import OptionError
from segment_core.messages import Message

FRINGE = 0.25
"""Strength below which a customer is on the fringe: a quarter of the way from the border to the centre."""
FAR = 4.0
"""Robust standard deviations from the own centre beyond which a customer is an outlier, where nobody chose."""
NEAREST, FARTHEST = 1.0, 20.0
"""Between which the line of outliers may be drawn."""


def require_customers(features: Features, *, at_least: int) -> None:
    """Refuse to cut more segments than there are distinct customers.

    Raises
    ------
    OptionError
        With the number found and the number needed.
    """
    n_distinct = _count_distinct(features.matrix, at_least)
    if n_distinct < at_least:
        raise OptionError(
            "{needed} segments need as many different customers; there are {found}.",
            needed=at_least,
            found=n_distinct,
        )


def settle(
    features: Features,
    labels: Labels,
    made_by: Step,
    *,
    reasons: Sequence[Message] = (),
    trials: Sequence[Trial] = (),
) -> Clustering:
    """Order segments by size and say how clearly each customer belongs.

    Strength is the place between the border with the nearest other segment (0) and the own centre
    (1), measured along the line that joins the two centres. Labels of -1 mark customers whom the
    algorithm left out: they join the nearest centre as outliers.
    """
    matrix = features.matrix.astype(np.float64)
    outside = labels < 0
    if outside.all():
        labels, outside = np.zeros_like(labels), np.zeros_like(outside)
    found = np.unique(labels[~outside])
    centres = np.stack([matrix[labels == label].mean(axis=0) for label in found])
    distances = squared_distances(matrix, centres)
    own = np.where(outside, distances.argmin(axis=1), np.searchsorted(found, labels))
    order = _largest_first(own, centres)
    own, distances, centres = np.argsort(order)[own], distances[:, order], centres[order]
    strengths = np.where(outside, 0.0, _strengths(distances, centres, own))
    oddness = np.where(outside, np.inf, _oddness(distances[np.arange(len(own)), own], own))
    bands = _bands(strengths, oddness, FAR)
    sizes = np.bincount(own, minlength=len(found))
    segments = tuple(Segment(f"S{number + 1}", int(size)) for number, size in enumerate(sizes))
    return Clustering(
        own.astype(np.int64),
        strengths.astype(np.float32),
        bands,
        segments,
        made_by,
        tuple(reasons),
        tuple(trials),
        oddness=oddness.astype(np.float32),
    )


def numbers_of(made: Clustering, labels: Labels) -> dict[int, int]:
    """Return which segment each raw label became; labels of -1 became none."""
    found, rows = np.unique(labels, return_index=True)
    return {int(label): int(made.labels[row]) for label, row in zip(found, rows, strict=True) if label >= 0}


def banded(clustering: Clustering, far: float) -> Clustering:
    """Choose anew how far from their own centre customers are outliers, in robust standard deviations (see `oddness`).

    Nobody changes segment. Those whom the algorithm left out stay outliers however far the line is drawn. Where
    nothing is known of oddness the bands stay as they are.
    """
    if clustering.oddness is None:
        return clustering
    return replace(clustering, bands=_bands(clustering.strengths, clustering.oddness, far))


def far_from(found: Any) -> float:
    """Read where outliers begin.

    Raises
    ------
    OptionError
        If it is no number within the limits.
    """
    if isinstance(found, bool) or not isinstance(found, int | float) or not NEAREST <= found <= FARTHEST:
        raise OptionError(
            "Outliers begin at {found} standard deviations; it must be a number from {low} to {high}.",
            found=str(found)[:80],
            low=f"{NEAREST:g}",
            high=f"{FARTHEST:g}",
        )
    return float(found)


def squared_distances(matrix: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return squared Euclidean distances (n, k) of rows to centres."""
    crossed = matrix @ centres.T
    squares = (matrix**2).sum(axis=1)[:, None] - 2 * crossed + (centres**2).sum(axis=1)[None, :]
    return np.asarray(np.maximum(squares, 0.0))


def without_empty(labels: Labels, costs: NDArray[np.float64], k: int) -> Labels:
    """Give a segment that nobody chose the customer who is worst off: `costs` (n,) say how far each is from the own."""
    labels, costs = labels.copy(), costs.copy()
    sizes = np.bincount(labels, minlength=k)
    for empty in np.flatnonzero(sizes == 0):
        movable = np.where(np.bincount(labels, minlength=k)[labels] > 1, costs, -1.0)
        worst = int(movable.argmax())
        labels[worst], costs[worst] = empty, -1.0
    return labels


def _count_distinct(matrix: Floats, enough: int) -> int:
    """Count different rows, or only `enough` of them: sorting all of many takes longer than cutting them."""
    stop = 64 * enough
    while True:
        found = len(np.unique(matrix[:stop], axis=0))
        if found >= enough or stop >= len(matrix):
            return found
        stop *= 4


def _bands(strengths: NDArray[Any], oddness: NDArray[Any], far: float) -> NDArray[np.str_]:
    return np.where(oddness > far, "outlier", np.where(strengths < FRINGE, "fringe", "core"))


def _largest_first(own: Labels, centres: NDArray[np.float64]) -> Labels:
    """Order segments by size; of two of a size the one whose centre is lower comes first, wherever its rows stand."""
    sizes = np.bincount(own, minlength=len(centres))
    return np.lexsort((*np.round(centres, 6).T[::-1], -sizes))


def _strengths(distances: NDArray[np.float64], centres: NDArray[np.float64], own: Labels) -> NDArray[np.float64]:
    if len(centres) == 1:
        return np.ones(len(own))
    between = squared_distances(centres, centres)
    np.fill_diagonal(between, np.inf)
    margins = distances - distances[np.arange(len(own)), own][:, None]
    # Own column: 0 / inf is 0, and must not win the minimum.
    places = margins / np.maximum(between[own], 1e-12)
    places[np.arange(len(own)), own] = np.inf
    return np.asarray(np.clip(places.min(axis=1), 0.0, 1.0))


def _oddness(squares: NDArray[np.float64], own: Labels) -> NDArray[np.float64]:
    distances = np.sqrt(squares)
    found = np.zeros(len(own))
    for number in np.unique(own):
        rows = own == number
        middle = np.median(distances[rows])
        spread = 1.4826 * np.median(np.abs(distances[rows] - middle))
        found[rows] = (distances[rows] - middle) / max(float(spread), 1e-12)
    return np.where(squares > 1e-12, found, 0.0)
