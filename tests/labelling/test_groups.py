"""Groups: customers put together under a name stay together from one run to the next."""

from dataclasses import replace

import pandas as pd
import pytest

from segment_core.artifacts import Customers, Edit, Group, Query
from segment_core.errors import OptionError
from segment_core.labelling import carried_edits, carried_groups, with_group

EDIT = Edit("move", ("a",), "S2", "r1", "2026-01-01T00:00:00Z")


def customers(*ids: str) -> Customers:
    return Customers(pd.DataFrame(index=pd.Index(ids)), (), "id", len(ids))


def test_a_group_is_added_and_replaced_by_name() -> None:
    groups = with_group((), "  Late  payers ", ["b", "a", "a"], Query("late"))
    assert groups == (Group("Late payers", ("a", "b"), Query("late")),)
    assert with_group(groups, "Late payers", ["c"]) == (Group("Late payers", ("c",)),)
    assert len(with_group(groups, "Others", ["c"])) == 2


@pytest.mark.parametrize("name, ids", [("", ["a"]), ("x" * 81, ["a"]), ("Nobody", [])])
def test_a_group_needs_a_name_and_somebody(name: str, ids: list[str]) -> None:
    with pytest.raises(OptionError):
        with_group((), name, ids)


def test_groups_keep_those_who_are_still_there() -> None:
    groups = (Group("Two", ("a", "b")), Group("Gone", ("z",)))
    assert carried_groups(groups, customers("a", "b", "z"), customers("a", "c")) == (Group("Two", ("a",)),)


def test_nothing_is_carried_to_customers_told_apart_otherwise() -> None:
    other = replace(customers("a", "b"), id_name="mail")
    assert carried_groups((Group("Two", ("a", "b")),), customers("a", "b"), other) == ()
    assert carried_edits((EDIT,), customers("a", "b"), other) == ()
    assert carried_edits((EDIT,), customers("a", "b"), customers("a")) == (EDIT,)
