"""Orders that people really have: the figures, reckoned a second time with plain pandas."""

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Table
from segment_core.intake import read, suggest
from segment_core.intake.behaviour import Behaviour, Lines, Recognised, lines, measure, recognise
from tests.intake.behaviour.shop import count

NO_PRODUCT = ["POSTAGE", "DOTCOM POSTAGE", "CARRIAGE", "Next Day Carriage", "Bank Charges", "Discount", "AMAZON FEE"]


def known(table: Table) -> Recognised:
    found = recognise(table.frame, suggest(table), table.dialect.decimal)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def retail_path() -> Path:
    found = Path(__file__).resolve().parents[4] / "shared" / "data" / "online_retail" / "online_retail_all.csv.gz"
    if not found.is_file():
        pytest.skip("the real files are not beside the repository")
    return found


@pytest.fixture(scope="module")
def retail(retail_path: Path) -> tuple[Recognised, Lines, Behaviour]:
    table = read(retail_path, "online_retail_all.csv.gz")
    started = time.perf_counter()
    found = known(table)
    seen = time.perf_counter()
    typed = lines(table.frame, found, table.dialect.decimal)
    parsed = time.perf_counter()
    behaviour = measure(typed)
    ended = time.perf_counter()
    print(  # noqa: T201 - what it took is the point
        f"\nonline retail: roles and recognition {seen - started:.1f} s, lines {parsed - seen:.1f} s, "
        f"measuring {ended - parsed:.1f} s"
    )
    assert ended - started < 60  # a few seconds on two idle cores
    return found, typed, behaviour


@pytest.fixture(scope="module")
def plain(retail_path: Path) -> pd.DataFrame:
    frame = pd.read_csv(retail_path, dtype={"InvoiceNo": str, "StockCode": str, "CustomerID": str})
    frame["money"] = frame["Quantity"] * frame["UnitPrice"]
    frame["when"] = pd.to_datetime(frame["InvoiceDate"])
    return frame[frame["CustomerID"].notna()]


def test_retail_is_recognised(retail: tuple[Recognised, Lines, Behaviour]) -> None:
    found = retail[0]
    assert (found.customer, found.order, found.date) == ("CustomerID", "InvoiceNo", "InvoiceDate")
    assert (found.quantity, found.price, found.amount) == ("Quantity", "UnitPrice", None)
    assert (found.product, found.description, found.category) == ("StockCode", "Description", None)


def test_retail_lines_set_aside_are_counted(retail: tuple[Recognised, Lines, Behaviour], plain: pd.DataFrame) -> None:
    typed = retail[1]
    assert typed.n_rows == 541_909
    assert count(typed, "no-customer") == 135_080
    assert len(typed.frame) == len(plain) == 406_829
    assert count(typed, "zero-price") == (plain["money"] == 0).sum() == 40
    assert count(typed, "repeated-lines") == plain.duplicated().sum()
    names = plain.groupby("StockCode")["Description"].agg(lambda texts: texts.value_counts().index[0])
    fees = plain["StockCode"].isin(names.index[names.isin(NO_PRODUCT)])
    assert count(typed, "no-product") == fees.sum() > 1_000
    assert count(typed, "returns") == ((plain["money"] < 0) & ~fees).sum()


def test_retail_figures_are_those_of_plain_pandas(
    retail: tuple[Recognised, Lines, Behaviour], plain: pd.DataFrame
) -> None:
    frame = retail[2].frame
    assert str(retail[2].reference_date) == "2011-12-10"
    assert len(frame) == plain["CustomerID"].nunique() == 4372
    money = plain.groupby("CustomerID")["money"].sum()
    np.testing.assert_allclose(frame["monetary"], money[frame.index], atol=1e-6)
    assert frame["monetary"].sum() == pytest.approx(8_300_065.81, abs=0.01)
    names = plain.groupby("StockCode")["Description"].agg(lambda texts: texts.value_counts().index[0])
    sold = plain[(plain["money"] > 0) & ~plain["StockCode"].isin(names.index[names.isin(NO_PRODUCT)])]
    groups = sold.groupby("CustomerID")
    orders = groups["InvoiceNo"].nunique().reindex(frame.index, fill_value=0)
    assert (frame["orders"] == orders).all()
    assert (orders > 0).sum() == 4337  # of 4,338 with a line that costs something, one only ever paid postage
    assert count(retail[2], "no-orders") == 35
    recency = (pd.Timestamp("2011-12-10") - groups["when"].max().dt.normalize()).dt.days.reindex(frame.index)
    pd.testing.assert_series_equal(
        frame["recency_days"], recency, check_names=False, check_dtype=False, check_index=False
    )
    baskets = sold.groupby(["CustomerID", "InvoiceNo"])["StockCode"].nunique().groupby("CustomerID").mean()
    np.testing.assert_allclose(frame.loc[baskets.index, "basket_products"], baskets)


@pytest.mark.parametrize("customer", ["14646.0", "12346.0", "17850.0", "18287.0"])
def test_retail_customers_one_by_one(
    customer: str, retail: tuple[Recognised, Lines, Behaviour], plain: pd.DataFrame
) -> None:
    own = plain[plain["CustomerID"] == customer]
    invoices = own[(own["money"] > 0) & (own["StockCode"] != "POST")].groupby("InvoiceNo")["when"].min().sort_values()
    found = retail[2].frame.loc[customer]
    assert found["orders"] == len(invoices)
    assert found["monetary"] == pytest.approx(own["money"].sum(), abs=1e-6)
    gaps = invoices.diff().dt.total_seconds() / 86_400
    assert found["order_gap_days"] == pytest.approx(gaps.median(), nan_ok=True)
    totals = own[own["InvoiceNo"].isin(invoices.index)].groupby("InvoiceNo")["money"].sum()
    assert found["average_order_value"] == pytest.approx(totals.mean())


def test_retail_cohorts_are_those_of_plain_pandas(
    retail: tuple[Recognised, Lines, Behaviour], plain: pd.DataFrame
) -> None:
    cohorts = retail[2].cohorts.set_index(["cohort", "months"])
    assert cohorts.loc[("2010-12", 0), "n"] == 884
    assert not cohorts.loc[("2010-12", 12), "is_complete"]
    assert cohorts.loc[("2010-12", 11), "is_complete"]


def test_retail_has_a_lifetime_value_with_its_assumptions(retail: tuple[Recognised, Lines, Behaviour]) -> None:
    behaviour = retail[2]
    assert behaviour.lifetime is not None
    assert behaviour.lifetime.expected_repeats == pytest.approx(behaviour.lifetime.actual_repeats, rel=0.1)
    assert abs(behaviour.lifetime.correlation or 1) < 0.3
    assert behaviour.frame["lifetime_value"].notna().sum() == 4337
    # The orders of this wholesaler hardly show anybody leaving; that must be said, and must not shape segments.
    assert any("hardly show customers stopping" in str(message) for message in behaviour.assumptions)
    assert next(column.role for column in behaviour.columns if column.name == "p_alive") == "ignore"


def test_chinese_restaurant_orders(data: Path) -> None:
    folder = data / "zh_restaurant_orders"
    table = read(folder / "meal_order_detail.csv", "meal_order_detail.csv")
    found = known(table)
    assert (found.customer, found.order, found.date) == ("emp_id", "order_id", "place_order_time")
    assert (found.quantity, found.price, found.product) == ("counts", "amounts", "dishes_id")
    behaviour = measure(lines(table.frame, found, "."))
    assert len(behaviour.frame) == 471
    bills = read(folder / "meal_order_info.csv", "meal_order_info.csv").frame
    paid = bills["expenditure"].astype(float).groupby(bills["emp_id"]).sum()
    same = (behaviour.frame["monetary"] - paid[behaviour.frame.index]).abs() < 0.01
    assert same.mean() > 0.99  # what was eaten is what was paid for
    assert behaviour.lifetime is None


def test_olist_orders_joined(data: Path) -> None:
    folder = data / "olist_sample"

    def part(name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"olist_{name}_dataset.csv", dtype=str)

    joined = part("order_items").merge(part("orders"), on="order_id").merge(part("customers"), on="customer_id")
    joined = joined.merge(part("products"), on="product_id", how="left")
    for frame in (
        joined,
        joined[
            [
                "order_id",
                "order_purchase_timestamp",
                "price",
                "product_id",
                "product_category_name",
                "customer_unique_id",
            ]
        ],
    ):
        table = read(frame.to_csv(index=False).encode(), "joined.csv")
        found = known(table)
        assert (found.customer, found.order) == ("customer_unique_id", "order_id")
        assert (found.date, found.amount) == ("order_purchase_timestamp", "price")
        assert (found.product, found.category) == ("product_id", "product_category_name")
        assert (found.quantity, found.price) == (None, None)
        behaviour = measure(lines(table.frame, found, "."))
        plain = joined["price"].astype(float).groupby(joined["customer_unique_id"]).sum()
        np.testing.assert_allclose(behaviour.frame["monetary"], plain[behaviour.frame.index])


@pytest.mark.parametrize("name", ["orders", "order_items", "order_payments", "order_reviews", "products", "customers"])
def test_olist_tables_alone_are_no_lists_of_orders(name: str, data: Path) -> None:
    table = read(data / "olist_sample" / f"olist_{name}_dataset.csv", f"{name}.csv")
    assert recognise(table.frame, suggest(table), table.dialect.decimal) is None


@pytest.mark.parametrize(
    "name", ["customer_personality/marketing_campaign.csv", "car_rental/car_rental_training_data.csv"]
)
def test_customers_are_no_orders(name: str, data: Path) -> None:
    table = read(data / name, "customers.csv")
    assert recognise(table.frame, suggest(table), table.dialect.decimal) is None
