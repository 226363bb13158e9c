"""Twins: what is a rule is found as one, what is none is said to be none, and every figure is of customers held out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from benchmarks.ruled import cut, ruled
from segment_core.artifacts import Clustering, Customers, RuleTwin, Segment, Step
from segment_core.labelling import apply_rule, matches, twin, twins
from segment_core.labelling.rules import Mask
from tests.planted import typed

GROUPS = ("two", "three", "words", "dates", "four")


@pytest.fixture(scope="module")
def shop() -> tuple[Customers, dict[str, Mask]]:
    return ruled(1500, 0)


@pytest.mark.parametrize("seed", range(3))
def test_planted_rules_are_found(seed: int) -> None:
    customers, groups = ruled(2000, seed)
    for name in GROUPS:
        found = twin(customers, groups[name], name=name)
        assert found.sayable, (name, found)
        assert found.f1 >= 0.85, (name, found)
        assert 1 <= len(found.conditions) <= 4
        assert len({condition.column for condition in found.conditions}) == len(found.conditions)
        claimed = apply_rule(customers, found.conditions)
        assert found.sql and matches(found.conditions, customers)
        assert abs(claimed.mean() - found.coverage) < 0.06


def test_the_very_conditions_come_back_in_round_figures() -> None:
    customers, groups = ruled(3000, 1, noise=0, missing=0)
    found = {name: twin(customers, groups[name]) for name in GROUPS}
    assert {(c.column, c.op, c.values) for c in found["two"].conditions} == {
        ("spend", "≥", ("180",)),
        ("channel", "is one of", ("web", "app")),
    }
    assert {(c.column, c.op, c.values) for c in found["words"].conditions} == {
        ("review", "contains", ("late",)),
        ("orders", "≥", ("3",)),
    }
    dates = {condition.column: condition for condition in found["dates"].conditions}
    assert (dates["joined"].op, dates["joined"].values) == ("≥", ("2020-07-01",))
    assert all(one.f1 > 0.97 for one in found.values())


def test_rounding_costs_next_to_nothing() -> None:
    """Round limits lose less than 0.01 of F1 on customers held out, against the limits as found."""
    from segment_core.labelling import rounding

    customers, groups = ruled(3000, 4)
    for name in GROUPS:
        round_ = twin(customers, groups[name])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rounding, "MOST_LOST", 0.0)
            exact = twin(customers, groups[name])
        assert round_.f1 > exact.f1 - 0.01, name


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_noise_cannot_be_said(shop, share: float) -> None:
    customers, _ = shop
    group = np.random.default_rng(7).random(len(customers)) < share
    found = twin(customers, group)
    assert not found.sayable
    assert "cannot be said as a rule" in str(found.reason)


def test_row_order_has_no_say_and_nothing_is_changed(shop) -> None:
    customers, groups = shop
    before = customers.frame.copy()
    order = np.random.default_rng(1).permutation(len(customers))
    shuffled = replace(customers, frame=customers.frame.iloc[order])
    assert twin(shuffled, groups["two"][order]) == twin(customers, groups["two"])
    assert twin(customers, groups["words"]) == twin(customers, groups["words"])
    pd.testing.assert_frame_equal(customers.frame, before)


def test_a_rare_segment_is_found() -> None:
    customers, _ = ruled(6000, 2)
    rare = ((customers.frame["spend"] > 600) & (customers.frame["city"] == "Rome")).to_numpy()
    assert 0.004 < rare.mean() < 0.02
    found = twin(customers, rare)
    assert found.sayable and found.f1 >= 0.85


def test_duplicated_customers_change_little(shop) -> None:
    customers, groups = shop
    copies = customers.frame.set_axis([f"{id_} copy" for id_ in customers.frame.index])
    twice = replace(customers, frame=pd.concat([customers.frame, copies]))
    found = twin(twice, np.tile(groups["two"], 2))
    assert found.sayable and found.f1 >= 0.85


def test_missing_values_can_be_what_tells() -> None:
    customers, _ = ruled(1500, 0)
    lost = customers.frame["orders"].isna().to_numpy() | (np.arange(1500) % 5 == 0)
    frame = customers.frame.assign(orders=customers.frame["orders"].mask(lost))
    found = twin(replace(customers, frame=frame), lost)
    assert [(c.column, c.op) for c in found.conditions] == [("orders", "is missing")]
    assert found.f1 == 1.0


def test_what_is_left_out_or_set_aside_is_never_asked(shop) -> None:
    customers, groups = shop
    found = twin(customers, groups["two"], leave_out=("spend",))
    assert {condition.column for condition in found.conditions} <= set(customers.frame.columns) - {
        "spend",
        "code",
        "consent",
    }
    own = (customers.frame["consent"] == "yes").to_numpy()
    assert not twin(customers, own).sayable


def test_all_segments_come_in_their_order_with_progress(shop) -> None:
    customers, groups = shop
    told: list[float] = []
    clustering = cut(np.where(groups["two"], 0, np.where(groups["words"], 1, 2)))
    found = twins(customers, clustering, progress=lambda done, total, note: told.append(done / total))
    assert [one.segment for one in found.twins] == ["S1", "S2", "S3"]
    assert told == sorted(told) and told[-1] == 1 and len(told) >= 4
    assert found.of("S1").sayable and found.of("S9") is None
    assert {one.n_held_out for one in found.twins} == {450}


def test_one_segment_has_nothing_to_tell_apart(shop) -> None:
    customers, _ = shop
    found = twins(customers, cut(np.zeros(len(customers), dtype=np.int64)))
    assert not found.twins[0].sayable
    assert "only one segment" in str(found.twins[0].reason)


def test_too_few_customers_are_said_to_be_too_few(shop) -> None:
    customers, _ = shop
    few = np.arange(len(customers)) < 10
    found = twin(customers, few)
    assert not found.sayable and not found.conditions
    assert "too few customers" in str(found.reason)


def test_nothing_to_ask_is_said() -> None:
    bare = typed({"code": "ignore"}, code=[str(number) for number in range(60)])
    found = twin(bare, np.arange(60) % 2 == 0)
    assert not found.sayable
    assert "no column" in str(found.reason)


def test_texts_alone_are_said_by_a_word_or_not_at_all() -> None:
    random = np.random.default_rng(0)
    words = [" ".join(random.choice(["blue", "green", "grey", "white", "black"], 6)) for _ in range(300)]
    late = np.arange(300) % 3 == 0
    shop = typed(
        {"note": "text"}, note=[f"{text} Straße" if own else text for text, own in zip(words, late, strict=True)]
    )
    found = twin(shop, late)
    assert found.sayable and found.f1 == 1.0 and found.sql
    assert not twin(typed({"note": "text"}, note=words), late).sayable


def test_many_customers_are_drawn_and_it_is_told(monkeypatch) -> None:
    from segment_core.labelling import twins as module_of  # the function shadows the module

    module = __import__("sys").modules[module_of.__module__]
    monkeypatch.setattr(module, "MOST_FOUND_IN", 400)
    monkeypatch.setattr(module, "MOST_HELD_OUT", 200)
    customers, groups = ruled(2000, 0)
    found = twins(customers, cut(np.where(groups["two"], 0, 1)))
    assert "were drawn" in str(found.notes[0].message)
    assert found.twins[0].sayable and found.twins[0].n_held_out <= 202


def test_figures_are_what_they_are_called() -> None:
    found = RuleTwin("S1", (), sayable=True, n_held_out=100, n_segment=20, n_named=10, n_both=8)
    assert (found.precision, found.recall, found.coverage) == (0.8, 0.4, 0.1)
    assert found.f1 == pytest.approx(2 * 0.8 * 0.4 / 1.2)
    assert RuleTwin("S1", (), sayable=False).f1 == 0.0


REAL = ("customer_personality", "car_rental")


@pytest.mark.parametrize("name", REAL)
def test_on_real_files_every_query_returns_exactly_its_customers(name: str, real_customers) -> None:
    customers, clustering = real_customers(name)
    found = twins(customers, clustering)
    said = [one for one in found.twins if one.conditions]
    assert said
    for one in said:
        assert matches(one.conditions, customers)
        assert one.sql


@pytest.fixture
def real_customers():
    from pathlib import Path

    from segment_core.clustering import kmeans
    from segment_core.composition import compose
    from segment_core.journey import collect
    from segment_core.plan import Plan

    folder = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real files are not beside the repository")

    def made(name: str) -> tuple[Customers, Clustering]:
        file = next(path for path in sorted((folder / name).iterdir()) if path.suffix in (".csv", ".zip"))
        plan = Plan(encoder=Step("tfidf"))
        customers = collect(file.read_bytes(), file.name, plan).customers
        features = compose(customers, plan).features
        labels = kmeans.labels_of(features, kmeans.KMeansOptions(n_segments=4, n_starts=2, seed=0))
        sizes = np.bincount(labels)
        segments = tuple(Segment(f"S{place + 1}", int(size)) for place, size in enumerate(sizes))
        n = len(labels)
        return customers, Clustering(labels, np.ones(n, np.float32), np.full(n, "core"), segments, Step("kmeans"))

    return made
