"""What would move a customer: whatever is proposed does move them, and touches nothing that must not be touched."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers, Scorer
from segment_core.errors import DataError
from segment_core.intake import marks
from segment_core.scoring import change_said, changeable, score, smallest_change
from segment_core.scoring.moving import Change, applied
from segment_core.scoring.rounding import rounded
from segment_core.store import records
from segment_core.study import Study
from tests.scoring.conftest import Made, cut, planted

MUTABLE = ("spend", "orders", "rating", "plan", "app")


def reloaded(scorer: Scorer, folder: Path) -> Scorer:
    records.save(scorer, folder / "scorer")
    return records.load(Scorer, folder / "scorer")


def assert_fair(change: Change, customers: Customers, customer: str, allowed: tuple[str, ...]) -> None:
    """Check that a change is one that could be: allowed columns, known cells, usual values, written as they are."""
    assert 1 <= len(change.steps) <= 3
    assert len({step.column for step in change.steps}) == len(change.steps)
    for step in change.steps:
        assert step.column in allowed
        assert step.old != step.new
        known = customers.frame[step.column].dropna()
        assert pd.notna(customers.frame.at[customer, step.column])
        if step.role in ("category", "yes/no"):
            assert step.new in (("yes", "no") if step.role == "yes/no" else set(known))
            continue
        assert known.min() <= step.new <= known.max()
        decimals = {"orders": 0, "age": 0, "rating": 1, "spend": 2}.get(step.column, 6)
        assert step.new == pytest.approx(round(step.new, decimals), abs=1e-9)


def test_every_proposed_change_moves_the_customer_in_the_saved_scorer(made: Made, tmp_path: Path) -> None:
    customers, features, _, scorer = made
    again, random, n_found = reloaded(scorer, tmp_path), np.random.default_rng(5), 0
    for row in random.permutation(len(customers))[:24]:
        customer = customers.frame.index[row]
        allowed = tuple(random.permutation(MUTABLE)[: int(random.integers(1, len(MUTABLE) + 1))].tolist())
        change = smallest_change(scorer, customers, features, customer, allowed)
        before = score(again, customers.frame.iloc[[row]])
        if change is None:
            continue
        n_found += 1
        after = score(again, applied(customers.frame.iloc[[row]], change))
        assert change.segment == before.labels[0] != after.labels[0] == change.target
        assert_fair(change, customers, customer, allowed)
    assert n_found >= 8


def test_texts_stay_as_they_are_and_the_change_still_moves(small_study: Study, tmp_path: Path) -> None:
    study = small_study
    again, found = reloaded(study.scorer, tmp_path), 0
    mutable = marks.mutable(study.customers, {})
    assert mutable
    for row in range(0, len(study.customers), 8):
        customer = study.customers.frame.index[row]
        change = smallest_change(study.scorer, study.customers, study.features, customer, mutable)
        if change is not None:
            found += 1
            cells = applied(study.customers.frame.iloc[[row]], change)
            held = study.features.matrix[[row]]
            assert score(again, cells, held).labels[0] == change.target != change.segment
            assert_fair(change, study.customers, customer, mutable)
    assert found >= 10


def test_a_chosen_target_is_reached(by_kmeans: Made) -> None:
    customers, features, clustering, scorer = by_kmeans
    found = 0
    for row in range(0, 400, 40):
        own = int(score(scorer, customers.frame.iloc[[row]]).labels[0])
        for target in range(clustering.n_segments):
            change = smallest_change(
                scorer, customers, features, customers.frame.index[row], (*MUTABLE, "age", "shop"), target=target
            )
            if target == own:
                assert change is None
            elif change is not None:
                found += 1
                after = score(scorer, applied(customers.frame.iloc[[row]], change))
                assert after.labels[0] == change.target == target
    assert found >= 10


def test_one_column_is_enough_where_one_is_enough_and_it_is_moved_no_farther_than_needed() -> None:
    customers, features, _, scorer = cut(planted(300, seed=2), "kmeans")
    labels = score(scorer, customers.frame).labels
    checked = 0
    for row in range(0, 300, 7):
        customer = customers.frame.index[row]
        change = smallest_change(scorer, customers, features, customer, ("orders",))
        if change is None:
            continue
        (step,) = change.steps
        checked += 1
        nearer = np.arange(min(step.old, step.new) + 1, max(step.old, step.new))
        frame = pd.concat([customers.frame.iloc[[row]]] * max(1, len(nearer)))
        if len(nearer):  # every whole number in between is tried, and none of them moves
            assert (score(scorer, frame.assign(orders=nearer)).labels == labels[row]).all()
        both = smallest_change(scorer, customers, features, customer, MUTABLE)
        assert len(both.steps) == 1
        assert both.size <= change.size + 1e-9
    assert checked >= 5


def test_what_is_missing_is_not_invented_and_nothing_allowed_is_nothing_found(by_kmeans: Made) -> None:
    customers, features, _, scorer = by_kmeans
    unknown = customers.frame.index[customers.frame["orders"].isna()]
    assert len(unknown) > 3
    assert all(smallest_change(scorer, customers, features, one, ("orders",)) is None for one in unknown)
    assert smallest_change(scorer, customers, features, unknown[0], ()) is None
    assert smallest_change(scorer, customers, features, unknown[0], ("city", "joined", "no such column")) is None


def test_rare_levels_together_are_never_proposed(by_kmeans: Made) -> None:
    customers, features, _, scorer = by_kmeans
    for row in range(0, 400, 10):
        change = smallest_change(scorer, customers, features, customers.frame.index[row], ("shop", "plan"), most=2)
        assert change is None or all(step.new in set(customers.frame[step.column].dropna()) for step in change.steps)


def test_only_what_is_used_and_can_change_is_changeable(by_kmeans: Made, small_study: Study) -> None:
    customers, _, _, scorer = by_kmeans
    assert changeable(scorer, customers) == ("age", "spend", "orders", "rating", "plan", "shop", "app")
    roles = {column.name: column.role for column in small_study.customers.columns}
    found = changeable(small_study.scorer, small_study.customers)
    assert found
    assert not {roles[name] for name in found} & {"text", "date", "place", "id", "ignore"}


def test_the_same_question_has_the_same_answer_and_touches_nothing(by_kmeans: Made) -> None:
    customers, features, _, scorer = by_kmeans
    before, matrix = customers.frame.copy(deep=True), features.matrix.copy()
    one, two = (smallest_change(scorer, customers, features, "C0011", MUTABLE) for _ in range(2))
    assert one == two
    pd.testing.assert_frame_equal(customers.frame, before)
    np.testing.assert_array_equal(features.matrix, matrix)


def test_nobody_moves_within_one_segment_and_a_stranger_is_refused(by_kmeans: Made) -> None:
    customers, features, _, scorer = by_kmeans
    with pytest.raises(DataError, match="no customer zebra"):
        smallest_change(scorer, customers, features, "zebra", MUTABLE)


@pytest.mark.parametrize(
    ("old", "new", "decimals", "border", "found"),
    [
        (100.0, 400.0, 2, 251.37, 260.0),
        (100.0, 252.0, 2, 251.37, 252.0),
        (13.0, 30.0, 0, 21.2, 22.0),
        (0.5, 0.9, 1, 0.61, 0.7),
        (0.0, 90_000.0, 2, 31_234.5, 32_000.0),
    ],
)
def test_numbers_are_rounded_away_from_what_they_are(old, new, decimals, border, found) -> None:
    assert rounded(old, new, decimals, lambda values: values > border) == pytest.approx(found)
    assert rounded(-old, -new, decimals, lambda values: values < -border) == pytest.approx(-found)


def test_changes_are_said_in_words(by_kmeans: Made) -> None:
    customers, features, _, scorer = by_kmeans
    said = [
        str(change_said(step))
        for row in range(0, 400, 5)
        if (change := smallest_change(scorer, customers, features, customers.frame.index[row], MUTABLE))
        for step in change.steps
    ]
    assert any(text.startswith("orders from ") for text in said)
    assert any(text in ("app from no to yes", "app from yes to no") for text in said)
