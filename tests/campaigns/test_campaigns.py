"""Campaigns: a hold-out is alike and repeatable, sizes are what a simulation finds, results are read with caution."""

from math import inf, isnan, nan

import numpy as np
import pandas as pd
import pytest

from benchmarks.holdouts import simulated
from segment_core.artifacts import Campaign, Cell
from segment_core.campaigns import (
    customers_for,
    default_share,
    detectable,
    detectable_mean,
    hold_out,
    nearly,
    outcomes,
    read_out,
    share_for,
    share_for_mean,
)
from segment_core.campaigns.intervals import means, rates
from segment_core.errors import DataError, OptionError

RANDOM = np.random.default_rng(0)
N = 1000
IDS = [f"C{place:04}" for place in RANDOM.permutation(N)]
STRATA = [f"S{place}" for place in RANDOM.integers(0, 4, N)]
MATRIX = np.exp(RANDOM.normal(size=(N, 6)))
NAMES = list("abcdef")


@pytest.mark.parametrize(("n", "held", "baseline"), [(8000, 2000, 0.04), (400, 100, 0.2), (100, 400, 0.0)])
def test_what_is_detectable_is_shown_as_often_as_told(n: int, held: int, baseline: float) -> None:
    assert simulated(n, held, baseline, detectable(n, held, baseline), 20_000) == pytest.approx(0.8, abs=0.012)


def test_the_share_is_the_smallest_that_shows_the_effect() -> None:
    share = share_for(5000, 0.1, 0.04)
    assert share is not None
    held = round(share * 5000)
    low, high = (simulated(5000 - size, size, 0.1, 0.04, 40_000) for size in (round(held * 0.95), round(held * 1.05)))
    assert low < 0.8 < high


def test_sizes_of_what_is_impossible() -> None:
    assert isnan(detectable(0, 10, 0.1))
    assert detectable(2, 2, 0.9) == inf
    assert isnan(detectable_mean(5, 1, 3.0))
    assert share_for(100, 0.1, 0.01) is None
    assert share_for(1000, 0.9, 0.2) is None
    assert share_for_mean(100, 50.0, 1.0) is None
    assert customers_for(0.2, 0.5, 1e-5) is None
    assert (default_share(1000), default_share(10**6), default_share(100, 0.1, 0.01)) == (0.2, 0.05, 0.5)


def test_means_are_sized_alike() -> None:
    share = share_for_mean(5000, 50.0, 5.0)
    assert share is not None
    held = round(share * 5000)
    assert detectable_mean(5000 - held, held, 50.0) <= 5.0 < detectable_mean(5001 - held, held - 1, 50.0)


def test_the_held_out_are_alike_whatever_the_seed() -> None:
    for seed in range(8):
        found = hold_out(IDS, STRATA, MATRIX, NAMES, share=0.2, seed=seed)
        assert found.held.sum() == 200
        assert abs(found.balance[0].difference) < 0.1
        assert not found.notes
        for stratum in set(STRATA):
            own = np.array([one == stratum for one in STRATA])
            assert abs(found.held[own].sum() - 0.2 * own.sum()) < 1


def test_many_features_of_few_customers_are_alike_too_and_everybody_may_be_held_out() -> None:
    few = np.exp(RANDOM.normal(size=(400, 60)) / 2)
    names, chosen = [f"f{place}" for place in range(60)], np.zeros(400)
    for seed in range(12):
        held = hold_out(IDS[:400], STRATA[:400], few, names, share=0.2, seed=seed)
        assert abs(held.balance[0].difference) < 0.1
        assert held.held.sum() == 80 and not held.notes
        chosen += held.held
    assert chosen.max() < 10 and (chosen > 0).mean() > 0.85, "still drawn by lot: 0.93 of all once at least"


def test_the_same_seed_holds_the_same_out_in_any_order() -> None:
    order = np.random.default_rng(5).permutation(N)
    first = hold_out(IDS, STRATA, MATRIX, NAMES, share=0.2, seed=3)
    moved = hold_out(
        [IDS[place] for place in order], [STRATA[place] for place in order], MATRIX[order], NAMES, share=0.2, seed=3
    )
    assert (first.held[order] == moved.held).all()
    assert (hold_out(IDS, STRATA, MATRIX, NAMES, share=0.2, seed=4).held != first.held).any()


def test_few_cannot_be_alike_and_it_is_told() -> None:
    wide = np.random.default_rng(1).normal(size=(30, 40))
    wide[0, 0] = np.nan
    found = hold_out(IDS[:30], ["a"] * 28 + ["b", "c"], wide, [f"f{k}" for k in range(40)], share=0.1, seed=0)
    assert {note.code for note in found.notes} == {"held_missing", "held_nobody", "held_unlike"}
    assert not found.held[28:].any()
    assert found.held.sum() == 3


def test_what_cannot_be_held_out_is_refused() -> None:
    with pytest.raises(OptionError):
        hold_out(IDS, STRATA, MATRIX, NAMES, share=1.0, seed=0)
    with pytest.raises(DataError):
        hold_out(["a", "a"], ["x", "x"], np.zeros((2, 1)), ["f"], share=0.5, seed=0)


def test_intervals_are_the_published_ones() -> None:
    assert rates(56, 70, 48, 80, 0.05) == pytest.approx((0.0524, 0.3339), abs=5e-5)  # Newcombe 1998, table II
    assert rates(0, 10, 0, 10, 0.05) == pytest.approx((-0.2775, 0.2775), abs=5e-5)
    from scipy.stats import ttest_ind

    own, other = RANDOM.normal(1, 2, 30), RANDOM.normal(0, 1, 9)
    known = ttest_ind(own, other, equal_var=False).confidence_interval(0.95)
    assert means(own, other, 0.05) == pytest.approx((known.low, known.high))


def campaign(measure: str = "rate", n: int = 400, held: int = 100, k: int = 2) -> Campaign:
    cells = tuple(
        Cell(f"S{s}", f"Seg {s}", tuple(f"t{s}.{i}" for i in range(n)), tuple(f"h{s}.{i}" for i in range(held)))
        for s in range(k)
    )
    return Campaign("c", "c", "", "", measure, cells, 0.2, 0, 0.0)  # type: ignore[arg-type]


def answers(made: Campaign, own: int, other: int) -> dict[str, float]:
    """Let the first so many of each group say yes."""
    yes = [one for cell in made.cells for one in (*cell.treated[:own], *cell.held[:other])]
    return dict.fromkeys(yes, 1.0)


def codes(found: object) -> set[str]:
    return {note.code for note in found.notes}  # type: ignore[attr-defined]


def test_an_uplift_is_read_over_all_and_in_each_segment() -> None:
    made = campaign()
    found = read_out(made, answers(made, 80, 5), source="a.csv", at=1.0)
    over_all, first, _ = found.uplifts
    assert (over_all.segment, over_all.n_treated, over_all.n_held) == ("", 800, 200)
    assert over_all.difference == pytest.approx(0.15)
    assert (first.low, first.high) == pytest.approx(rates(80, 400, 5, 100, 0.05))
    half = (first.difference - first.low) / 2**0.5  # two equal segments: the half-width shrinks by the root of two
    assert over_all.low == pytest.approx(0.15 - half)
    assert over_all.tells
    assert over_all.detectable == pytest.approx(detectable(800, 200, 0.05))
    assert "readout_missing" in codes(found)
    assert "readout_many" in codes(found)


def test_what_cannot_be_told_is_told_with_the_customers_it_needs() -> None:
    made = campaign()
    found = read_out(made, answers(made, 24, 5), source="a.csv", at=1.0)
    assert not found.uplifts[0].tells
    (note,) = [note for note in found.notes if note.code == "readout_cannot_tell"]
    assert note.message.values["n"] == f"{customers_for(0.2, 0.05, 0.01):,}"


def test_what_is_wrong_with_results_is_told() -> None:
    made = campaign(held=100)
    given = answers(made, 80, 5) | {"nobody": 1.0, "t0.0": 3.0}
    found = read_out(made, given, source="a", at=1.0, missing="none", reached=["h0.0", "t0.0"])
    assert codes(found) >= {"readout_unknown", "readout_odd", "readout_contaminated", "readout_not_reached"}
    assert "readout_unequal" in codes(found)
    assert found.uplifts[1].n_treated == 79
    only = read_out(made, answers(made, 80, 5), source="a", at=1.0, missing="none")
    assert "readout_responders" in codes(only)


def test_a_file_of_one_group_only_tells_nothing_unless_it_lists_responders() -> None:
    made = campaign()
    treated = [one for cell in made.cells for one in cell.treated]
    lines = {one: float(place % 6 == 0) for place, one in enumerate(treated)}
    found = read_out(made, lines, source="a", at=1.0)
    assert "readout_one_group" in codes(found)
    assert isnan(found.uplifts[0].difference) and not found.uplifts[0].tells, "who is not in it is unknown"
    many = campaign(k=5)
    silent = read_out(many, dict.fromkeys(many.cells[0].treated, 0.0), source="a", at=1.0)
    assert [note.count for note in silent.notes if note.code == "readout_no_groups"] == [5], "one line, not five"
    responders = read_out(made, {one: 1.0 for one, value in lines.items() if value}, source="a", at=1.0)
    assert responders.uplifts[0].tells and "readout_one_group" in codes(responders)
    held = [one for cell in made.cells for one in cell.held]
    half = read_out(made, lines | dict.fromkeys(held[:50], 0.0), source="a", at=1.0)
    assert "readout_unequal" in codes(half)


def test_what_cannot_be_read_is_not_taken_for_a_no() -> None:
    made = campaign(n=4, held=4, k=1)
    (cell,) = made.cells
    table = pd.DataFrame({"id": [*cell.treated, *cell.held], "x": ["yes", "?", "no", "no", "yes", "no", "no", "no"]})
    found = read_out(made, outcomes("id", table)[0], source="a", at=1.0)
    assert (found.uplifts[0].n_treated, found.uplifts[0].treated) == (3, pytest.approx(1 / 3))
    assert not codes(found) & {"readout_odd", "readout_missing"}


def test_numbers_above_0_are_a_yes_and_told() -> None:
    table = pd.DataFrame({"id": list("abcd"), "orders": ["0", "2", "1", "12,50"]})
    found, notes = outcomes("id", table)
    assert found == {"a": 0.0, "b": 1.0, "c": 1.0, "d": 1.0}
    assert [(note.code, note.count) for note in notes] == [("results_numbers", 2)]


def test_a_segment_without_hold_out_has_no_part_in_the_whole() -> None:
    made = campaign(held=0)
    found = read_out(made, answers(made, 80, 0), source="a", at=1.0)
    assert isnan(found.uplifts[0].difference)
    assert codes(found) >= {"readout_no_groups", "readout_cannot_tell"}


def test_many_looks_are_held_to_one_bound() -> None:
    made = campaign(k=8)
    yes = answers(made, 40, 10)
    yes |= dict.fromkeys(made.cells[0].treated[:76], 1.0)  # tells alone, and not as one of eight
    found = read_out(made, yes, source="a", at=1.0)
    assert found.uplifts[1].tells
    (note,) = [note for note in found.notes if note.code == "readout_many"]
    assert "none does" in str(note.message)


def test_amounts_are_compared_by_welch() -> None:
    made = campaign("mean", n=50, held=20, k=1)
    random = np.random.default_rng(0)
    given = {one: float(random.normal(12, 2)) for one in made.cells[0].treated}
    given |= {one: float(random.normal(8, 2)) for one in made.cells[0].held}
    over_all, own = read_out(made, given, source="a", at=1.0).uplifts
    assert over_all.tells
    assert (over_all.low, over_all.high) == pytest.approx((own.low, own.high))


def test_outcomes_are_read_in_many_spellings() -> None:
    table = pd.DataFrame(
        {"Customer ID": ["a", "b", "c", "d", "a", ""], "Converted": ["Yes", "0", "是", "maybe", "no", "1"]}
    )
    found, notes = outcomes("customer_id", table)
    assert found == pytest.approx({"a": 1.0, "b": 0.0, "c": 1.0, "d": nan}, nan_ok=True), "maybe is no no"
    assert {note.code for note in notes} == {"results_odd", "results_again", "results_nobody"}
    amounts = pd.DataFrame({"id": list("abc"), "x": ["1.234,50 €", "12,5", "−3"]})
    assert outcomes("id", amounts, measure="mean")[0] == {"a": 1234.5, "b": 12.5, "c": -3.0}
    found, notes = outcomes("id", pd.DataFrame({"id": list("ab"), "x": ["1,234", "$5"]}), measure="mean")
    assert found == {"a": 1234.0, "b": 5.0}
    assert [note.code for note in notes] == ["results_commas"]
    assert outcomes("id", pd.DataFrame({"id": ["a", "b"]}))[0] == {"a": 1.0, "b": 1.0}


@pytest.mark.parametrize(
    ("table", "how", "told"),
    [
        ({"id": []}, {}, "no rows"),
        ({"x": ["1"], "y": ["1"]}, {}, "No column of customer ids"),
        ({"id": ["1"], "x": ["1"], "y": ["1"]}, {}, "not clear which"),
        ({"id": ["1"], "x": ["1"]}, {"column": "z"}, "no column “z”"),
        ({"id": ["1"], "x": ["perhaps"]}, {}, "can be read"),
        ({"id": list("123"), "x": ["yes", "nothing at all", "silence"]}, {}, "Most outcomes"),
    ],
)
def test_results_that_cannot_be_read_say_why(table: dict[str, list[str]], how: dict[str, str], told: str) -> None:
    with pytest.raises(DataError, match=told):
        outcomes("customer", pd.DataFrame(table, dtype=object), **how)  # type: ignore[arg-type]


def test_ids_that_a_spreadsheet_changed_are_told_apart_from_strangers() -> None:
    ours = ["00123", "00124", "12345", "12346"]
    found = nearly(ours, ["12345.0", "12346.0", "99999.0"])
    assert found is not None and (found.n, found.theirs, found.ours) == (2, "12345.0", "12345")
    found = nearly(ours, ["123", "124", "12345"])
    assert found is not None and (found.n, found.ours) == (2, "00123"), "12345 matches as it stands"
    found = nearly(["C-001", "C-002"], ["c1", "7"])
    assert found is not None and (found.n, found.ours) == (1, "C-001")
    assert nearly(["A1", "B1"], ["1"]) is None, "it could be either"
    assert nearly(ours, ["777", ""]) is None and nearly(ours, ours) is None


def test_half_a_file_of_changed_ids_is_warned_of() -> None:
    """Who begins with a zero would silently count as not having responded."""
    cells = (Cell("S1", "One", ("00001", "00002", "10003"), ("00004", "10005")),)
    campaign = Campaign("c", "Spring", "", "", "rate", cells, 0.4, 0, 0.0)
    (note,) = (
        n for n in read_out(campaign, {"1": 1, "2": 1, "10003": 1}, source="r", at=0).notes if "nearly" in n.code
    )
    assert (note.count, note.level) == (2, "warning") and "“00001” for “1”" in str(note.message)


def test_effects_beyond_all_doubt_are_read_in_many_segments() -> None:
    """How sure the surest segment is was asked at levels that no float could hold, and the reading broke off."""
    ids = [f"C{n}" for n in range(3000)]
    parts = [tuple(ids[start : start + 500]) for start in range(0, 3000, 500)]
    cells = tuple(Cell(f"S{n}", f"S{n}", *parts[2 * n : 2 * n + 2]) for n in range(3))
    for measure in ("rate", "mean"):
        campaign = Campaign("c", "Spring", "", "", measure, cells, 0.5, 0, 0.0)  # type: ignore[arg-type]
        more = {one: 100.0 if measure == "mean" else 1.0 for cell in cells for one in cell.treated}
        values = {one: more.get(one, 0.0) + (n % 7 if measure == "mean" else 0) for n, one in enumerate(ids)}
        found = read_out(campaign, values, source="r.csv", at=0)
        assert all(one.tells for one in found.uplifts) and "readout_many" in {note.code for note in found.notes}
