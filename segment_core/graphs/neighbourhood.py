"""Neighbourhood: what is close to a segment, a customer or a thing in common, few enough to be read."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Graph
from segment_core.errors import DataError
from segment_core.graphs.building import FLOOR, SAYS, TOGETHER, mutual_information

MOST = 40
CENTRE = -1
"""The id of a centre that is no node of the graph, such as a segment."""
ALIKE = "alike"
_SURE = 1.64
_FEWEST_SHARE = 0.02
_A_COLUMN, _A_KIND = 2, 0.5
_N_ALIKE = 8
_CROSS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """A small view: `nodes` has the centre first, then its neighbours, the closest first.

    Columns of `nodes`: id, kind, label, column and n as in the graph; `n_here` (customers at the centre that it
    touches), `weight` (its edge to the centre, the mean of a customer) and `lift` (how many times as strong as
    among all customers; NaN for the centre and for customers). `edges` has source, target, kind and weight.
    `n_close` counts all that is closer than by chance, also what the view has no room for.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    n_close: int


def around_members(graph: Graph, members: NDArray[np.bool_], label: str, most: int = 30) -> Neighbourhood:
    """Show what some customers, such as a segment, have in common more than all: the strongest by lift.

    `members` (n_customers,) says who they are. Neighbours are ranked by the lower end of the lift's interval (95 %,
    one-sided), so that what three customers share by chance does not come first, with at most two a column.

    Raises
    ------
    DataError
        If nobody is among the members.
    """
    n_members = int(members.sum())
    if not n_members:
        raise DataError("There are no customers to look around. Choose a segment that has some.")
    ranked = _ranked(graph, members)
    centre = {"id": CENTRE, "kind": "segment", "label": label, "column": "", "n": n_members}
    return _view(graph, centre, ranked, most)


def around_node(graph: Graph, node: int, most: int = 30) -> Neighbourhood:
    """Show what is close to a node: of a customer its own edges and the customers most alike, else by lift.

    Raises
    ------
    DataError
        If the graph has no such node.
    """
    if not 0 <= node < len(graph.nodes):
        raise DataError("The graph has no node {node}. Choose one of its own.", node=node)
    centre = {str(name): value for name, value in graph.nodes.iloc[node].items()}
    if node < _n(graph):
        return _around_customer(graph, centre, most)
    held = incidence(graph)[:, [node - _n(graph)]]
    members = np.asarray(held.sum(axis=1)).ravel() > 0
    ranked = _ranked(graph, members)
    ranked = ranked[ranked["id"] != node]
    return _view(graph, centre, ranked, most)


def incidence(graph: Graph) -> Any:
    """Return the weights between customers and what they have as a sparse matrix (n_customers, n_others)."""
    from scipy.sparse import csr_matrix

    n = _n(graph)
    source, target = graph.edges["source"].to_numpy(), graph.edges["target"].to_numpy()
    own = (source < n) & (target >= n)
    weight = graph.edges["weight"].to_numpy(dtype=np.float64)[own]
    return csr_matrix((weight, (source[own], target[own] - n)), shape=(n, len(graph.nodes) - n))


def pairs(held: Any, floor: float = FLOOR, most: int = _CROSS) -> list[tuple[int, int, float]]:
    """Return which columns of a sparse matrix (n, k) customers share more than by chance, each with its closest."""
    flags = held.copy()
    flags.data = np.ones_like(flags.data)
    both = np.asarray((flags.T @ flags).toarray())
    mutual = mutual_information(both, np.diag(both).copy(), held.shape[0])
    np.fill_diagonal(mutual, 0.0)
    mutual[both < 2] = 0.0
    found = {}
    for one in range(len(mutual)):
        for two in np.argsort(-mutual[one], kind="stable")[:most].tolist():
            if mutual[one, two] >= floor:
                found[min(one, two), max(one, two)] = float(mutual[one, two])
    return [(one, two, weight) for (one, two), weight in sorted(found.items())]


def _n(graph: Graph) -> int:
    return int(graph.matrix.shape[0])


def _ranked(graph: Graph, members: NDArray[np.bool_]) -> pd.DataFrame:
    """Return all that is not a customer with its lift among the members, the surest first."""
    n, held = _n(graph), incidence(graph)
    here = held[np.flatnonzero(members)]
    size = int(members.sum())
    n_here = np.diff(here.tocsc().indptr)
    mean_here = np.asarray(here.sum(axis=0)).ravel() / size
    mean = np.asarray(held.sum(axis=0)).ravel() / n
    lift = np.divide(mean_here, mean, out=np.zeros_like(mean), where=mean > 0)
    error = np.sqrt(np.maximum(1 / np.maximum(n_here, 1) - 1 / size, 0.0))
    surely = np.where(lift > 0, lift * np.exp(-_SURE * error), 0.0)
    found = graph.nodes.iloc[n:].assign(n_here=n_here, weight=mean_here, lift=lift, surely=surely)
    fewest = max(min(3, size), _FEWEST_SHARE * size)
    close = found[(found["n_here"] >= fewest) & (found["lift"] > 1.0)]
    sure = close[close["surely"] > 1.0]
    close = sure if len(sure) >= 3 else close
    return close.sort_values(["surely", "lift", "id"], ascending=[False, False, True])


def _view(graph: Graph, centre: dict[str, Any], ranked: pd.DataFrame, most: int) -> Neighbourhood:
    room = min(most, MOST) - 1
    said = _said_of(graph, int(centre["id"])) if centre["id"] != CENTRE else {}
    chosen = _mixed(ranked, room, set(said))
    nodes = pd.concat([_row(centre), ranked[ranked["id"].isin(chosen)]], ignore_index=True)
    ids = nodes["id"].tolist()[1:]
    rows = [
        {"source": int(centre["id"]), "target": id_, "kind": said.get(id_, TOGETHER), "weight": float(weight)}
        for id_, weight in zip(ids, nodes["weight"].tolist()[1:], strict=True)
    ]
    rows += _across(graph, ids)
    return Neighbourhood(
        _columns(nodes), pd.DataFrame(rows, columns=["source", "target", "kind", "weight"]), len(ranked)
    )


def _mixed(ranked: pd.DataFrame, room: int, always: set[int]) -> set[int]:
    """Choose the closest, but few of one column and not all of one kind, as long as there are others."""
    chosen: list[int] = []
    passed: list[int] = []
    columns: dict[str, int] = {}
    kinds: dict[str, int] = {}
    for id_, kind, column in zip(ranked["id"], ranked["kind"], ranked["column"], strict=True):
        full = kind != "aspect" and columns.get(column, 0) >= _A_COLUMN
        if id_ not in always and (full or kinds.get(kind, 0) >= _A_KIND * room):
            passed += [] if full else [id_]
            continue
        columns[column] = columns.get(column, 0) + 1
        kinds[kind] = kinds.get(kind, 0) + 1
        chosen.append(id_)
    return set((chosen[:room] + passed)[:room])


def _said_of(graph: Graph, node: int) -> dict[int, str]:
    """Return what a language model read of a node, by the node at the other end."""
    edges = graph.edges[graph.edges["kind"].str.startswith(SAYS)]
    found = {}
    for source, target, kind in zip(edges["source"], edges["target"], edges["kind"], strict=True):
        if node in (source, target):
            found[int(target if source == node else source)] = str(kind)
    return found


def _across(graph: Graph, ids: list[int]) -> list[dict[str, Any]]:
    """Return the edges among neighbours: what a model read, and what customers share more than by chance."""
    n = _n(graph)
    held = incidence(graph)[:, [id_ - n for id_ in ids]]
    inside = graph.edges["source"].isin(ids) & graph.edges["target"].isin(ids)
    read = graph.edges[inside & graph.edges["kind"].str.startswith(SAYS)]
    names = ["source", "target", "kind", "weight"]
    found = [dict(zip(names, row, strict=True)) for row in read[names].to_numpy(dtype=object).tolist()]
    return found + [
        {"source": ids[one], "target": ids[two], "kind": TOGETHER, "weight": weight} for one, two, weight in pairs(held)
    ]


def _around_customer(graph: Graph, centre: dict[str, Any], most: int) -> Neighbourhood:
    n, me = _n(graph), int(centre["id"])
    held = incidence(graph)
    own = held[[me]]
    nodes = graph.nodes.iloc[n + own.indices].assign(n_here=1, weight=own.data)
    nodes["lift"] = n / nodes["n"].to_numpy(dtype=np.float64)
    nodes = nodes.sort_values(["weight", "id"], ascending=[False, True])
    n_close = len(nodes)
    room = min(most, MOST) - 1
    alike = _alike(graph, held, me)[: min(_N_ALIKE, room // 3)]
    nodes = nodes.head(room - len(alike))
    shown = nodes["id"].tolist()
    others = graph.nodes.iloc[alike].assign(n_here=1, weight=graph.matrix[alike] @ graph.matrix[me], lift=np.nan)
    rows = [
        {"source": me, "target": id_, "kind": kind, "weight": weight}
        for id_, kind, weight in zip(shown, _kinds_of(graph, me, shown), nodes["weight"], strict=True)
    ]
    for other in alike:
        theirs = held[[other]]
        common = {
            n + place: weight for place, weight in zip(theirs.indices.tolist(), theirs.data.tolist(), strict=True)
        }
        rows += [
            {"source": other, "target": id_, "kind": ALIKE, "weight": common[id_]} for id_ in shown if id_ in common
        ]
    found = pd.concat([_row(centre), nodes, others], ignore_index=True)
    return Neighbourhood(_columns(found), pd.DataFrame(rows, columns=["source", "target", "kind", "weight"]), n_close)


def _alike(graph: Graph, held: Any, me: int) -> list[int]:
    """Return the customers most alike by their vectors who share something with this one, closest first."""
    shares = np.asarray((held @ held[[me]].T).todense()).ravel() > 0
    shares[me] = False
    nearness = graph.matrix @ graph.matrix[me]
    order = np.lexsort((np.arange(len(nearness)), -nearness))
    return [int(row) for row in order if shares[row]][:_N_ALIKE]


def _kinds_of(graph: Graph, me: int, ids: list[int]) -> list[str]:
    mine = graph.edges[graph.edges["source"] == me].set_index("target")["kind"]
    return [str(mine[id_]) for id_ in ids]


def _row(centre: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{**centre, "n_here": int(centre["n"]), "weight": np.nan, "lift": np.nan}])


def _columns(nodes: pd.DataFrame) -> pd.DataFrame:
    return nodes[["id", "kind", "label", "column", "n", "n_here", "weight", "lift"]].reset_index(drop=True)
