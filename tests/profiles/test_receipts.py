"""Receipts: what sets segments apart is laid at the door of the block that does it."""

import dataclasses

import numpy as np
import pytest

from segment_core.artifacts import Block, Clustering, Features, Segment, Step
from segment_core.features import blend
from segment_core.profiles.receipts import receipts


def block(name: str, matrix: np.ndarray, columns: int | None = None) -> Block:
    names = tuple(f"{name} {number}" for number in range(matrix.shape[1]))
    return Block(name, (matrix - matrix.mean(axis=0)).astype(np.float32), names, names, names[:columns])


def cut(labels: np.ndarray) -> Clustering:
    labels = labels.astype(np.int64)
    sizes = np.bincount(labels)
    segments = tuple(Segment(f"S{number + 1}", int(size)) for number, size in enumerate(sizes))
    return Clustering(labels, np.ones(len(labels), np.float32), np.full(len(labels), "core"), segments, Step("made"))


def crossed(structure: float, n: int = 600, seed: int = 0) -> tuple[Features, Clustering]:
    """Cross A|B, told apart by numbers, with C|D, told apart by texts: `structure` is the numbers' part of it."""
    random = np.random.default_rng(seed)
    a, c = np.divmod(random.permutation(n) % 4, 2)
    numbers, texts = random.normal(size=(n, 6)), random.normal(size=(n, 40))
    numbers[:, 0] += 10 * a
    texts[:, 0] += 10 * c
    features = blend([block("numbers", numbers), block("text", texts, 1)], {"numbers": 1.0, "text": 1.0})
    matrix = features.matrix.astype(np.float64)
    # Blending levels the blocks out, so the planted parts are made after it.
    for share, groups, part in zip(features.blocks, (a, c), (structure, 1 - structure), strict=True):
        own = slice(share.start, share.stop)
        apart = matrix[groups == 1, own].mean(axis=0) - matrix[groups == 0, own].mean(axis=0)
        matrix[:, own] *= np.sqrt(part) / np.linalg.norm(apart)
    return dataclasses.replace(features, matrix=matrix.astype(np.float32)), cut(2 * a + c)


@pytest.mark.parametrize("structure", [0.5, 0.8, 0.2])
@pytest.mark.parametrize("n", [80, 2_000])
def test_a_planted_design_is_read_back_within_ten_points(structure: float, n: int) -> None:
    features, clustering = crossed(structure, n)
    found = receipts(features, clustering)
    assert found.deciding["numbers"] == pytest.approx(structure, abs=0.10)
    for receipt in found.segments:
        assert receipt.shares["numbers"] == pytest.approx(structure, abs=0.10)
        assert sum(receipt.shares.values()) == pytest.approx(1.0)


def test_the_nearest_segment_differs_in_the_weaker_block_alone() -> None:
    found = receipts(*crossed(0.8))
    for receipt, nearest in zip(found.segments, ("S2", "S1", "S4", "S3"), strict=True):
        assert receipt.nearest == nearest
        assert receipt.from_nearest is not None
        assert receipt.from_nearest["text"] > 0.95
        assert sum(receipt.from_nearest.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("width", [1, 32, 400])
@pytest.mark.parametrize("n", [60, 1_000])
def test_noise_gets_nothing_however_wide_it_is(width: int, n: int) -> None:
    deciding, apart = [], []
    for seed in range(20):
        random = np.random.default_rng(seed)
        groups = np.arange(n) % 3
        told = random.normal(size=(n, 2)) + 4.0 * np.eye(3, 2)[groups]
        found = receipts(
            blend(
                [block("numbers", told), block("text", random.normal(size=(n, width)), 1)],
                {"numbers": 1.0, "text": 1.0},
            ),
            cut(groups),
        )
        deciding.append(found.deciding["text"])
        apart.append(np.mean([receipt.shares["text"] for receipt in found.segments]))
    assert np.mean(deciding) < 0.03
    assert np.mean(apart) < 0.03


def test_weights_and_decisions_are_told_apart() -> None:
    features, clustering = crossed(0.5)
    assert receipts(features, clustering).weights == {"numbers": 0.5, "text": 0.5}
    only = cut(clustering.labels // 2)
    assert receipts(features, only).deciding["numbers"] > 0.98


def test_one_segment_is_set_apart_by_nothing() -> None:
    features, clustering = crossed(0.5)
    found = receipts(features, cut(np.zeros_like(clustering.labels)))
    assert found.deciding == {"numbers": 0.0, "text": 0.0}
    assert found.segments[0].shares == {"numbers": 0.0, "text": 0.0}
    assert found.segments[0].from_nearest is None


def test_a_segment_of_one_customer_has_a_receipt() -> None:
    features, clustering = crossed(0.5)
    labels = np.where(np.arange(len(clustering.labels)) == 3, 4, clustering.labels)
    found = receipts(features, cut(labels))
    assert np.isfinite(list(found.segments[4].shares.values())).all()


def test_the_order_of_rows_does_not_matter() -> None:
    features, clustering = crossed(0.8)
    order = np.random.default_rng(2).permutation(len(clustering.labels))
    mixed = receipts(dataclasses.replace(features, matrix=features.matrix[order]), cut(clustering.labels[order]))
    found = receipts(features, clustering)
    for one, two in zip(found.segments, mixed.segments, strict=True):
        assert dict(one.shares) == pytest.approx(dict(two.shares))
