"""What customers just have, how old they are, and everyone but some: computed where the column is plain."""

from collections.abc import Callable

import pandas as pd
import pytest

from segment_core.answering import CannotAnswer, Understood, run, understand
from tests import questions

HAVING: dict[str, Callable[[pd.DataFrame], float]] = {
    "Share of customers over 60": lambda d: (d["age"].dropna() > 60).mean(),
    "How many customers are over 60?": lambda d: (d["age"] > 60).sum(),
    "How many gold members over 40?": lambda d: ((d["membership"] == "gold") & (d["age"] > 40)).sum(),
    "How many customers are over 30 and under 40 years of age?": lambda d: d["age"].between(31, 39).sum(),
    "How many customers of age over 30 and under 40?": lambda d: d["age"].between(31, 39).sum(),
    "Average age of everyone but S1": lambda d: d.loc[d["seg"] != "S1", "age"].mean(),
    "Average spend of customers over 60": lambda d: d.loc[d["age"] > 60, "total_spend"].mean(),
    "How many are everyone but S1?": lambda d: (d["seg"] != "S1").sum(),
    "How many customers are there other than S2?": lambda d: (d["seg"] != "S2").sum(),
    "Share of customers who have pets": lambda d: (d["pets"].dropna() > 0).mean(),
    "Who has pets?": lambda d: (d["pets"] > 0).sum(),
    "How many customers with pets are from Germany?": lambda d: ((d["pets"] > 0) & (d["country"] == "Germany")).sum(),
    "Those without pets": lambda d: (d["pets"] == 0).sum(),
    "Share of customers who don't have pets": lambda d: (d["pets"].dropna() == 0).mean(),
    "Average age of customers with pets": lambda d: d.loc[d["pets"] > 0, "age"].mean(),
}


@pytest.mark.parametrize("text", HAVING)
def test_who_has_some_and_who_is_how_old_is_counted_rightly(text) -> None:
    found = questions.study()
    read = understand(text, found)
    assert isinstance(read, Understood), (text, read)
    rows = run(read.asked, found).rows
    assert float(rows["value"].iloc[0]) == pytest.approx(float(HAVING[text](questions.table(found)))), read


@pytest.mark.parametrize(
    "text",
    ["Who has the most pets?", "Share of customers over 1000", "Customers with 60", "Who is over 60 or has pets?"],
)
def test_what_is_not_plain_is_asked_back(text) -> None:
    assert isinstance(understand(text, questions.study()), CannotAnswer)


def test_a_number_with_its_own_column_is_no_age() -> None:
    read = understand("How many customers over 3 orders?", questions.study())
    columns = {one.column for one in read.asked.only} if isinstance(read, Understood) else set()
    assert "age" not in columns
