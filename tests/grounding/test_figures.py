"""Slots become figures, and nothing else does."""

from dataclasses import replace

import pytest

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.grounding import figure, parts, render

INCOME = EvidenceItem(
    id="S1.f2", segment="S1", kind="median", label="Income", column="Income", direction="over", n=9, value=58138.0,
    base=51381.0,
)  # fmt: skip
CITY = replace(INCOME, id="S1.f3", kind="share", label="City = Rome", column="City", value=0.61, base=0.24, unit="%")
DATE = replace(INCOME, id="S1.f4", kind="date", label="Joined", column="Joined", value=15587.0, base=0.0, unit="days")
SIZE = EvidenceItem(
    id="S1.f1", segment="S1", kind="size", label="Customers", direction="describes", n=1234, value=0.18, base=1.0,
    unit="%",
)  # fmt: skip
TERM = EvidenceItem(id="S1.t1", segment="S1", kind="term", label="soft", text="soft", direction="over", n=9, value=0.4)
SHEET = Evidence((SIZE, INCOME, CITY, DATE, TERM), {}, {}, 6856)


@pytest.mark.parametrize(
    ("item", "english", "chinese"),
    [
        (INCOME, "Income, median: 58,138 (all customers 51,381)", "Income（中位数）：58,138（全部客户 51,381）"),
        (CITY, "City = Rome: 61 % (all customers 24 %)", "City = Rome：61 %（全部客户 24 %）"),
        (DATE, "Joined: 2012-09-04 (all customers 1970-01-01)", "Joined：2012-09-04（全部客户 1970-01-01）"),
        (SIZE, "Customers: 1,234 (18 % of all)", "客户数：1,234（占全部 18 %）"),
        (TERM, "“soft”", "“soft”"),
        (replace(INCOME, base=None), "Income, median: 58,138", "Income（中位数）：58,138"),
        (replace(INCOME, value=None, base=None), "Income", "Income"),
    ],
)
def test_a_figure_says_label_value_and_base(item, english, chinese):
    assert figure(item) == english
    assert figure(item, "zh") == chinese


@pytest.mark.parametrize(
    ("value", "base", "shown"),
    [
        (0.614, 0.611, "61.4 % (all customers 61.1 %)"),
        (0.004, 0.02, "0.4 % (all customers 2.0 %)"),
        (0.0, 1.0, "0 % (all customers 100 %)"),
    ],
)
def test_shares_stay_apart_and_small_ones_visible(value, base, shown):
    assert figure(replace(CITY, value=value, base=base)) == f"City = Rome: {shown}"


@pytest.mark.parametrize(
    ("value", "base", "shown"),
    [
        (3.0, 6.0, "3 (all customers 6)"),
        (4.2513, 4.2509, "4.2513 (all customers 4.2509)"),
        (0.0123, 0.5, "0.0123 (all customers 0.5)"),
        (386.55, 120.0, "386.6 (all customers 120)"),
        (-1500.4, 2e6, "-1,500 (all customers 2,000,000)"),
        (float("nan"), 1.0, "– (all customers 1)"),
    ],
)
def test_numbers_are_readable_and_differ_where_they_differ(value, base, shown):
    assert figure(replace(INCOME, value=value, base=base)) == f"Income, median: {shown}"


def test_years_have_no_thousands_mark():
    born = replace(INCOME, label="Year_Birth", value=1979.0, base=1970.0)
    assert figure(born) == "Year_Birth, median: 1979 (all customers 1970)"


def test_a_claim_is_split_at_its_slots():
    assert parts("Well paid ⟦S1.f2⟧, in ⟦ S1.f3 ⟧.", SHEET) == ["Well paid ", INCOME, ", in ", CITY, "."]
    assert render("⟦S1.f2⟧!", SHEET) == "Income, median: 58,138 (all customers 51,381)!"


def test_an_unknown_slot_shows_nothing_made_up():
    assert render("Here ⟦S9.f9⟧ and {x}", SHEET) == "Here … and {x}"


def test_a_label_with_a_slot_in_it_is_not_filled_again():
    sheet = Evidence((replace(INCOME, label="⟦S1.f3⟧"), CITY), {}, {}, 10)
    assert render("⟦S1.f2⟧", sheet) == "[S1.f3], median: 58,138 (all customers 51,381)"
