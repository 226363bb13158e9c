"""k-medoids: far customers do not pull a segment to themselves, and every segment gathers round one of its own."""

import numpy as np
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features
from segment_core.clustering import kmeans
from segment_core.clustering.kmedoids import KMedoidsOptions, cluster


def test_a_few_far_customers_do_not_take_a_segment() -> None:
    random = np.random.default_rng(0)
    truth = np.repeat([0, 1], 100)
    near = random.normal(size=(200, 2)) + 7.0 * truth[:, None] * [1, 0]
    features = Features.of(np.vstack([near, [[3.5, 60.0], [3.6, 61.0]]]))
    ours = cluster(features, KMedoidsOptions(n_segments=2)).labels[:200]
    means = kmeans.cluster(features, kmeans.KMeansOptions(n_segments=2)).labels[:200]
    assert adjusted_rand_score(truth, ours) > 0.97
    assert adjusted_rand_score(truth, means) < 0.1


def test_the_total_distance_is_less_than_round_means() -> None:
    matrix = np.random.default_rng(1).standard_t(2, size=(300, 2)).astype(np.float32)
    ours = cluster(Features.of(matrix), KMedoidsOptions(n_segments=4)).labels
    means = kmeans.cluster(Features.of(matrix), kmeans.KMeansOptions(n_segments=4)).labels

    def total(labels: np.ndarray) -> float:
        groups = [matrix[labels == number] for number in range(4)]
        return sum(np.linalg.norm(group[:, None] - group[None], axis=2).sum(axis=1).min() for group in groups)

    assert total(ours) < total(means)
