"""The evidence sheet: everything that may be said about each segment, with an id to cite it by."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Customers, Evidence, EvidenceItem, Features, Progress, silent
from segment_core.messages import say
from segment_core.profiles.drivers import apart, drivers
from segment_core.profiles.exemplars import N_SHOWN, Saying, border_rows, nearest_rows, quotes, sayings
from segment_core.profiles.facts import Fact, facts
from segment_core.profiles.terms import terms
from segment_core.profiles.worth import worth

N_OVER, N_UNDER, N_SAME = 8, 4, 2
N_QUOTES, N_BOUNDARY_QUOTES = 4, 2
MOST_LEVELS_OF_ONE = 2


def describe(
    customers: Customers,
    features: Features,
    clustering: Clustering,
    texts: Sequence[str],
    progress: Progress = silent,
) -> Evidence:
    """Gather the evidence sheet: size, what is over and under, words, quotes, and exemplary customers.

    `texts` (n_customers) are what each customer wrote, "" for nothing.
    """
    prepared = facts(customers)
    segments = [segment.id for segment in clustering.segments]
    progress(0, 1, say("Comparing segments in {n} facts", n=len(prepared)))
    compared = apart(prepared, clustering.labels, segments)
    spoken = terms(texts, clustering.labels, segments) if any(texts) else [[] for _ in segments]
    ids, said = customers.frame.index.astype(str).to_numpy(), sayings(customers, texts)
    items: list[EvidenceItem] = []
    typical, boundary = {}, {}
    for number, segment in enumerate(segments):
        progress(number, len(segments), say("Describing segment {name}", name=segment))
        group = clustering.labels == number
        near, border = nearest_rows(features, clustering, number), border_rows(clustering, number)
        found = [
            _size(segment, int(group.sum()), len(customers)),
            *worth(customers, group, segment),
            *_chosen(compared[number]),
        ]
        items.extend(_numbered(found, segment, "f"))
        items.extend(_numbered(spoken[number], segment, "t"))
        quoted = [replace(item, segment=segment, n=int(group.sum())) for item in _quotes(said, near, border, ids)]
        items.extend(_numbered(quoted, segment, "q"))
        typical[segment] = tuple(str(id_) for id_ in ids[near[:N_SHOWN]])
        boundary[segment] = tuple(str(id_) for id_ in ids[border[:N_SHOWN]])
    progress(1, 1, say("Segments described"))
    return Evidence(tuple(items), typical, boundary, len(customers))


def compare(
    customers: Customers, group: NDArray[np.bool_], prepared: Sequence[Fact] | None = None
) -> tuple[EvidenceItem, ...]:
    """Say what sets any group of customers (n,) apart from everybody, as evidence with ids from "sel.f1" on.

    `prepared` are the customers' facts where they are at hand.
    """
    known = facts(customers) if prepared is None else prepared
    found = [_size("sel", int(group.sum()), len(customers)), *_chosen(drivers(known, group, "sel"))]
    return tuple(_numbered(found, "sel", "f"))


def _size(segment: str, size: int, n_customers: int) -> EvidenceItem:
    return EvidenceItem(
        id="",
        segment=segment,
        kind="size",
        label="Customers",
        direction="describes",
        n=size,
        value=size / max(1, n_customers),
        base=1.0,
        unit="%",
    )


def _chosen(found: Sequence[EvidenceItem]) -> list[EvidenceItem]:
    """Keep the strongest differences, but of one category no more than two levels, and two likenesses."""
    kept: list[EvidenceItem] = []
    room = {"over": N_OVER, "under": N_UNDER, "same": N_SAME}
    of_column: dict[str, int] = {}
    for item in found:
        levels = of_column.get(item.column, 0)
        if room.get(item.direction, 0) and levels < MOST_LEVELS_OF_ONE:
            room[item.direction] -= 1
            of_column[item.column] = levels + 1
            kept.append(item)
    return kept


def _quotes(
    said: Callable[[int], Sequence[Saying]], near: NDArray[np.int64], border: NDArray[np.int64], ids: NDArray[np.str_]
) -> list[EvidenceItem]:
    central = quotes(said, near, N_QUOTES)
    edge = quotes(said, border, N_BOUNDARY_QUOTES, avoid=[saying.text for saying in central])
    return [
        EvidenceItem(
            id="",
            segment="",
            kind="quote",
            label="Quote",
            direction="describes",
            n=0,
            column=saying.column,
            text=saying.text,
            source=str(ids[saying.customer]),
            row=saying.row,
            table=saying.table,
            boundary=at_border,
        )
        for found, at_border in ((central, False), (edge, True))
        for saying in found
    ]


def _numbered(items: Sequence[EvidenceItem], segment: str, letter: str) -> list[EvidenceItem]:
    return [replace(item, id=f"{segment}.{letter}{number + 1}") for number, item in enumerate(items)]
