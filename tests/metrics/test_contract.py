"""What every metric promises, whatever it measures."""

import numpy as np
import pytest

from segment_core.artifacts import Clustering, Features, Labels, Score, Step
from segment_core.clustering.kmeans import KMeansOptions, labels_of
from segment_core.clustering.membership import settle
from segment_core.metrics import METRICS
from segment_core.metrics.stability import BANDS
from tests.planted import blobs, cloud, typed


def again(features: Features, seed: int, rows: object = None) -> Labels:
    return labels_of(features, KMeansOptions(n_segments=3, n_starts=3, seed=seed))


def settled(features: Features) -> Clustering:
    return settle(features, again(features, 0), Step("kmeans"))


def asked(name: str, features: Features) -> dict[str, object]:
    """Return what a metric asks for: money, and texts on what stands out in each customer."""
    random = np.random.default_rng(0)
    words = ["late parcel courier", "soft wool colour", "price coupon cheap", "shop staff queue", "size sleeve fit"]
    notes = [" ".join(random.choice(words[most].split(), 3)) for most in features.matrix[:, :5].argmax(axis=1)]
    money = random.exponential(size=features.n_customers)
    given = {"customers": typed({"note": "text"}, note=notes), "values": {"spend": money}}
    return {one: given[one] for one in METRICS[name].asks}


def measured(name: str, features: Features, clustering: Clustering) -> tuple[Score, ...]:
    return METRICS[name].run(features, clustering, again, METRICS[name].options(), **asked(name, features))


every_metric = pytest.mark.parametrize("name", METRICS)
SPACES = {"balance": "sizes", "value_difference": "values", "term_coherence": "text"}
MORE = {"balance": {"smallest_share"}, "stability": {"reappearance", *(f"reappearance_{band}" for band in BANDS)}}


@every_metric
def test_the_overall_score_comes_first_and_says_where_it_was_taken(name: str) -> None:
    features, _ = blobs()
    scores = measured(name, features, settled(features))
    assert (scores[0].name, scores[0].segment, scores[0].space, scores[0].n) == (
        name,
        "",
        SPACES.get(name, "features"),
        190,
    )
    assert all(str(score.meaning) for score in scores)
    own = [score.segment for score in scores[1:] if score.name == name]
    assert own in ([], ["S1", "S2", "S3"])
    assert {score.name for score in scores} <= {name} | MORE.get(name, set())


@pytest.mark.parametrize("name", [name for name in METRICS if name not in SPACES])
def test_groups_score_better_than_one_cloud(name: str) -> None:
    groups, one = blobs()[0], cloud(190)
    good, poor = measured(name, groups, settled(groups))[0], measured(name, one, settled(one))[0]
    assert good.value > poor.value if good.better == "higher" else good.value < poor.value


@every_metric
def test_the_same_seed_gives_the_same_scores(name: str) -> None:
    features = cloud(150)
    assert measured(name, features, settled(features)) == measured(name, features, settled(features))


@every_metric
def test_what_is_measured_stays_untouched(name: str) -> None:
    features, _ = blobs()
    clustering = settled(features)
    matrix, labels = features.matrix.copy(), clustering.labels.copy()
    features.matrix.flags.writeable = clustering.labels.flags.writeable = False
    measured(name, features, clustering)
    assert np.array_equal(features.matrix, matrix)
    assert np.array_equal(clustering.labels, labels)


@every_metric
@pytest.mark.parametrize("labels", [[0, 0, 0], [0, 1, 2]], ids=["one segment", "everybody alone"])
def test_an_undefined_score_is_not_taken(name: str, labels: list[int]) -> None:
    features = Features.of([[0.0], [1.0], [2.0]])
    assert measured(name, features, settle(features, np.array(labels), Step("made"))) == ()


@pytest.mark.parametrize("name", [name for name, line in METRICS.items() if hasattr(line.options(), "most")])
def test_many_customers_are_sampled_and_the_number_is_said(name: str) -> None:
    features, _ = blobs()
    options = METRICS[name].options(most=100)
    scores = METRICS[name].run(features, settled(features), again, options, **asked(name, features))
    assert scores[0].n == 100
