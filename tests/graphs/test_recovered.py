"""What was planted in the samples is found again: hidden values, favourite departments and products, lists."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers
from segment_core.features.text import texts_of
from segment_core.graphs import GRAPHS, around_members, around_node
from segment_core.intake import SampleTables, assemble, read, sample, sample_tables
from segment_core.intake.samples.kinds import DEPARTMENTS, KINDS
from tests.planted import csv_of, customers_of

N = 1200
HIDDEN = "household"


@pytest.fixture(scope="module")
def one_file() -> tuple[Customers, np.ndarray]:
    frame, planted = sample(N)
    customers = customers_of(frame)
    return customers, planted.reindex(customers.frame.index).to_numpy()


@pytest.fixture(scope="module")
def shop() -> tuple[SampleTables, Customers]:
    made = sample_tables(300)
    tables = [read(csv_of(frame), f"{name}.csv") for name, frame in made.tables.items()]
    return made, assemble(tables).customers


def link_auc(name: str, customers: Customers, column: str, share: float = 0.1, seed: int = 0) -> float:
    """Hide a share of a column's links; how often is the hidden value nearer than a random one?

    A value stands where the customers stand who have it and were not hidden.
    """
    from sklearn.metrics import roc_auc_score

    random = np.random.default_rng(seed)
    truth = customers.frame[column]
    known = np.flatnonzero(truth.notna().to_numpy())
    hidden = random.choice(known, int(share * len(known)), replace=False)
    frame = customers.frame.copy()
    frame.iloc[hidden, frame.columns.get_loc(column)] = None
    graph = GRAPHS[name].run(replace(customers, frame=frame), texts_of(customers), GRAPHS[name].options(), secrets={})
    levels = sorted(truth.dropna().unique())
    middles = np.stack([graph.matrix[(frame[column] == level).to_numpy()].mean(axis=0) for level in levels])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    near = graph.matrix[hidden] @ middles.T
    real = np.array([levels.index(value) for value in truth.iloc[hidden]])
    other = (real + random.integers(1, len(levels), len(hidden))) % len(levels)
    rows = np.arange(len(hidden))
    scores = np.concatenate([near[rows, real], near[rows, other]])
    return float(roc_auc_score(np.repeat([1, 0], len(hidden)), scores))


@pytest.mark.parametrize("name", GRAPHS)
def test_hidden_links_are_predicted(name: str, one_file: tuple[Customers, np.ndarray]) -> None:
    assert link_auc(name, one_file[0], HIDDEN) >= 0.75


def test_each_segments_favourite_department_is_among_its_strongest(one_file: tuple[Customers, np.ndarray]) -> None:
    customers, planted = one_file
    graph = GRAPHS["spectral"].run(customers, texts_of(customers), GRAPHS["spectral"].options(), secrets={})
    favourite = {
        "family planners": "children",
        "quality lovers": "furniture",
        "young gift givers": "decoration",
        "let down": "furniture",
    }
    for segment, department in favourite.items():
        view = around_members(graph, planted == segment, segment, most=30)
        assert len(view.nodes) <= 30
        found = view.nodes[view.nodes["label"] == department]
        assert found["kind"].tolist() == ["product"], segment
        assert found["lift"].iloc[0] > 1.2
        own = customers.frame["favourite_department"] == department
        lift = own[planted == segment].mean() / own.mean()
        assert found["lift"].iloc[0] == pytest.approx(lift, rel=0.02)
        assert found["n_here"].iloc[0] == int(own[planted == segment].sum())


def test_what_segments_buy_in_joined_tables_is_among_their_strongest(shop: tuple[SampleTables, Customers]) -> None:
    made, customers = shop
    graph = GRAPHS["spectral"].run(customers, texts_of(customers), GRAPHS["spectral"].options(), secrets={})
    assert {"children", "furniture"} <= set(graph.nodes.loc[graph.nodes["kind"] == "product", "label"])
    assert set(graph.edges["kind"]) >= {"has", "bought", "mentions", "together"}
    segment = made.truth.set_index("customer_id")["segment_b"].reindex(customers.frame.index).to_numpy()
    for kind in KINDS:
        best = DEPARTMENTS[int(np.argmax(kind.department))]
        if f"share_{best}" not in customers.frame or max(kind.department) < 0.5:
            continue
        view = around_members(graph, segment == kind.name, kind.name, most=40)
        products = view.nodes[(view.nodes["kind"] == "product") & view.nodes["column"].str.startswith("share_")]
        assert products["label"].iloc[0] == best, kind.name
        assert products["lift"].iloc[0] > 1.5


def test_lists_are_taken_apart_and_sentences_are_not() -> None:
    random = np.random.default_rng(0)
    things = ["oak table", "red lamp", "steel pan", "wool rug", "tea pot", "bed frame"]
    n = 200
    lists = [sorted(random.choice(things, random.integers(1, 4), replace=False)) for _ in range(n)]
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{number:03}" for number in range(n)],
            "bought": ["; ".join(found) for found in lists],
            "heard": random.choice(["from a friend, at school", "on the web, late", "in town, by chance"], n),
            "age": random.integers(18, 80, n),
        }
    )
    customers = customers_of(frame)
    graph = GRAPHS["spectral"].run(customers, texts_of(customers), GRAPHS["spectral"].options(), secrets={})
    products = graph.nodes[graph.nodes["kind"] == "product"].set_index("label")
    assert sorted(products.index) == sorted(things)
    assert products.loc["wool rug", "n"] == sum("wool rug" in found for found in lists)
    assert "from a friend, at school" in set(graph.nodes["label"])
    assert "oak table" not in set(graph.nodes.loc[graph.nodes["kind"] == "aspect", "label"])
    fifths = graph.nodes[graph.nodes["column"] == "age"]
    assert fifths["label"].tolist() == ["lowest fifth", "second fifth", "middle fifth", "fourth fifth", "top fifth"]


def test_what_a_thing_goes_with_comes_first() -> None:
    random = np.random.default_rng(1)
    city = random.choice(["Rome", "Lyon", "Ghent"], 300)
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{number:03}" for number in range(300)],
            "city": city,
            "region": pd.Series(city).map({"Rome": "south", "Lyon": "south", "Ghent": "north"}),
            "plan": random.choice(["basic", "plus"], 300),
        }
    )
    graph = GRAPHS["spectral"].run(customers_of(frame), [""] * 300, GRAPHS["spectral"].options(), secrets={})
    ghent = int(graph.nodes.index[graph.nodes["label"] == "Ghent"][0])
    view = around_node(graph, ghent)
    assert view.nodes["label"].tolist()[:2] == ["Ghent", "north"]
    assert view.nodes["lift"].iloc[1] == pytest.approx(300 / (city == "Ghent").sum())
    customer = around_node(graph, 0, most=20)
    own = set(frame.loc[0, ["city", "region", "plan"]])
    assert set(customer.nodes.loc[customer.nodes["kind"] == "value", "label"]) == own
    alike = customer.nodes[customer.nodes["kind"] == "customer"]["id"].tolist()[1:]
    assert len(alike) >= 3
    assert (frame.loc[alike, ["city", "plan"]] == frame.loc[0, ["city", "plan"]]).all(axis=None)
