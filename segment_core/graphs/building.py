"""Building: customers, what they have in common and what goes together, as weighted nodes and edges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Floats, Graph, Note, Progress, Step, silent
from segment_core.errors import DataError
from segment_core.graphs import keyphrases, triples, values
from segment_core.graphs.linking import EDGES, Link
from segment_core.graphs.options import GraphOptions
from segment_core.messages import Message, say

MOST_NODES = 2_000
"""Nodes besides the customers at most; the ones that touch most customers stay."""
NEARLY_ALL = 0.95
FLOOR = 0.1
"""Normalised pointwise mutual information below which two aspects are not joined."""
MOST_TOGETHER = 5
TOGETHER, SAYS = "together", "says: "


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A graph before it is embedded, customers by id first and then `links`; customer i of `order` is node i here.

    `sources`, `targets` and `weights` (n_edges,) are its edges, each once; `kinds` number `names`.
    """

    order: NDArray[np.int64]
    links: tuple[Link, ...]
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: Floats
    kinds: NDArray[np.int16]
    names: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def n_customers(self) -> int:
        """Count the customers."""
        return len(self.order)

    def adjacency(self) -> Any:
        """Return the symmetric weights as a sparse matrix (n_nodes, n_nodes) float64 with sorted indices."""
        from scipy.sparse import coo_matrix

        n = self.n_customers + len(self.links)
        half = coo_matrix((self.weights.astype(np.float64), (self.sources, self.targets)), shape=(n, n)).tocsr()
        found = (half + half.T).tocsr()
        found.sort_indices()
        return found


def build(
    customers: Customers,
    texts: Sequence[str],
    options: GraphOptions,
    *,
    secrets: Mapping[str, str],
    progress: Progress = silent,
) -> Built:
    """Find what customers have in common and weigh it by how rare it is.

    `texts` has what each customer wrote as one, in the customers' order. The weight of what k of n customers share
    is log(n / k) times its strength, so that what nearly everybody has joins nobody; what only one has is left out.
    Aspects are joined where they are said together more often than by chance.

    Raises
    ------
    DataError
        If nothing is shared by two customers.
    """
    progress(0, 1, say("Looking for what customers have in common"))
    n = len(customers)
    order = np.argsort(customers.frame.index.to_numpy(dtype=object).astype(str), kind="stable")
    by_id = replace(customers, frame=customers.frame.iloc[order])
    found = values.links_of(by_id, options)
    spoken, said, notes = _spoken([texts[row] for row in order], options, secrets, progress)
    found += _new(spoken, found)
    links, told = _kept(found, n)
    if not links:
        raise DataError(
            "Nothing joins these {n:,} customers: a graph needs values, products or phrases that at least two of them "
            "share, and that not all have. Give columns the role category, yes/no, place or number, or add texts.",
            n=n,
        )
    progress(1, 1, say("Weighing {n:,} things in common", n=len(links)))
    return _joined(order, links, said, (*notes, *told))


def graph_of(built: Built, matrix: Floats, customers: Customers, made_by: Step, reason: Message) -> Graph:
    """Return the artifact: nodes numbered by `id`, customers first and in their own order, as in `matrix`.

    `matrix` comes by the built order. Edges go from customers to what they have, and between aspects.
    """
    n, links = built.n_customers, built.links
    place = np.concatenate([built.order, np.arange(n, n + len(links))]).astype(np.int32)
    placed = np.zeros_like(matrix)
    placed[built.order] = matrix
    touched = np.zeros(n, dtype=np.int64)
    touched[built.order] = np.bincount(built.sources[built.sources < n], minlength=n)
    labels = [*(str(name) for name in customers.frame.index), *(each.label for each in links)]
    nodes = pd.DataFrame(
        {
            "id": np.arange(n + len(links), dtype=np.int32),
            "kind": pd.array(["customer"] * n + [each.kind for each in links], dtype="str"),
            "label": pd.array([_whole(label) for label in labels], dtype="str"),
            "column": pd.array([""] * n + [_whole(each.column) for each in links], dtype="str"),
            "n": np.concatenate([np.ones(n, dtype=np.int64), [each.n for each in links]]).astype(np.int64),
        }
    )
    names = pd.array(list(built.names), dtype="str")
    edges = pd.DataFrame(
        {
            "source": place[built.sources],
            "target": place[built.targets],
            "kind": names.take(built.kinds),
            "weight": built.weights,
        }
    )
    edges = edges.iloc[np.lexsort((edges["target"], edges["source"]))].reset_index(drop=True)
    n_apart = int((touched == 0).sum())
    notes = built.notes
    if n_apart:
        message = say("Customers who have nothing in common with others: {n}. They stand in the middle.", n=n_apart)
        notes = (*notes, Note("apart", message, n_apart))
    return Graph(placed, nodes, edges, made_by, reason, notes)


def _whole(text: str) -> str:
    """Return a text that can be kept: half of a pair of surrogates is no letter."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _spoken(
    texts: Sequence[str], options: GraphOptions, secrets: Mapping[str, str], progress: Progress
) -> tuple[list[Link], list[triples.Triple], tuple[Note, ...]]:
    """Return the aspects that customers mention, and what a model read of them, if one was asked."""
    if not options.n_phrases and not options.url:
        return [], [], ()
    tokens = keyphrases.read(texts, progress)
    chosen = keyphrases.choose(tokens, options.n_phrases, progress)
    told, notes = triples.ask(texts, options, secrets, progress) if options.url else ([], ())
    known = {phrase.key for phrase in chosen}
    for triple in told:
        for end in (triple.subject, triple.object):
            key = keyphrases.key_of(end)
            if key and key not in known:
                known.add(key)
                chosen.append(keyphrases.Phrase(key, end))
    return keyphrases.mentions(tokens, chosen, progress), told, notes


def _new(spoken: Sequence[Link], found: Sequence[Link]) -> list[Link]:
    """Leave out the aspects that are only a product of a list by the same name: its cells are texts, too."""
    listed = {each.label.casefold() for each in found if each.kind == "product"}
    return [each for each in spoken if each.label not in listed]


def _kept(found: Sequence[Link], n: int) -> tuple[tuple[Link, ...], tuple[Note, ...]]:
    shared = [each for each in found if each.n >= 2]
    telling = [each for each in shared if each.n <= NEARLY_ALL * n]
    notes = []
    if len(telling) < len(shared):
        n_all = len(shared) - len(telling)
        notes.append(
            Note("nearly-all", say("Left out because nearly all customers have them: {n} values.", n=n_all), n_all)
        )
    if len(telling) > MOST_NODES:
        ranked = sorted(range(len(telling)), key=lambda number: (-telling[number].n, number))[:MOST_NODES]
        n_rare = len(telling) - MOST_NODES
        message = say("The rarest {n} values and phrases were left out to keep the graph readable.", n=n_rare)
        notes.append(Note("rarest-left-out", message, n_rare))
        telling = [telling[number] for number in sorted(ranked)]
    return tuple(telling), tuple(notes)


def _joined(
    order: NDArray[np.int64], links: tuple[Link, ...], said: Sequence[triples.Triple], notes: tuple[Note, ...]
) -> Built:
    n = len(order)
    rarity = np.log(n / np.array([each.n for each in links]))
    names = [*EDGES.values(), TOGETHER]
    number = {kind: place for place, kind in enumerate(EDGES)}
    sources = [each.rows for each in links]
    targets = [np.full(each.n, n + place, dtype=np.int32) for place, each in enumerate(links)]
    weights = [each.strengths * rarity[place] for place, each in enumerate(links)]
    kinds = [np.full(each.n, number[each.kind], dtype=np.int16) for each in links]
    pairs = [(one, two, TOGETHER, weight) for one, two, weight in _together(links, n, rarity)]
    pairs += _sayings(links, said, rarity)
    for _, _, kind, _ in pairs:
        if kind not in names:
            names.append(kind)
    sources.append(np.array([n + one for one, _, _, _ in pairs], dtype=np.int32))
    targets.append(np.array([n + two for _, two, _, _ in pairs], dtype=np.int32))
    weights.append(np.array([weight for *_, weight in pairs], dtype=np.float64))
    kinds.append(np.array([names.index(kind) for _, _, kind, _ in pairs], dtype=np.int16))
    return Built(
        order,
        links,
        np.concatenate(sources).astype(np.int32),
        np.concatenate(targets).astype(np.int32),
        np.concatenate(weights).astype(np.float32),
        np.concatenate(kinds),
        tuple(names),
        notes,
    )


def _together(links: Sequence[Link], n: int, rarity: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    """Join aspects that are said by the same customers, by normalised pointwise mutual information (Bouma 2009)."""
    from scipy.sparse import csr_matrix

    places = [place for place, each in enumerate(links) if each.kind == "aspect"]
    if len(places) < 2:
        return []
    rows = np.concatenate([links[place].rows for place in places])
    columns = np.repeat(np.arange(len(places)), [links[place].n for place in places])
    held = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n, len(places)))
    both = (held.T @ held).toarray()
    mutual = mutual_information(both, np.diag(both).copy(), n)
    mutual[both < max(2, n // 5000)] = 0.0
    np.fill_diagonal(mutual, 0.0)
    found = {}
    for one in range(len(places)):
        for two in np.argsort(-mutual[one], kind="stable")[:MOST_TOGETHER]:
            if mutual[one, two] >= FLOOR:
                low, high = min(one, int(two)), max(one, int(two))
                # As if so many of the customers who say both went straight from one to the other.
                common = mutual[low, high] * both[low, high]
                found[low, high] = common * float(np.sqrt(rarity[places[low]] * rarity[places[high]]))
    return [(places[low], places[high], weight) for (low, high), weight in sorted(found.items())]


def mutual_information(both: NDArray[np.float64], own: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return how much more often than by chance pairs come together, -1 to 1: `both` (k, k) and `own` (k,) count."""
    chance = np.outer(own, own) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(both / chance) / -np.log(both / n)
    return np.where((both > 0) & (both < n) & (chance > 0), found, 0.0)


def _sayings(
    links: Sequence[Link], said: Sequence[triples.Triple], rarity: NDArray[np.float64]
) -> list[tuple[int, int, str, float]]:
    place = {keyphrases.key_of(each.label): number for number, each in enumerate(links) if each.kind == "aspect"}
    counts: dict[tuple[int, int, str], int] = {}
    for triple in said:
        ends = [place.get(keyphrases.key_of(end)) for end in (triple.subject, triple.object)]
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            edge = (ends[0], ends[1], SAYS + triple.relation)
            counts[edge] = counts.get(edge, 0) + 1
    return [
        (one, two, kind, count * float(np.sqrt(rarity[one] * rarity[two])))
        for (one, two, kind), count in sorted(counts.items())
    ]
