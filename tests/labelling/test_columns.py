"""Label columns: the hand wins over rules, later rules over earlier ones, and nothing is lost by accident."""

import dataclasses
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Condition, Customers, LabelColumn, Rule
from segment_core.errors import OptionError
from segment_core.labelling import (
    assign,
    carried,
    clear,
    counts,
    labels,
    remove,
    rename,
    tidy,
    values,
    with_rule,
)
from segment_core.store import records
from tests.planted import typed

RICH = Rule("rich", (Condition("spend", "≥", ("100",)),))
VERY = Rule("very rich", (Condition("spend", "≥", ("1000",)),))


@pytest.fixture
def shop() -> Customers:
    return typed({"spend": "money"}, spend=[1.0, 100.0, 1000.0, np.nan])


@pytest.fixture
def column(shop: Customers) -> LabelColumn:
    found = with_rule(with_rule(LabelColumn("Value"), RICH, shop), VERY, shop)
    return clear(assign(found, ["C0000", "C0002"], " to  watch "), ["C0001"])


def test_the_hand_wins_over_rules_and_the_later_rule_over_the_earlier(shop: Customers, column: LabelColumn) -> None:
    assert values(dataclasses.replace(column, picked={}), shop).tolist() == [None, "rich", "very rich", None]
    assert values(column, shop).tolist() == ["to watch", None, "to watch", None]


def test_counts_tell_hand_from_rule(shop: Customers, column: LabelColumn) -> None:
    assert labels(column) == ("rich", "to watch", "very rich")
    found = {count.label: (count.n, count.picked) for count in counts(column, shop)}
    assert found == {"to watch": (2, 2), "rich": (0, 0), "very rich": (0, 0)}
    by_rule = counts(dataclasses.replace(column, picked={"C0000": "rich"}), shop)
    assert [(count.label, count.n, count.picked) for count in by_rule] == [("rich", 2, 1), ("very rich", 1, 0)]


def test_labels_are_renamed_merged_and_removed(shop: Customers, column: LabelColumn) -> None:
    merged = rename(column, "very rich", "rich")
    assert [rule.label for rule in merged.rules] == ["rich", "rich"]
    assert labels(rename(column, "to watch", "new")) == ("new", "rich", "very rich")
    gone = remove(column, "to watch")
    assert values(gone, shop).tolist() == [None, None, "very rich", None]
    assert labels(remove(column, "rich")) == ("to watch", "very rich")


@pytest.mark.parametrize("name", ["", "  \n", "\u200b\x00", "x" * 81])
def test_a_name_must_be_readable(name: str) -> None:
    with pytest.raises(OptionError):
        tidy(name)


def test_a_rule_that_no_longer_fits_labels_nobody(shop: Customers, column: LabelColumn) -> None:
    other = typed({"age": "number"}, age=[1.0, 2.0])
    assert values(column, other).tolist() == ["to watch", None]
    with pytest.raises(OptionError):
        with_rule(column, RICH, other)


def test_marks_stay_with_those_who_are_still_there(shop: Customers, column: LabelColumn) -> None:
    fewer = dataclasses.replace(shop, frame=shop.frame.iloc[1:])
    found = carried(column, shop, fewer)
    assert found.picked == {"C0001": "", "C0002": "to watch"}
    assert [(note.code, note.count) for note in found.notes] == [("labels-lost", 1)]
    assert carried(found, fewer, fewer).notes == ()
    back = carried(found, fewer, shop)
    assert [(note.code, note.count) for note in back.notes] == [("labels-gained", 1)]


def test_marks_do_not_pass_to_strangers_with_the_same_row_number(shop: Customers, column: LabelColumn) -> None:
    by_row = dataclasses.replace(shop, id_name="row")
    longer = dataclasses.replace(by_row, n_rows=5)
    assert carried(column, by_row, by_row).picked == column.picked
    for before, after in ((by_row, longer), (shop, by_row)):
        found = carried(column, before, after)
        assert found.picked == {} and found.rules == column.rules
        assert found.notes[0].count == 2


def test_a_hundred_thousand_marks_are_kept_and_counted_quickly(tmp_path: Path) -> None:
    n = 100_000
    frame = pd.DataFrame({"spend": np.arange(n, dtype=float)}, index=[f"customer-{number}" for number in range(n)])
    many = dataclasses.replace(typed({"spend": "money"}, spend=[0.0]), frame=frame)
    marked = assign(LabelColumn("All", rules=(RICH,)), frame.index, "one")
    start = perf_counter()
    records.save(marked, tmp_path / "kept")
    again = records.load(LabelColumn, tmp_path / "kept")
    assert counts(again, many)[0].n == n
    assert perf_counter() - start < 20
    assert again == marked
    size = sum(path.stat().st_size for path in (tmp_path / "kept").iterdir())
    assert size < 5_000_000
    assert all(type(id_) is str for id_ in again.picked)
