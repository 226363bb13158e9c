"""Ward: above what fits in memory the tree is built on some, and everybody is placed."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.clustering import ward
from tests.planted import blobs


def test_many_customers_are_placed_by_a_tree_of_some(monkeypatch: pytest.MonkeyPatch) -> None:
    features, truth = blobs((120, 90, 70))
    whole = ward.cluster(features, ward.WardOptions(n_segments=3))
    monkeypatch.setattr(ward, "MOST_MERGED", 100)
    some = ward.cluster(features, ward.WardOptions(n_segments=3))
    assert adjusted_rand_score(truth, some.labels) == 1.0
    np.testing.assert_array_equal(whole.labels, some.labels)


def test_smaller_segments_nest_in_larger_ones() -> None:
    features, _ = blobs((60, 50, 40))
    fine = ward.cluster(features, ward.WardOptions(n_segments=6)).labels
    coarse = ward.cluster(features, ward.WardOptions(n_segments=3)).labels
    assert all(len(set(coarse[fine == number])) == 1 for number in range(6))
