"""Quality: every planted problem is found, mended by one click, and clean customers are left in peace."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers
from segment_core.errors import DataError, OptionError
from segment_core.intake import gather, read, sample_csv
from segment_core.intake.quality import MENDED, REMEDIES, SKIPPED, Finding, Remedy, inspect, mend
from segment_core.intake.quality.findings import severity
from tests.intake.quality.conftest import PLANTED, clean, with_cells

TOLD = {"few-customers", "lopsided", "mixed-languages"}
every_problem = pytest.mark.parametrize("code", PLANTED)
every_mendable = pytest.mark.parametrize("code", [code for code in PLANTED if code not in TOLD])


def found(customers: Customers, code: str) -> Finding:
    return next(finding for finding in inspect(customers) if finding.code == code)


def codes(customers: Customers) -> list[str]:
    return [finding.code for finding in inspect(customers)]


def same(one: Customers, other: Customers) -> None:
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert one.columns == other.columns
    if one.said is not None and other.said is not None:
        pd.testing.assert_frame_equal(one.said, other.said)


def test_clean_customers_yield_no_finding() -> None:
    assert inspect(clean()) == ()


@every_problem
def test_a_planted_problem_is_found_and_nothing_else_is(code: str) -> None:
    findings = inspect(PLANTED[code]())
    assert [finding.code for finding in findings] == [code]
    (finding,) = findings
    assert 0 < finding.severity <= 1
    assert str(finding.message)
    assert finding.count > 0
    assert (finding.remedy is None) == (code in TOLD)
    if finding.remedy:
        assert finding.remedy.code in REMEDIES
        assert str(finding.label)
        assert str(finding.effect)


@every_mendable
def test_its_remedy_mends_it_once_and_for_all(code: str) -> None:
    customers = PLANTED[code]()
    before = customers.frame.copy()
    remedy = found(customers, code).remedy
    mended = mend(customers, [remedy])
    assert code not in codes(mended)
    assert mended.notes[-1].code == MENDED
    assert mended.notes[-1].count == found(customers, code).count
    assert len(mended.notes) == len(customers.notes) + 1
    again = mend(mended, [remedy])
    same(again, mended)
    assert again.notes[-1].count == 0
    pd.testing.assert_frame_equal(customers.frame, before)


@every_mendable
def test_what_was_said_goes_with_who_said_it(code: str) -> None:
    customers = PLANTED[code]()
    mended = mend(customers, [found(customers, code).remedy])
    assert set(mended.said["customer"]) <= set(mended.frame.index)
    silent = mended.frame.index[mended.frame["review"] == ""]
    assert not mended.said["customer"].isin(silent).any() or code == "empty-customers"


@pytest.mark.parametrize("code", [code for code in PLANTED if code not in ("duplicates", "copied-texts", *TOLD)])
def test_the_order_of_customers_does_not_matter(code: str) -> None:
    customers = PLANTED[code]()
    shuffled = replace(customers, frame=customers.frame.sample(frac=1, random_state=3))
    remedy = found(customers, code).remedy
    assert found(shuffled, code).count == found(customers, code).count
    one, other = mend(customers, [remedy]), mend(shuffled, [remedy])
    pd.testing.assert_frame_equal(one.frame, other.frame.loc[one.frame.index])


def test_a_shuffled_file_is_mended_alike() -> None:
    table = read(sample_csv(), "sample.csv")
    doubled = pd.concat([table.frame, table.frame.head(20).assign(customer_id=[f"X{row}" for row in range(20)])])
    doubled["email"] = doubled["email"].str.replace("@", "", regex=False)
    tables = [replace(table, frame=frame.reset_index(drop=True)) for frame in (doubled, doubled.sample(frac=1))]
    one, other = (
        mend(customers, [finding.remedy for finding in inspect(customers) if finding.remedy])
        for customers in map(gather, tables)
    )
    assert len(one) == 5000
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert [note.count for note in one.notes] == [note.count for note in other.notes]


def test_every_remedy_is_offered_by_a_finding() -> None:
    offered = {finding.remedy.code for make in PLANTED.values() for finding in inspect(make()) if finding.remedy}
    assert offered == set(REMEDIES)


def test_without_remedies_nothing_changes() -> None:
    customers = clean()
    assert mend(customers, ()) is customers


def test_an_unknown_remedy_names_those_there_are() -> None:
    with pytest.raises(OptionError, match=r"no remedy named pray; there are: leave-out-columns, .*blank-copied-texts"):
        mend(clean(), [Remedy("pray")])


def test_a_remedy_whose_column_is_gone_is_skipped_and_says_so() -> None:
    mended = mend(clean(), [Remedy("merge-spellings", ("town",))])
    same(mended, clean())
    assert (mended.notes[-1].code, mended.notes[-1].level) == (SKIPPED, "warning")
    assert "town" in str(mended.notes[-1].message)


def test_a_remedy_for_another_kind_of_column_changes_nothing() -> None:
    mended = mend(clean(), [Remedy("clear-far-values", ("review",)), Remedy("merge-spellings", ("age",))])
    same(mended, clean())
    assert [note.count for note in mended.notes] == [0, 0]


def test_remedies_that_leave_nobody_are_refused() -> None:
    one = replace(clean(), frame=clean().frame.head(1).set_axis(["test"]))
    with pytest.raises(DataError, match="no customer is left"):
        mend(one, [Remedy("leave-out-test-accounts")])


def test_the_worst_comes_first() -> None:
    customers = with_cells("age", 127.0, slice(0, 1))
    frame = customers.frame.assign(
        city=lambda frame: frame["city"].mask(frame.index < "C0100", frame["city"].str.upper())
    )
    findings = inspect(replace(customers, frame=frame))
    assert [finding.code for finding in findings] == ["spellings", "impossible-values"]
    assert severity(0.5, 0.2) > severity(0.5, 0.1)


def test_a_column_left_out_is_text_and_shapes_no_segment() -> None:
    mended = mend(clean(), [Remedy("leave-out-columns", ("age", "since", "review"))])
    assert {mended.column(name).role for name in ("age", "since", "review")} == {"ignore"}
    assert mended.frame["age"].iloc[0] == f"{clean().frame['age'].iloc[0]:.0f}"
    assert mended.frame["since"].iloc[0] == str(clean().frame["since"].iloc[0].date())
    assert len(mended.said) == 0


def test_rare_values_join_the_word_the_column_has_for_them() -> None:
    customers = with_cells("channel", ["fax", "fax", "letter", "misc", "misc", "Misc"])
    remedy = found(customers, "rare-levels").remedy
    assert set(mend(customers, [remedy]).frame["channel"]) == {"web", "shop", "phone", "misc", "Misc"}


def test_spellings_keep_signs_that_mean_something() -> None:
    customers = with_cells("channel", ["A+", "A-", "A", "1-2", "12", "1/2"] * 20, slice(0, 120))
    assert codes(customers) == []


def test_the_first_copy_of_a_text_stays() -> None:
    customers = PLANTED["copied-texts"]()
    mended = mend(customers, [Remedy("blank-copied-texts", ("review",))])
    assert mended.frame["review"].iloc[0] == customers.frame["review"].iloc[0]
    assert (mended.frame["review"].iloc[1:8] == "").all()
    assert (mended.frame["review"].iloc[8:] == customers.frame["review"].iloc[8:]).all()


def test_texts_blanked_first_leave_duplicates_alike() -> None:
    customers = PLANTED["copied-texts"]()
    doubled = customers.frame.head(8).set_axis([f"D{number}" for number in range(8)])
    customers = replace(customers, frame=pd.concat([customers.frame, doubled]))
    texts, duplicates = Remedy("blank-copied-texts", ("review",)), Remedy("keep-one-of-duplicates")
    pd.testing.assert_frame_equal(
        mend(customers, [texts, duplicates]).frame, mend(customers, [duplicates, texts]).frame
    )


def test_a_name_that_only_holds_the_word_is_no_test_account() -> None:
    found = with_cells("email", ["Drug Testing Ltd", "attest@mail.example", "Contest"], slice(0, 3))
    assert codes(found) == []
    named = ["Test User", "test", "TEST 12", "tester01@mail.example", "x@test.com", "测试账号"]
    assert codes(with_cells("email", named)) == ["test-accounts"]
    assert inspect(with_cells("email", named))[0].count == 6


def test_dates_of_another_century_are_meant_where_they_are_many() -> None:
    assert codes(with_cells("since", pd.Timestamp("1875-03-01"), slice(0, 5))) == ["impossible-dates"]
    assert codes(with_cells("since", pd.Timestamp("1875-03-01"), slice(0, 200))) == []


def test_an_empty_day_of_a_spreadsheet_and_of_a_computer_are_found() -> None:
    days = [pd.Timestamp("1900-01-01"), pd.Timestamp("1970-01-01")] * 3
    assert inspect(with_cells("since", days))[0].examples == ("1900-01-01", "1970-01-01")


def test_a_remedy_also_mends_what_it_brings_to_light() -> None:
    customers = with_cells("since", [pd.Timestamp("2060-01-01")] * 10 + [pd.Timestamp("2090-01-01")] * 15, slice(0, 25))
    finding = found(customers, "impossible-dates")
    mended = mend(customers, [finding.remedy])
    assert finding.count < mended.notes[-1].count == 25
    assert codes(mended) == []


def test_every_far_value_is_found_at_once() -> None:
    customers = with_cells("spend", [9e4, 9e8], slice(0, 2))
    finding = found(customers, "far-values")
    assert finding.examples == ("90000", "900000000")
    assert mend(customers, [finding.remedy]).notes[-1].count == finding.count == 2


def test_a_year_of_birth_is_judged_by_the_year_the_file_ends() -> None:
    customers = with_cells("birth_year", [1910.0, 1921.0, 2031.0], slice(0, 3))
    assert found(customers, "impossible-values").examples == ("1910", "2031")


def test_negative_amounts_may_be_refunds() -> None:
    finding = found(with_cells("spend", [-20.5, -3.25], slice(0, 2)), "impossible-values")
    assert "refunds" in str(finding.message)
    assert codes(with_cells("spend", -20.5, slice(0, 60))) == []


def test_minus_one_stands_for_unknown_only_where_nothing_else_is_negative() -> None:
    assert codes(with_cells("age", -1.0, slice(0, 80))) == ["stand-ins"]
    assert "stand-ins" not in codes(with_cells("spend", [-1.0, -2.5], slice(0, 2)))


def test_short_texts_are_no_copies() -> None:
    assert codes(with_cells("review", "very good, thank you", slice(0, 100))) == []


def test_customers_alike_by_chance_are_no_duplicates() -> None:
    random = np.random.default_rng(0)
    rows = "".join(
        f"{n},{random.choice(list('ab'))},{random.integers(20, 30)},{random.integers(3)}\n" for n in range(500)
    )
    assert "duplicates" not in codes(gather(read(f"id,channel,age,kids\n{rows}".encode(), "a.csv")))


@pytest.mark.parametrize("role", ["spend", "orders"])
def test_a_heavy_tail_is_no_error(role: str) -> None:
    values = np.random.default_rng(1).lognormal(3, 1.2, 400).round(2)
    assert set(codes(with_cells(role, values, slice(None)))) <= {"lopsided"}


def test_hundred_thousand_texts_take_seconds() -> None:
    random = np.random.default_rng(0)
    words = np.array([f"word{number}" for number in range(5000)])
    texts = [" ".join(row) for row in words[random.integers(0, 5000, (100_000, 15))]]
    texts[-500:] = [f"{text} indeed" for text in texts[:500]]
    index = pd.Index([f"C{number:06d}" for number in range(100_000)], dtype="str")
    frame = pd.DataFrame({"review": pd.Series(texts, dtype="str").to_numpy()}, index=index)
    columns = tuple(column for column in clean().columns if column.name == "review")
    started = time.perf_counter()
    finding = found(Customers(frame, columns, "id", 100_000), "copied-texts")
    assert time.perf_counter() - started < 60
    assert finding.count == 500


def test_the_sample_raises_no_false_alarm() -> None:
    assert set(codes(gather(read(sample_csv(), "sample.csv")))) <= {"copied-texts", "lopsided"}


def test_customer_personality(data: Path) -> None:
    path = data / "customer_personality" / "marketing_campaign.csv"
    findings = {finding.code: finding for finding in inspect(gather(read(path, path.name)))}
    assert set(findings) == {"duplicates", "stand-ins", "impossible-values", "rare-levels", "lopsided"}
    assert findings["duplicates"].count == 182
    assert findings["stand-ins"].examples == ("666666",)
    assert findings["impossible-values"].examples == ("1893", "1899", "1900")
    assert findings["rare-levels"].examples == ("Marital_Status: Absurd, Alone, YOLO",)


def test_car_rental(data: Path) -> None:
    path = data / "car_rental" / "car_rental_training_data.csv"
    customers = gather(read(path, path.name))
    findings = {finding.code: finding for finding in inspect(customers)}
    assert [finding.code for finding in inspect(customers)] == ["duplicates", "crowded-id", "copied-texts"]
    assert findings["copied-texts"].count == 2
    assert findings["crowded-id"].customers == ("0",)
    mended = mend(customers, [finding.remedy for finding in findings.values()])
    assert len(mended) < 250
    assert inspect(mended) == ()


def test_womens_reviews(data: Path) -> None:
    table = read(next((data / "womens_reviews").glob("*.zip")), "reviews.zip")
    findings = {(finding.code, *finding.columns): finding.count for finding in inspect(gather(table))}
    assert findings["duplicates",] == 21
    assert findings["copied-texts", "Review Text"] == 10
    assert findings["rare-levels", "Class Name"] == 3
