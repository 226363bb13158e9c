"""Words against wallet: the planted are found, the columns behind it are told, and each has a quote."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers, Role, Step, Traits
from segment_core.errors import DataError
from segment_core.intake import sample_tables, sample_zip
from segment_core.journey import collect
from segment_core.messages import say
from segment_core.profiles.contradictions import (
    ANGRY,
    WARM,
    WalletColumn,
    contradictions,
    ranked,
    wallet,
    wallet_columns,
)
from segment_core.traits.lexicon import rate
from tests.planted import typed

ROLES: dict[str, Role] = {"total_spend": "money", "orders": "count", "returns": "count", "support_tickets": "count"}


def made(**columns: object) -> Customers:
    found = typed(ROLES, **columns)
    return replace(found, columns=tuple(replace(column, basis="behavioural") for column in found.columns))


def sounding(*sentiment: float, names: tuple[str, ...] = ("sentiment",)) -> Traits:
    ids = [f"C{number:04}" for number in range(len(sentiment))]
    known = [(id_, value) for id_, value in zip(ids, sentiment, strict=True) if np.isfinite(value)]
    quotes = pd.DataFrame(
        [(id_, names[0], value, "review", "reviews", 7, f"{id_} says {value}") for id_, value in known],
        columns=["customer", "trait", "score", "column", "table", "row", "text"],
    )
    return Traits(np.array(sentiment, np.float32)[:, None], names, quotes, Step("lexicon"), say("Read."))


@pytest.fixture
def four() -> Customers:
    """Return customers who spend more and more."""
    return made(
        total_spend=[1.0, 20, 300, 4000], orders=[1.0, 2, 3, 4], returns=[0.0] * 4, support_tickets=[9.0, 0, 0, 0]
    )


def test_both_directions_are_found_with_their_quote(four: Customers) -> None:
    found = contradictions(four, sounding(0.9, 0.2, 0.1, -0.8))
    assert found["customer"].tolist() == ["C0000", "C0003", "C0001"]
    first, second = found.iloc[0], found.iloc[1]
    assert (first["direction"], second["direction"]) == (WARM, ANGRY)
    assert (second["quote"], second["column"], second["table"], second["row"]) == (
        "C0003 says -0.8",
        "review",
        "reviews",
        7,
    )
    assert second["score"] == pytest.approx(second["wallet"] - second["words"])
    assert second["sentiment"] == pytest.approx(-0.8)
    assert (found["score"] > 0).all() and (found["score"] < 1).all()


def test_words_that_agree_with_the_wallet_are_left_out_and_so_is_silence(four: Customers) -> None:
    assert contradictions(four, sounding(-0.9, -0.5, 0.5, 0.9)).empty
    assert contradictions(four, sounding(np.nan, 0.0, 0.0, np.nan)).empty


def test_of_several_quotes_the_one_that_shows_it_best_is_taken(four: Customers) -> None:
    traits = sounding(0.5, 0.5, 0.5, -0.3)
    more = pd.DataFrame([("C0003", "sentiment", score, "review", "reviews", 1, f"{score}") for score in (-0.9, 0.4)],
                        columns=["customer", "trait", "score", "column", "table", "row", "text"])  # fmt: skip
    found = contradictions(four, replace(traits, quotes=pd.concat([traits.quotes, more])))
    assert found.set_index("customer").at["C0003", "quote"] == "-0.9"


def test_columns_are_chosen_by_what_they_say_of_buying() -> None:
    roles: dict[str, Role] = {
        "total_spend": "money", "orders_last_year": "count", "returns_share": "number", "recency_days": "number",
        "last_order_date": "date", "signup_date": "date", "support_tickets": "count", "reviews_count": "count",
        "discount_percent": "number", "unit_price": "money", "p_alive": "number", "消费金额": "money",
        "退货次数": "count",
        "income": "money", "order_gap_days": "number", "age": "number",
    }  # fmt: skip
    found = typed(roles, **{name: [0.0, 1.0] for name in roles})
    columns = tuple(replace(c, basis="demographic" if c.name == "income" else "behavioural") for c in found.columns)
    chosen = wallet_columns(replace(found, columns=columns))
    assert {column.name: (column.kind, column.sign) for column in chosen} == {
        "total_spend": ("money", 1),
        "orders_last_year": ("orders", 1),
        "returns_share": ("returns", -1),
        "recency_days": ("recency", -1),
        "last_order_date": ("recency", 1),
        "p_alive": ("orders", 1),
        "消费金额": ("money", 1),
        "退货次数": ("returns", -1),
    }


def test_returns_and_silence_lower_a_wallet_and_outliers_do_not_matter(four: Customers) -> None:
    columns = [WalletColumn("total_spend", "money", 1), WalletColumn("returns", "returns", -1)]
    usual = wallet(four, columns)
    huge = replace(four, frame=four.frame.assign(total_spend=[1.0, 20, 300, 1e12]))
    pd.testing.assert_series_equal(wallet(huge, columns), usual)
    sent_back = replace(four, frame=four.frame.assign(returns=[0.0, 0, 0, 50]))
    assert wallet(sent_back, columns).iloc[3] <= usual.iloc[3]
    late = replace(four, frame=four.frame.assign(returns=pd.Timestamp("2026-01-01")))
    assert wallet(late, [columns[0], WalletColumn("returns", "recency", 1)]).notna().all()


def test_who_has_no_figures_has_no_rank(four: Customers) -> None:
    gone = replace(four, frame=four.frame.assign(total_spend=[np.nan, 20, 300, 4000], orders=[np.nan, 2.0, 3, 4]))
    assert wallet(gone, wallet_columns(gone)).isna().tolist() == [True, False, False, False]
    assert ranked(pd.Series([np.inf, 1.0, 2.0])).isna().tolist() == [True, False, False]


def test_what_is_missing_is_said(four: Customers) -> None:
    with pytest.raises(DataError, match="No column tells what customers spend"):
        contradictions(replace(four, columns=()), sounding(1, 1, 1, 1))
    with pytest.raises(DataError, match="No sentiment"):
        contradictions(four, sounding(1, 1, 1, 1, names=("loyalty",)))


def test_the_order_of_rows_does_not_matter(four: Customers) -> None:
    traits = sounding(0.9, 0.2, 0.1, -0.8)
    back = replace(four, frame=four.frame.iloc[::-1])
    pd.testing.assert_frame_equal(
        contradictions(four, traits), contradictions(back, replace(traits, scores=traits.scores[::-1]))
    )


def test_the_planted_contradictions_of_the_shop_are_found() -> None:
    from sklearn.metrics import roc_auc_score

    customers = collect(sample_zip("A"), "shop.zip").customers
    truth = sample_tables().truth.set_index("customer_id")["contradicts_a"]
    planted = (truth.reindex(customers.frame.index) == "yes").to_numpy()
    found = contradictions(customers, rate(customers))
    angry = found[found["direction"] == ANGRY].set_index("customer")["score"]
    scores = angry.reindex(customers.frame.index).fillna(0.0)
    assert planted.sum() == 60
    assert roc_auc_score(planted, scores) >= 0.95
    assert planted[scores.rank(ascending=False, method="first") <= 60].mean() >= 0.6
    assert found["quote"].str.len().min() > 0
