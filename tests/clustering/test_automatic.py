"""The automatic number of segments: right where it is known, and with its reasons."""

import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.clustering.automatic import AutomaticOptions, cluster
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
