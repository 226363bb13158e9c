"""Topics by segment and over time: shares, lifts and intervals that can be checked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segment_core.artifacts import Step, Topic, Topics
from segment_core.messages import say
from segment_core.topics import TOPICS, by_segment, dating, over_time, over_time_of_texts, with_typical
from segment_core.topics.comparing import wilson
from tests.topics.conftest import VOCABULARIES


def topics(shares: list[list[float]]) -> Topics:
    found = np.array(shares, dtype=np.float32)
    made = tuple(Topic(f"T{number + 1}", (f"word{number}",), 1, 0.5, 0.1) for number in range(found.shape[1]))
    return Topics(found, made, Step("nmf"), say("Given."))


def test_shares_lift_and_base_by_segment() -> None:
    made = topics([[1, 0], [0.5, 0.5], [0, 1], [0, 1], [0, 0]])
    table = by_segment(made, ["S1", "S1", "S2", "S10", "S10"], fewest=2).set_index(["topic", "segment"])
    assert list(table.loc["T1"].index) == ["S1", "S2", "S10"]
    first = table.loc[("T1", "S1")]
    assert (first["share"], first["base"], first["lift"], first["n"]) == (0.75, 0.375, 2.0, 2)
    assert table.loc[("T2", "S10"), "n"] == 1, "who wrote nothing does not count"
    assert table["is_few"].tolist() == [False, True, True] * 2
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()


def test_a_segment_in_which_nobody_wrote_has_no_share() -> None:
    table = by_segment(topics([[1, 0], [0, 0]]), ["S1", "S2"]).set_index(["topic", "segment"])
    assert np.isnan(table.loc[("T1", "S2"), "share"]) and table.loc[("T1", "S2"), "n"] == 0
    assert np.isnan(table.loc[("T2", "S1"), "lift"]), "nobody writes of it at all"


def test_the_interval_is_the_one_of_the_textbook() -> None:
    low, high = wilson(np.array([0.1]), 20)  # two of twenty
    assert (low[0], high[0]) == (pytest.approx(0.0279, abs=1e-4), pytest.approx(0.3010, abs=1e-4))


@given(st.integers(1, 10_000), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_the_interval_holds_its_share(n: int, share: float) -> None:
    low, high = wilson(np.array([share]), n)
    assert -1e-9 <= low[0] <= share + 1e-9 and share - 1e-9 <= high[0] <= 1 + 1e-9


def test_months_quarters_and_years_by_the_span_of_the_dates() -> None:
    made = topics([[1, 0], [0, 1], [1, 0]])
    short = over_time(made, pd.Series(pd.to_datetime(["2024-01-05", "2024-01-20", "2024-03-01"])), fewest=2)
    assert short["period"].tolist() == ["2024-01", "2024-01", "2024-02", "2024-02", "2024-03", "2024-03"]
    assert short["share"].tolist()[:2] == [0.5, 0.5] and short["share"].isna().tolist()[2:4] == [True, True]
    assert short["n"].tolist() == [2, 2, 0, 0, 1, 1] and short["is_few"].tolist() == [False] * 2 + [True] * 4
    longer = over_time(made, pd.Series(pd.to_datetime(["2019-01-05", "2024-01-20", None])))
    assert longer["period"].iloc[0] == "2019Q1" and longer["period"].nunique() == 21
    longest = over_time(made, pd.Series(pd.to_datetime(["1950-01-05", "2024-01-20", "2024-02-01"])))
    assert longest["period"].iloc[-1] == "2024" and longest["period"].nunique() == 75


def test_dates_that_are_slips_do_not_stretch_the_table() -> None:
    dates = pd.Series(np.array(["0001-01-01", "2024-05-01", "9999-12-31"], dtype="datetime64[s]"))
    assert over_time(topics([[1, 0], [0, 1], [1, 0]]), dates)["period"].nunique() == 3


def test_without_dates_or_texts_there_is_no_course() -> None:
    assert over_time(topics([[1, 0]]), pd.Series(pd.to_datetime([None]))).empty
    assert over_time(topics([[0, 0]]), pd.Series(pd.to_datetime(["2024-01-01"]))).empty


def test_typical_customers_write_of_little_else_and_enough() -> None:
    shares = [[0.9, 0.1], [1.0, 0.0], [0.95, 0.05], [0.4, 0.6], [0.0, 0.0], [0.9, 0.1]]
    long = "parcel courier delivery driver lost again {}"
    texts = [long.format("monday"), "parcel", long.format("tuesday"), long.format("friday"), "", long.format("MONDAY")]
    found = with_typical(topics(shares), texts, list("abcdef"))
    assert found.topics[0].typical == ("c", "a", "b"), "the one who wrote a word comes last, the same text once"
    assert found.topics[1].typical == ("d",)
    order = [3, 5, 1, 0, 4, 2]
    mixed = with_typical(
        topics([shares[row] for row in order]), [texts[row] for row in order], ["abcdef"[row] for row in order]
    )
    assert mixed.topics == found.topics


def test_a_text_counts_when_it_was_written_and_not_with_all_that_its_customer_wrote() -> None:
    random = np.random.default_rng(0)
    late, warm = (vocabulary.split() for vocabulary in (VOCABULARIES[0], VOCABULARIES[2]))
    ids = [f"C{number:03}" for number in range(120)]
    said = pd.DataFrame(
        [
            (customer, " ".join(random.choice(vocabulary, 6)), np.datetime64(day))
            for customer in ids
            for vocabulary, day in ((late, "2025-01-10"), (warm, "2025-03-10"))
            if customer < "C060" or (vocabulary is late) == (customer < "C090")  # half of them write of both
        ],
        columns=["customer", "text", "date"],
    )
    whole = said.groupby("customer")["text"].agg("\n".join).reindex(ids).tolist()
    found = TOPICS["nmf"].run(whole, None, TOPICS["nmf"].options(n_topics=2))
    table, n_looked, n_all = over_time_of_texts(found, ids, said)
    assert (n_looked, n_all) == (180, 180)
    assert table["n"].tolist() == [90, 90, 0, 0, 90, 90]
    wide = table.pivot(index="topic", columns="period", values="share")
    of_late = next(topic.id for topic in found.topics if topic.terms[0].split()[0] in late)
    assert wide.loc[of_late, "2025-01"] > 0.9 and wide.loc[of_late, "2025-03"] < 0.15
    mixed, *_ = over_time_of_texts(found, ids, said.sample(frac=1.0, random_state=1))
    pd.testing.assert_frame_equal(mixed, table)
    few, n_looked, n_all = over_time_of_texts(found, ids, said.assign(date=said["date"].where(said.index < 3)))
    assert (n_looked, n_all) == (3, 3) and few["n"].sum() == 2 * 3
    assert over_time_of_texts(found, ids, said.iloc[:0])[0].empty


def test_of_many_texts_some_are_drawn_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dating, "MOST_DATED", 10)
    said = pd.DataFrame({"customer": ["a", "b"] * 20, "text": ["late parcel", "warm jacket"] * 20})
    table, n_looked, n_all = over_time_of_texts(
        topics([[1, 0], [0, 1]]), ["a", "b"], said.assign(date=pd.Timestamp("2025-01-01"))
    )
    assert (n_looked, n_all) == (10, 40) and table["n"].tolist() == [10, 10]
