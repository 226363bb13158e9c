"""Borders: is there a gap between two segments, or does the line between them run through one crowd?"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels
from segment_core.metrics.space import drawn
from segment_core.nullmodels import normal_cloud

MOST = 600
"""Customers of a pair of segments who are looked at."""
FEWEST = 10
"""Customers a segment must have for its borders to be looked into."""
N_CLOUDS = 12
WIDTH = 0.4
"""Width of the strips in which customers are counted, in distances between the two centres."""
THICK = 0.85
"""A border along which customers lie this much as thickly as in the middles is no gap."""
LEAST_EXCESS = 3.0
"""Standard deviations by which two groups must be further apart than the halves of one cloud."""
LOOSE = 0.25
"""Links across a border, of those across a cut through one cloud, below which two groups of any shape are apart."""
N_NEIGHBOURS = 10


@dataclass(frozen=True, slots=True)
class Border:
    """What lies between a segment and its nearest: `thickness` is how crowded the border is against both middles.

    `excess` is by how many standard deviations the two are further apart than the halves of one normal cloud of
    the same shape; `links` how many neighbours are parted by the border, 1 where as many as in such a cloud.
    """

    one: int
    other: int
    thickness: float
    excess: float
    links: float

    @property
    def arbitrary(self) -> bool:
        """Tell whether nothing speaks for a border here rather than elsewhere."""
        return self.links >= LOOSE and (self.thickness >= THICK or self.excess < LEAST_EXCESS)


def borders(features: Features, clustering: Clustering, seed: int = 0) -> tuple[Border, ...]:
    """Look between every segment and the one whose centre is nearest, each pair once, the least founded border first.

    All customers of the two are seen from the line that joins their centres. A gap shows there as fewer customers
    near the border than in the middles, each segment weighing the same (a valley of the density; Hartigan's dip is the
    same thought). Because a cut looks for gaps, and finds some in any small crowd, the two must also be further apart
    on that line than the halves of normal clouds of the same covariance, cut anew (SigClust; Liu, Hayes, Nobel &
    Marron 2008). Groups of odd shapes that hardly share a neighbour pass whatever the line shows. Segments of fewer
    than ten customers are left out: too few to tell.
    """
    matrix, labels = features.matrix.astype(np.float64), clustering.labels
    random = np.random.default_rng(seed)
    found = []
    for one, other in _nearest(matrix, labels):
        rows = np.flatnonzero((labels == one) | (labels == other))
        if len(rows) > MOST:
            rows = np.sort(random.choice(rows, MOST, replace=False))
        side = labels[rows] == other
        if min(side.sum(), (~side).sum()) >= FEWEST:
            found.append(_border(drawn(features, rows), side, one, other, random))
    return tuple(sorted(found, key=lambda border: (not border.arbitrary, -border.thickness, border.one, border.other)))


def _nearest(matrix: NDArray[np.float64], labels: Labels) -> list[tuple[int, int]]:
    present = np.unique(labels)
    if len(present) < 2:
        return []
    centres = np.stack([matrix[labels == label].mean(axis=0) for label in present])
    between = ((centres[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(between, np.inf)
    nearest = present[between.argmin(axis=1)]
    return sorted({(int(min(pair)), int(max(pair))) for pair in zip(present, nearest, strict=True)})


def _border(pair: Features, side: NDArray[np.bool_], one: int, other: int, random: np.random.Generator) -> Border:
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    cut = partial(KMeans, 2, n_init=2)
    places = _places(pair, side)
    apart, links = _share_between(places, side), _links(pair, side)
    empty, parted = [], []
    with threadpool_limits(limits=1):
        for _ in range(N_CLOUDS):
            cloud = normal_cloud(pair, random)
            model = cut(random_state=int(random.integers(2**31)))
            half = model.fit_predict(cloud.matrix.astype(np.float64)) == 1
            empty.append(_share_between(_places(cloud, half), half))
            parted.append(_links(cloud, half))
    excess = (apart - float(np.mean(empty))) / max(float(np.std(empty, ddof=1)), 1e-9)
    return Border(one, other, _thickness(places, side), excess, links / max(float(np.mean(parted)), 1e-9))


def _places(pair: Features, side: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each customer's place on the line from the first centre (0) to the second (1)."""
    matrix = pair.matrix.astype(np.float64)
    start = matrix[~side].mean(axis=0)
    way = matrix[side].mean(axis=0) - start
    return np.asarray((matrix - start) @ way / max(float(way @ way), 1e-12))


def _share_between(places: NDArray[np.float64], side: NDArray[np.bool_]) -> float:
    total = float(((places - places.mean()) ** 2).sum())
    within = sum(float(((part - part.mean()) ** 2).sum()) for part in (places[side], places[~side]))
    return 1.0 - within / max(total, 1e-12)


def _thickness(places: NDArray[np.float64], side: NDArray[np.bool_]) -> float:
    first, second = places[~side], places[side]

    def density(place: float) -> float:
        return float(sum((np.abs(part - place) < WIDTH / 2).mean() for part in (first, second)))

    order = np.argsort(places, kind="stable")
    weights = np.where(side, 1 / len(second), -1 / len(first))[order]
    at = min(int(np.cumsum(weights).argmin()), len(places) - 2)
    border = float(np.clip(places[order][at : at + 2].mean(), 0.25, 0.75))
    return density(border) / max(min(density(0.0), density(1.0)), 1e-9)


def _links(pair: Features, side: NDArray[np.bool_]) -> float:
    """Return which part of the nearest neighbours lie across the border."""
    from sklearn.neighbors import NearestNeighbors

    n_neighbours = min(N_NEIGHBOURS, len(side) - 1)
    near = NearestNeighbors(n_neighbors=n_neighbours, algorithm="brute").fit(pair.matrix).kneighbors(None)[1]
    return float((side[near] != side[:, None]).mean())
