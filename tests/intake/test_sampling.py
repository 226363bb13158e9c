"""The invented customers: always the same, like real ones, and with segments that can be found again."""

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score

from segment_core.intake import gather, read, sample, sample_csv


def test_the_same_seed_gives_the_same_customers() -> None:
    one, planted = sample(120, 4)
    two, again = sample(120, 4)
    pd.testing.assert_frame_equal(one, two)
    pd.testing.assert_series_equal(planted, again)
    assert not one.equals(sample(120, 5)[0])


def test_the_bundled_file_is_the_default_sample() -> None:
    table = read(sample_csv(), "sample.csv")
    frame, planted = sample()
    pd.testing.assert_frame_equal(table.frame, frame, check_dtype=False)
    assert len(frame) == len(planted) == 5000
    assert sample_csv() == sample_csv()
    shares = planted.value_counts(normalize=True).round(2).tolist()
    assert shares == [0.32, 0.24, 0.20, 0.14, 0.10]


def test_roles_of_the_sample() -> None:
    found = gather(read(sample_csv(), "sample.csv"))
    roles = {column.name: column.role for column in found.columns}
    assert found.id_name == "customer_id"
    assert (roles["email"], roles["store_brand"], roles["marketing_consent"]) == ("ignore", "ignore", "consent")
    assert (roles["review"], roles["city"], roles["country"]) == ("text", "place", "place")
    assert (roles["signup_date"], roles["last_order_date"]) == ("date", "date")
    assert (roles["total_spend"], roles["orders_last_year"], roles["satisfaction"]) == ("money", "count", "number")
    assert (roles["uses_app"], roles["membership"]) == ("yes/no", "category")
    assert len(found) == 5000


def test_the_truth_is_in_no_column() -> None:
    frame, planted = sample(1500)
    truth = planted.to_numpy()
    for name in frame.columns.drop(["customer_id", "email", "review"]):
        if frame[name].nunique() > 40:
            continue
        cells = frame[name].fillna("")
        guessed = pd.Series(truth).groupby(cells.to_numpy()).agg(lambda each: each.value_counts().iloc[0]).sum()
        assert guessed / len(frame) < 0.75, name
    order = frame["customer_id"].str[1:].astype(int)
    assert order.groupby(truth).mean().between(600, 900).all()


def test_reviews_differ_and_some_are_missing() -> None:
    frame, planted = sample(3000)
    said = frame["review"].dropna()
    assert 0.03 < frame["review"].isna().mean() < 0.07
    assert said.nunique() > 0.97 * len(said)
    assert not said.str.contains("[{}]", regex=True).any()
    truth = planted.to_numpy()[frame["review"].notna()]
    words = said.str.lower().str.findall("[a-z]{4,}").explode()
    spread = pd.crosstab(words, pd.Series(truth, index=said.index).reindex(words.index))
    share = spread / pd.Series(truth).value_counts()
    assert (share.max(axis=1) < 0.45).mean() > 0.99  # no one word gives a segment away


def test_missing_cells_are_a_few_percent() -> None:
    frame, _ = sample(3000)
    gaps = frame.drop(columns=["customer_id", "email", "store_brand", "review", "signup_date", "marketing_consent"])
    assert gaps.isna().mean().between(0.015, 0.045).all()


def test_the_planted_segments_show_in_numbers_and_in_words() -> None:
    frame, planted = sample(2000, 1)
    found = gather(read(frame.to_csv(index=False).encode(), "sample.csv"))
    truth = planted.reindex(found.frame.index)
    numbers = found.frame[list(found.named("number", "money", "count"))]
    numbers = np.log1p(numbers.fillna(numbers.median()))
    numbers = (numbers - numbers.mean()) / numbers.std()
    assert adjusted_rand_score(truth, KMeans(5, n_init=10, random_state=0).fit_predict(numbers)) > 0.9

    said = (found.frame["review"] != "").to_numpy()
    counts = TfidfVectorizer(sublinear_tf=True, min_df=3).fit_transform(found.frame["review"][said])
    topics = TruncatedSVD(50, random_state=0).fit_transform(counts)
    assert adjusted_rand_score(truth[said], KMeans(5, n_init=10, random_state=0).fit_predict(topics)) > 0.5
