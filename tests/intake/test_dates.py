"""Dates as people type them."""

import pytest

from segment_core.intake.dates import date_order, dates_of, is_ambiguous


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-31", "2024-01-31 00:00:00"),
        ("2016/8/1 11:05", "2016-08-01 11:05:00"),
        ("2013-01-02T10:11:12Z", "2013-01-02 10:11:12"),
        ("2020-01-01 01:00:00+02:00", "2019-12-31 23:00:00"),
        ("2020-01-01 01:00:00.123-0500", "2020-01-01 06:00:00"),
        ("2016年8月3日", "2016-08-03 00:00:00"),
        ("31.01.2024", "2024-01-31 00:00:00"),
        ("31/1/24", "2024-01-31 00:00:00"),
        ("5 January 2021", "2021-01-05 00:00:00"),
        ("05-Jan-70", "1970-01-05 00:00:00"),
        ("Friday, Jan 5th, 2024", "2024-01-05 00:00:00"),
        ("1/13/2020 1:05 PM", "2020-01-13 13:05:00"),
        ("1/13/2020 12:05 am", "2020-01-13 00:05:00"),
    ],
)
def test_dates_as_typed(text: str, moment: str) -> None:
    assert str(dates_of([text])[text]) == moment


@pytest.mark.parametrize(
    "text", ["2020-02-30", "32/01/2024", "5 Foo 2020", "1.5", "12:30", "2024", "call 5 May 2020 ok"]
)
def test_what_is_no_date(text: str) -> None:
    assert dates_of([text])[text] is None


def test_the_order_of_day_and_month_is_decided_by_all_values() -> None:
    assert dates_of(["3/4/2024", "13/4/2024"])["3/4/2024"].month == 4
    assert dates_of(["3/4/2024", "4/13/2024"])["3/4/2024"].month == 3
    assert date_order(["3/4/2024", "5/6/2024"]) is None
    assert is_ambiguous(["3/4/2024"])
    assert not is_ambiguous(["3/4/2024", "13/4/2024"])
    assert not is_ambiguous(["2024-03-04"])


def test_compact_dates_only_where_a_date_is_expected() -> None:
    assert dates_of(["20240131"])["20240131"] is None
    assert dates_of(["20240131"], compact=True)["20240131"].day == 31
