"""Spectral: customers by the graph's smoothest directions, exact, quick, and the same every time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Graph, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.errors import DataError
from segment_core.graphs.building import build, graph_of
from segment_core.graphs.options import GraphOptions
from segment_core.messages import Message, say

_BUILT = 0.5
_DENSE = 200
"""Nodes up to which all directions are computed exactly, because the iteration needs room beyond those it looks for."""
_TOLERANCE = 1e-6
_RAISED = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectralOptions(GraphOptions):
    """Options of the spectral embedding."""

    n_dimensions: int = option(32, "Dimensions", low=2, high=128)
    seed: int = option(0, "Random seed", low=0, help="Of the vector that the iteration starts from.")


def embed(
    customers: Customers,
    texts: Sequence[str],
    options: SpectralOptions = SpectralOptions(),
    progress: Progress = silent,
    *,
    secrets: Mapping[str, str] = {},
) -> Graph:
    """Place each customer by the leading eigenvectors of the normalised weights, as a vector of length 1.

    The weights are divided by the square roots of both nodes' degrees (Ng, Jordan & Weiss 2002), which are raised
    a little, so that a few customers on their own do not take a direction each (Amini et al. 2013). For a graph of
    customers and values alone this is the singular value decomposition of the table of who has what. The direction
    in which all nodes agree is left out. Each counts by its eigenvalue squared, which is how well two steps along
    the graph, from customer to customer, keep to it (Coifman & Lafon 2006), and its sign is the one that makes its
    largest part positive. A customer who shares nothing has the zero vector.

    Raises
    ------
    DataError
        If nothing is shared by two customers.
    """

    def building(done: float, total: float, note: Message) -> None:
        progress(_BUILT * done / (total or 1.0), 1.0, note)

    built = build(customers, texts, options, secrets=secrets, progress=building)
    note = say("Finding {n} directions of the graph", n=options.n_dimensions)
    progress(_BUILT, 1, note)
    adjacency = built.adjacency()
    turns = 0

    def turning() -> None:
        # How many turns it takes is not known before; the bar comes closer and closer to its end.
        nonlocal turns
        turns += 1
        progress(1 - (1 - _BUILT) * 0.99**turns, 1, note)

    vectors = _directions(adjacency, options, turning)[: built.n_customers]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    matrix = (vectors / np.where(lengths > 1e-12, lengths, 1.0)).astype(np.float32)
    matrix[np.diff(adjacency.indptr)[: built.n_customers] == 0] = 0.0
    reason = say(
        "Embedded by its main directions (spectral): {n:,} customers, {nodes:,} things in common.",
        n=built.n_customers,
        nodes=len(built.links),
    )
    progress(1, 1, say("Graph embedded"))
    return graph_of(built, matrix, customers, Step("spectral", options_to_json(options)), reason)


def _directions(adjacency: Any, options: SpectralOptions, turning: Any) -> NDArray[np.float64]:
    from scipy.sparse import diags
    from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

    n = adjacency.shape[0]
    degrees = np.asarray(adjacency.sum(axis=1)).ravel()
    raised = np.sqrt(degrees + _RAISED * degrees.mean())
    weights = diags(1 / raised) @ adjacency @ diags(1 / raised)
    common = raised / np.linalg.norm(raised)

    def times(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        turning()
        flat = vector.ravel()
        flat = flat - common * (common @ flat)
        found = weights @ flat
        return np.asarray(found - common * (common @ found))

    n_wanted = min(options.n_dimensions, n - 1)
    if n <= _DENSE or n_wanted >= n - 1:
        apart = np.eye(n) - np.outer(common, common)
        lengths, vectors = np.linalg.eigh(apart @ weights.toarray() @ apart)
    else:
        start = np.random.default_rng(options.seed).normal(size=n)
        operator = LinearOperator((n, n), matvec=times, dtype=np.float64)
        try:
            lengths, vectors = eigsh(operator, k=n_wanted, which="LA", v0=start, tol=_TOLERANCE)
        except ArpackNoConvergence as error:
            raise DataError("The directions of this graph could not be told apart. Choose fewer dimensions.") from error
    order = np.argsort(-lengths, kind="stable")[:n_wanted]
    order = order[lengths[order] > 1e-9]
    kept = vectors[:, order]
    # An eigenvector's sign is arbitrary; its largest part is made positive, so that runs agree.
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(kept.shape[1])])
    return np.asarray(kept * signs * lengths[order] ** 2 / raised[:, None])
