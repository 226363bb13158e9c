"""Walks (node2vec): customers are alike when random walks over what they share pass them by together."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Floats, Graph, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.graphs.building import Built, build, graph_of
from segment_core.graphs.options import GraphOptions
from segment_core.graphs.walking import Walks, walk
from segment_core.messages import Message, say

MOST_STEPS = 4_000_000
"""Nodes in all walks together: about a minute of learning on one core. With many customers each walks less often."""
_CHUNK = 60_000
_BUILT, _WALKED = 0.3, 0.4
_ALPHAS = (0.1, 0.001)


@dataclass(frozen=True, slots=True, kw_only=True)
class WalksOptions(GraphOptions):
    """Options of the walks and of the model that learns from them."""

    n_dimensions: int = option(32, "Dimensions", low=2, high=128)
    n_walks: int = option(8, "Walks from each node", low=1, high=40)
    length: int = option(20, "Length of a walk", low=4, high=80)
    window: int = option(4, "Window", low=1, high=20, help="So many steps apart two nodes still count as near.")
    p: float = option(1.0, "p: reluctance to go back", low=0.05, high=20.0)
    q: float = option(1.0, "q: reluctance to go far", low=0.05, high=20.0)
    n_epochs: int = option(1, "Passes over the walks", low=1, high=20)
    seed: int = option(0, "Random seed", low=0)


def embed(
    customers: Customers,
    texts: Sequence[str],
    options: WalksOptions = WalksOptions(),
    progress: Progress = silent,
    *,
    secrets: Mapping[str, str] = {},
) -> Graph:
    """Learn a vector of length 1 for each customer from random walks over the graph (Grover & Leskovec 2016).

    Walks are sentences of nodes, and Word2Vec (skip-gram with negative sampling, Mikolov et al. 2013) learns from
    them on one thread: the same customers and seed give the same vectors, whatever the order of rows. Between
    customers and values no node has neighbours that are neighbours, so q and p matter as their ratio there.
    A customer who shares nothing has the zero vector. `texts` has what each customer wrote as one.

    Raises
    ------
    DataError
        If nothing is shared by two customers.
    """

    def part(start: float, stop: float) -> Progress:
        def report(done: float, total: float, note: Message) -> None:
            progress(start + (stop - start) * done / (total or 1.0), 1.0, note)

        return report

    built = build(customers, texts, options, secrets=secrets, progress=part(0.0, _BUILT))
    adjacency = built.adjacency()
    random = np.random.default_rng(options.seed)
    starts, n_walks = _starts(adjacency, built, options, random)
    walked = walk(
        adjacency, starts, options.length, p=options.p, q=options.q, random=random, progress=part(_BUILT, _WALKED)
    )
    vectors = _learned(walked, adjacency.shape[0], options, part(_WALKED, 1.0))
    reason = say(
        "Embedded by random walks: {n:,} customers, {nodes:,} things in common, {walks} walks from each.",
        n=built.n_customers,
        nodes=len(built.links),
        walks=n_walks,
    )
    progress(1, 1, say("Graph embedded"))
    made_by = Step("walks", options_to_json(options))
    return graph_of(built, _unit(vectors[: built.n_customers]), customers, made_by, reason)


def _starts(
    adjacency: Any, built: Built, options: WalksOptions, random: np.random.Generator
) -> tuple[NDArray[np.int64], int]:
    """Return the walks' first nodes in mixed order, each node that has an edge equally often."""
    linked = np.flatnonzero(np.diff(adjacency.indptr) > 0)
    n_walks = max(1, min(options.n_walks, MOST_STEPS // (len(linked) * options.length)))
    return random.permutation(np.tile(linked, n_walks)), n_walks


def _learned(walked: Walks, n_nodes: int, options: WalksOptions, progress: Progress) -> Floats:
    progress(0, 1, say("Learning from {n:,} walks", n=len(walked)))
    from gensim.models import Word2Vec

    progress(0, 1, say("Learning from {n:,} walks", n=len(walked)))
    names = [str(number) for number in range(n_nodes)]
    counts = np.bincount(walked[walked >= 0], minlength=n_nodes)
    model = Word2Vec(
        vector_size=options.n_dimensions,
        window=options.window,
        min_count=1,
        sg=1,
        negative=5,
        sample=0,
        alpha=_ALPHAS[0],
        min_alpha=_ALPHAS[1],
        workers=1,
        seed=options.seed,
        hashfxn=_steady,
    )
    model.build_vocab_from_freq({names[number]: int(counts[number]) for number in np.flatnonzero(counts)})
    # One short call after another, because nothing can be told, and nobody can cancel, while the model learns.
    n_chunks = max(1, -(-walked.size // _CHUNK))
    n_steps = n_chunks * options.n_epochs
    first, last = _ALPHAS
    for step in range(n_steps):
        progress(step, n_steps, say("Learning from {n:,} walks", n=len(walked)))
        chunk = np.array_split(walked, n_chunks)[step % n_chunks] if n_chunks > 1 else walked
        sentences = [[names[node] for node in row if node >= 0] for row in chunk.tolist()]
        model.train(
            sentences,
            total_examples=len(sentences),
            epochs=1,
            start_alpha=first + (last - first) * step / n_steps,
            end_alpha=first + (last - first) * (step + 1) / n_steps,
        )
    found = np.zeros((n_nodes, options.n_dimensions), dtype=np.float32)
    for name, place in model.wv.key_to_index.items():
        found[int(name)] = model.wv.vectors[place]
    return found


def _steady(text: str) -> int:
    """Hash without Python's salt, which differs from process to process."""
    return zlib.crc32(text.encode())


def _unit(matrix: Floats) -> Floats:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return (matrix / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
