"""Alike: the customers outside a group who are most like those in it, and how many of them are worth taking."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features
from segment_core.errors import OptionError

FEWEST = 10
"""Seeds that are needed: each is told from the others by what the rest have in common."""
N_FOLDS = 5
STRENGTH = 3.0
"""Penalty in mean variances of a feature, by the number of features for each seed: the best of four on the sample."""
N_POINTS = 120
FEWEST_DRAWN, LEAST_DRAWN = 50, 0.05
"""The curve ends where hardly anybody can be right, but not before so many are taken."""
LEAST_FOUND = 0.1
"""Share of seeds that must be found before it counts how many others are as alike."""
Z95 = 1.645


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """What is to be had by taking the first so many look-alikes.

    `taken` (m,) grows; `found` (m,) is the share of seeds that are as alike, each judged by a model that has not seen
    it; `right` (m,) is the most that can be like the seeds of those taken, as a share.
    """

    taken: NDArray[np.int64]
    found: NDArray[np.float64]
    right: NDArray[np.float64]

    def cut(self, least: float) -> int:
        """Return the largest number to take of whom at least this share can be right; the smallest where none."""
        able = np.flatnonzero(self.right >= least)
        return int(self.taken[able[-1]]) if len(able) else int(self.taken[0])


@dataclass(frozen=True, slots=True, eq=False)
class Lookalikes:
    """Everybody outside the seeds, the most alike first.

    `places` (m,) are their rows in the features; `scores` (m,) in [0, 1] is the share of the seeds themselves who are
    no more alike: 0.5 is as alike as a seed in the middle, 0 less than any. `told` says whether hidden seeds rank
    above the others more than chance gives (Mann & Whitney 1947): where not, they have nothing in common to rank by.
    """

    places: NDArray[np.int64]
    scores: NDArray[np.float64]
    curve: Curve
    told: bool = True

    def cut(self, least: float) -> int:
        """Return how many to take: as the curve says, but nobody less alike than every seed; one at the least.

        Where seeds have nothing in common it is ten at most.
        """
        most = int((self.scores > 0).sum())
        return max(1, min(self.curve.cut(least), most if self.told else min(most, FEWEST)))


def lookalikes(features: Features, seeds: NDArray[np.bool_], ids: Sequence[str], seed: int = 0) -> Lookalikes:
    """Rank the customers outside `seeds` (n,) by how like the seeds they are.

    Seeds are told from everybody else by a ridge regression on the features, each on the same scale, and on their
    distances from the middle; the fewer seeds, the stronger its penalty. Others may well be what is looked for (Elkan
    & Noto 2008), so nobody is judged by a model that has seen them (Mordelet & Vert 2014). Where whole segments are
    the seeds, others are apart from them by construction, and few will be found. How many can be right follows from
    where hidden seeds rank: if so many of these are found, no more than so many look-alikes can be among those taken
    with them (Blanchard, Lee & Scott 2010). All features count the same here, whatever their block's weight.

    Raises
    ------
    OptionError
        If there are fewer than ten seeds, or nobody else.

    Examples
    --------
    >>> noise = np.random.default_rng(0).normal(size=(80, 1))
    >>> both = Features.of(np.repeat([[0.0], [9.0]], 40, axis=0) + noise, names=("spend",))
    >>> found = lookalikes(both, np.arange(80) < 20, [f"{n:02}" for n in range(80)])
    >>> sorted(found.places[:20].tolist()) == list(range(20, 40))
    True
    """
    n_seeds = int(seeds.sum())
    if n_seeds < FEWEST or seeds.all():
        raise OptionError(
            "Look-alikes need at least {fewest} customers to be like, and others to look among; there are {n}, and "
            "{others} others.",
            fewest=FEWEST,
            n=n_seeds,
            others=int((~seeds).sum()),
        )
    order = np.argsort(np.asarray(ids, dtype=str), kind="stable")
    values = np.empty(len(seeds))
    values[order] = _told(features.matrix[order], seeds[order], np.random.default_rng(seed))
    own = np.sort(values[seeds])
    others = order[~seeds[order]]
    places = others[np.argsort(-values[others], kind="stable")]
    ranked = values[places]
    scores = np.searchsorted(own, ranked, side="right") / n_seeds
    return Lookalikes(places, scores, _curve(own, ranked), _above(own, ranked))


def _above(own: NDArray[np.float64], ranked: NDArray[np.float64]) -> bool:
    """Tell whether hidden seeds rank above the others more than chance gives; `own` rises, `ranked` falls."""
    rising = ranked[::-1]
    below = np.searchsorted(rising, own, side="left") + np.searchsorted(rising, own, side="right")
    excess = below.sum() / 2 - len(own) * len(rising) / 2
    return bool(excess > Z95 * np.sqrt(len(own) * len(rising) * (len(own) + len(rising) + 1) / 12))


def _told(matrix: NDArray[np.float32], seeds: NDArray[np.bool_], random: np.random.Generator) -> NDArray[np.float64]:
    """Return how like the seeds everybody is, told by models that have not seen them."""
    n = len(seeds)
    parts = np.empty(n, dtype=np.int64)
    weights = np.empty(n, dtype=np.float32)
    for group in (seeds, ~seeds):  # both count the same, however many they are
        rows = np.flatnonzero(group)
        parts[rows] = random.permutation(len(rows)) % N_FOLDS
        weights[rows] = 0.5 / len(rows)
    order = np.argsort(parts, kind="stable")
    ends = np.searchsorted(parts[order], np.arange(N_FOLDS + 1))
    aims = np.where(seeds, 0.5, -0.5).astype(np.float32)
    # Beside the features stand ones and aims, so that one product holds every sum that is needed.
    values = np.column_stack([_scaled(matrix), np.ones(n, dtype=np.float32), aims])[order]
    width = values.shape[1] - 2
    products = []
    for part in range(N_FOLDS):
        own = slice(ends[part], ends[part + 1])
        products.append((values[own].T @ (values[own] * weights[order[own], None])).astype(np.float64))
    found = np.empty(n)
    for part in range(N_FOLDS):
        sums = np.sum([products[other] for other in range(N_FOLDS) if other != part], axis=0)
        total, middle = sums[width, width], sums[width, :width] / sums[width, width]
        spread = sums[:width, :width] - total * np.outer(middle, middle)
        penalty = max(float(np.trace(spread)) * STRENGTH / int(seeds.sum()), 1e-9)
        towards = sums[:width, width + 1] - sums[width, width + 1] * middle
        slopes = np.linalg.solve(spread + penalty * np.eye(width), towards)
        own = slice(ends[part], ends[part + 1])
        found[order[own]] = values[own, :width] @ slopes.astype(np.float32) - middle @ slopes
    return found


def _scaled(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the features on one scale, with how far from the middle each is beside them."""
    middle = matrix.mean(axis=0, dtype=np.float64)
    own = matrix - middle.astype(np.float32)
    spread = own.std(axis=0)
    own = own[:, spread > 1e-6] / spread[spread > 1e-6]
    far = np.abs(own)
    far -= far.mean(axis=0)
    width = far.std(axis=0)
    return np.hstack([own, far[:, width > 1e-6] / width[width > 1e-6]])


def _curve(own: NDArray[np.float64], ranked: NDArray[np.float64]) -> Curve:
    """Return what is to be had at about a hundred numbers taken; `own` rises, `ranked` falls."""
    n_seeds, n_others = len(own), len(ranked)
    most = min(n_others, max(4 * n_seeds, int(np.searchsorted(-ranked, -own[0], side="right")), 10))
    taken = np.unique(np.geomspace(1, most, N_POINTS).round().astype(np.int64))
    taken = np.unique(np.concatenate([taken, np.linspace(1, most, N_POINTS // 2).round().astype(np.int64)]))
    found = 1.0 - np.searchsorted(own, ranked[taken - 1], side="left") / n_seeds
    # So many look-alikes can there be in all: at every cut, those taken, over the share of seeds found there.
    above = taken + Z95 * np.sqrt(taken)
    below = found - Z95 * np.sqrt(found * (1 - found) / n_seeds)
    able = below >= LEAST_FOUND
    there = float(np.min(above[able] / below[able])) if able.any() else float(n_others)
    right = np.maximum.accumulate(np.minimum(1.0, there * found / taken)[::-1])[::-1]
    kept = (taken <= FEWEST_DRAWN) | (right >= LEAST_DRAWN)
    return Curve(taken[kept], found[kept], right[kept])
