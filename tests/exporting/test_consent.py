"""Consent: who said no is in no file that goes out, and the strictest answer wins."""

import pandas as pd
import pytest

from segment_core.artifacts import Customers
from segment_core.exporting import contactable, segments_table, withheld
from segment_core.intake import gather, read
from tests.exporting.test_tables import shop, study_of
from tests.planted import csv_of


def asked(**columns: object) -> Customers:
    frame = pd.DataFrame({"customer_id": [f"C{n:03}" for n in range(12)], "spend": range(12), **columns})
    roles = {name: "suppression" if name.startswith("supp") else "consent" for name in columns}
    return gather(read(csv_of(frame), "made.csv"), roles)


@pytest.mark.parametrize(
    ("cell", "may"), [("yes", True), ("TRUE", True), ("1", True), ("Opted in", True), ("granted", True), ("no", False),
                      ("", False), ("perhaps", False), ("opted out", False)],
)  # fmt: skip
def test_a_consent_must_be_given(cell: str, may: bool) -> None:
    found = contactable(asked(marketing_consent=[cell] + ["yes"] * 5 + ["no"] * 6))
    assert found.loc["C000"] == may
    assert found.loc["C001"] and not found.loc["C011"]


@pytest.mark.parametrize("name", ["supp", "unsubscribed", "do_not_contact", "Email opt-out", "bounced"])
@pytest.mark.parametrize(
    ("cell", "may"), [("yes", False), ("1", False), ("hard bounce", False), ("", True), ("no", True)]
)
def test_a_suppression_must_be_said_whatever_role_its_name_got(name: str, cell: str, may: bool) -> None:
    assert contactable(asked(**{name: [cell] + ["no"] * 6 + ["yes"] * 5})).loc["C000"] == may


def test_one_channel_is_enough_unless_one_is_asked_for() -> None:
    customers = asked(
        email_opt_in=["yes", "yes", "no", "no"] * 3,
        sms_opt_in=["yes", "no", "yes", "no"] * 3,
        consent=["yes"] * 11 + ["no"],
    )
    assert contactable(customers).tolist()[:4] == [True, True, True, False]
    assert contactable(customers, "email").tolist()[:4] == [True, True, False, False]
    assert contactable(customers, "sms").tolist()[:4] == [True, False, True, False]
    assert contactable(customers, "post").sum() == 11


def test_without_such_columns_everybody_is_let_through() -> None:
    customers = gather(read(csv_of(shop()), "made.csv"))
    assert contactable(customers).all() and withheld(customers) is None


def test_who_may_not_be_contacted_is_counted_by_reason() -> None:
    customers = asked(consent=["no"] * 3 + ["yes"] * 9, suppressed=["yes", "no", "no"] * 4)
    note = withheld(customers)
    assert str(note.message) == "6 customers withheld: 3 without consent, 3 suppressed."
    assert str(withheld(asked(consent=["no"] * 3 + ["yes"] * 9)).message) == "3 customers withheld: no consent."


def test_tables_leave_them_out_unless_everybody_is_asked_for() -> None:
    study = study_of(shop(consent=["no", "yes", "yes"] * 4))
    assert study.customers.named("consent") == ("consent",)
    assert segments_table(study)["customer_id"].tolist() == [f"C{n:03}" for n in range(12) if n % 3]
    everybody = segments_table(study, consent=False, columns=["consent"])
    assert everybody["contactable"].tolist() == everybody["consent"].tolist() == ["no", "yes", "yes"] * 4


@pytest.mark.parametrize(("role", "cells", "kept"), [
    ("consent", ["yes", "yes", "no"], False), ("consent", ["yes", "", "yes"], False), ("consent", ["yes", "yes", "yes"], True),  # noqa: E501
    ("suppression", ["no", "no", "yes"], False), ("suppression", ["", "no", ""], True),
])  # fmt: skip
def test_the_strictest_row_of_a_customer_wins(role: str, cells: list[str], kept: bool) -> None:
    ids = ["C1"] * 3 + [f"C{n}" for n in range(2, 14)]
    frame = pd.DataFrame({"customer_id": ids, "answer": cells + ["yes", "no"] * 6, "spend": range(15)})
    for rows in (frame, frame[::-1]):
        customers = gather(read(csv_of(rows), "made.csv"), {"answer": role, "customer_id": "id"})
        assert contactable(customers).loc["C1"] == kept
        said = [note for note in customers.notes if note.code == "conflict" and "strictest" in str(note.message)]
        assert bool(said) == (len(set(cells)) > 1)
