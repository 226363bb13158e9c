"""Fidelity: how well one set of vectors stands for another of the same texts."""

import numpy as np

from segment_core.artifacts import Fidelity, Floats

NEAREST = 10
PAIRS = 30_000
CUTS = 3
"""K-Means cuts of each side: one cut alone says as much of its seed as of the texts."""


def fidelity(full: Floats, light: Floats, n_learned: int, seed: int = 0) -> Fidelity:
    """Compare the vectors of two models for the same texts, none of which the light one learned from.

    `similarity` is Spearman's correlation of cosines over pairs of texts, `neighbours` the share of the 10 nearest
    texts that both name, `clusters` the mean adjusted Rand index of K-Means cuts of one against the other, and
    `ceiling` that of cuts of the full model among themselves. Fewer texts have nearer neighbours in common, so
    compare figures of like `n_held_out` only.

    Both are matrices (n_texts, d) with rows of length 1, of at least 30 texts; d may differ.
    """
    from scipy.stats import spearmanr

    random = np.random.default_rng(seed)
    n = len(full)
    first = random.integers(0, n, PAIRS)
    second = (first + random.integers(1, n, PAIRS)) % n  # never a text with itself
    alike = [np.einsum("ij,ij->i", side[first], side[second]) for side in (full, light)]
    varied = all(values.std() > 1e-7 for values in alike)
    cuts_full, cuts_light = (_cuts(side, seed) for side in (full, light))
    return Fidelity(
        n_learned=n_learned,
        n_held_out=n,
        similarity=float(spearmanr(*alike).statistic) if varied else 0.0,
        neighbours=_shared(_nearest(full), _nearest(light)),
        clusters=_agreement([(one, two) for one in cuts_full for two in cuts_light]),
        ceiling=_agreement([(cuts_full[one], cuts_full[two]) for one in range(CUTS) for two in range(one)]),
    )


def _cuts(matrix: Floats, seed: int) -> list[np.ndarray]:
    import warnings

    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    n_clusters = int(np.clip(len(matrix) // 15, 2, 10))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # fewer distinct texts than clusters
        return [KMeans(n_clusters, n_init=3, random_state=seed + cut).fit_predict(matrix) for cut in range(CUTS)]


def _agreement(pairs: list[tuple[np.ndarray, np.ndarray]]) -> float:
    from sklearn.metrics import adjusted_rand_score

    return float(np.mean([adjusted_rand_score(*pair) for pair in pairs]))


def _nearest(matrix: Floats) -> np.ndarray:
    alike = matrix @ matrix.T
    np.fill_diagonal(alike, -np.inf)
    return np.argpartition(-alike, NEAREST, axis=1)[:, :NEAREST]


def _shared(first: np.ndarray, second: np.ndarray) -> float:
    both = [len(np.intersect1d(one, two)) for one, two in zip(first, second, strict=True)]
    return float(np.mean(both)) / NEAREST
