"""Recognition: the parts of a list of orders in many languages, and tables that are none."""

import numpy as np
import pandas as pd
import pytest

from segment_core.errors import OptionError
from segment_core.intake import Choices, assemble, read, sample_csv
from segment_core.intake.behaviour import BehaviourOptions
from segment_core.intake.behaviour.naming import strength
from segment_core.intake.behaviour.options import PARTS
from tests.intake.behaviour.shop import frame_of, recognised


def parts(found) -> dict[str, str]:
    assert found is not None
    assert set(found.reasons) == {part for part in PARTS if getattr(found, part) is not None}
    assert all(str(reason) for reason in found.reasons.values())
    return {part: getattr(found, part) for part in PARTS if getattr(found, part) is not None}


@pytest.mark.parametrize(
    "names",
    [
        "CustomerID InvoiceNo InvoiceDate StockCode Description category Quantity UnitPrice",
        "Kundennummer Bestellnummer Bestelldatum Artikelnummer Artikelbezeichnung Warengruppe Menge Einzelpreis",
        "numéro_client commande date_commande référence libellé_produit catégorie quantité prix_unitaire",
        "id_cliente pedido fecha_pedido producto_id nombre_producto categoría cantidad precio_unitario",
        "客户编号 订单号 下单时间 商品编号 商品名称 类别 数量 单价",
        "user_id transaction_id purchased_at sku item_name department qty price",
    ],
)
def test_parts_are_known_by_name(names: str) -> None:
    frame = frame_of(40).set_axis(names.split(), axis=1)
    found = parts(recognised(frame.to_csv(index=False)))
    expected = ("customer", "order", "date", "product", "description", "category", "quantity", "price")
    if "Artikelbezeichnung" in names:  # one German word; the number alone tells products apart
        found.setdefault("description", "Artikelbezeichnung")
    assert found == dict(zip(expected, names.split(), strict=True))


def test_a_price_that_grows_with_the_quantity_is_the_money_of_a_line() -> None:
    frame = frame_of(60)
    whole = frame.assign(amounts=(frame["quantity"] * frame["unit_price"]).round(2)).drop(columns="unit_price")
    piece = frame.rename(columns={"unit_price": "amounts"})
    assert parts(recognised(whole.to_csv(index=False)))["amount"] == "amounts"
    found = recognised(piece.to_csv(index=False))
    assert found is not None and (found.price, found.amount) == ("amounts", None)


def test_the_total_of_an_order_on_each_of_its_lines_counts_once() -> None:
    frame = frame_of(60)
    total = (frame["quantity"] * frame["unit_price"]).groupby(frame["order_id"]).transform("sum").round(2)
    found = recognised(frame.drop(columns=["unit_price", "quantity"]).assign(order_total=total).to_csv(index=False))
    assert found is not None and (found.amount, found.amount_once) == ("order_total", True)
    assert "once for each order" in str(found.reasons["amount"])
    line = recognised(frame.rename(columns={"unit_price": "amount"}).drop(columns="quantity").to_csv(index=False))
    assert line is not None and (line.amount, line.amount_once) == ("amount", False)


def test_of_two_customer_ids_the_coarser_is_the_customer() -> None:
    frame = frame_of(60)
    frame["customer_key"] = "once" + frame["order_id"].astype(str)
    assert parts(recognised(frame.to_csv(index=False)))["customer"] == "customer_id"


def test_a_code_that_comes_back_over_orders_may_be_the_customer() -> None:
    frame = frame_of(60).rename(columns={"customer_id": "emp_id"})
    found = recognised(frame.to_csv(index=False))
    assert parts(found)["customer"] == "emp_id"
    assert "check that they are customers" in str(found.reasons["customer"])
    assert recognised(frame.rename(columns={"emp_id": "seller_id"}).to_csv(index=False)) is None


def test_days_of_delivery_are_not_days_of_orders() -> None:
    frame = frame_of(40)
    frame.insert(0, "delivered_at", frame["order_date"])
    frame.insert(0, "estimated_date", "2024-01-0" + (frame["order_id"] % 9 + 1).astype(str))
    assert parts(recognised(frame.to_csv(index=False)))["date"] == "order_date"


@pytest.mark.parametrize("name", ["order_item_id", "order_status", "order_count", "purchase_amount"])
def test_not_everything_about_an_order_is_its_number(name: str) -> None:
    assert strength(name, "order") == 0


def test_customers_are_no_orders() -> None:
    random = np.random.default_rng(0)
    customers = pd.DataFrame(
        {
            "customer_id": [f"C{number}" for number in range(80)],
            "last_order_date": [f"2024-0{number}-11" for number in random.integers(1, 9, 80)],
            "total_spent": random.uniform(5, 900, 80).round(2),
        }
    )
    assert recognised(customers.to_csv(index=False)) is None
    assert recognised(sample_csv().decode()) is None
    assert recognised(frame_of(20).drop(columns="order_date").to_csv(index=False)) is None
    assert recognised(frame_of(20)[["customer_id", "order_date", "category"]].to_csv(index=False)) is None


def test_what_is_chosen_is_taken() -> None:
    frame = frame_of(20).rename(columns={"customer_id": "who", "order_date": "stamp"})
    options = BehaviourOptions(customer="who", product="category")
    found = recognised(frame.to_csv(index=False), options)
    assert parts(found)["customer"] == "who"
    assert parts(found)["product"] == "category"
    assert str(found.reasons["customer"]) == "Chosen by you."
    with pytest.raises(OptionError, match="nobody is to be the customer"):
        recognised(frame.to_csv(index=False), BehaviourOptions(customer="nobody"))


def test_the_order_of_lines_does_not_matter() -> None:
    frame = frame_of(40)
    mixed = frame.sample(frac=1, random_state=1)
    assert parts(recognised(frame.to_csv(index=False))) == parts(recognised(mixed.to_csv(index=False)))


def test_orders_that_are_not_to_be_measured_are_pooled_like_any_table() -> None:
    table = read(frame_of(60).to_csv(index=False).encode(), "orders.csv")
    assert assemble([table]).measured is not None
    off = Choices(behaviour=BehaviourOptions(measure=False))
    assert assemble([table], off).measured is None
    people = read(b"customer_id,city\n" + b"".join(b"K%d,Rome\n" % n for n in range(60)), "customers.csv")
    assert assemble([people, table]).measured is not None
    alone = assemble([people, table], off)
    assert alone.measured is None
    assert "recency_days" not in alone.customers.frame
