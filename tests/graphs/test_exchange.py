"""GraphML that others read: labels safe, customers only when asked for; and walks that keep to their weights."""

import dataclasses
import io

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from segment_core.errors import DataError
from segment_core.graphs import as_network, exchange, to_graphml
from segment_core.graphs.walking import walk
from tests.graphs.test_contract import N, embedded, shop

NASTY = "<b>&\x00\x1b\u202e\ud800 ]]> 重庆 \uffff"


def test_what_is_written_can_be_read_and_holds_no_customer_unless_asked() -> None:
    graph = embedded("spectral", shop())
    found = nx.read_graphml(io.BytesIO(to_graphml(graph)))
    assert {data["kind"] for _, data in found.nodes(data=True)} == {"value", "aspect"}
    assert found.number_of_edges() > 5
    assert all(data["weight"] > 0 for *_, data in found.edges(data=True))
    assert b"C0001" not in to_graphml(graph)
    whole = nx.read_graphml(io.BytesIO(to_graphml(graph, customers=True)))
    assert whole.number_of_nodes() == len(graph.nodes)
    assert whole.number_of_edges() == len(graph.edges)
    assert whole.nodes["n0"]["label"] == graph.nodes["label"].iloc[0]


def test_in_networkx_a_customer_is_joined_to_what_they_have() -> None:
    graph = embedded("spectral", shop())
    found = as_network(graph)
    assert (found.number_of_nodes(), found.number_of_edges()) == (len(graph.nodes), len(graph.edges))
    own = graph.edges[graph.edges["source"] == 0]
    assert {found.nodes[node]["label"] for node in found.successors("n0")} == set(graph.nodes["label"][own["target"]])
    assert {data["kind"] for _, _, data in found.out_edges("n0", data=True)} <= {"has", "bought", "mentions"}


def test_labels_may_hold_anything() -> None:
    graph = embedded("spectral", shop())
    nodes = graph.nodes.assign(label=pd.Series([NASTY] * len(graph.nodes), dtype=object), column="\x01")
    found = nx.read_graphml(io.BytesIO(to_graphml(dataclasses.replace(graph, nodes=nodes))))
    label = found.nodes[f"n{N}"]["label"]
    assert label.startswith("<b>&") and "重庆" in label
    assert not set(label) & {"\x00", "\x1b", "\ud800", "\uffff"}


def test_a_file_nobody_could_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_EDGES", 10)
    graph = embedded("spectral", shop())
    with pytest.raises(DataError, match="Write it without the customers"):
        to_graphml(graph, customers=True)
    assert to_graphml(graph)


def test_walks_follow_weights_and_the_bias_of_node2vec() -> None:
    from scipy.sparse import csr_matrix

    # A square with one diagonal; from 0 to 1 weighs three times as much as from 0 to 2.
    weights = np.array([[0, 3, 1, 0], [3, 0, 1, 2], [1, 1, 0, 1], [0, 2, 1, 0]], dtype=float)
    adjacency = csr_matrix(weights)
    starts = np.zeros(40_000, dtype=np.int64)
    found = walk(adjacency, starts, 3, p=4.0, q=0.5, random=np.random.default_rng(0))
    first = np.bincount(found[:, 1], minlength=4) / len(found)
    np.testing.assert_allclose(first, [0, 0.75, 0.25, 0], atol=0.01)
    second = found[found[:, 1] == 1, 2]
    # From 1, having come from 0: back 3 / p, to 2 (a neighbour of 0) 1, to 3 (no neighbour of 0) 2 / q.
    wanted = np.array([3 / 4, 0, 1, 2 / 0.5])
    np.testing.assert_allclose(np.bincount(second, minlength=4) / len(second), wanted / wanted.sum(), atol=0.01)
    assert (weights[found[:, :-1], found[:, 1:]] > 0).all()


def test_a_node_without_edges_stays() -> None:
    from scipy.sparse import csr_matrix

    adjacency = csr_matrix(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=float))
    found = walk(adjacency, np.array([0, 2]), 4, random=np.random.default_rng(0))
    assert found.tolist() == [[0, 1, 0, 1], [2, -1, -1, -1]]
