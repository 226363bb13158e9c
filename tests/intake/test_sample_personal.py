"""The sample's personal data: each where the truth says, right by its checksum, and nobody's own."""

import re
from collections.abc import Callable

import pandas as pd
import pytest

from segment_core.intake import SampleTables, sample_tables

KINDS = ["address", "card", "email", "id", "iban", "ip", "name", "phone"]


@pytest.fixture(scope="module")
def shop() -> SampleTables:
    return sample_tables()


def digits(value: str) -> str:
    return re.sub(r"\D", "", value)


def luhn(value: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits(value)))]
    return len(doubled) == 16 and sum(each - 9 * (each > 9) for each in doubled) % 10 == 0


def mod_97(value: str) -> bool:
    plain = value.replace(" ", "")
    return len(plain) == 22 and int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


def mod_11(value: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    at = sum(int(digit) * weight for digit, weight in zip(value, weights, strict=False)) % 11
    return len(value) == 18 and value[17] == "10X98765432"[at] and value[6:8] == "19" and value[8:10] < "10"


def fiction(value: str) -> bool:
    plain = digits(value)
    british = re.fullmatch(r"(0|44)(207946|113496|117496)0\d{3}", plain)  # Ofcom's numbers for drama
    american = re.fullmatch(r"1?\d{3}55501\d{2}", plain)
    chinese = re.fullmatch(r"(86)?1[358]\d0000\d{4}", plain)
    return bool(british or american or chinese)


RIGHT: dict[str, Callable[[str], object]] = {
    "card": luhn,
    "iban": mod_97,
    "id": mod_11,
    "phone": fiction,
    "email": re.compile(r"[\w.]+@(mail\.)?example\.(com|org|net)").fullmatch,
    "ip": re.compile(r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}").fullmatch,
    "address": re.compile(r"\d+ .+, .+|.+市.+号.+室").fullmatch,
    "name": re.compile(r"\w+ \w+|[\u4e00-\u9fff]{2,4}").fullmatch,
}


def test_every_item_stands_where_the_truth_says(shop: SampleTables) -> None:
    items = shop.planted_items
    assert len(items) > 400
    assert sorted(items["kind"].unique()) == sorted(KINDS)
    assert items["kind"].value_counts().min() >= 20
    assert set(items["table"]) == {"reviews", "tickets"}
    for name in ("reviews", "tickets"):
        texts = shop.tables[name].set_index(shop.tables[name].columns[0])["text"]
        mine = items[items["table"] == name]
        assert mine["row_id"].is_unique
        for row, value in zip(mine["row_id"], mine["value"], strict=True):
            assert isinstance(texts[row], str), "a row with something planted is never repeated"
            assert value in texts[row]


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_is_right_and_invented(kind: str, shop: SampleTables) -> None:
    for value in shop.planted_items.loc[shop.planted_items["kind"] == kind, "value"]:
        assert RIGHT[kind](value), value


def test_other_texts_hold_nothing_that_looks_like_it(shop: SampleTables) -> None:
    planted = set(shop.planted_items["row_id"])
    looks = r"@|\d{3}|\d\.\d|" + "|".join(sorted(set(shop.tables["customers"]["name"])))
    for name in ("reviews", "tickets"):
        table = shop.tables[name]
        others = table.loc[~table.iloc[:, 0].isin(planted), "text"]
        assert not others.str.contains(looks, regex=True).any()


def test_the_truth_counts_them_by_customer(shop: SampleTables) -> None:
    truth = shop.truth.set_index("customer_id")
    for kind in KINDS:
        expected = shop.planted_items.loc[shop.planted_items["kind"] == kind, "customer_id"].value_counts()
        told = truth[f"planted_{kind}"]
        assert told[told > 0].sort_index().to_dict() == expected.sort_index().to_dict()


def test_items_belong_to_who_wrote_the_text(shop: SampleTables) -> None:
    tickets = shop.tables["tickets"].set_index("ticket_id")["customer_id"]
    mine = shop.planted_items[shop.planted_items["table"] == "tickets"]
    assert all(tickets[row] == customer for row, customer in zip(mine["row_id"], mine["customer_id"], strict=True))
    names = shop.tables["customers"].set_index("customer_id")["name"]
    signed = shop.planted_items[shop.planted_items["kind"] == "name"]
    assert (names[signed["customer_id"]].to_numpy() == signed["value"].to_numpy()).all()


def test_phones_and_emails_on_file_are_nobodys(shop: SampleTables) -> None:
    customers = shop.tables["customers"]
    assert all(fiction(value) for value in customers["phone"] if value)
    assert customers["email"].str.lower().str.fullmatch(r"[a-z.]+\d{4}@example\.(com|org|net)").all()
    assert (customers["phone"] == "").mean() < 0.35
    no_range_for_fiction = customers.loc[customers["phone"] == "", "country"]
    assert set(no_range_for_fiction) == {"NA", "SG"}
    assert pd.Series(customers["country"]).nunique() == 5
