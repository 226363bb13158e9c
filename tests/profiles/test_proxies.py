"""Proxies: sensitive columns that segments follow are found, with the segments concerned and what tells them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from benchmarks.proxies import plant
from segment_core.artifacts import Audited, Clustering, Customers, Features, Note, Segment, Share, Step
from segment_core.intake import gather, read
from segment_core.intake.marks import sensitive_customers
from segment_core.profiles import audit, proxies
from segment_core.profiles.leaks import banded, leaks
from tests.planted import typed

N = 1_500


def clustering_of(labels: np.ndarray) -> Clustering:
    counts = np.bincount(labels)
    return Clustering(
        labels,
        np.ones(len(labels), np.float32),
        np.full(len(labels), "core"),
        tuple(Segment(f"S{place + 1}", int(count)) for place, count in enumerate(counts)),
        Step("planted"),
    )


@pytest.fixture(scope="module")
def planted() -> tuple[Customers, Features, Clustering]:
    """Make segments that are built from income and visits only, of which income tells gender and age."""
    random = np.random.default_rng(0)
    gender = random.integers(0, 2, N)
    income = random.normal(size=N) + 1.4 * gender
    visits = random.normal(size=N)
    labels = (income > np.median(income)).astype(np.int64)
    customers = typed(
        {"gender": "category", "age": "number", "vip": "yes/no", "shoe": "category", "note": "text"},
        gender=np.where(gender == 1, "f", "m"),
        age=40 + 6 * income + random.normal(size=N),
        vip=random.integers(0, 2, N).astype(float),
        shoe=random.choice(list("abc"), N),
        note=[""] * N,
    )
    return customers, Features.of(np.column_stack([income, visits]), ("income", "visits")), clustering_of(labels)


def found(planted: tuple[Customers, Features, Clustering]) -> dict[str, Audited]:
    return {column.column: column for column in audit(*planted).columns}


def test_what_segments_follow_is_flagged_with_where_and_what_tells_it(
    planted: tuple[Customers, Features, Clustering],
) -> None:
    columns = found(planted)
    assert {name for name, column in columns.items() if column.flagged} == {"gender", "age"}
    gender = columns["gender"]
    assert gender.used is None
    assert [leak.name for leak in gender.leaks] == ["income"]
    assert gender.leaks[0].carries > 0.3
    assert gender.told == pytest.approx(gender.leaks[0].v, abs=0.15)
    here = {item.segment: item for item in gender.leanings}
    assert (here["S2"].label, here["S2"].direction) == ("gender = f", "over")
    assert here["S2"].low < here["S2"].value < here["S2"].high
    assert here["S2"].value > here["S2"].base + 0.15
    assert "income" in str(gender.advice)
    assert columns["age"].association.measure == "eta squared"
    assert columns["age"].leanings[0].kind == "median"


def test_what_has_nothing_to_do_with_segments_is_not_flagged(planted: tuple[Customers, Features, Clustering]) -> None:
    columns = found(planted)
    for name in ("vip", "shoe"):
        assert columns[name].association.strength in ("none", "negligible")
        assert columns[name].leaks == ()
    assert columns["note"].association is None
    assert "categories" in str(columns["note"].finding)


def test_the_strongest_comes_first_and_the_order_of_rows_does_not_matter(
    planted: tuple[Customers, Features, Clustering],
) -> None:
    customers, features, clustering = planted
    order = np.random.default_rng(5).permutation(N)
    made = audit(customers, features, clustering)
    assert made.columns[0].column == "age"
    turned = audit(
        Customers(customers.frame.iloc[order], customers.columns, "id", N),
        Features.of(features.matrix[order], features.names),
        clustering_of(clustering.labels[order]),
    )
    assert [column.association for column in turned.columns] == [column.association for column in made.columns]
    assert [column.leaks for column in turned.columns] == [column.leaks for column in made.columns]


def test_a_planted_proxy_is_found_through_the_whole_audit_and_the_columns_beside_it_are_not() -> None:
    drawn = [plant(2_000, 0.2, np.random.default_rng(seed)) for seed in range(12)]
    made = [audit(customers, features, clustering) for customers, clustering, features in drawn]
    flagged = [{column.column for column in each.flagged} for each in made]
    assert sum("planted" in names for names in flagged) >= 11
    assert sum(len(names - {"planted"}) for names in flagged) <= 2


def test_a_column_that_segments_are_built_from_says_how_much_of_them_it_makes() -> None:
    random = np.random.default_rng(2)
    labels = random.integers(0, 2, 600)
    customers = typed({"age": "number"}, age=40.0 + 10 * labels + random.normal(size=600))
    matrix = np.column_stack([customers.frame["age"] - 45, random.normal(size=600)])
    made = audit(customers, Features.of(matrix, ("age", "visits")), clustering_of(labels)).columns[0]
    assert made.used > 0.9
    assert "age" not in {leak.name for leak in made.leaks}
    assert "built from it" in str(made.advice)


def test_what_customers_wrote_can_tell_it_too() -> None:
    random = np.random.default_rng(3)
    classes = random.integers(0, 2, 800)
    texts = random.normal(size=(800, 12)) + classes[:, None] * np.linspace(0, 0.6, 12)
    matrix = np.hstack([random.normal(size=(800, 1)), texts]).astype(np.float32)
    features = Features(
        matrix,
        ("visits", *(f"direction {n}" for n in range(12))),
        ("visits", *(["review"] * 12)),
        (Share("numbers", 0, 1, 0.5, ("visits",)), Share("text", 1, 13, 0.5, ("review",))),
    )
    told, telling = leaks(features, classes, "gender", [f"{n:04}" for n in range(800)])
    assert told > 0.4
    assert [leak.name for leak in telling] == ["text"]


def test_both_ends_of_an_amount_can_tell() -> None:
    random = np.random.default_rng(4)
    amount = random.normal(size=1_000)
    classes = (np.abs(amount) > 0.7).astype(np.int64)
    matrix = np.column_stack([amount, random.normal(size=1_000)])
    told, telling = leaks(Features.of(matrix, ("spend", "visits")), classes, "x", [f"{n:04}" for n in range(1_000)])
    assert told > 0.7
    assert telling[0].name == "spend"


def test_bands_hold_about_as_many_and_ties_stay_together() -> None:
    bands = banded(np.array([1.0, 1.0, 1.0, 1.0, 5.0, 6.0, np.nan]), 4)
    assert bands[-1] == -1
    assert len(set(bands[:4].tolist())) == 1
    assert bands[4] != bands[0]


def test_columns_set_aside_are_read_as_they_look() -> None:
    frame = pd.DataFrame(
        {
            "id": [f"C{n:03}" for n in range(200)],
            "spend": np.arange(200),
            "gender": ["f", "m"] * 100,
            "birth date": ["1980-02-03", "1990-05-06", "1971-01-01", "2001-12-31"] * 50,
            "age": [f"{20 + n % 50},5" for n in range(200)],
        }
    )
    read_as = read(frame.to_csv(index=False, sep=";").encode(), "made.csv")
    customers = gather(read_as, {"gender": "ignore", "birth date": "ignore", "age": "ignore"})
    own = sensitive_customers(customers, {})
    assert [(column.name, column.role) for column in own.columns] == [
        ("gender", "category"),
        ("birth date", "date"),
        ("age", "number"),
    ]
    assert own.frame["age"].max() == 69.5
    assert own.frame.index.equals(customers.frame.index)
    assert customers.frame["age"].dtype == object or str(customers.frame["age"].dtype) == "str"


def test_in_a_large_file_it_says_how_many_were_looked_at() -> None:
    customers, clustering, features = plant(4_000, 0.3, np.random.default_rng(0))
    made = audit(customers, features, clustering)
    assert isinstance(made.notes[0], Note)
    assert "3,000 of 4,000" in str(made.notes[0].message)


def test_texts_that_give_it_away_are_named_in_words(planted: tuple[Customers, Features, Clustering]) -> None:
    gender = found(planted)["gender"]
    texts = replace(gender.leaks[0], name="text")
    both, alone = (proxies._advice(replace(gender, leaks=leaks)) for leaks in ((texts, *gender.leaks), (texts,)))
    assert "but income and what they wrote give it away" in str(both)
    assert "but what they wrote gives it away" in str(alone)
