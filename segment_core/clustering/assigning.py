"""Assigning: which segment a row of features belongs to, by centres that are kept, whatever algorithm found them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Assigner, Clustering, Features, Labels, Scored
from segment_core.clustering.membership import FAR, FRINGE, squared_distances
from segment_core.clustering.rows import in_order

N_EACH = (1, 4, 16)
"""Centres a segment that are tried, the fewest first."""
FEWEST = 5
"""Customers whom a centre is the mean of, at least, where a segment has that many: no centre is a single person."""
MOST_FITTED = 10_000
MOST_TESTED = 5_000
TESTED = 0.2
ENOUGH = 0.01
"""How much more of the customers a scorer of more centres must put right to be worth them."""
ROUNDS = 12
CHUNK = 20_000


def fit(
    features: Features,
    clustering: Clustering,
    *,
    far: float = FAR,
    seed: int = 0,
    unread: NDArray[np.bool_] | None = None,
) -> Assigner:
    """Find few centres by which customers come where the algorithm put them.

    One centre a segment is what K-Means has; groups of other shapes need several, which are found by K-Means inside
    each segment. The fewest are taken with which nearly as many customers held out come right as with any number.
    Above 10,000 customers a sample is drawn, but single centres are the means of all. `unread` (width,) names features
    that new customers do not have: `Assigner.alone` is the agreement without them.
    """
    matrix, labels = features.matrix, clustering.labels
    order = in_order(matrix)
    random = np.random.default_rng(seed)
    drawn = order[np.sort(random.permutation(len(order))[:MOST_FITTED])]
    tested, fitted = _parted(drawn, labels, random)
    agreements: list[float] = []
    for n_each in _worth(labels[fitted]):
        agreements.append(_agreement(matrix, labels, tested, *_centres(matrix, labels, fitted, n_each, seed)))
        if agreements[-1] >= 1 - ENOUGH:
            break
    best = max(agreements)
    place = next(place for place, found in enumerate(agreements) if found >= best - ENOUGH)
    n_each = N_EACH[place]
    rows = order if n_each == 1 else drawn
    centres, owners = _centres(matrix, labels, rows, n_each, seed)
    alone = agreements[place]
    if unread is not None and unread.any():
        blank = np.where(unread, np.float32(0), matrix[tested])
        fitting = _centres(matrix, labels, fitted, n_each, seed)
        alone = _agreement(blank, labels[tested], np.arange(len(tested)), *fitting)
    usual = _usual(matrix[drawn].astype(np.float64), labels[drawn], centres, owners, clustering.n_segments)
    found = agreements[place], len(tested)
    return Assigner(centres.astype(np.float32), owners, n_each, *found, usual, float(far), alone)


def assign(assigner: Assigner, matrix: NDArray[np.floating]) -> Scored:
    """Put rows of features (n, width) into the segment whose nearest centre is nearest."""
    centres = assigner.centres.astype(np.float64)
    k, n = len(assigner.usual), len(matrix)
    squares, owns = squares_by_segment(assigner, matrix)
    rows = np.arange(n)
    labels = squares.argmin(axis=1)
    own = squares[rows, labels]
    others = squares.copy()
    others[rows, labels] = np.inf
    nearest = others.argmin(axis=1) if k > 1 else np.full(n, -1)
    between = squared_distances(centres, centres)[owns[rows, labels][:, None], owns]
    places = (squares - own[:, None]) / np.maximum(between, 1e-12)
    places[rows, labels] = np.inf
    strengths = np.clip(places.min(axis=1), 0.0, 1.0)
    middle, spread = assigner.usual[labels].T
    odd = np.sqrt(own) > middle + assigner.far * spread + 1e-9
    bands = np.where(odd, "outlier", np.where(strengths < FRINGE, "fringe", "core"))
    return Scored(labels.astype(np.int64), nearest.astype(np.int64), strengths.astype(np.float32), bands, squares)


def squares_by_segment(
    assigner: Assigner, matrix: NDArray[np.floating]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return for each segment the squared distance (n, k) to its nearest centre, and which of all centres that is."""
    k, n = len(assigner.usual), len(matrix)
    centres = assigner.centres.astype(np.float64)
    squares = np.full((n, k), np.inf)
    owns = np.zeros((n, k), dtype=np.int64)
    for start in range(0, n, CHUNK):
        part = slice(start, start + CHUNK)
        found = squared_distances(matrix[part].astype(np.float64), centres)
        squares[part], owns[part] = _by_segment(found, assigner.owners, k)
    return squares, owns


def nearest_centre(assigner: Assigner, row: NDArray[np.floating], segment: int) -> NDArray[np.float64]:
    """Return the centre (width,) of a segment that is nearest to a row of features (width,)."""
    centres = assigner.centres[assigner.owners == segment].astype(np.float64)
    return np.asarray(centres[((centres - row) ** 2).sum(axis=1).argmin()])


def _by_segment(squares: NDArray[np.float64], owners: Labels, k: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return for each segment the distance (n, k) to its nearest centre, and which that is."""
    least, which = np.full((len(squares), k), np.inf), np.zeros((len(squares), k), dtype=np.int64)
    for number in range(k):
        own = np.flatnonzero(owners == number)
        places = squares[:, own].argmin(axis=1)
        which[:, number] = own[places]
        least[:, number] = squares[np.arange(len(squares)), which[:, number]]
    return least, which


def _parted(
    drawn: NDArray[np.int64], labels: Labels, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Hold out a fifth of each segment, at least one where there are two; nobody of a segment of one."""
    held: list[NDArray[np.int64]] = []
    for number in np.unique(labels):
        own = drawn[labels[drawn] == number]
        if len(own) > 1:
            held.append(random.permutation(own)[: max(1, round(TESTED * len(own)))])
    tested = np.concatenate(held) if held else drawn
    fitted = drawn[~np.isin(drawn, tested)] if held else drawn
    return random.permutation(tested)[:MOST_TESTED], fitted


def _worth(labels: Labels) -> Sequence[int]:
    """Return the numbers of centres that make a difference to the largest segment."""
    largest = int(np.bincount(labels).max())
    return [n for n in N_EACH if n == 1 or n <= largest // FEWEST * 2]


def _agreement(
    matrix: NDArray[np.floating],
    labels: Labels,
    tested: NDArray[np.int64],
    centres: NDArray[np.float64],
    owners: Labels,
) -> float:
    found = squared_distances(matrix[tested].astype(np.float64), centres)
    return float((owners[found.argmin(axis=1)] == labels[tested]).mean())


def _centres(
    matrix: NDArray[np.floating], labels: Labels, rows: NDArray[np.int64], n_each: int, seed: int
) -> tuple[NDArray[np.float64], Labels]:
    centres, owners = [], []
    for number in np.unique(labels):
        # A segment of which nobody was drawn still has a centre.
        own = rows[labels[rows] == number]
        own = own if len(own) else np.flatnonzero(labels == number)
        found = _parts(matrix[own].astype(np.float64), n_each, np.random.default_rng([seed, int(number)]))
        centres.append(found)
        owners += [int(number)] * len(found)
    return np.vstack(centres), np.array(owners, dtype=np.int64)


def _parts(points: NDArray[np.float64], n: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Return the means of up to `n` parts of some points, none of fewer than five (Lloyd 1982)."""
    n = min(n, len(points) // FEWEST)
    if n < 2:
        return np.asarray(points.mean(axis=0, keepdims=True))
    centres = _spread_out(points, n, random)
    for _ in range(ROUNDS):
        own = squared_distances(points, centres).argmin(axis=1)
        sizes = np.bincount(own, minlength=len(centres))
        # Too small a part goes to its neighbours.
        kept = np.flatnonzero(sizes >= FEWEST)
        if len(kept) < 2:
            return np.asarray(points.mean(axis=0, keepdims=True))
        starts = np.concatenate([[0], np.cumsum(sizes[sizes > 0])[:-1]])
        sums = np.zeros((len(centres), points.shape[1]))
        sums[sizes > 0] = np.add.reduceat(points[np.argsort(own, kind="stable")], starts)
        centres = sums[kept] / sizes[kept, None]
    own = squared_distances(points, centres).argmin(axis=1)
    return np.asarray(centres[np.bincount(own, minlength=len(centres)) >= FEWEST])


def _spread_out(points: NDArray[np.float64], n: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Draw points far from each other (k-means++, Arthur & Vassilvitskii 2007), among some where there are many."""
    some = points[np.sort(random.permutation(len(points))[: 40 * n])]
    chosen = [int(random.integers(len(some)))]
    least = ((some - some[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < n and least.sum() > 0:
        chosen.append(int(random.choice(len(some), p=least / least.sum())))
        least = np.minimum(least, ((some - some[chosen[-1]]) ** 2).sum(axis=1))
    return np.asarray(some[chosen])


def _usual(
    matrix: NDArray[np.float64], labels: Labels, centres: NDArray[np.float64], owners: Labels, k: int
) -> NDArray[np.float64]:
    """Return the median distance to the nearest own centre, and its robust spread, by segment (k, 2)."""
    usual = np.zeros((k, 2))
    for number in range(k):
        own = matrix[labels == number]
        if len(own):
            distances = np.sqrt(squared_distances(own, centres[owners == number]).min(axis=1))
            middle = float(np.median(distances))
            usual[number] = middle, 1.4826 * float(np.median(np.abs(distances - middle)))
    return usual
