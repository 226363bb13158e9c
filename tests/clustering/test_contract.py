"""What every algorithm promises, whatever it does inside."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Clustering, Features
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS
from segment_core.errors import Cancelled, SegmentError
from segment_core.messages import Message
from tests.planted import blobs, cloud


def cut(name: str, features: Features, **options: Any) -> Clustering:
    choice = ALGORITHMS[name]
    asked = {"n_segments": 3} if "n_segments" in {field.name for field in dataclasses.fields(choice.options)} else {}
    return choice.run(features, options_from_json(choice.options, asked | options))


NEARLY = {"hdbscan", "spectral"}
"""Algorithms that give copies of one customer to this segment or that."""


def ties(n: int) -> Features:
    """Return yes and no in five columns: many customers are alike."""
    return Features.of(np.random.default_rng(2).integers(0, 2, (n, 5)).astype(np.float32))


every_algorithm = pytest.mark.parametrize("name", ALGORITHMS)


@every_algorithm
@pytest.mark.parametrize("features", [blobs()[0], cloud(120)], ids=["groups", "one cloud"])
def test_everybody_gets_one_segment(name: str, features: Features) -> None:
    made = cut(name, features)
    n = features.n_customers
    assert made.labels.shape == made.strengths.shape == made.bands.shape == (n,)
    assert made.labels.dtype.kind == "i"
    assert made.labels.min() == 0
    assert set(made.labels) == set(range(made.n_segments))
    assert ((made.strengths >= 0) & (made.strengths <= 1)).all()
    assert set(made.bands) <= {"core", "fringe", "outlier"}


@every_algorithm
def test_segments_are_numbered_by_size(name: str) -> None:
    made = cut(name, blobs((30, 80, 50))[0])
    sizes = [segment.size for segment in made.segments]
    assert [segment.id for segment in made.segments] == ["S1", "S2", "S3"]
    assert sizes == sorted(sizes, reverse=True) == [80, 50, 30]
    assert [int((made.ids == segment.id).sum()) for segment in made.segments] == sizes


@every_algorithm
def test_planted_groups_come_back(name: str) -> None:
    features, truth = blobs((90, 60, 40))
    assert adjusted_rand_score(truth, cut(name, features).labels) == 1.0


@every_algorithm
def test_the_same_seed_gives_the_same_segments(name: str) -> None:
    features = cloud(120)
    one, two = cut(name, features), cut(name, features)
    np.testing.assert_array_equal(one.labels, two.labels)
    np.testing.assert_array_equal(one.strengths, two.strengths)
    assert (one.made_by, one.reasons, one.trials) == (two.made_by, two.reasons, two.trials)


@every_algorithm
def test_what_was_made_can_be_made_again(name: str) -> None:
    features = blobs()[0]
    made = cut(name, features)
    choice = ALGORITHMS[made.made_by.name]
    again = choice.run(features, options_from_json(choice.options, made.made_by.options))
    np.testing.assert_array_equal(made.labels, again.labels)


@every_algorithm
def test_the_order_of_rows_does_not_matter(name: str) -> None:
    features, _ = blobs()
    order = np.random.default_rng(5).permutation(features.n_customers)
    mixed = dataclasses.replace(features, matrix=features.matrix[order])
    one, two = cut(name, features), cut(name, mixed)
    assert adjusted_rand_score(one.labels[order], two.labels) == 1.0
    assert [segment.size for segment in one.segments] == [segment.size for segment in two.segments]


@every_algorithm
@pytest.mark.parametrize("features", [cloud(150), ties(150)], ids=["noise", "ties"])
def test_rows_may_come_in_any_order_where_nothing_is_clear(name: str, features: Features) -> None:
    order = np.random.default_rng(6).permutation(features.n_customers)
    mixed = dataclasses.replace(features, matrix=features.matrix[order])
    one, two = cut(name, features), cut(name, mixed)
    assert one.n_segments == two.n_segments
    assert adjusted_rand_score(one.labels[order], two.labels) > (0.9 if name in NEARLY else 0.999)


@every_algorithm
def test_the_features_stay_untouched(name: str) -> None:
    features, _ = blobs()
    before = features.matrix.copy()
    features.matrix.flags.writeable = False
    cut(name, features)
    np.testing.assert_array_equal(features.matrix, before)


@every_algorithm
@pytest.mark.parametrize("rows", [[[1.0, 2.0]], [[1.0, 2.0]] * 30], ids=["one customer", "thirty alike"])
def test_too_few_different_customers_are_refused(name: str, rows: list[list[float]]) -> None:
    with pytest.raises(SegmentError, match="there are 1"):
        cut(name, Features.of(rows))


@every_algorithm
def test_progress_is_told_and_can_stop_the_work(name: str) -> None:
    def stop(done: float, total: float, note: Message) -> None:
        raise Cancelled

    choice = ALGORITHMS[name]
    with pytest.raises(Cancelled):
        choice.run(blobs()[0], choice.options(), stop)
