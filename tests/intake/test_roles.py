"""Each column gets the role a person would give it, whatever the order of rows."""

import string
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Dialect, Table
from segment_core.intake import read, sample, suggest
from segment_core.intake.bases import basis_of
from segment_core.intake.vocabulary import words_of

N = 60
RANDOM = np.random.default_rng(3)


def table_of(**columns: object) -> Table:
    frame = pd.DataFrame(columns).astype("str").replace({"": None, "nan": None})
    return Table(frame.astype("str"), "test.csv", Dialect("csv"))


def alternating(*values: str, n: int = N) -> list[str]:
    return [values[position % len(values)] for position in range(n)]


def unique_words(n: int = N) -> list[str]:
    return ["".join(RANDOM.choice(list(string.ascii_lowercase), 9)) for _ in range(n)]


@pytest.mark.parametrize(
    ("name", "values", "role"),
    [
        ("customer_id", [f"C{n:05d}" for n in range(N)], "id"),
        ("ID", [str(n * 7) for n in range(N)], "id"),
        ("index", [str(n) for n in range(N)], "id"),
        ("member no", [str(n + 1000) for n in range(N)], "id"),
        ("age", alternating("31", "45", "22", "67", "51.5"), "number"),
        ("Year_Birth", [str(1950 + n % 40) for n in range(N)], "number"),
        ("Rating", alternating("1", "2", "3", "4", "5"), "number"),
        ("score", alternating("3", "4", "NA", "?", "-", "5", "3", "4", "5"), "number"),
        ("total_spend", [f"{n * 3}.50" for n in range(N)], "money"),
        ("basket", [f"£{n},000" for n in range(1, N + 1)], "money"),
        ("NumWebPurchases", alternating("0", "1", "2", "8"), "count"),
        ("newsletter_clicks", alternating("0", "1", "2", "8"), "count"),
        ("active", alternating("yes", "no", "no"), "yes/no"),
        ("Complain", alternating("0", "1", "0"), "yes/no"),
        ("gender", alternating("M", "F"), "category"),
        ("plan", alternating("basic", "plus", "None"), "category"),
        ("branch code", alternating("007", "012", "113"), "category"),
        ("signup", [f"2024-0{1 + n % 9}-11" for n in range(N)], "date"),
        ("last order", [f"{1 + n % 28}/0{1 + n % 9}/2024" for n in range(N)], "date"),
        ("date", [f"2024010{1 + n % 9}" for n in range(N)], "date"),
        ("City", alternating("Rome", "Bonn", "Oslo"), "place"),
        ("Country", alternating("NA", "DE", "FR"), "place"),
        ("postcode", [f"0{1000 + n}" for n in range(N)], "place"),
        ("home_state", alternating("TX", "CA"), "place"),
        ("order_state", alternating("open", "shipped"), "category"),
        ("Business_Area", alternating("Service", "Product"), "category"),
        ("latitude", [f"{40 + n / 7:.4f}" for n in range(N)], "number"),
        ("note", [f"I like the colour {word} very much indeed" for word in unique_words()], "text"),
        ("Title", [f"so {word}" for word in unique_words()], "text"),
        ("评论", ["味道很好下次还来" + chr(0x4E00 + n) for n in range(N)], "text"),
        ("photo", [f"img/{n}.JPG" for n in range(N)], "image"),
        ("voice", [f"{n}.mp3" for n in range(N)], "audio"),
        ("opt_in", alternating("yes", "no"), "consent"),
        ("marketingConsent", alternating("1", "0"), "consent"),
        ("brand", ["Acme"] * N, "ignore"),
        ("empty", [""] * N, "ignore"),
        ("nothing", ["NA"] * N, "ignore"),
        ("token", unique_words(), "ignore"),
        ("product_id", [str(n % 55) for n in range(N)], "ignore"),
        ("contact", [f"p{n}@example.org" for n in range(N)], "ignore"),
        ("Phone", [f"+49 170 {100000 + n}" for n in range(N)], "ignore"),
        ("last name", unique_words(), "name"),
        ("street", [f"Hill Road {n}" for n in range(N)], "ignore"),
        ("name", [f"{word.title()} Smith" for word in unique_words()], "name"),
        ("客户姓名", alternating("王小明", "李娜", "张伟"), "name"),
        ("product name", alternating("Blue Dress", "Red Dress"), "category"),
        ("do_not_contact", alternating("no", "yes", "no"), "suppression"),
        ("abgemeldet", alternating("N", "J"), "suppression"),
        ("unsubscribed_at", alternating("2024-03-01", "", "", ""), "suppression"),
        ("退订", alternating("否", "是"), "suppression"),
        ("bounced_mails", alternating("0", "3", "8"), "number"),
        ("zip", [f"{n:05d}" for n in range(N)], "place"),
        ("rating", alternating("1", "2", "3", "4", "5"), "number"),
        ("open rate", alternating("12 %", "3 %", "88 %", "41 %"), "number"),
        ("call length", alternating("0:12:30", "1:02:05", "0:00:45"), "number"),
        ("会员", alternating("是", "否"), "yes/no"),
        ("aktiv", alternating("J", "N"), "yes/no"),
        ("actif", alternating("oui", "non"), "yes/no"),
        ("gender", alternating("1", "2"), "category"),
        ("sex", alternating("0", "1"), "category"),
        ("order_status", alternating("0", "1", "2", "3"), "category"),
        ("urgency", alternating("low", "medium", "high"), "category"),
        ("month", alternating("January", "March", "May"), "category"),
        ("age band", alternating("18-24", "25-34", "35-44", "45+"), "category"),
        ("lon", [f"{7 + n / 9:.4f}" for n in range(N)], "number"),
    ],
)
def test_the_role_of_a_column(
    name: str, values: list[str], role: str, roles_of: Callable[[Table], dict[str, str]]
) -> None:
    other = alternating("a", "b", "c", "d", "e", "f", "g")
    assert roles_of(table_of(**{name: values, "other": other}))[name] == role


def test_leading_zeros_are_no_numbers(roles_of: Callable[[Table], dict[str, str]]) -> None:
    codes = [f"{n:04d}" for n in range(N)]
    assert roles_of(table_of(size=codes, x=alternating("a", "b")))["size"] != "number"


def test_copies_and_renamings_are_set_aside(roles_of: Callable[[Table], dict[str, str]]) -> None:
    plan = alternating("basic", "plus", "pro", "plus")
    spend = [f"{n * 1.5:.2f}" for n in range(N)]
    roles = roles_of(
        table_of(
            plan=plan, level=[{"basic": "1", "plus": "2", "pro": "3"}[p] for p in plan], spend=spend, spend_again=spend
        )
    )
    assert roles == {"plan": "category", "level": "ignore", "spend": "money", "spend_again": "ignore"}
    reason = suggest(table_of(plan=plan, same=plan))[1].reason
    assert "plan" in str(reason)


def test_the_best_of_several_ids_is_the_id_and_the_others_are_set_aside() -> None:
    table = table_of(
        order_id=[f"O{n}" for n in range(N)],
        customer_id=[f"C{n % 55}" for n in range(N)],
        spend=[str(n % 9) for n in range(N)],
    )
    columns = {column.name: column for column in suggest(table)}
    assert columns["customer_id"].role == "id"
    assert columns["order_id"].role == "ignore"
    assert "customer_id" in str(columns["order_id"].reason)


def test_ambiguous_dates_say_so() -> None:
    column = suggest(table_of(day=alternating("3/4/2024", "5/6/2024"), x=alternating("a", "b", "c")))[0]
    assert (column.role, "day first" in str(column.reason)) == ("date", True)


def test_reasons_carry_figures() -> None:
    reason = suggest(table_of(product_id=[str(n % 55) for n in range(N)]))[0].reason
    assert (reason.values["distinct"], reason.values["rows"]) == (55, N)


def test_the_order_of_rows_changes_nothing() -> None:
    frame, _ = sample(300, 5)
    table = read(frame.to_csv(index=False).encode(), "a.csv")
    shuffled = Table(table.frame.sample(frac=1, random_state=1).reset_index(drop=True), "a.csv", table.dialect)
    assert suggest(shuffled) == suggest(table)


def test_words_and_bases_of_names() -> None:
    assert words_of("AcceptedCmp3") == ("accepted", "cmp", "3")
    assert words_of("Customer-ID") == ("customer", "id")
    asked = [("Age", "number"), ("city", "place"), ("x", "money"), ("x", "number"), ("satisfaction", "number")]
    assert [basis_of(name, role)[0] for name, role in asked] == [
        "demographic",
        "geographic",
        "behavioural",
        "behavioural",
        "psychographic",
    ]


@pytest.mark.parametrize(
    ("name", "values", "basis"),
    [
        ("group", alternating("18-24", "25-34", "35-44", "45+"), "demographic"),
        ("d3", alternating("male", "female", "other"), "demographic"),
        ("Status", alternating("M", "S", "D"), "demographic"),
        ("order status", alternating("open", "shipped"), "behavioural"),
        ("q7", alternating("agree", "disagree", "neutral"), "psychographic"),
        ("longitude", [f"{7 + n / 9:.4f}" for n in range(N)], "geographic"),
        ("Year_Birth", [str(1950 + n % 40) for n in range(N)], "demographic"),
        ("birth date", [f"1980-01-{1 + n % 28:02d}" for n in range(N)], "demographic"),
        ("review_date", [f"2020-01-{1 + n % 28:02d}" for n in range(N)], "behavioural"),
        ("rating", alternating("1", "2", "3", "4", "5"), "psychographic"),
        ("opt_in", alternating("yes", "no"), "none"),
    ],
)
def test_the_basis_of_a_column_and_its_reason(name: str, values: list[str], basis: str) -> None:
    column = suggest(table_of(**{name: values, "other": alternating("a", "b", "c", "d", "e", "f", "g")}))[0]
    assert column.basis == basis
    assert (column.basis_reason is None) == (basis == "none")
    assert basis == "none" or basis in str(column.basis_reason)
