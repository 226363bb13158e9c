"""What every line of the graphs' menu promises, whoever its customers are."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Customers, Graph
from segment_core.choices import options_from_json
from segment_core.errors import Cancelled, DataError
from segment_core.features.graphs import extract
from segment_core.features.text import texts_of
from segment_core.graphs import GRAPHS
from segment_core.messages import Message
from tests.planted import typed

N = 120
QUICK = {"spectral": {}, "walks": {"n_walks": 3, "n_dimensions": 8}}
every_line = pytest.mark.parametrize("name", GRAPHS)


def shop() -> Customers:
    random = np.random.default_rng(0)
    group = random.integers(0, 2, N)
    said = np.array(
        [
            ["The oak table is solid.", "My oak table came with drawers."],
            ["A night light for the nursery.", "Two night lights and a lunch box."],
        ]
    )
    return typed(
        {"plan": "category", "city": "place", "app": "yes/no", "spend": "money", "review": "text"},
        plan=np.array(["basic", "plus", "pro"])[random.integers(0, 3, N)].astype(object),
        city=np.array(["Rome", "Lyon"])[group].astype(object),
        app=random.integers(0, 2, N).astype(float),
        spend=random.lognormal(3 + group, 1),
        review=np.where(random.random(N) < 0.45, "", said[group, random.integers(0, 2, N)]).astype(object),
    )


def embedded(name: str, customers: Customers, **options) -> Graph:
    kind = GRAPHS[name].options
    found = kind(**QUICK[name] | options)
    return GRAPHS[name].run(customers, texts_of(customers), found, secrets={})


@every_line
def test_each_customer_has_a_row_and_each_node_is_said_what_it_is(name: str) -> None:
    customers = shop()
    graph = embedded(name, customers)
    assert graph.matrix.dtype == np.float32
    assert graph.matrix.shape[0] == N
    np.testing.assert_allclose(np.linalg.norm(graph.matrix, axis=1), 1.0, rtol=1e-5)
    assert graph.nodes["label"].tolist()[:N] == customers.frame.index.tolist()
    assert graph.nodes["id"].tolist() == list(range(len(graph.nodes)))
    assert list(graph.nodes.columns) == ["id", "kind", "label", "column", "n"]
    assert list(graph.edges.columns) == ["source", "target", "kind", "weight"]
    assert set(graph.nodes["kind"]) == {"customer", "value", "aspect"}
    assert (graph.edges["weight"] > 0).all()
    assert str(graph.reason).endswith(".")
    touched = graph.edges[graph.edges["source"] < N].groupby("target").size()
    assert touched.to_dict() == graph.nodes.iloc[N:].set_index("id")["n"].to_dict()


@every_line
def test_the_same_again_gives_the_same_and_can_be_made_from_what_is_kept(name: str) -> None:
    one = embedded(name, shop())
    again = GRAPHS[one.made_by.name]
    options = options_from_json(again.options, one.made_by.options)
    two = again.run(shop(), texts_of(shop()), options, secrets={})
    np.testing.assert_array_equal(one.matrix, two.matrix)
    pd.testing.assert_frame_equal(one.edges, two.edges)


@every_line
def test_the_order_of_rows_moves_rows_only(name: str) -> None:
    customers = shop()
    order = np.random.default_rng(1).permutation(N)
    mixed = dataclasses.replace(customers, frame=customers.frame.iloc[order])
    one, two = embedded(name, customers), embedded(name, mixed)
    np.testing.assert_array_equal(one.matrix[order], two.matrix)
    pd.testing.assert_frame_equal(one.nodes.iloc[N:], two.nodes.iloc[N:])
    assert two.nodes["label"].tolist()[:N] == mixed.frame.index.tolist()

    def told(graph: Graph) -> set[tuple[str, str, float]]:
        labels = graph.nodes["label"].to_numpy()
        source, target = graph.edges["source"], graph.edges["target"]
        return set(zip(labels[source], labels[target], graph.edges["weight"], strict=True))

    assert told(one) == told(two)


@every_line
def test_customers_stay_untouched(name: str) -> None:
    customers = shop()
    before = customers.frame.copy(deep=True)
    embedded(name, customers)
    pd.testing.assert_frame_equal(customers.frame, before)


@every_line
def test_progress_runs_to_the_end_and_can_stop_the_work_anywhere(name: str) -> None:
    told: list[tuple[float, float, Message]] = []
    options = GRAPHS[name].options(**QUICK[name])
    customers = shop()
    GRAPHS[name].run(customers, texts_of(customers), options, lambda *said: told.append(said), secrets={})
    assert all(0 <= done <= total == 1 and str(note) for done, total, note in told)
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][0] == 1
    for stop_at in range(0, len(told), max(1, len(told) // 5)):
        calls = 0

        def stop(*_: object, at: int = stop_at) -> None:
            nonlocal calls
            calls += 1
            if calls > at:
                raise Cancelled

        with pytest.raises(Cancelled):
            GRAPHS[name].run(customers, texts_of(customers), options, stop, secrets={})
        assert calls == stop_at + 1


@every_line
def test_nothing_in_common_is_said_in_a_sentence(name: str) -> None:
    lonely = typed({"plan": "category"}, plan=np.array([f"plan {number}" for number in range(30)], dtype=object))
    with pytest.raises(DataError, match="Nothing joins these 30 customers"):
        embedded(name, lonely)
    alike = typed({"plan": "category"}, plan=np.array(["basic"] * 30, dtype=object))
    with pytest.raises(DataError, match="not all have"):
        embedded(name, alike)


@every_line
def test_who_shares_nothing_stands_in_the_middle(name: str) -> None:
    customers = shop()
    first = customers.frame.index[0]
    for column in ("plan", "city", "app", "spend"):
        customers.frame.loc[first, column] = None
    customers.frame.loc[first, "review"] = ""
    graph = embedded(name, customers)
    assert not graph.matrix[0].any()
    assert [(note.code, note.count) for note in graph.notes] == [("apart", 1)]
    block = extract(graph)
    assert not block.matrix[0].any()
    np.testing.assert_allclose(block.matrix.mean(axis=0), 0, atol=1e-6)
    assert block.name == "graph"
    assert block.names[:2] == ("graph 1", "graph 2")
    assert block.matrix.shape == (N, len(block.names))
    assert block.columns == ("plan", "city", "app", "spend")


@every_line
def test_two_communities_are_separated_exactly(name: str) -> None:
    # A 2 × 2 of columns that agree within each community and share no value with the other.
    side = np.arange(60) % 2
    random = np.random.default_rng(3)
    columns = {f"c{k}": np.array([f"{'ab'[one]}{random.integers(0, 3)}" for one in side], dtype=object) for k in (1, 2)}
    customers = typed({"c1": "category", "c2": "category"}, **columns)
    enough = {"n_walks": 30, "n_dimensions": 16} if name == "walks" else {}
    graph = embedded(name, customers, **enough)
    assert adjusted_rand_score(side, KMeans(2, n_init=10, random_state=0).fit_predict(graph.matrix)) == 1
    alike = graph.matrix @ graph.matrix.T - 2 * np.eye(60)
    assert (side[np.argsort(-alike, axis=1)[:, :5]] == side[:, None]).all()


SCRIPT = """
import hashlib
from segment_core.features.text import texts_of
from segment_core.graphs import GRAPHS
from tests.graphs.test_contract import QUICK, embedded, shop
graphs = [embedded(name, shop()) for name in GRAPHS]
print(*(hashlib.sha256(g.matrix.tobytes() + g.edges.to_csv().encode() + g.nodes.to_csv().encode()).hexdigest()
        for g in graphs))
"""


def test_another_process_with_another_salt_gives_the_same() -> None:
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", SCRIPT],
            cwd=root,
            env=os.environ | {"PYTHONHASHSEED": salt, "PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for salt in ("1", "42")
    ]
    one, two = (each.communicate(timeout=120)[0] for each in running)
    assert one == two
    assert len(one.split()) == len(GRAPHS)
