"""Marks: names tell what is sensitive and what can be changed; what a person chose wins."""

import pandas as pd
import pytest

from segment_core.artifacts import Basis, Column, Customers, Role
from segment_core.intake.marks import is_mutable, is_sensitive, mutable, sensitive
from segment_core.messages import say


def column(name: str, role: Role = "number", basis: Basis = "behavioural") -> Column:
    return Column(name, role, basis, say("-"))


@pytest.mark.parametrize("name", ["Age", "birth_year", "Gender", "Marital_Status", "Kidhome", "Geschlecht", "性别"])
def test_protected_traits_are_sensitive(name: str) -> None:
    assert is_sensitive(column(name))


@pytest.mark.parametrize("name", ["total_spend", "account_age", "page_views", "city", "average_order", "消费金额"])
def test_other_columns_are_not(name: str) -> None:
    assert not is_sensitive(column(name))


def test_deeds_can_be_changed_and_people_cannot() -> None:
    assert is_mutable(column("orders"))
    assert is_mutable(column("channel", "category"))
    assert not is_mutable(column("tenure_months"))
    assert not is_mutable(column("income", basis="demographic"))
    assert not is_mutable(column("last_order", "date"))
    assert not is_mutable(column("kids"))


def test_what_was_chosen_wins_over_the_name() -> None:
    columns = (column("age"), column("orders"), column("notes", "text"))
    customers = Customers(pd.DataFrame({"age": [1.0], "orders": [1.0], "notes": [""]}), columns, "id", 1)
    assert sensitive(customers, {}) == ("age",)
    assert sensitive(customers, {"age": False, "orders": True}) == ("orders",)
    assert mutable(customers, {}) == ("orders",)
    assert mutable(customers, {"age": True, "orders": False, "notes": True}) == ("age",)
