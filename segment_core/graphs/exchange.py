"""Exchange: the graph as GraphML, which Gephi, yEd, Cytoscape and networkx read."""

import io
import re
from typing import TYPE_CHECKING

import numpy as np

from segment_core.artifacts import Graph
from segment_core.errors import DataError
from segment_core.graphs.neighbourhood import incidence, pairs

if TYPE_CHECKING:
    from networkx import MultiDiGraph

MOST_EDGES = 500_000
SHARED = "shared by customers"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
_MOST_SHARED = 5


def as_network(graph: Graph, *, customers: bool = True) -> "MultiDiGraph":
    """Return the graph in networkx: nodes "n0", "n1", … with kind, label, column and n, edges with kind and weight.

    Without `customers` things are joined directly where customers share them more than by chance. Characters that XML
    does not allow, and control characters, are dropped from labels.
    """
    import networkx as nx

    n = int(graph.matrix.shape[0])
    first = 0 if customers else n
    found = nx.MultiDiGraph()
    nodes = graph.nodes.iloc[first:]
    for id_, kind, label, column, touched in zip(
        nodes["id"], nodes["kind"], nodes["label"], nodes["column"], nodes["n"], strict=True
    ):
        found.add_node(f"n{id_}", kind=str(kind), label=_safe(label), column=_safe(column), n=int(touched))
    edges = graph.edges[graph.edges["source"] >= first]
    for source, target, kind, weight in zip(
        edges["source"], edges["target"], edges["kind"], edges["weight"], strict=True
    ):
        found.add_edge(f"n{source}", f"n{target}", kind=_safe(kind), weight=float(np.round(weight, 6)))
    if not customers:
        for one, two, weight in pairs(incidence(graph), most=_MOST_SHARED):
            found.add_edge(f"n{n + one}", f"n{n + two}", kind=SHARED, weight=round(weight, 6))
    return found


def to_graphml(graph: Graph, *, customers: bool = False) -> bytes:
    """Write the graph as GraphML, as it is in networkx (see `as_network`).

    Without `customers` no customer is in the file. With them their ids, and what each has, leave with it: ask first
    who agreed to that.

    Raises
    ------
    DataError
        If there are more edges to customers than programs that draw graphs can open.
    """
    import networkx as nx

    if customers and len(graph.edges) > MOST_EDGES:
        raise DataError(
            "The graph has {n:,} edges, and a file of more than {most:,} can hardly be opened. "
            "Write it without the customers.",
            n=len(graph.edges),
            most=MOST_EDGES,
        )
    file = io.BytesIO()
    nx.write_graphml(as_network(graph, customers=customers), file)
    return file.getvalue()


def _safe(text: object) -> str:
    return _NOT_XML.sub("", str(text))
