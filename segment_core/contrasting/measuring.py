"""Measuring: do texts that belong together lie nearer to each other than to strangers?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats
from segment_core.contrasting.pairs import Items

MOST_ANCHORS = 1_000
NEAREST = 10


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Held-out pairs: rows of anchors (n,) and of their partners (n,), and the group of each pair (n,)."""

    anchors: NDArray[np.int64]
    partners: NDArray[np.int64]
    groups: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.anchors)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Measures of a set of pairs by name, and for each anchor how often one of its group is nearer than a stranger."""

    values: dict[str, float]
    wins: NDArray[np.float64]


def pairs_of(items: Items, random: np.random.Generator, *, one_a_group: bool) -> Pairs:
    """Draw a partner of the same group and another text for each anchor; `one_a_group` takes each group once."""
    order = random.permutation(len(items.groups))
    members: dict[int, list[int]] = {}
    for row in order:
        members.setdefault(int(items.groups[row]), []).append(int(row))
    found: list[tuple[int, int]] = []
    for own in members.values():
        for anchor in own[:1] if one_a_group else own:
            others = [row for row in own if row != anchor and (one_a_group or items.texts[row] != items.texts[anchor])]
            if others:
                found.append((anchor, others[int(random.integers(len(others)))]))
    found.sort()
    if len(found) > MOST_ANCHORS:
        found = [found[number] for number in np.sort(random.choice(len(found), MOST_ANCHORS, replace=False))]
    rows = np.array(found, dtype=np.int64).reshape(-1, 2)
    return Pairs(rows[:, 0], rows[:, 1], items.groups[rows[:, 0]])


def measure(matrix: Floats, pairs: Pairs) -> Measured:
    """Compare each anchor's partner with all partners of other groups, by cosine.

    - auc: how often one of its group is nearer than a stranger (area under the ROC curve of each anchor, averaged).
    - recall_10: how many of its group are among the ten nearest of all partners, of as many as could be.
    - alignment: mean squared distance of partners, lower is closer; uniformity: how evenly texts fill the
      sphere, lower is more even (Wang & Isola 2020).
    """
    from scipy.stats import rankdata

    unit = normalised(matrix)
    anchors, partners = unit[pairs.anchors], unit[pairs.partners]
    near = anchors @ partners.T
    own = near[np.arange(len(near)), np.arange(len(near))]
    strangers = pairs.groups[:, None] != pairs.groups[None, :]
    # Where groups are large, an anchor can be the partner of another, and must not find itself.
    itself = pairs.anchors[:, None] == pairs.partners[None, :]
    top = np.argpartition(np.where(itself, np.inf, -near), min(NEAREST, near.shape[1]) - 1, axis=1)[:, :NEAREST]
    friends = ~strangers & ~itself
    ranks = rankdata(np.where(itself, -2.0, near), axis=1) - itself.sum(axis=1, keepdims=True)
    n_friends, n_strangers = friends.sum(axis=1), strangers.sum(axis=1)
    above = (ranks * friends).sum(axis=1) - n_friends * (n_friends + 1) / 2
    wins = np.where(n_friends * n_strangers > 0, above / np.maximum(n_friends * n_strangers, 1), 0.5)
    found = friends[np.arange(len(near))[:, None], top].sum(axis=1) / np.clip(friends.sum(axis=1), 1, NEAREST)
    gaps = np.clip(2.0 - 2.0 * (partners @ partners.T), 0.0, 4.0)
    spread = np.exp(-2.0 * gaps[~np.eye(len(gaps), dtype=bool)])
    values = {
        "auc": float(wins.mean()),
        "recall_10": float(found.mean()),
        "alignment": float((2.0 - 2.0 * own).mean()),
        "uniformity": float(np.log(max(float(spread.mean()), 1e-30))) if len(spread) else 0.0,
    }
    return Measured({name: round(value, 4) for name, value in values.items()}, wins)


def normalised(matrix: Floats) -> NDArray[np.float64]:
    """Bring every row to length 1; rows of zeros stay."""
    rows = matrix.astype(np.float64)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))
