"""The scorer makes every structured feature again, puts customers where they were, and holds nobody."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers, Features, Scorer, Step
from segment_core.clustering import assigning
from segment_core.clustering.membership import settle
from segment_core.features import structured, transforming
from segment_core.features.blending import blend
from segment_core.scoring import fit, score
from segment_core.store import records
from segment_core.study import Study
from tests.scoring.conftest import Made, planted


def rings(n: int = 600, seed: int = 0) -> tuple[Features, np.ndarray]:
    """Make a ring round a core, which no single centre each can tell apart."""
    random = np.random.default_rng(seed)
    truth, angles = np.arange(n) % 2, random.uniform(0, 2 * np.pi, n)
    radius = np.where(truth == 1, 5.0, 0.7) + random.normal(0, 0.2, n)
    return Features.of(np.column_stack([radius * np.cos(angles), radius * np.sin(angles)])), truth


def test_every_structured_block_comes_out_as_it_was(by_kmeans: Made) -> None:
    customers, features, _, scorer = by_kmeans
    assert {share.name for share in features.blocks} == {"numbers", "categories", "places", "dates"}
    found = transforming.transform(scorer.transform, customers.frame)
    np.testing.assert_allclose(found, features.matrix, atol=1e-4)


def test_other_weights_come_out_too(customers: Customers) -> None:
    features = blend(structured(customers), {"numbers": 0.7, "dates": 0.0})
    made = transforming.fit(customers, features, np.zeros(len(customers), dtype=np.int64), 1)
    np.testing.assert_allclose(transforming.transform(made, customers.frame), features.matrix, atol=1e-4)


def test_a_whole_study_comes_out_with_what_was_read_from_texts(small_study: Study) -> None:
    scorer = small_study.scorer
    assert scorer is not None
    assert [share.name for share in scorer.transform.held] == ["text"]
    found = transforming.transform(scorer.transform, small_study.customers.frame, small_study.features.matrix)
    np.testing.assert_allclose(found, small_study.features.matrix, atol=1e-4)
    new = transforming.transform(scorer.transform, small_study.customers.frame)
    text = scorer.transform.held[0]
    assert not new[:, text.start : text.stop].any()


def test_rows_are_scored_one_at_a_time_as_together_and_in_any_order(by_kmeans: Made) -> None:
    customers, _, _, scorer = by_kmeans
    whole = score(scorer, customers.frame)
    single = [int(score(scorer, customers.frame.iloc[[row]]).labels[0]) for row in range(0, 400, 9)]
    assert single == whole.labels[::9].tolist()
    order = np.random.default_rng(0).permutation(len(customers))
    assert (score(scorer, customers.frame.iloc[order]).labels == whole.labels[order]).all()


def test_a_column_that_is_not_there_counts_as_missing_and_a_new_level_as_rare(by_kmeans: Made) -> None:
    customers, _, _, scorer = by_kmeans
    frame = customers.frame.head(20)
    none = frame.assign(age=np.nan, city=None)
    np.testing.assert_array_equal(
        transforming.transform(scorer.transform, frame.drop(columns=["age", "city"])),
        transforming.transform(scorer.transform, none),
    )
    shop = transforming.of(scorer.transform, "shop")
    assert shop.rare
    made = transforming.transform(scorer.transform, frame.assign(shop="never seen", city="nowhere"))
    assert (made[:, transforming.slice_of(shop)].argmax(axis=1) == len(shop.levels) - 1).all()
    assert not made[:, transforming.slice_of(transforming.of(scorer.transform, "city"))].any()


def test_customers_come_where_the_algorithm_put_them(made: Made) -> None:
    customers, _, clustering, scorer = made
    found = score(scorer, customers.frame)
    assert scorer.assigner.n_tested >= 60
    right = float((found.labels == clustering.labels).mean())
    assert right >= 0.85
    assert right == pytest.approx(scorer.assigner.agreement, abs=0.1)


def test_one_centre_each_is_enough_for_k_means(by_kmeans: Made) -> None:
    customers, _, clustering, scorer = by_kmeans
    assert scorer.assigner.n_each == 1
    assert len(scorer.assigner.centres) == clustering.n_segments
    found = score(scorer, customers.frame)
    assert (found.labels == clustering.labels).mean() >= 0.99
    np.testing.assert_allclose(found.strengths, clustering.strengths, atol=0.12)
    assert (found.nearest != found.labels).all()


def test_bent_segments_get_several_centres() -> None:
    features, truth = rings()
    clustering = settle(features, truth.astype(np.int64), Step("planted"))
    made = assigning.fit(features, clustering)
    assert made.n_each > 1
    assert made.agreement >= 0.99
    again, _ = rings(seed=1)
    found = assigning.assign(made, again.matrix)
    assert (found.labels == clustering.labels).mean() >= 0.99
    single = np.array([features.matrix[truth == number].mean(axis=0) for number in (0, 1)])
    assert np.abs(single[0] - single[1]).max() < 1  # one centre each would tell nobody apart


def test_no_centre_is_a_single_customer(made: Made) -> None:
    _, features, clustering, scorer = made
    sizes = np.bincount(clustering.labels)
    for centre, owner in zip(scorer.assigner.centres, scorer.assigner.owners, strict=True):
        if sizes[owner] >= assigning.FEWEST:
            assert np.abs(features.matrix - centre).max(axis=1).min() > 1e-5


def test_who_is_unlike_anybody_is_an_outlier(by_kmeans: Made) -> None:
    customers, _, _, scorer = by_kmeans
    odd = customers.frame.head(1).assign(age=400.0, spend=1e9, orders=500.0, rating=-80.0)
    assert score(scorer, odd).bands[0] == "outlier"
    assert (score(scorer, customers.frame).bands == "outlier").mean() < 0.1


def test_the_order_of_rows_changes_nothing(customers: Customers, by_kmeans: Made) -> None:
    _, features, clustering, scorer = by_kmeans
    order = np.random.default_rng(3).permutation(len(customers))
    mixed = dataclasses.replace(customers, frame=customers.frame.iloc[order])
    again = fit(
        mixed,
        dataclasses.replace(features, matrix=features.matrix[order]),
        dataclasses.replace(clustering, labels=clustering.labels[order]),
    )
    np.testing.assert_allclose(again.assigner.centres, scorer.assigner.centres, atol=1e-5)
    assert again.assigner.agreement == scorer.assigner.agreement


def test_a_kept_scorer_scores_the_same(made: Made, tmp_path) -> None:
    customers, _, _, scorer = made
    records.save(scorer, tmp_path / "scorer")
    again = records.load(Scorer, tmp_path / "scorer")
    one, two = score(scorer, customers.frame), score(again, customers.frame)
    np.testing.assert_array_equal(one.distances, two.distances)
    np.testing.assert_array_equal(one.bands, two.bands)


def test_it_holds_no_row_of_any_customer(by_kmeans: Made, tmp_path) -> None:
    customers, _, _, scorer = by_kmeans
    records.save(scorer, tmp_path / "scorer")
    kept = [np.load(path) for path in (tmp_path / "scorer").glob("*.npy")]
    assert not any(len(array) >= len(customers) for array in kept)
    assert "C0001" not in (tmp_path / "scorer" / "record.json").read_text()


def test_a_segment_of_one_and_one_segment_are_scored() -> None:
    customers = planted(60)
    features = blend(structured(customers))
    for labels in (np.zeros(60, dtype=np.int64), (np.arange(60) == 7).astype(np.int64)):
        clustering = settle(features, labels, Step("planted"))
        found = score(fit(customers, features, clustering), customers.frame)
        assert (found.labels == clustering.labels).mean() >= 0.9
        assert (found.nearest < clustering.n_segments).all()


def test_segments_made_anew_drop_the_scorer(small_study: Study) -> None:
    assert small_study.having(clustering=small_study.clustering).scorer is None
    assert small_study.having(projection=None).scorer is small_study.scorer
    assert pd.notna(small_study.scorer.assigner.agreement)
