"""The sample's segments: they show in behaviour and in words, migrate by known chances, and some contradict."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import cross_val_score

from segment_core.intake import SampleTables, sample_tables


@pytest.fixture(scope="module")
def shop() -> SampleTables:
    return sample_tables()


@pytest.mark.parametrize("period", ["A", "B"])
def test_who_spends_much_and_writes_angrily(period: str, shop: SampleTables) -> None:
    tables, truth = shop.periods[period], shop.truth.set_index("customer_id")
    one = truth[(truth["duplicate_of"] == "") & (truth[f"segment_{period.lower()}"] != "")]
    angry = one.index[one[f"contradicts_{period.lower()}"] == "yes"]
    assert len(angry) == 60  # 3 %
    lines = tables["order_lines"].merge(tables["orders"], on="order_id")
    spent = (lines["quantity"].astype(int) * lines["unit_price"].astype(float)).groupby(lines["customer_id"]).sum()
    assert (spent.reindex(angry) > spent.median()).mean() > 0.9
    owner = tables["reviews"]["order_id"].map(tables["orders"].set_index("order_id")["customer_id"])
    stars = tables["reviews"]["stars"].astype(int).groupby(owner).mean().reindex(one.index)
    assert stars[angry].notna().mean() > 0.9
    assert stars[angry].max() <= 2
    calm = one.index[one[f"segment_{period.lower()}"] == "quality lovers"].difference(angry)
    assert stars[calm].mean() > 4


def test_segments_migrate_by_the_chances_told(shop: SampleTables) -> None:
    chances = shop.transitions
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    one = shop.truth[(shop.truth["duplicate_of"] == "") & (shop.truth["segment_a"] != "")]
    moved = pd.crosstab(one["segment_a"], one["segment_b"].replace("", "gone"))
    moved = moved.reindex(index=chances.index, columns=chances.columns, fill_value=0)
    n = moved.sum(axis=1)
    off = moved.div(n, axis=0) - chances
    bound = 3.5 * np.sqrt((chances * (1 - chances)).div(n, axis=0)) + 1e-9
    assert (off.abs() <= bound).all(axis=None), off.round(3)
    newborn = shop.truth[(shop.truth["segment_a"] == "") & (shop.truth["duplicate_of"] == "")]
    assert len(newborn) == 240
    assert (newborn["segment_b"] != "").all()


def test_columns_drift_that_are_said_to(shop: SampleTables) -> None:
    assert shop.drifted == ("customers.preferred_contact", "orders.channel", "order_lines.unit_price")
    one, two = (
        {name: table.drop_duplicates() for name, table in shop.periods[period].items() if name != "products"}
        for period in "AB"
    )

    def moved(table: str, column: str) -> float:
        shares = [each[table][column].value_counts(normalize=True) for each in (one, two)]
        return float(shares[0].sub(shares[1], fill_value=0).abs().sum() / 2)

    assert moved("customers", "preferred_contact") > 0.2
    assert moved("orders", "channel") > 0.1
    price = [each["order_lines"].groupby("product_id")["unit_price"].max().astype(float) for each in (one, two)]
    assert (price[1] / price[0]).median() == pytest.approx(1.08, abs=0.005)
    for table, column in (("customers", "household"), ("customers", "country"), ("orders", "discount")):
        assert moved(table, column) < 0.06, column


def test_orders_have_heavy_tails_and_a_season(shop: SampleTables) -> None:
    orders = shop.tables["orders"]
    month = orders["order_date"].str[5:7].value_counts()
    assert month["12"] > 1.4 * month["02"]
    lines = shop.tables["order_lines"]
    spent = (lines["quantity"].astype(int) * lines["unit_price"].astype(float)).groupby(lines["order_id"]).sum()
    assert spent.skew() > 4
    assert 0.03 < (lines["quantity"].astype(int) < 0).mean() < 0.12
    assert set(orders["status"]) == {"completed", "partly returned", "cancelled"}


@pytest.mark.parametrize("period", ["A", "B"])
def test_the_segments_show_in_behaviour(period: str, shop: SampleTables) -> None:
    tables = shop.periods[period]
    lines = tables["order_lines"].drop_duplicates().merge(tables["orders"], on="order_id")
    lines = lines.merge(tables["products"], on="product_id")
    lines["quantity"], lines["price"] = lines["quantity"].astype(int), lines["unit_price"].astype(float)
    lines["amount"], lines["back"] = lines["quantity"] * lines["price"], lines["quantity"] < 0
    lines["off"] = lines["discount"].astype(int)
    each = lines.groupby("customer_id")
    asked = tables["tickets"].groupby("customer_id").size()
    features = (
        each[["back", "off"]]
        .mean()
        .assign(
            orders=np.log1p(each["order_id"].nunique()),
            spent=np.log1p(each["amount"].sum().clip(lower=0)),
            price=np.log(each["price"].median()),
            tickets=np.log1p(asked).reindex(each.size().index).fillna(0),
        )
    )
    for column in ("department", "channel"):
        features = features.join(pd.crosstab(lines["customer_id"], lines[column], normalize="index"))
    truth = shop.truth.set_index("customer_id")[f"segment_{period.lower()}"].reindex(features.index).fillna("")
    features, truth = features[truth != ""], truth[truth != ""]
    scaled = (features - features.mean()) / features.std()
    assert len(truth) > 1600
    assert adjusted_rand_score(truth, KMeans(5, n_init=10, random_state=0).fit_predict(scaled)) > 0.6


def test_the_segments_show_in_words_of_either_language(shop: SampleTables) -> None:
    tables = shop.periods["A"]
    owner = tables["reviews"]["order_id"].map(tables["orders"].set_index("order_id")["customer_id"])
    said = tables["reviews"]["text"].groupby(owner).agg(" ".join)
    truth = shop.truth[(shop.truth["segment_a"] != "") & (shop.truth["contradicts_a"] == "no")].set_index("customer_id")
    for language, analyzer in (("en", "word"), ("zh", "char")):
        known = truth[truth["language"] == language].index.intersection(said.index)
        counts = TfidfVectorizer(analyzer=analyzer, ngram_range=(1, 2), sublinear_tf=True, min_df=3)
        topics = TruncatedSVD(50, random_state=0).fit_transform(counts.fit_transform(said[known]))
        right = cross_val_score(LogisticRegression(max_iter=1000), topics, truth.loc[known, "segment_a"], cv=3)
        assert right.mean() > 0.75, (language, right)
