"""Orders, in the only table or among several: measured, joined to the customers, and nothing counted twice."""

import io
from pathlib import Path

import pandas as pd
import pytest

from segment_core.errors import DataError, OptionError
from segment_core.intake import Choices, assemble, read
from segment_core.intake.behaviour import BehaviourOptions

LINES = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" + "".join(
    f"{536000 + n // 3},{10000 + n % 17},{n % 4 + 1},2024-{n % 9 + 1:02}-{n % 28 + 1:02} 10:00,{n % 7 + 1}.50,"
    f"{'' if n // 3 % 10 == 9 else 12000 + n // 3 % 25},{('France', 'Spain')[n // 3 % 25 % 2]}\n"
    for n in range(900)
)


def test_lines_of_one_table_become_customers_and_lines_of_nobody_are_set_aside() -> None:
    table = read(LINES.encode(), "lines.csv")
    found = assemble([table])
    plain = pd.read_csv(io.StringIO(LINES), dtype={"CustomerID": "str"})
    plain["CustomerID"] = plain["CustomerID"].str.removesuffix(".0")
    known = plain.dropna(subset=["CustomerID"])
    customers = found.customers
    assert set(customers.frame.index) == set(known["CustomerID"])
    assert (customers.n_rows, found.measured.table) == (900, "lines.csv")
    money = (known["Quantity"] * known["UnitPrice"]).groupby(known["CustomerID"]).sum()
    pd.testing.assert_series_equal(customers.frame["monetary"], money, check_names=False, check_index_type=False)
    orders = known.groupby("CustomerID")["InvoiceNo"].nunique()
    assert customers.frame["orders"].astype(int).to_dict() == orders.to_dict()
    assert next(note.count for note in customers.notes if note.code == "no-customer") == 90
    assert not any(note.code in ("missing-id", "looks-like-transactions") for note in customers.notes)
    assert {column.name: column.role for column in customers.columns}["Quantity"] == "ignore"
    assert customers.column("Country").role == "place"


def test_a_table_with_a_row_for_each_customer_is_no_list_of_orders() -> None:
    text = "customer_id,last_order_date,total_spend,city\n" + "".join(
        f"C{n},2024-01-{n % 28 + 1:02},{n}.50,{('Rome', 'Bonn')[n % 2]}\n" for n in range(60)
    )
    assert assemble([read(text.encode(), "customers.csv")]).measured is None


def test_the_analyst_says_which_column_is_what_and_when_today_is() -> None:
    table = read(LINES.encode(), "lines.csv")
    options = BehaviourOptions(reference_date="2024-06-01", amount="UnitPrice")
    found = assemble([table], Choices(behaviour=options))
    assert str(found.measured.behaviour.reference_date) == "2024-06-01"
    assert found.measured.parts.amount == "UnitPrice"
    with pytest.raises(OptionError, match="nowhere"):
        assemble([table], Choices(behaviour=BehaviourOptions(amount="nowhere")))
    with pytest.raises((OptionError, DataError)):
        assemble([table], Choices(behaviour=BehaviourOptions(reference_date="yesterday")))


def test_roles_of_measures_can_be_chosen() -> None:
    table = read(LINES.encode(), "lines.csv")
    found = assemble([table], Choices(roles={"recency_days": "ignore", "Quantity": "number"}))
    assert found.customers.column("recency_days").role == "ignore"
    assert found.customers.column("Quantity").role == "number"


def test_online_retail(data: Path) -> None:
    file = data / "online_retail" / "online_retail_all.csv.gz"
    found = assemble([read(file, file.name)])
    raw = pd.read_csv(file, dtype={"CustomerID": "str", "InvoiceNo": "str"})
    known = raw.dropna(subset=["CustomerID"])
    assert len(found.customers) == known["CustomerID"].nunique() == 4372
    assert found.customers.n_rows == 541_909
    assert next(note.count for note in found.customers.notes if note.code == "no-customer") == 135_080
    net = (known["Quantity"] * known["UnitPrice"]).groupby(known["CustomerID"]).sum()
    money = found.customers.frame["monetary"]
    assert abs(money.to_numpy() - net.reindex(money.index).to_numpy()).max() < 0.01
    assert found.customers.frame["lifetime_value"].notna().sum() > 4000
    assert "Country" in found.customers.named("place")
