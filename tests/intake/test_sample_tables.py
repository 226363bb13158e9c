"""The sample's tables: the same everywhere, whole but for what was planted, and all that was planted is told."""

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from segment_core.errors import OptionError
from segment_core.intake import SampleTables, read, sample_tables, sample_zip

NAMES = ["customers", "orders", "order_lines", "products", "reviews", "tickets"]


@pytest.fixture(scope="module")
def shop() -> SampleTables:
    return sample_tables()


def test_another_process_makes_the_same_bytes() -> None:
    script = (
        "import hashlib; from segment_core.intake import sample_zip; print(hashlib.sha256(sample_zip('B')).hexdigest())"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
        check=True,
        env={"PYTHONHASHSEED": "77"},
    )
    assert found.stdout.strip() == hashlib.sha256(sample_zip("B")).hexdigest()


def test_another_seed_makes_another_shop() -> None:
    one, two = sample_tables(80, 1), sample_tables(80, 2)
    for name in ("customers", "orders", "reviews", "tickets"):
        assert not one.tables[name].equals(two.tables[name]), name
        pd.testing.assert_frame_equal(one.tables[name], sample_tables(80, 1).tables[name])


def test_too_small_a_shop_is_refused() -> None:
    with pytest.raises(OptionError, match="59 customers is too small"):
        sample_tables(59)
    assert len(sample_tables(60, 3).truth) == 62
    with pytest.raises(OptionError, match="no period C"):
        sample_zip("C")


@pytest.mark.parametrize("period", ["A", "B"])
def test_the_zip_holds_the_tables_of_a_period_as_text(period: str, shop: SampleTables) -> None:
    data = sample_zip(period)
    assert len(data) < 1_500_000
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [f"{name}.csv" for name in NAMES]
        for name in NAMES:
            found = pd.read_csv(archive.open(f"{name}.csv"), dtype=str, keep_default_na=False)
            pd.testing.assert_frame_equal(found, shop.periods[period][name].reset_index(drop=True))
            table = read(archive.read(f"{name}.csv"), f"{name}.csv")
            assert table.frame.shape == found.shape, name


def test_the_whole_is_both_periods(shop: SampleTables) -> None:
    for name in ("orders", "order_lines", "reviews", "tickets"):
        assert len(shop.tables[name]) == sum(len(shop.periods[period][name]) for period in "AB")
    assert set(shop.tables["customers"]["customer_id"]) == set(shop.truth["customer_id"])
    for period, (start, end) in {"A": ("2024-07-01", "2025-06-30"), "B": ("2025-07-01", "2026-06-30")}.items():
        for name, day in {"orders": "order_date", "reviews": "date", "tickets": "opened"}.items():
            assert shop.periods[period][name][day].between(start, end).all()
        present = shop.truth.loc[shop.truth[f"segment_{period.lower()}"] != "", "customer_id"]
        signed = shop.periods[period]["customers"]
        assert set(signed["customer_id"]) == set(present)
        assert (signed["signup_date"] <= end).all()


@pytest.mark.parametrize("period", ["A", "B"])
def test_every_reference_leads_somewhere_but_for_the_orphans_planted(period: str, shop: SampleTables) -> None:
    tables, wrongs = shop.periods[period], shop.planted_flaws
    planted = wrongs.groupby("kind")["row_id"].agg(set)
    customers, orders = tables["customers"]["customer_id"], tables["orders"]
    assert customers.is_unique
    assert orders["order_id"].is_unique
    assert tables["products"]["product_id"].is_unique
    assert tables["order_lines"]["product_id"].isin(tables["products"]["product_id"]).all()
    assert tables["tickets"]["customer_id"].isin(customers).all()

    def those(table: str, rows: pd.Series, kind: str) -> None:
        found = set(tables[table].loc[rows].iloc[:, 0])
        keys = {key.split("/")[0] for key in planted[kind]} & set(tables[table].iloc[:, 0])
        assert found == keys, kind
        assert len(found) >= 20

    those("orders", orders["customer_id"] == "", "guest order")
    those("orders", ~orders["customer_id"].isin([*customers, ""]), "orphan order")
    those("order_lines", ~tables["order_lines"]["order_id"].isin(orders["order_id"]), "orphan line")
    those("reviews", ~tables["reviews"]["order_id"].isin(orders["order_id"]), "orphan review")
    assert set(orders["order_id"]) <= set(tables["order_lines"]["order_id"])


def test_exact_duplicates_are_those_planted(shop: SampleTables) -> None:
    planted = shop.planted_flaws[shop.planted_flaws["kind"] == "exact duplicate row"]
    for name, table in shop.tables.items():
        expected = sorted(planted.loc[planted["table"] == name, "row_id"])
        twice = table[table.duplicated()]
        found = twice["order_id"] + "/" + twice["line"] if name == "order_lines" else twice.iloc[:, 0]
        assert sorted(found) == expected, name
        assert bool(expected) == (name in ("order_lines", "reviews", "tickets"))


def test_near_duplicate_texts_differ_a_little(shop: SampleTables) -> None:
    planted = shop.planted_flaws[shop.planted_flaws["kind"] == "near-duplicate text"]
    texts = shop.tables["reviews"].drop_duplicates().set_index("review_id")["text"]
    assert len(planted) >= 60
    chinese = 0
    for copy, source in zip(texts[planted["row_id"]], texts[planted["of"]], strict=True):
        assert copy != source
        assert abs(len(copy) - len(source)) <= 4
        assert len(set(copy.lower()) ^ set(source.lower())) <= 5
        chinese += source[1] > "\u4e00"
    assert 10 < chinese < len(planted) - 10


def test_duplicate_customers_have_one_email_and_two_ids(shop: SampleTables) -> None:
    planted = shop.planted_flaws[shop.planted_flaws["kind"] == "duplicate customer"]
    customers = shop.tables["customers"].set_index("customer_id")
    truth = shop.truth.set_index("customer_id")["duplicate_of"]
    assert len(planted) == 30
    assert truth[truth != ""].to_dict() == dict(zip(planted["row_id"], planted["of"], strict=True))
    emails = customers["email"].str.lower()
    assert set(emails[emails.duplicated(keep=False)].index) == {*planted["row_id"], *planted["of"]}
    assert customers["email"].is_unique
    orders = shop.tables["orders"].groupby("customer_id")["order_date"].min()
    again = planted["row_id"]
    assert again.isin(orders.index).mean() > 0.8
    assert (customers["signup_date"].reindex(again) <= orders.reindex(again).fillna("9")).all()


def test_the_profile_holds_its_traps(shop: SampleTables) -> None:
    customers = shop.tables["customers"]
    assert customers["store_brand"].nunique() == 1
    assert customers["referral_code"].nunique() / len(customers) > 0.99
    assert customers.groupby("tier_code")["membership"].nunique().max() == 1  # a copy of another column
    assert (customers["country"] == "NA").sum() > 50
    assert customers["postcode"].str.startswith("0").sum() > 200
    assert 0.03 < (customers["marketing_consent"] == "").mean() < 0.10
    assert 0.04 < (customers["unsubscribed"] == "yes").mean() < 0.20
    last = shop.tables["orders"].groupby("customer_id")["order_date"].max().reindex(customers["customer_id"])
    stayed = shop.truth.set_index("customer_id")["segment_b"].reindex(customers["customer_id"]) != ""
    plain = ~customers["email"].str.lower().duplicated(keep=False).to_numpy() & stayed.to_numpy()
    lapsed = (last.fillna("") < "2026-01-02").to_numpy()[plain]
    assert (lapsed == (customers["churn_flag"] == "yes").to_numpy()[plain]).mean() > 0.97  # it tells the future


def test_the_truth_is_in_no_column(shop: SampleTables) -> None:
    truth = shop.truth.set_index("customer_id")["segment_a"]
    orders = shop.periods["A"]["orders"].set_index("order_id")["customer_id"]
    names = set(truth) - {""}
    for name, table in shop.periods["A"].items():
        if name == "products":
            continue
        owner = table["customer_id"] if "customer_id" in table else table["order_id"].map(orders)
        planted = owner.map(truth).where(lambda found: found != "")
        assert not set(table.columns) & {*shop.truth.columns, "planted"} - {"customer_id", "language"}
        for column in table.columns:
            assert not table[column].isin(names).any()
            if table[column].nunique() <= 200:
                guessed = planted.groupby(table[column]).agg(lambda each: each.value_counts().max()).sum()
                assert guessed / planted.notna().sum() < 0.75, (name, column)
    once = shop.truth[(shop.truth["segment_a"] != "") & (shop.truth["duplicate_of"] == "")]
    number = once["customer_id"].str[1:].astype(int)
    assert number.groupby(once["segment_a"]).mean().between(850, 1150).all()


def test_both_languages_are_written_by_those_who_speak_them(shop: SampleTables) -> None:
    language = shop.truth.set_index("customer_id")["language"]
    assert 0.3 < (language == "zh").mean() < 0.5
    orders = shop.tables["orders"].set_index("order_id")["customer_id"]
    for name in ("reviews", "tickets"):
        table = shop.tables[name]
        owner = table["customer_id"] if "customer_id" in table else table["order_id"].map(orders)
        spoken = owner.map(language)
        assert not table["text"].str.contains("[{}]").any()
        chinese = table["text"].str.count("[\u4e00-\u9fff]") / table["text"].str.len() > 0.25
        assert (chinese == (spoken == "zh"))[spoken.notna()].mean() > 0.985, name
    texts = shop.tables["reviews"].loc[shop.tables["reviews"]["text"].str.contains("[\u4e00-\u9fff]"), "text"]
    assert len(texts) > 2000
    assert texts.nunique() > 0.93 * len(texts)
