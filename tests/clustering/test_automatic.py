"""The automatic choice: the right number and algorithm where they are known, and with its reasons."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Clustering, Features, Progress, Step, silent
from segment_core.clustering import candidates, costs, hdbscan, weighing
from segment_core.clustering.automatic import AutomaticOptions, cluster
from segment_core.clustering.kmeans import KMeansOptions
from segment_core.clustering.membership import settle
from segment_core.errors import OptionError
from tests.planted import blobs


@pytest.mark.parametrize("sizes", [(150, 150), (80, 70, 60, 50), (70, 60, 50, 50, 40, 30)], ids=["2", "4", "6"])
def test_the_planted_number_is_found(sizes: tuple[int, ...]) -> None:
    features, truth = blobs(sizes, width=7, seed=len(sizes))
    made = cluster(features, AutomaticOptions(most=8))
    assert made.n_segments == len(sizes)
    assert adjusted_rand_score(truth, made.labels) == 1.0


def test_every_number_looked_at_is_shown_with_what_spoke_for_it() -> None:
    made = cluster(blobs()[0], AutomaticOptions(fewest=2, most=5))
    numbers = [trial for trial in made.trials if trial.made_by.name == "kmeans"]
    assert [trial.n_segments for trial in numbers] == [2, 3, 4, 5]
    assert [trial.n_segments for trial in made.trials if trial.chosen] == [3]
    best = next(trial for trial in made.trials if trial.chosen)
    assert best.scores["stability"] == 1.0
    assert best.scores["mark"] == max(trial.scores["mark"] for trial in numbers)
    assert str(made.reasons[0]).startswith("3 segments:")
    assert made.made_by.name == "kmeans"
    assert made.made_by.options["n_segments"] == 3


def test_limits_that_cross_are_refused() -> None:
    with pytest.raises(OptionError, match=r"The most segments \(3\) must not be below the fewest \(5\)"):
        cluster(blobs()[0], AutomaticOptions(fewest=5, most=3))


def turned(points: np.ndarray, angle: float = 0.7) -> np.ndarray:
    return points @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def long_groups(length: float, n: int = 160, seed: int = 1) -> tuple[Features, np.ndarray]:
    random, truth = np.random.default_rng(seed), np.repeat(range(3), n)
    points = np.c_[random.normal(0, length, 3 * n), 6 * truth + random.normal(0, 0.7, 3 * n)]
    return Features.of(turned(points)), truth


def groups_in_noise(n: int = 100, seed: int = 1) -> tuple[Features, np.ndarray]:
    random, truth = np.random.default_rng(seed), np.repeat(range(4), n)
    centres = np.array([[0, 0], [12, 2], [3, 13], [14, 14]])
    scattered = random.uniform(-6, 20, (160, 2))
    points = np.r_[centres[truth] + random.normal(0, 0.7, (4 * n, 2)), scattered]
    return Features.of(points), np.r_[truth, np.full(160, -1)]


def mixture_run(features: Features, options: KMeansOptions, progress: Progress = silent) -> Clustering:
    """Stand in for one more algorithm: a Gaussian mixture."""
    from sklearn.mixture import GaussianMixture

    model = GaussianMixture(options.n_segments, random_state=options.seed, n_init=10, init_params="k-means++")
    return settle(features, model.fit_predict(features.matrix.astype(float)), Step("mixture", {"n": 1}))


def test_dense_groups_in_noise_are_left_to_hdbscan() -> None:
    features, truth = groups_in_noise()
    made = cluster(features, AutomaticOptions(most=8))
    assert made.made_by.name == "hdbscan"
    assert adjusted_rand_score(truth[truth >= 0], made.labels[truth >= 0]) > 0.98
    assert "HDBSCAN rather than K-Means" in " ".join(map(str, made.reasons))
    again = hdbscan.cluster(features, hdbscan.HdbscanOptions(**made.made_by.options))
    np.testing.assert_array_equal(again.labels, made.labels)
    chosen = [trial for trial in made.trials if trial.chosen]
    assert [trial.made_by.name for trial in chosen] == ["hdbscan"]


def test_long_groups_are_left_to_who_finds_them() -> None:
    features, truth = long_groups(8.0)
    made = cluster(features, AutomaticOptions(most=6))
    assert made.made_by.name != "kmeans"
    assert adjusted_rand_score(truth, made.labels) > 0.8  # K-Means, cutting them across, comes to 0.4


def test_one_more_algorithm_is_one_more_line(monkeypatch: pytest.MonkeyPatch) -> None:
    features, truth = long_groups(8.0)
    rivals = {"kmeans": candidates.CONTENDERS["kmeans"], "mixture": candidates.Contender(mixture_run, KMeansOptions)}
    monkeypatch.setattr(candidates, "CONTENDERS", rivals)
    monkeypatch.setitem(costs.SECONDS, "mixture", costs.SECONDS["kmeans"])
    made = cluster(features, AutomaticOptions(fewest=3, most=4))
    assert made.made_by.name == "mixture"
    assert adjusted_rand_score(truth, made.labels) > 0.95


def test_a_tie_stays_with_k_means() -> None:
    made = cluster(blobs((90, 80, 70))[0], AutomaticOptions(most=6))
    others = {trial.made_by.name: trial.scores["mark"] for trial in made.trials if "mark" in trial.scores}
    assert {"hierarchical", "hdbscan", "mixture"} <= set(others)
    assert made.made_by.name == "kmeans"


def test_what_finds_as_much_in_shuffled_columns_is_not_proposed() -> None:
    corners = np.random.default_rng(4).integers(0, 2, (400, 3)).astype(float)  # dense, but every column on its own
    made = cluster(Features.of(corners + np.random.default_rng(5).normal(0, 0.02, corners.shape)))
    assert made.made_by.name == "kmeans"


def test_the_budget_bounds_what_is_tried_and_never_the_clock() -> None:
    none, some = AutomaticOptions(seconds=0), AutomaticOptions(seconds=600)
    names = lambda options, **more: {one.algorithm for one in candidates.candidates(5_000, 50, options, **more)}  # noqa: E731
    assert names(none) == {"kmeans"}
    assert names(some) == {"kmeans", "hdbscan", "hierarchical", "mixture"}
    assert names(some, mixed=True) == {"kmeans", "hdbscan", "hierarchical", "mixture", "kprototypes"}
    assert candidates.candidates(5_000, 50, some) == candidates.candidates(5_000, 50, some)
    assert candidates.seconds_of(5_000, 50, none) < candidates.seconds_of(5_000, 50, some)
    within = candidates.candidates(5_000, 50, AutomaticOptions(seconds=20))
    assert sum(one.seconds for one in within if one.algorithm != "kmeans") <= 20
    made = cluster(blobs()[0], AutomaticOptions(most=4, seconds=0))
    assert {trial.made_by.name for trial in made.trials} == {"kmeans"}


def test_money_speaks_along() -> None:
    features, truth = blobs((90, 80, 70))
    spend = 100.0 * truth + np.random.default_rng(0).normal(0, 5, len(truth))
    made = cluster(features, AutomaticOptions(most=4, seconds=0), values={"spend": spend})
    best = next(trial for trial in made.trials if trial.chosen)
    assert best.scores["value"] > 0.8
    assert any("can be told from their segment" in str(reason) for reason in made.reasons)
    luck = weighing.difference({"spend": np.random.default_rng(1).normal(size=len(truth))}, truth)
    assert luck < 0.03
