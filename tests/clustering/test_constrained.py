"""Constrained K-Means: links are read, closed, honoured or counted, and they change the cut."""

import dataclasses

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features
from segment_core.clustering import constrained, kmeans
from segment_core.clustering.constrained import ConstrainedOptions, cluster
from segment_core.clustering.links import linked, read_links
from segment_core.errors import OptionError
from tests.planted import blobs, cloud


def named(n: int) -> list[str]:
    return [f"C{place:03}" for place in range(n)]


def corners() -> tuple[Features, np.ndarray]:
    """Make four groups at the corners of a rectangle, wider than high: means cut it left from right."""
    corner = np.repeat(np.arange(4), 30)
    places = np.array([[0, 0], [0, 5], [8, 0], [8, 5]])[corner]
    return Features.of(places + np.random.default_rng(0).normal(size=(120, 2)) * 0.6), corner


def test_links_change_the_cut_for_more_than_those_who_are_linked() -> None:
    features, corner = corners()
    free = cluster(features, ConstrainedOptions(n_segments=2), ids=named(120))
    together = "C000+C001+C060+C061; C030+C031+C090+C091"
    held = cluster(features, ConstrainedOptions(n_segments=2, together=together), ids=named(120))
    assert adjusted_rand_score(corner // 2, free.labels) == 1.0
    assert adjusted_rand_score(corner % 2, held.labels) == 1.0
    assert "Pairs of customers kept together: 12." in map(str, held.reasons)


def test_who_is_to_be_apart_is_apart_at_the_least_cost() -> None:
    features = Features.of([[0.0], [0.1], [0.2], [0.9], [9.0], [9.1], [9.2], [9.3]])
    made = cluster(features, ConstrainedOptions(n_segments=2, apart="C000+C003"), ids=named(8))
    assert made.labels[0] != made.labels[3]
    assert made.labels[0] == made.labels[1] == made.labels[2]  # who is nearest to the other segment moved
    assert [str(reason) for reason in made.reasons] == ["Pairs of customers kept apart: 1 of 1."]


def test_what_cannot_be_honoured_is_counted() -> None:
    made = cluster(cloud(40), ConstrainedOptions(n_segments=2, apart="C001+C002+C003"), ids=named(40))
    assert "Pairs of customers kept apart: 2 of 3." in map(str, made.reasons)
    assert str(made.reasons[-1]).startswith("Pairs that could not be kept apart") and "1." in str(made.reasons[-1])


def test_as_many_rivals_as_segments_each_find_their_own() -> None:
    made = cluster(cloud(60), ConstrainedOptions(n_segments=4, apart="C001+C002+C003+C004"), ids=named(60))
    assert len(set(made.labels[1:5].tolist())) == 4


def test_links_follow_from_links() -> None:
    found = linked("A+B; C+D; B+C", "A+E", list("ABCDEF"), skip=False)
    assert len(set(found.units[:4].tolist())) == 1
    assert len(set(found.units.tolist())) == 3
    assert found.n_together == 6
    with pytest.raises(OptionError, match="A and D are to be together and apart"):
        linked("A+B; C+D; B+C", "A+D", list("ABCDEF"), skip=False)


def test_unknown_customers_are_named_or_skipped() -> None:
    features = blobs()[0]
    asked = ConstrainedOptions(n_segments=3, together="C001+Zoë; C002+C003", apart="C004+nobody")
    with pytest.raises(OptionError, match=r"2 customers who are not there: Zoë, nobody"):
        cluster(features, asked, ids=named(190))
    made = cluster(features, dataclasses.replace(asked, skip=True), ids=named(190))
    assert made.labels[2] == made.labels[3]
    assert "Customers in links who are not there, and were left out: 2." in map(str, made.reasons)


def test_what_was_made_runs_on_other_draws_and_on_made_up_customers() -> None:
    features, _ = corners()
    made = cluster(features, ConstrainedOptions(n_segments=2, together="C000+C060"), ids=named(120))
    again = ConstrainedOptions(**made.made_by.options)
    assert cluster(Features.of(features.matrix[1:]), again, ids=named(120)[1:]).n_segments == 2
    made_up = cluster(features, again, ids=np.array([], dtype=str))
    assert adjusted_rand_score(made_up.labels, kmeans.cluster(features, kmeans.KMeansOptions(n_segments=2)).labels) == 1


@pytest.mark.parametrize("order", range(3))
def test_the_order_of_rows_does_not_matter_to_links(order: int) -> None:
    features, ids = cloud(80, width=2), named(80)
    features.matrix[10:20] = features.matrix[10]  # alike, and linked differently
    asked = ConstrainedOptions(n_segments=3, together="C010+C050; C011+C030+C031", apart="C012+C013; C010+C011")
    mixed = np.random.default_rng(order).permutation(80)
    one = cluster(features, asked, ids=ids)
    two = cluster(Features.of(features.matrix[mixed]), asked, ids=[ids[place] for place in mixed])
    assert adjusted_rand_score(one.labels[mixed], two.labels) == 1.0


def test_many_customers_start_with_some_and_all_who_are_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    features, corner = corners()
    monkeypatch.setattr(constrained, "MOST_STARTED", 30)
    asked = ConstrainedOptions(n_segments=2, together="C000+C001+C060+C061; C030+C031+C090+C091", apart="C000+C119")
    made = cluster(features, asked, ids=named(120))
    assert adjusted_rand_score(corner % 2, made.labels) == 1.0


def test_too_many_links_for_so_many_segments() -> None:
    with pytest.raises(OptionError, match="3 segments need as many customers who may part; links leave 2"):
        rows = Features.of([[0.0], [1.0], [2.0], [3.0]])
        cluster(rows, ConstrainedOptions(n_segments=3, together="C000+C001+C002"), ids=named(4))


@pytest.mark.parametrize(
    ("text", "said"), [("C1", "names one customer"), ('"C1+C2', "stops making sense"), ('C1"x"+C2', "stops making")]
)
def test_links_that_make_no_sense_are_refused(text: str, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        read_links(text)


def test_loose_writing_is_understood() -> None:
    assert read_links(" a + b ;; c+d+ e;\n f+g ;") == (("a", "b"), ("c", "d", "e"), ("f", "g"))
    assert read_links("") == ()
