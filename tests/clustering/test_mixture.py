"""Gaussian mixture: unequal spreads, memberships in part, and a number of segments that BIC proposes."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features
from segment_core.clustering import kmeans
from segment_core.clustering.mixture import KINDS, MixtureOptions, cluster
from segment_core.errors import OptionError
from tests.planted import blobs, cloud


def unequal(n: int = 500) -> tuple[Features, np.ndarray]:
    """Make a long group, and a round one right beside its middle."""
    random = np.random.default_rng(1)
    truth = np.repeat([0, 1], n // 2)
    rows = random.normal(size=(n, 2)) * np.where(truth[:, None] == 0, [9.0, 0.4], [0.7, 0.7])
    return Features.of(rows + np.where(truth[:, None] == 1, [0.0, 3.5], [0.0, 0.0])), truth


def test_a_long_and_a_round_group_are_told_apart() -> None:
    features, truth = unequal()
    means = kmeans.cluster(features, kmeans.KMeansOptions(n_segments=2)).labels
    assert adjusted_rand_score(truth, cluster(features, MixtureOptions(n_segments=2)).labels) > 0.95
    assert adjusted_rand_score(truth, means) < 0.3


def test_memberships_add_up_and_say_who_is_torn() -> None:
    random = np.random.default_rng(0)
    side = np.repeat([-1.6, 1.6], [150, 100])
    rows = random.normal(size=(250, 2)) + np.column_stack([side, np.zeros(250)])
    made = cluster(Features.of(rows), MixtureOptions(n_segments=2, spread="round"))
    assert made.memberships is not None and made.memberships.shape == (250, 2)
    np.testing.assert_allclose(made.memberships.sum(axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(made.memberships.argmax(axis=1), made.labels)
    ranked = np.sort(made.memberships, axis=1)
    np.testing.assert_allclose(made.strengths, ranked[:, 1] - ranked[:, 0], atol=1e-5)
    between = np.abs(rows[:, 0] - rows.mean(axis=0)[0])
    assert between[made.bands == "fringe"].mean() < between[made.bands == "core"].mean()
    assert (made.bands == "fringe").any()


@pytest.mark.parametrize(("features", "expected"), [(blobs()[0], 3), (cloud(300), 1)], ids=["groups", "one cloud"])
def test_bic_finds_how_many(features: Features, expected: int) -> None:
    made = cluster(features, MixtureOptions(most=4))
    assert made.n_segments == expected
    assert made.made_by.options["n_segments"] == expected
    assert [trial.n_segments for trial in made.trials] == [1, 2, 3, 4]
    (chosen,) = [trial for trial in made.trials if trial.chosen]
    assert chosen.scores["bic"] == min(trial.scores["bic"] for trial in made.trials)
    assert str(made.reasons[0]).startswith(f"{expected} segments have the lowest BIC of 1 to 4")


@pytest.mark.parametrize("spread", KINDS)
def test_alike_customers_and_constant_features_do_not_break_it(spread: str) -> None:
    rows = np.repeat([[0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [9.0, 0.0, 1.0]], [40, 30, 20], axis=0)
    made = cluster(Features.of(rows), MixtureOptions(n_segments=3, spread=spread))
    assert np.isfinite(made.memberships).all()
    if spread != "shared":
        assert made.n_segments == 3


def test_the_scale_of_features_does_not_matter() -> None:
    features, _ = unequal()
    made = [cluster(Features.of(features.matrix * by), MixtureOptions(n_segments=2)).labels for by in (1.0, 1e-3, 1e4)]
    assert adjusted_rand_score(made[0], made[1]) == adjusted_rand_score(made[0], made[2]) == 1.0


def test_an_unknown_spread_is_refused() -> None:
    from segment_core.choices import options_from_json

    with pytest.raises(OptionError, match="must be one of own, shared"):
        options_from_json(MixtureOptions, {"spread": "square"})
