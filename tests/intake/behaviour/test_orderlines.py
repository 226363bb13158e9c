"""Order lines: typed, counted, and nothing set aside in silence."""

import numpy as np
import pandas as pd
import pytest

from segment_core.errors import DataError
from segment_core.intake.behaviour import BehaviourOptions, Recognised, lines
from tests.intake.behaviour.shop import HEAD, count, frame_of, lines_of

MIXED = (
    HEAD
    + "A,100,2024-01-05,p1,Cup,kitchen,2,5.00\n"
    + "A,100,2024-01-05,p2,Plate,kitchen,1,7.50\n"
    + "A,100,2024-01-05,POST,Postage,,1,3.00\n"
    + "A,C101,2024-01-09,p1,Cup,kitchen,-1,5.00\n"
    + "B,102,2024-01-06,p1,Cup,kitchen,1,5.00\n"
    + "B,102,2024-01-06,p1,Cup,kitchen,1,5.00\n"
    + "B,103,2024-02-06,p3,Sample,,1,0.00\n"
    + ",104,2024-02-07,p1,Cup,kitchen,4,5.00\n"
    + "C,105,,p1,Cup,kitchen,4,5.00\n"
    + "C,106,2024-02-08,p1,Cup,kitchen,4,much\n"
)


def test_everything_set_aside_is_counted() -> None:
    found = lines_of(MIXED)
    assert (found.n_rows, len(found.frame)) == (10, 8)
    assert count(found, "no-customer") == 1
    assert count(found, "no-date") == 1
    assert count(found, "returns") == 1
    assert count(found, "no-product") == 1
    assert count(found, "zero-price") == 1
    assert count(found, "repeated-lines") == 1
    assert count(found, "no-amount") == 1
    assert found.names == {"p1": "Cup", "p2": "Plate", "p3": "Sample", "POST": "Postage"}


def test_cells_have_their_type() -> None:
    frame = lines_of(MIXED).frame
    assert frame["date"].dtype.kind == "M"
    assert frame["amount"].dtype == frame["quantity"].dtype == np.float64
    assert frame["is_return"].dtype == frame["is_product"].dtype == bool
    assert frame.loc[frame["customer"] == "A", "amount"].sum() == 2 * 5 + 7.5 + 3 - 5
    assert frame.loc[frame["is_return"], "order"].tolist() == ["C101"]
    assert frame.loc[~frame["is_product"], "product"].tolist() == ["POST"]


def test_letters_before_the_number_mark_a_return_even_if_the_pieces_are_positive() -> None:
    text = HEAD + "".join(f"{'AB'[n % 2]},{n},2024-01-{n},p{n % 3},Cup,x,1,5\n" for n in range(10, 25))
    text += "A,C30,2024-01-26,p1,Cup,x,-1,5\nA,C31,2024-01-26,p1,Cup,x,-2,5\n"
    marked = "".join(f"A,C{n},2024-01-27,p1,Cup,x,-1,5\n" for n in range(40, 60)) + "A,C60,2024-01-27,p1,Cup,x,1,5\n"
    assert count(lines_of(text + marked.replace("C4", "4").replace("C5", "5")), "returns") == 22
    assert count(lines_of(text.replace("2024-01-26", "2024-01-27") + "A,X9,2024-01-27,p1,Cup,x,1,5\n"), "returns") == 2
    many = (
        HEAD
        + "".join(f"{'AB'[n % 2]},{n},2024-01-{n % 28 + 1:02},p{n % 3},Cup,x,1,5\n" for n in range(100, 140))
        + marked
    )
    assert count(lines_of(many), "returns") == 21
    assert count(lines_of(many, BehaviourOptions(returns="negative")), "returns") == 20
    ignored = lines_of(many, BehaviourOptions(returns="ignore"))
    assert (count(ignored, "returns-ignored"), len(ignored.frame)) == (21, 40)


def test_orders_that_all_start_with_letters_are_no_returns() -> None:
    text = HEAD + "".join(f"{'AB'[n % 2]},SO{n},2024-01-{n},p{n % 3},Cup,x,1,5\n" for n in range(10, 25))
    assert count(lines_of(text), "returns") is None


def test_without_order_numbers_a_day_is_an_order() -> None:
    found = lines_of("client,date,montant\nA,2024-01-01,5\nA,2024-01-01,6\nA,2024-02-01,6\nB,2024-02-02,7\n")
    assert found.frame["order"].tolist() == ["2024-01-01", "2024-01-01", "2024-02-01", "2024-02-02"]
    assert count(found, "order-by-day") == 4


def test_an_orders_total_is_spread_over_its_lines() -> None:
    frame = pd.DataFrame({"who": list("aaab"), "no": list("1123"), "day": "2024-01-01", "total": list("4467")})
    found = lines(frame, Recognised("who", "day", order="no", amount="total", amount_once=True), ".")
    assert found.frame.groupby("order", observed=True)["amount"].sum().to_dict() == {"1": 4.0, "2": 6.0, "3": 7.0}


def test_decimal_commas_are_read() -> None:
    text = "kunde;bestellnummer;datum;betrag\n" + "".join(
        f"K{n % 5};{n};0{n % 9 + 1}.01.2024;1.234,5{n % 9}\n" for n in range(20)
    )
    assert lines_of(text).frame["amount"].between(1234.5, 1234.6).all()


def test_lines_without_any_customer_are_refused() -> None:
    frame = pd.DataFrame({"who": ["", "NA"], "day": ["2024-01-01"] * 2, "sum": ["1", "2"]})
    with pytest.raises(DataError, match=r"No line has both a customer \(who\) and a date \(day\)"):
        lines(frame, Recognised("who", "day", amount="sum"), ".")


def test_the_order_of_lines_does_not_matter() -> None:
    frame = frame_of(30)
    one = lines_of(frame.to_csv(index=False))
    two = lines_of(frame.sample(frac=1, random_state=2).to_csv(index=False))
    pd.testing.assert_frame_equal(one.frame, two.frame)
    assert one.notes == two.notes
