"""Deep embedded clustering: its formulas are the papers', it finds what is planted, and training ends."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Clustering, Features
from segment_core.clustering import dec, deep, idec, kmeans, network
from segment_core.errors import Cancelled
from segment_core.messages import Message
from tests.planted import blobs, cloud

Cut = Callable[..., Clustering]
both = pytest.mark.parametrize(
    ("cut", "options"), [(dec.cluster, dec.DecOptions), (idec.cluster, idec.IdecOptions)], ids=["dec", "idec"]
)


def test_the_soft_assignment_is_students_t() -> None:
    codes, centres = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [1.0, 0.0]])
    # Squares are 0 and 1 for the first, 25 and 20 for the second: 1/(1+s) is 1, 1/2 and 1/26, 1/21.
    expected = [[2 / 3, 1 / 3], [21 / 47, 26 / 47]]
    np.testing.assert_allclose(network.soft_assignment(codes, centres), expected, rtol=1e-12)


def test_the_target_sharpens_and_weighs_by_size() -> None:
    soft = np.array([[0.8, 0.2], [0.6, 0.4]])
    # Sizes are 1.4 and 0.6; rows of q²/size are (.64/1.4, .04/.6) and (.36/1.4, .16/.6).
    rows = np.array([[0.64 / 1.4, 0.04 / 0.6], [0.36 / 1.4, 0.16 / 0.6]])
    target = network.target_distribution(soft)
    np.testing.assert_allclose(target, rows / rows.sum(axis=1, keepdims=True), rtol=1e-12)
    assert target[0, 0] > soft[0, 0]


def test_the_gradient_is_that_of_the_paper() -> None:
    random = np.random.default_rng(0)
    codes = torch.tensor(random.normal(size=(6, 3)), requires_grad=True)
    centres = torch.tensor(random.normal(size=(2, 3)), requires_grad=True)
    target = torch.tensor(random.dirichlet([1, 1], 6))
    soft = network.soft_assignment(codes, centres)
    loss = network.divergence(target, soft)
    by_hand = (target * (target / soft).log()).sum() / 6
    assert float(loss.detach()) == pytest.approx(float(by_hand.detach()))
    loss.backward()
    # Equations 4 and 5 with one degree of freedom, over the number of customers as the loss is a mean.
    away = (codes[:, None] - centres[None]).detach()
    pull = 2 * (target - soft.detach()) / (1 + (away**2).sum(-1))
    assert codes.grad is not None
    assert centres.grad is not None
    torch.testing.assert_close(codes.grad, (pull[..., None] * away).sum(1) / 6)
    torch.testing.assert_close(centres.grad, -(pull[..., None] * away).sum(0) / 6)


@both
def test_the_network_keeps_pace_where_k_means_is_right(cut: Cut, options: Any) -> None:
    features, truth = blobs((200, 150, 100, 50), width=20)
    made = cut(features, options(n_segments=4))
    assert adjusted_rand_score(truth, made.labels) > 0.99


def test_bent_groups_come_back_better_than_from_k_means() -> None:
    features, truth = _bent()
    plain = kmeans.cluster(features, kmeans.KMeansOptions(n_segments=2))
    made = idec.cluster(features, idec.IdecOptions(n_segments=2))
    assert adjusted_rand_score(truth, made.labels) > adjusted_rand_score(truth, plain.labels) + 0.1


@both
def test_shuffled_rows_and_one_seed_give_the_same_segments(cut: Cut, options: Any) -> None:
    features = cloud(400)
    order = np.random.default_rng(1).permutation(400)
    mixed = dataclasses.replace(features, matrix=features.matrix[order])
    asked = options(n_segments=4, n_steps=60, most_updates=5)
    one, two, again = cut(features, asked), cut(mixed, asked), cut(features, asked)
    assert one.memberships is not None
    assert two.memberships is not None
    assert adjusted_rand_score(one.labels[order], two.labels) == 1.0
    np.testing.assert_array_equal(np.sort(one.memberships[order]), np.sort(two.memberships))
    np.testing.assert_array_equal(one.labels, again.labels)
    other = cut(features, dataclasses.replace(asked, seed=9))
    assert not np.array_equal(np.sort(one.memberships), np.sort(other.memberships))


@both
def test_memberships_are_of_the_segments_in_their_order(cut: Cut, options: Any) -> None:
    features, _ = blobs((30, 90, 60, 40, 110))
    made = cut(features, options(n_segments=5))
    assert made.memberships is not None
    assert made.memberships.shape == (330, 5)
    np.testing.assert_allclose(made.memberships.sum(axis=1), 1.0, rtol=1e-5)
    np.testing.assert_array_equal(made.memberships.argmax(axis=1), made.labels)


def test_training_ends_when_hardly_anybody_changes_or_at_its_limit() -> None:
    features = cloud(400)
    lenient = dec.cluster(features, dec.DecOptions(n_segments=5, n_steps=60, tolerance=0.5)).training
    strict = dec.cluster(features, dec.DecOptions(n_segments=5, n_steps=60, tolerance=0.0, most_updates=3))
    assert lenient is not None
    assert lenient.settled
    assert len(lenient.changed) == len(lenient.clustering) == 1
    assert strict.training is not None
    assert not strict.training.settled
    assert len(strict.training.changed) == 3
    assert "its limit" in str(strict.reasons[0])


def test_curves_tell_that_it_learned() -> None:
    features, _ = blobs((200, 150, 100), width=12)
    free = dec.cluster(features, dec.DecOptions(n_segments=3)).training
    held = idec.cluster(features, idec.IdecOptions(n_segments=3)).training
    assert free is not None
    assert held is not None
    assert free.restored[-1] < 0.5 * free.restored[0]
    assert len(free.restoring) == 0
    assert len(held.restoring) == len(held.clustering)


def test_beyond_the_cap_the_others_go_through_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep, "MOST_LEARNED", 200)
    features, truth = blobs((300, 200, 100))
    made = idec.cluster(features, idec.IdecOptions(n_segments=3))
    assert adjusted_rand_score(truth, made.labels) > 0.98
    assert "learned from 200 customers drawn at random; 400 more" in str(made.reasons[1])


@both
def test_progress_is_told_from_both_halves_and_each_can_be_cancelled(cut: Cut, options: Any) -> None:
    told: list[tuple[float, str]] = []

    def stop(done: float, total: float, note: Message) -> None:
        told.append((done / total, str(note)))
        if "Sharpening" in str(note):
            raise Cancelled

    with pytest.raises(Cancelled):
        cut(cloud(300), options(n_segments=3, n_steps=100), stop)
    assert len(told) > 8
    assert [part for part, _ in told] == sorted(part for part, _ in told)


def _bent(n: int = 600, seed: int = 0) -> tuple[Features, Any]:
    """Make two rings, one in the other, in ten columns that mix them."""
    random = np.random.default_rng(seed)
    truth = np.arange(n) % 2
    angles = random.uniform(0, 2 * np.pi, n)
    rings = np.where(truth, 1.0, 3.0)[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    mixed = np.column_stack([rings, rings**2, rings.prod(axis=1)]) + 0.1 * random.normal(size=(n, 5))
    return Features.of(mixed @ random.normal(size=(5, 10))), truth
