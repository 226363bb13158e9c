"""Measuring: what vectors tell of labels on texts that were held out, with the encoder before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Labels

FEWEST, MOST_LEARNED, MOST_HELD = 30, 4_000, 2_000
N_HALVES, NEAREST, STRENGTH = 12, 10, 10.0
CLEAR, LEAST = 2.0, 0.002
"""A difference is clear from so many standard errors on, and if it is at least so large."""

Verdict = Literal["better", "worse", "unclear", "too few"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure before and after, the standard error of the difference, and what that means."""

    name: str
    before: float
    after: float
    spread: float
    verdict: Verdict
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """Vectors of the labelled texts by one encoder: those learned from (m, d) and those held out (n, d)."""

    learned: Floats
    held: Floats


def measured(before: Sight, after: Sight, codes: Labels, held_codes: Labels, seed: int = 0) -> tuple[Measured, ...]:
    """Compare two encoders on held-out texts; `codes` (m,) and `held_codes` (n,) are the labels.

    - accuracy: logistic regression on the vectors learned from, asked about those held out.
    - nmi, ari: K-Means with as many clusters as labels against the labels.
    - recall: of the ten nearest held-out texts, how many have the same label (of as many as there are).

    The standard error of accuracy and recall is that of the texts' own differences, that of nmi and ari is the
    spread over random halves of the texts (a delete-half jackknife, Shao & Wu 1989), cut alike for both.
    With fewer than thirty texts held out, or one label among them, nothing is claimed; recall is left out where hardly
    any label comes twice among them.
    """
    if len(held_codes) < 2 or len(np.unique(held_codes)) < 2 or len(np.unique(codes)) < 2:
        return ()
    found = []
    for name, each in (("accuracy", _hits), ("recall", _recalls)):
        one, other = each(before, codes, held_codes), each(after, codes, held_codes)
        if len(one) < 2:
            continue
        gaps = other - one
        found.append(_told(name, one.mean(), other.mean(), gaps.std(ddof=1) / len(gaps) ** 0.5, len(gaps)))
    return (*found, *_clusterings(before.held, after.held, held_codes, seed))


def verdict(gap: float, spread: float, n: int) -> Verdict:
    """Say what a difference means: nothing where few were measured, or where it may be chance."""
    if n < FEWEST:
        return "too few"
    if abs(gap) <= max(CLEAR * spread, LEAST):
        return "unclear"
    return "better" if gap > 0 else "worse"


def cut(matrix: Floats, n: int, seed: int, n_starts: int = 3) -> Labels:
    """Cut vectors into n clusters by K-Means; into fewer where there are fewer different vectors."""
    from sklearn.cluster import KMeans

    n = min(n, len(np.unique(matrix, axis=0)))
    return np.asarray(KMeans(n, n_init=n_starts, random_state=seed).fit_predict(matrix), dtype=np.int64)


def agreements(codes: Labels, labels: Labels) -> Mapping[str, float]:
    """Return normalised mutual information and the adjusted Rand index."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    return {
        "nmi": float(normalized_mutual_info_score(codes, labels)),
        "ari": float(adjusted_rand_score(codes, labels)),
    }


def hits(learned: Floats, codes: Labels, held: Floats, held_codes: Labels) -> NDArray[np.float64]:
    """Return 1 for each held-out text whose label logistic regression on the vectors names, else 0."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(learned, codes)
    return np.asarray(model.predict(held) == held_codes, dtype=np.float64)


def _hits(sight: Sight, codes: Labels, held_codes: Labels) -> NDArray[np.float64]:
    return hits(sight.learned, codes, sight.held, held_codes)


def _recalls(sight: Sight, codes: Labels, held_codes: Labels) -> NDArray[np.float64]:
    near = sight.held @ sight.held.T
    np.fill_diagonal(near, -np.inf)
    alike = held_codes[:, None] == held_codes[None]
    n_alike = alike.sum(axis=1) - 1
    k = min(NEAREST, len(near) - 1)
    top = np.argpartition(-near, k - 1, axis=1)[:, :k]
    found = np.take_along_axis(alike, top, axis=1).sum(axis=1)
    return np.asarray((found / np.clip(n_alike, 1, k))[n_alike > 0], dtype=np.float64)


def _clusterings(before: Floats, after: Floats, codes: Labels, seed: int) -> tuple[Measured, ...]:
    n_classes = len(np.unique(codes))
    whole = [agreements(codes, cut(matrix, n_classes, seed, 5)) for matrix in (before, after)]
    gaps = []
    for half in range(N_HALVES):
        rows = np.random.default_rng([seed, half]).permutation(len(codes))[: max(2, len(codes) // 2)]
        n = len(np.unique(codes[rows]))
        one, other = (agreements(codes[rows], cut(matrix[rows], n, half, 1)) for matrix in (before, after))
        gaps.append([other[name] - one[name] for name in ("nmi", "ari")])
    spreads = np.std(gaps, axis=0, ddof=1)
    return tuple(
        _told(name, whole[0][name], whole[1][name], float(spread), len(codes))
        for name, spread in zip(("nmi", "ari"), spreads, strict=True)
    )


def _told(name: str, before: float, after: float, spread: float, n: int) -> Measured:
    found = verdict(after - before, spread, n)
    return Measured(name, round(float(before), 4), round(float(after), 4), round(float(spread), 4), found, n)
