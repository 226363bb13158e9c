"""Spectral: customers by the graph's smoothest directions, exact, quick, and the same every time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from segment_core.artifacts import Customers, Floats, Graph, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.graphs.building import build, graph_of
from segment_core.graphs.options import GraphOptions
from segment_core.messages import Message, say

_BUILT = 0.5
_NOTHING = 1e-9
_RAISED = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectralOptions(GraphOptions):
    """Options of the spectral embedding."""

    n_dimensions: int = option(32, "Dimensions", low=2, high=128)


def embed(
    customers: Customers,
    texts: Sequence[str],
    options: SpectralOptions = SpectralOptions(),
    progress: Progress = silent,
    *,
    secrets: Mapping[str, str] = {},
) -> Graph:
    """Place each customer by the leading eigenvectors of the normalised weights, as a vector of length 1.

    Two steps go from customer to customer by what both have. The weights are divided by the square roots of both
    nodes' degrees (Ng, Jordan & Weiss 2002), which are raised a little, so that a few customers on their own do not
    take a direction each (Amini et al. 2013): a singular value decomposition of the table of who has what, in which
    things that go together also stand in for each other. The direction in which all agree is left out. Each counts
    by how well two steps keep to it (Coifman & Lafon 2006), and its sign makes its largest part positive. Nothing
    here is random. A customer who shares nothing has the zero vector.

    Raises
    ------
    DataError
        If nothing is shared by two customers.
    """

    def building(done: float, total: float, note: Message) -> None:
        progress(_BUILT * done / (total or 1.0), 1.0, note)

    built = build(customers, texts, options, secrets=secrets, progress=building)
    progress(_BUILT, 1, say("Finding {n} directions of the graph", n=options.n_dimensions))
    matrix = _placed(built.adjacency(), built.n_customers, options.n_dimensions)
    reason = say(
        "Embedded by its main directions (spectral): {n:,} customers, {nodes:,} things in common.",
        n=built.n_customers,
        nodes=len(built.links),
    )
    progress(1, 1, say("Graph embedded"))
    return graph_of(built, matrix, customers, Step("spectral", options_to_json(options)), reason)


def _placed(adjacency: Any, n_customers: int, n_dimensions: int) -> Floats:
    """Return the customers' places (n_customers, d), d at most `n_dimensions` and as many as there are directions."""
    from scipy.linalg import eigh
    from scipy.sparse import diags
    from threadpoolctl import threadpool_limits

    degrees = np.asarray(adjacency.sum(axis=1)).ravel()
    raised = np.sqrt(degrees + _RAISED * degrees.mean())
    weights = (diags(1 / raised) @ adjacency @ diags(1 / raised)).tocsr()
    held, direct = weights[:n_customers, n_customers:], weights[n_customers:, n_customers:]
    # There are few things and many customers, so two steps from thing to thing are a small matrix and exact.
    steps = (held.T @ held + direct).toarray()
    common = raised[n_customers:] / np.linalg.norm(raised[n_customers:])
    apart = np.eye(len(common)) - np.outer(common, common)
    steps = apart @ steps @ apart
    first = max(0, len(common) - n_dimensions)
    # On one thread: several wait for each other far longer than they work wherever the cores are busy.
    with threadpool_limits(limits=1, user_api="blas"):
        found, vectors = eigh((steps + steps.T) / 2, subset_by_index=(first, len(common) - 1))
    order = [place for place in np.argsort(-found, kind="stable") if found[place] > _NOTHING]
    vectors = vectors[:, order]
    # An eigenvector's sign is arbitrary; its largest part is made positive, so that runs agree.
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(len(order))])
    # A place is the vector of the customer's side, held @ vectors / σ, times σ² for the two steps; found is σ².
    placed = (held @ (vectors * signs * np.sqrt(found[order]))) / raised[:n_customers, None]
    lengths = np.linalg.norm(placed, axis=1, keepdims=True)
    return np.asarray(placed / np.where(lengths > _NOTHING, lengths, 1.0), dtype=np.float32)
