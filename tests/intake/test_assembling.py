"""Several tables become one row a customer, and no row is lost in silence or counted twice."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Table
from segment_core.errors import DataError, OptionError
from segment_core.intake import Choices, assemble, gather, read, sample_tables
from segment_core.intake.joins import Link
from segment_core.intake.joins.proposing import measure, propose
from tests.planted import csv_of, customers_of

PEOPLE = "customer_id,city,age\nC1,Rome,30\nC2,Bonn,40\nC3,Rome,50\n"
ORDERS = (
    "order_id,customer_id,status,fee\nA10001,C1,sent,1.50\nA10002,C1,sent,1.50\nA10003,C2,lost,9.00\n"
    "A10004,C9,sent,2.00\n"
)
LINES = (
    "order_id,product_code,price\nA10001,P-100,5.5\nA10001,P-200,7.5\nA10002,P-100,5\nA10003,P-200,7.5\n"
    "A10099,P-100,5.5\n,P-100,5.5\n"
)
PRODUCTS = "product_code,department\nP-100,garden\nP-200,kitchen\nP-300,kitchen\n"
REVIEWS = (
    "review,order_id,stars,comment\n1,A10001,5,I like it very much indeed\n2,A10002,3,It came late and was broken\n"
    "3,A10003,1,Never again will I order here\n"
)


def tables(**texts: str) -> list[Table]:
    return [read(text.encode(), f"{name}.csv") for name, text in texts.items()]


def shop() -> list[Table]:
    return tables(customers=PEOPLE, orders=ORDERS, lines=LINES, products=PRODUCTS, reviews=REVIEWS)


def test_links_are_proposed_with_match_rates_and_cardinalities() -> None:
    found = {(p.link.child, p.link.parent): p for p in propose(shop())}
    assert set(found) == {
        ("orders.csv", "customers.csv"),
        ("lines.csv", "orders.csv"),
        ("lines.csv", "products.csv"),
        ("reviews.csv", "orders.csv"),
    }
    assert {p.cardinality for p in found.values()} == {"n:1", "1:1"}
    orders = found["orders.csv", "customers.csv"]
    assert (orders.child_match, orders.n_orphans, orders.examples) == (0.75, 1, ("C9",))
    assert orders.parent_match == pytest.approx(2 / 3)
    lines = found["lines.csv", "orders.csv"]
    assert (lines.n_orphans, lines.n_empty) == (1, 1)
    assert lines.child_match == pytest.approx(0.8)


def test_every_table_is_attached_and_no_row_is_multiplied() -> None:
    found = assemble(shop())
    frame = found.customers.frame
    assert frame.index.tolist() == ["C1", "C2", "C3"]
    assert frame["lines_count"].tolist() == [3.0, 1.0, 0.0]
    assert frame["price"].tolist() == [18.0, 7.5, 0.0]
    assert frame["fee"].tolist() == [3.0, 9.0, 0.0]
    assert frame["stars"].tolist()[:2] == [4.0, 1.0]
    assert np.isnan(frame["stars"].iloc[2])
    assert frame["department"].tolist()[:2] == ["garden", "kitchen"]
    counts = {(note.code, str(note.message).split(":")[0]): note.count for note in found.customers.notes}
    assert counts["orphans", "orders.csv"] == 1
    assert counts["orphans", "lines.csv"] == 1
    assert counts["rows-without-key", "lines.csv"] == 1


def test_texts_are_pooled_and_each_stays_quotable_with_its_row() -> None:
    customers = assemble(shop()).customers
    assert customers.frame.loc["C1", "comment"] == "I like it very much indeed\nIt came late and was broken"
    assert customers.frame.loc["C3", "comment"] == ""
    said = customers.said
    assert said is not None
    assert said[["customer", "table", "row", "text"]].to_numpy().tolist() == [
        ["C1", "reviews.csv", 1, "I like it very much indeed"],
        ["C1", "reviews.csv", 2, "It came late and was broken"],
        ["C2", "reviews.csv", 3, "Never again will I order here"],
    ]


def test_the_order_of_rows_and_of_tables_does_not_matter() -> None:
    def shuffled(table: Table, seed: int) -> Table:
        frame = table.frame.sample(frac=1, random_state=seed).reset_index(drop=True)
        return Table(frame, table.name, table.dialect, table.notes)

    one = assemble(shop()).customers
    other = assemble([shuffled(table, number) for number, table in enumerate(reversed(shop()))]).customers
    pd.testing.assert_frame_equal(one.frame, other.frame[one.frame.columns])
    assert {column.name: column.role for column in one.columns} == {
        column.name: column.role for column in other.columns
    }


def test_a_parent_with_repeated_keys_never_multiplies_and_conflicts_are_counted() -> None:
    twice = (
        "order_id,customer_id,status\n"
        + "".join(f"A{n:05},C{n % 3 + 1},sent\n" for n in range(40))
        + "A00001,C3,lost\n"
    )
    lines = "order_id,price\n" + "".join(f"A{n // 2:05},{n}.25\n" for n in range(80))
    found = assemble(tables(customers=PEOPLE, orders=twice, lines=lines))
    proposal = next(p for p in found.proposals if p.link.child == "lines.csv")
    assert (proposal.n_repeated, proposal.n_conflicting, proposal.usable) == (1, 1, True)
    assert found.customers.frame["lines_count"].sum() == 80


def test_many_to_many_is_explained_and_left_out() -> None:
    visits = "customer_id,page\n" + "".join(f"CUST-{n % 40:03},{'home' if n % 3 else 'help'}\n" for n in range(200))
    calls = "shop_code,agent\n" + "".join(f"SHOP-{n % 20:03},Ann\n" for n in range(60))
    staff = "shop_code,rota\n" + "".join(f"SHOP-{n % 20:03},{n}\n" for n in range(80))
    found = assemble(tables(visits=visits, calls=calls, staff=staff))
    many = [p for p in found.proposals if not p.usable]
    assert [p.cardinality for p in many] == ["n:n"]
    assert "rows would multiply" in str(many[0].reason)
    assert len(found.customers) == 40
    assert any(note.code == "tables-apart" and note.count == 2 for note in found.customers.notes)


def test_tables_without_a_list_of_customers_get_one_of_all_ids() -> None:
    orders = "order_no,customer_id,total\n" + "".join(f"{n},CUST-{n % 30:03},{n}.50\n" for n in range(1, 100))
    tickets = "ticket,customer_id,topic\n" + "".join(f"T{n},CUST-{n % 33:03},late\n" for n in range(1, 100))
    found = assemble(tables(orders=orders, tickets=tickets))
    assert len(found.customers) == 33
    assert any(note.code == "customers-made" for note in found.customers.notes)
    assert found.customers.frame["tickets_count"].sum() == 99


def test_a_person_behind_several_accounts_is_the_customer() -> None:
    people = "customer_id,customer_unique_id,city\n" + "".join(
        f"acc{n:04},person{n // 2 if n < 20 else n:04},Rome\n" for n in range(60)
    )
    orders = "order_id,customer_id,payment\n" + "".join(f"ord{n:04},acc{n:04},{10 + n}.00\n" for n in range(60))
    found = assemble(tables(customers=people, orders=orders))
    assert (found.customers.id_name, len(found.customers)) == ("customer_unique_id", 50)
    assert found.customers.frame.loc["person0000", "payment"] == 21.0
    assert "the person behind one or several customer_id" in str(found.customers.column("customer_unique_id").reason)


def test_the_analyst_chooses_links_roles_and_bases() -> None:
    link = Link("orders.csv", "customer_id", "customers.csv", "customer_id")
    found = assemble(shop(), Choices(links=(link,), roles={"age": "ignore"}, bases={"fee": "none"}))
    assert [place.table for place in found.arrangement.of("apart")] == ["lines.csv", "products.csv", "reviews.csv"]
    assert found.customers.column("age").role == "ignore"
    assert found.customers.column("fee").basis == "none"
    assert "price" not in found.customers.frame


def test_wrong_choices_are_refused_in_one_sentence() -> None:
    with pytest.raises(OptionError, match=r"the table gone\.csv; there are: customers\.csv"):
        assemble(shop(), Choices(links=(Link("gone.csv", "a", "orders.csv", "b"),)))
    with pytest.raises(OptionError, match=r"the column nope, which orders\.csv does not have"):
        measure(shop(), Link("orders.csv", "nope", "customers.csv", "customer_id"))
    with pytest.raises(OptionError, match="the column heigth"):
        assemble(shop(), Choices(roles={"heigth": "number"}))
    with pytest.raises(DataError, match="None of the tables names its customers"):
        assemble(tables(a="x,y\n1.5,2\n2.5,3\n", b="p,q\nu,v\nw,z\n"))


def test_one_table_is_gathered_as_it_always_was() -> None:
    table = read(PEOPLE.encode(), "customers.csv")
    pd.testing.assert_frame_equal(assemble([table]).customers.frame, gather(table).frame)


def test_olist(data: Path) -> None:
    files = sorted((data / "olist_sample").glob("*.csv"))
    assert len(files) == 8
    raw = {file.stem: pd.read_csv(file) for file in files}
    found = assemble([read(file, file.name) for file in files])
    customers = found.customers
    people = raw["olist_customers_dataset"]
    assert len(customers) == people["customer_unique_id"].nunique() == 8016
    assert {place.kind for place in found.arrangement.places} == {"customers", "events", "lookup"}
    assert all(proposal.usable for proposal in found.proposals)
    assert len(found.proposals) == 7
    # The same sums by plain pandas: orders know customers, lines and payments know orders.
    owner = raw["olist_orders_dataset"].merge(people, on="customer_id").set_index("order_id")["customer_unique_id"]
    sums = (
        ("payment_value", "olist_order_payments_dataset", "payment_value"),
        ("monetary", "olist_order_items_dataset", "price"),
    )
    for name, table, column in sums:
        rows = raw[table]
        expected = rows[column].groupby(rows["order_id"].map(owner)).sum().reindex(customers.frame.index).fillna(0)
        np.testing.assert_allclose(customers.frame[name], expected)
    assert customers.frame["olist_orders_dataset_count"].sum() == 8135
    assert customers.frame["orders"].sum() == raw["olist_order_items_dataset"]["order_id"].nunique()
    assert "review_comment_message" in customers.named("text")
    assert customers.said is not None
    assert len(customers.said) > 4500


def test_orders_without_a_table_of_customers_make_one_of_their_ids() -> None:
    orders = "order_id,customer_id,order_date,amount\n" + "".join(
        f"A{n:05},C{n % 40:03},2024-{n % 9 + 1:02}-{n % 27 + 1:02},{n}.50\n" for n in range(300)
    )
    lines = "order_id,product_id,price\n" + "".join(f"A{n // 2:05},P{n % 13:03},{n % 9}.25\n" for n in range(600))
    found = assemble(tables(orders=orders, lines=lines))
    assert len(found.customers) == 40
    assert found.customers.id_name == "customer_id"
    assert found.measured is not None
    assert found.customers.frame["orders"].sum() == 300


@pytest.mark.parametrize("write", ["c-{:04}", " C{:04} ", "C {}", "c_{:06}"])
def test_keys_that_are_written_differently_still_meet(write: str) -> None:
    people = "customer_id,age\n" + "".join(f"C-{n:04},{20 + n % 50}\n" for n in range(1, 61))
    orders = "order_id,customer_id,fee\n" + "".join(f"A{n:05},{write.format(n % 60 + 1)},{n}.50\n" for n in range(240))
    found = assemble(tables(customers=people, orders=orders))
    (proposal,) = found.proposals
    assert (proposal.link.parent, proposal.cardinality, proposal.n_orphans) == ("customers.csv", "n:1", 0)
    assert "written differently" in str(proposal.reason)
    assert found.customers.frame["orders_count"].tolist() == [4.0] * 60


def test_keys_are_not_compared_loosely_where_two_would_become_one() -> None:
    people = "customer_id,age\n" + "".join(f"C-{n},{n}\nC-0{n},{n}\n" for n in range(1, 40))
    orders = "order_id,customer_id,fee\n" + "".join(f"A{n:05},c{n % 39 + 1},{n}.50\n" for n in range(160))
    found = assemble(tables(customers=people, orders=orders))
    assert not any(proposal.usable for proposal in found.proposals)


def test_a_second_table_of_customers_leaves_the_absent_missing_and_the_order_of_files_decides_nothing() -> None:
    def year(first: int) -> str:
        return "customer_id,income\n" + "".join(f"CU{n:04},{1000 + n}.5\n" for n in range(first, first + 100))

    files = tables(customers_2024=year(1), customers_2025=year(31))
    one, other = assemble(files), assemble(files[::-1])
    assert one.arrangement.base == other.arrangement.base == "customers_2025.csv"
    income = one.customers.frame["income (customers_2024)"]
    assert (income.isna().sum(), (income == 0).sum()) == (30, 0)
    assert "customers_2024_count" not in one.customers.frame


def test_a_text_keeps_the_date_of_its_row() -> None:
    made = sample_tables(60).tables
    said = assemble([read(csv_of(frame), f"{name}.csv") for name, frame in made.items()]).customers.said
    assert said is not None
    for table, column in (("reviews", "date"), ("tickets", "opened")):
        own = said[said["table"] == f"{table}.csv"]
        written = pd.to_datetime(made[table][column].iloc[own["row"] - 1].to_numpy(), format="mixed")
        assert len(own) > 10 and (own["date"].dt.normalize().to_numpy() == written.normalize().to_numpy()).all()


@pytest.mark.parametrize(("ids", "columns", "dated"), [(2, 1, True), (1, 1, False), (2, 2, False)])
def test_the_only_date_of_a_row_dates_its_text_where_customers_have_several_rows(
    ids: int, columns: int, dated: bool
) -> None:
    days = [f"2025-0{1 + number % 9}-1{number % 3}" for number in range(40)]
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{number // ids:03}" for number in range(40)],
            "review": [f"The parcel number {number} came rather late this time." for number in range(40)],
            **{f"day_{number}": days[number:] + days[:number] for number in range(columns)},
        }
    )
    said = customers_of(frame).said
    assert said is not None
    expected = pd.to_datetime(pd.Series(days)) if dated else pd.Series([pd.NaT] * 40)
    pd.testing.assert_series_equal(
        said.sort_values("row", ignore_index=True)["date"], expected, check_names=False, check_dtype=False
    )
