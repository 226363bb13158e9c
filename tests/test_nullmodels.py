"""Null models: what is taken away is taken away, and the rest stays."""

from dataclasses import replace

import numpy as np
import pytest

from segment_core.artifacts import Features, Share
from segment_core.nullmodels import first_hand, normal_cloud, shuffled
from tests.planted import blobs


def test_shuffling_keeps_every_column_and_breaks_what_they_say_together() -> None:
    random = np.random.default_rng(0)
    one = random.normal(size=400)
    features = Features.of(np.column_stack([one, one + 0.1 * random.normal(size=400), random.normal(size=400)]))
    made = shuffled(features, random)
    np.testing.assert_array_equal(np.sort(made.matrix, axis=0), np.sort(features.matrix, axis=0))
    assert np.corrcoef(features.matrix[:, 0], features.matrix[:, 1])[0, 1] > 0.99
    assert abs(np.corrcoef(made.matrix[:, 0], made.matrix[:, 1])[0, 1]) < 0.15


def test_the_levels_of_one_category_stay_together() -> None:
    flags = np.eye(3)[np.random.default_rng(0).integers(0, 3, 60)]
    features = replace(
        Features.of(np.column_stack([flags, np.arange(60.0)])), sources=("plan", "plan", "plan", "spend")
    )
    made = shuffled(features, np.random.default_rng(1))
    assert (made.matrix[:, :3].sum(axis=1) == 1).all()


def test_a_cloud_is_as_wide_in_every_direction_and_has_no_groups() -> None:
    features, truth = blobs((400, 300, 300), width=4)
    made = normal_cloud(features, np.random.default_rng(0))
    np.testing.assert_allclose(
        np.cov(made.matrix, rowvar=False), np.cov(features.matrix, rowvar=False), rtol=0.15, atol=1.0
    )
    centred = made.matrix - made.matrix.mean(axis=0)
    kurtosis = (centred**4).mean(axis=0) / (centred**2).mean(axis=0) ** 2
    np.testing.assert_allclose(kurtosis, 3.0, atol=0.6)
    assert made.matrix.shape == (len(truth), 4)


def test_one_column_alone_gives_way_to_one_peak_as_flat_and_as_lopsided() -> None:
    random = np.random.default_rng(0)
    flat, lopsided = (
        Features.of(values[:, None]) for values in (random.uniform(0, 1, 900), random.exponential(1, 900))
    )
    for features in (flat, lopsided):
        made = shuffled(features, random).matrix[:, 0]
        inside = np.linspace(0.1, 0.9, 9)
        np.testing.assert_allclose(
            np.quantile(made, inside), np.quantile(features.matrix, inside), atol=0.12 * features.matrix.std()
        )
    two = Features.of(np.append(random.normal(0, 1, 450), random.normal(9, 1, 450))[:, None])
    between = [((made.matrix > 3) & (made.matrix < 6)).mean() for made in (two, shuffled(two, random))]
    assert between[0] < 0.01
    assert between[1] > 0.15


def test_one_category_alone_stays_as_it_is() -> None:
    flags = replace(Features.of(np.eye(3)[[0, 1, 2, 1]]), sources=("plan",) * 3)
    assert shuffled(flags, np.random.default_rng(0)) is flags


def test_the_features_stay_untouched() -> None:
    features, _ = blobs()
    before = features.matrix.copy()
    shuffled(features, np.random.default_rng(0))
    normal_cloud(features, np.random.default_rng(0))
    np.testing.assert_array_equal(features.matrix, before)


def test_echoes_are_left_out_and_what_is_said_first_stays() -> None:
    matrix = np.arange(24, dtype=np.float32).reshape(2, 12)
    names = tuple(f"f{number}" for number in range(12))
    blocks = tuple(
        Share(name, 2 * number, 2 * number + 2, weight, ())
        for number, (name, weight) in enumerate(
            [("numbers", 0.4), ("text", 0.2), ("topics", 0.1), ("graph", 0.1), ("traits", 0.1), ("vectors", 0.1)]
        )
    )
    kept = first_hand(Features(matrix, names, names, blocks))
    assert [block.name for block in kept.blocks] == ["numbers", "text", "vectors"]
    assert [(block.start, block.stop) for block in kept.blocks] == [(0, 2), (2, 4), (4, 6)]
    assert sum(block.weight for block in kept.blocks) == pytest.approx(1.0)
    assert kept.names == ("f0", "f1", "f2", "f3", "f10", "f11")
    np.testing.assert_array_equal(kept.matrix, matrix[:, [0, 1, 2, 3, 10, 11]])


def test_without_an_echo_features_stay_as_they_are() -> None:
    features = Features.of([[1.0, 2.0], [3.0, 4.0]])
    assert first_hand(features) is features
    alone = replace(features, blocks=(Share("graph", 0, 2, 1.0, ()),))
    assert first_hand(alone) is alone
