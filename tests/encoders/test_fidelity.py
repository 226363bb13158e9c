"""Fidelity: near 1 for the same vectors, near 0 for vectors that have nothing to do with them."""

import numpy as np
import pytest

from segment_core.encoders.fidelity import fidelity


def clustered(seed: int, n: int = 240, n_groups: int = 10) -> np.ndarray:
    random = np.random.default_rng(seed)
    found = random.normal(size=(n_groups, 32))[random.integers(0, n_groups, n)] + 0.3 * random.normal(size=(n, 32))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def test_the_same_vectors_are_faithful_also_when_turned() -> None:
    full = clustered(0)
    turned = full @ np.linalg.qr(np.random.default_rng(1).normal(size=(32, 32)))[0].astype(np.float32)
    found = fidelity(full, turned, n_learned=7)
    assert (found.n_learned, found.n_held_out) == (7, 240)
    assert found.similarity > 0.99
    assert found.neighbours > 0.98
    assert found.clusters == pytest.approx(found.ceiling, abs=0.1)
    assert found.ceiling > 0.7


def test_other_vectors_are_not() -> None:
    found = fidelity(clustered(0), clustered(1), n_learned=7)
    assert abs(found.similarity) < 0.1
    assert found.neighbours < 0.1
    assert abs(found.clusters) < 0.05 < found.ceiling


def test_noise_between_is_between() -> None:
    full = clustered(0)
    noisy = full + np.random.default_rng(2).normal(scale=0.1, size=full.shape).astype(np.float32)
    found = fidelity(full, noisy / np.linalg.norm(noisy, axis=1, keepdims=True), n_learned=7)
    assert 0.3 < found.similarity < 0.95
    assert 0.1 < found.neighbours < 0.9


def test_texts_that_are_all_alike_say_nothing() -> None:
    one = np.ones((40, 4), dtype=np.float32) / 2
    assert fidelity(one, one, n_learned=7).similarity == 0.0
