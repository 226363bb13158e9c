"""Measuring: each figure checked by hand on a few orders, and all of them against what must always hold."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Column
from segment_core.errors import DataError, OptionError
from segment_core.intake.behaviour import CELLS, Behaviour, BehaviourOptions
from segment_core.intake.behaviour.rhythm import trend
from tests.intake.behaviour.shop import HEAD, behaviour_of, count, frame_of, lines_of

FEW = (
    HEAD
    + "K10,1,2024-01-01 10:00:00,p1,Cup,kitchen,2,10\n"
    + "K10,1,2024-01-01 10:00:00,p2,Rose,garden,1,20\n"
    + "K10,2,2024-01-11 19:00:00,p1,Cup,kitchen,1,10\n"
    + "K10,2,2024-01-11 19:00:00,POST,Postage,,1,4\n"
    + "K10,3,2024-02-10 12:00:00,p2,Rose,garden,1,20\n"
    + "K10,C4,2024-02-20 12:00:00,p2,Rose,garden,-1,20\n"
    + "K9,5,2024-02-28 12:00:00,p1,Cup,kitchen,3,10\n"
    + "K8,C6,2024-02-01 12:00:00,p1,Cup,kitchen,-1,10\n"
    + "K8,7,2024-02-01 12:00:00,p3,Sample,kitchen,1,0\n"
)


def column(found: Behaviour, name: str) -> Column:
    return next(column for column in found.columns if column.name == name)


@pytest.fixture(scope="module")
def shop() -> Behaviour:
    return behaviour_of(frame_of(300).to_csv(index=False))


def test_figures_by_hand() -> None:
    found = behaviour_of(FEW)
    assert list(found.frame.index) == ["K8", "K9", "K10"]
    assert str(found.reference_date) == "2024-02-29"
    one = found.frame.loc["K10"]
    assert one["recency_days"] == 19  # from 10 February to the 29th: the return is no order
    assert (one["orders"], one["tenure_days"]) == (3, 59)
    assert one["monetary"] == 40 + 14 + 20 - 20
    assert one["average_order_value"] == pytest.approx((40 + 14 + 20) / 3)
    assert one["order_gap_days"] == pytest.approx((10.375 + 29.7083333) / 2)
    assert one["basket_items"] == pytest.approx((3 + 1 + 1) / 3)
    assert one["basket_products"] == pytest.approx((2 + 1 + 1) / 3)
    assert one["returns_share"] == pytest.approx(20 / 70)
    assert one["share_kitchen"] == pytest.approx(30 / 70)
    assert "share_garden" not in found.frame  # it is the rest
    assert one["evening_share"] == pytest.approx(1 / 3)
    assert one["weekend_share"] == pytest.approx(1 / 3)  # the 10th is a Saturday
    assert found.frame.loc["K9", "recency_days"] == 1
    assert np.isnan(found.frame.loc["K9", "order_gap_days"])


def test_a_customer_with_returns_only_stays_with_no_orders() -> None:
    found = behaviour_of(FEW)
    returner = found.frame.loc["K8"]
    assert (returner["orders"], returner["monetary"]) == (0, -10)
    assert returner[["recency_days", "tenure_days", "rfm_recency", "returns_share"]].isna().all()
    assert pd.isna(returner["rfm_cell"])
    assert count(found, "no-orders") == 1


def test_the_reference_date_is_explicit_and_cuts() -> None:
    found = behaviour_of(FEW, BehaviourOptions(reference_date="2024-02-01"))
    assert list(found.frame.index) == ["K10"]
    assert found.frame.loc["K10", "recency_days"] == 21
    assert count(found, "after-reference") == 5
    assert [str(note.message) for note in found.notes if note.code == "reference-date"] == [
        "Reference date: 2024-02-01, as you chose."
    ]
    with pytest.raises(OptionError, match="The reference date is soon; it must be a date such as 2024-02-29"):
        behaviour_of(FEW, BehaviourOptions(reference_date="soon"))
    with pytest.raises(
        OptionError, match="No line lies before the reference date 2020-01-01: the first is of 2024-01-01"
    ):
        behaviour_of(FEW, BehaviourOptions(reference_date="2020-01-01"))


def test_returns_only_are_refused() -> None:
    text = HEAD + "".join(f"{'AB'[n % 2]},{n},2024-01-{n},p{n % 3},Cup,x,-1,5\n" for n in range(10, 25))
    with pytest.raises(DataError, match="None of 15 lines is a purchase"):
        behaviour_of(text)


def test_trend_is_of_orders_after_the_first() -> None:
    days = {"slowing": [0, 5, 9, 12, 20], "growing": [0, 60, 80, 90, 95], "two": [0, 90], "even": [0, 20, 80]}
    orders = pd.DataFrame(
        [(who, pd.Timestamp("2024-01-01") + pd.Timedelta(days=day)) for who, when in days.items() for day in when],
        columns=["customer", "date"],
    )
    values, described = trend(orders, pd.Timestamp("2024-01-01") + pd.Timedelta(days=100))
    assert values.to_dict() == {"even": 0.0, "growing": pytest.approx(4 / 6), "slowing": pytest.approx(-4 / 6)}
    assert described.role == "number"


def test_every_column_is_described(shop: Behaviour) -> None:
    assert [column.name for column in shop.columns] == list(shop.frame.columns)
    for described in shop.columns:
        assert str(described.reason)
        assert described.basis == ("none" if described.role == "ignore" else "behavioural")
    roles = {described.name: described.role for described in shop.columns}
    assert roles["orders"] == "count"
    assert roles["monetary"] == roles["lifetime_value"] == "money"
    again = ("rfm_recency", "rfm_frequency", "rfm_monetary", "rfm_cell", "expected_orders")
    assert {roles[name] for name in again} == {"ignore"}  # they say again what shapes segments already


def test_what_must_always_hold(shop: Behaviour) -> None:
    frame = shop.frame
    plain = frame_of(300)
    assert sorted(frame.index) == sorted(plain["customer_id"].unique())
    orders = plain.groupby("customer_id")["order_id"].nunique()
    assert (frame["orders"] == orders[frame.index]).all()
    money = (plain["quantity"] * plain["unit_price"]).groupby(plain["customer_id"]).sum()
    np.testing.assert_allclose(frame["monetary"], money[frame.index])
    assert frame["p_alive"].between(0, 1).all()
    assert (frame["expected_orders"] >= 0).all()
    assert (frame["lifetime_value"] > 0).all()
    assert set(frame["rfm_cell"].dropna()) <= set(CELLS)
    shares = frame.filter(like="share_")
    assert shares.shape[1] == 2 and shares.sum(axis=1).between(0, 1 + 1e-9).all()
    assert (frame["recency_days"] <= frame["tenure_days"]).all()
    # Who has been silent for many times the own gap is less likely to be still there.
    silent = frame["recency_days"] / frame["order_gap_days"]
    assert frame.loc[silent > 15, "p_alive"].mean() < 0.3 < 0.8 < frame.loc[(silent < 1), "p_alive"].mean()


def test_lifetime_says_what_it_rests_on(shop: Behaviour) -> None:
    assert shop.lifetime is not None and shop.lifetime.values is not None
    assert shop.lifetime.expected_repeats == pytest.approx(shop.lifetime.actual_repeats, rel=0.15)
    said = " ".join(str(message) for message in shop.assumptions)
    for part in ("BG/NBD", "one order counts as still being one", "discounted by 10.0 % a year", "correlation"):
        assert part in said
    assert "longer than" not in said
    far = behaviour_of(frame_of(300).to_csv(index=False), BehaviourOptions(horizon_days=1000))
    assert any("is longer than the" in str(message) for message in far.assumptions)
    assert (far.frame["lifetime_value"] > shop.frame["lifetime_value"]).all()
    dear = behaviour_of(frame_of(300).to_csv(index=False), BehaviourOptions(discount_rate=0.0))
    assert (dear.frame["lifetime_value"] > shop.frame["lifetime_value"]).all()


def test_lifetime_value_is_orders_times_worth(shop: Behaviour) -> None:
    assert shop.lifetime is not None and shop.lifetime.values is not None
    found = behaviour_of(frame_of(300).to_csv(index=False), BehaviourOptions(discount_rate=0.0)).frame
    plain = frame_of(300).assign(day=lambda frame: frame["order_date"].str[:10])
    plain["money"] = plain["quantity"] * plain["unit_price"]
    days = plain.groupby(["customer_id", "day"])["money"].sum()
    later = days[days.groupby("customer_id").cumcount() > 0].groupby("customer_id")
    n, mean = later.size(), later.mean()
    model = shop.lifetime.values
    worth = model.p * (model.v + n * mean) / (model.p * n + model.q - 1)
    np.testing.assert_allclose(found.loc[n.index, "lifetime_value"], worth * found.loc[n.index, "expected_orders"])


def test_too_few_repeat_customers_get_no_made_up_value() -> None:
    found = behaviour_of(frame_of(20).to_csv(index=False))
    assert found.lifetime is None and found.assumptions == ()
    assert not {"p_alive", "expected_orders", "lifetime_value"} & set(found.frame)
    notes = [str(note.message) for note in found.notes if note.code == "no-lifetime"]
    assert len(notes) == 1 and "it takes 50" in notes[0]


def test_a_month_of_orders_cannot_look_a_year_ahead() -> None:
    frame = frame_of(300)
    early = frame[frame["order_date"] < "2022-03-15"]
    found = behaviour_of(early.to_csv(index=False))
    assert found.lifetime is None
    assert any("too few to look 365 days ahead; it takes 91" in str(note.message) for note in found.notes)
    assert behaviour_of(early.to_csv(index=False), BehaviourOptions(horizon_days=60)).lifetime is not None


def test_without_money_there_is_none() -> None:
    frame = frame_of(200).drop(columns=["unit_price"])
    found = behaviour_of(frame.to_csv(index=False))
    assert not {"monetary", "average_order_value", "rfm_monetary", "lifetime_value"} & set(found.frame)
    assert {"p_alive", "expected_orders", "rfm_cell"} <= set(found.frame)
    assert column(found, "expected_orders").role == "number"
    assert count(found, "no-value") == 0


def test_what_is_known_of_few_does_not_shape() -> None:
    lines = "".join(f"K{n},{n},2024-01-{n % 28 + 1:02},p{n % 3},Cup,x,1,{n % 7 + 1}\n" for n in range(60))
    found = behaviour_of(HEAD + lines + "K1,99,2024-02-01,p1,Cup,x,1,5\n")
    assert column(found, "order_gap_days").role == "ignore"
    assert "Known for 1.7 % of the customers" in str(column(found, "order_gap_days").reason)


def test_cohorts_add_up(shop: Behaviour) -> None:
    cohorts = shop.cohorts
    first = cohorts[cohorts["months"] == 0]
    assert first["size"].sum() == len(shop.frame) and (first["share"] == 1).all()
    assert cohorts["share"].between(0, 1).all()
    assert (cohorts["n"] <= cohorts["size"]).all()
    plain = frame_of(300).assign(month=lambda frame: pd.to_datetime(frame["order_date"]).dt.to_period("M"))
    start = plain.groupby("customer_id")["month"].min()
    early = start.index[start == pd.Period("2022-02")]
    later = plain[plain["customer_id"].isin(early) & (plain["month"] == pd.Period("2022-05"))]["customer_id"].nunique()
    row = cohorts[(cohorts["cohort"] == "2022-02") & (cohorts["months"] == 3)].iloc[0]
    assert (row["size"], row["n"]) == (len(early), later)
    assert not cohorts["is_complete"].all()


def test_a_month_is_complete_when_it_has_ended() -> None:
    text = HEAD + "A,1,2024-01-05,p1,Cup,x,1,5\nA,2,2024-02-29,p1,Cup,x,1,5\nB,3,2024-01-06,p2,Cup,y,1,5\n"
    assert behaviour_of(text).cohorts["is_complete"].tolist() == [True, True]
    early = behaviour_of(text, BehaviourOptions(reference_date="2024-02-29")).cohorts
    assert early["is_complete"].tolist() == [True]
    later = text.replace("2024-02-29", "2024-02-28")
    assert behaviour_of(later).cohorts["is_complete"].tolist() == [True, False]


def test_the_order_of_lines_does_not_matter(shop: Behaviour) -> None:
    mixed = behaviour_of(frame_of(300).sample(frac=1, random_state=3).to_csv(index=False))
    pd.testing.assert_frame_equal(shop.frame, mixed.frame, check_exact=True)
    pd.testing.assert_frame_equal(shop.cohorts, mixed.cohorts, check_exact=True)
    assert shop.notes == mixed.notes and shop.assumptions == mixed.assumptions


def test_lines_are_left_as_they_are() -> None:
    from segment_core.intake.behaviour import measure

    lines = lines_of(FEW)
    before = lines.frame.copy()
    measure(lines)
    pd.testing.assert_frame_equal(lines.frame, before)


def test_categories_of_any_writing_make_names() -> None:
    names = ["Haus & Garten", "haus garten", "玩具", "books"]
    text = HEAD + "".join(
        f"{'AB'[n % 2]},{n},2024-01-{n % 28 + 1:02},p{n},Cup,{names[n % 4]},1,{n % 4 + 1}\n" for n in range(40)
    )
    found = behaviour_of(text).frame
    assert {"share_books", "share_玩具", "share_haus_garten"} <= set(found)
