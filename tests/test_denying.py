"""What is denied in a question: a segment, a category, a number, or texts, each where it stands."""

from collections.abc import Callable

import pandas as pd
import pytest

from segment_core.answering import CannotAnswer, Understood, run, understand
from tests import questions

DENIED: dict[str, Callable[[pd.DataFrame], float]] = {
    "How many customers are not in S1?": lambda d: (d["seg"] != "S1").sum(),
    "Share of customers not in segment S2": lambda d: (d["seg"] != "S2").mean(),
    "不在S1的客户有多少？": lambda d: (d["seg"] != "S1").sum(),
    "S1以外的客户占比": lambda d: (d["seg"] != "S1").mean(),
    "除了S1以外的客户有多少": lambda d: (d["seg"] != "S1").sum(),
    "Average age excluding S1": lambda d: d.loc[d["seg"] != "S1", "age"].mean(),
    "Who are the customers not in S1 and not in S2?": lambda d: (~d["seg"].isin(["S1", "S2"])).sum(),
    "Percentage of gold members not in S1": lambda d: (
        d.loc[(d["seg"] != "S1") & d["membership"].notna(), "membership"] == "gold"
    ).mean(),
    "Share of customers who are neither gold nor silver": lambda d: (
        ~d["membership"].dropna().isin(["gold", "silver"])
    ).mean(),
    "How many silver members are not from Germany?": lambda d: (
        (d["membership"] == "silver") & d["country"].notna() & (d["country"] != "Germany")
    ).sum(),
    "60岁以上客户占比": lambda d: (d["age"].dropna() >= 60).mean(),
    "30到40岁的客户有多少": lambda d: d["age"].between(30, 40).sum(),
    "没有宠物的客户占比": lambda d: (d["pets"].dropna() == 0).mean(),
    "How many customers have no pets?": lambda d: (d["pets"] == 0).sum(),
}


@pytest.mark.parametrize("text", DENIED)
def test_what_is_denied_is_what_stands_behind_the_not(text) -> None:
    found = questions.study()
    read = understand(text, found)
    assert isinstance(read, Understood), text
    rows = run(read.asked, found).rows
    assert float(rows["value"].iloc[0]) == pytest.approx(float(DENIED[text](questions.table(found)))), text


@pytest.mark.parametrize(
    "text",
    [
        "Who does not complain about delivery?",
        "How many customers do not complain about delivery?",
        "Share of customers who don't mention price",
        "Which segments never mention quality?",
        "不抱怨配送的客户有多少？",
        "没有提到价格的客户占比",
        "Average income of customers who complain about delivery",
        "Is S1 not the biggest segment?",
        "Not only gold",
    ],
)
def test_a_denied_complaint_is_never_answered_as_a_complaint(text) -> None:
    assert isinstance(understand(text, questions.study()), CannotAnswer)
