"""Measuring: how much of what customers bought later was among what they would have been offered."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Offline
from segment_core.recommending.blending import of_segments
from segment_core.recommending.interactions import Interactions

AT = 10
DRAWS = 400
BLOCK = 20


def peers(interactions: Interactions, *, again: bool, lately_days: float = 60.0) -> dict[str, NDArray[np.int32]]:
    """Return what would be offered by popularity over all time, by popularity lately, and within the segment."""
    no_segments = np.full(interactions.n_customers, -1)
    nobody = replace(interactions, segments=no_segments)
    return {
        "popularity": _most(nobody, of_segments(nobody, None), again=again),
        "lately": _most(nobody, of_segments(nobody, lately_days), again=again),
        "segment": _most(interactions, of_segments(interactions, None), again=again),
    }


def _most(interactions: Interactions, shares: NDArray[np.float64], *, again: bool) -> NDArray[np.int32]:
    orders = np.argsort(-np.round(shares, 9), axis=1, kind="stable")
    bought = interactions.bought()
    found = np.full((interactions.n_customers, AT), -1, np.int32)
    for row, segment in enumerate(interactions.segments):
        own = set() if again else set(bought.indices[bought.indptr[row] : bought.indptr[row + 1]].tolist())
        best = [item for item in orders[segment, : AT + len(own)].tolist() if item not in own][:AT]
        found[row, : len(best)] = best
    return found


def measured(
    picks: Mapping[str, NDArray[np.int32]], later: Interactions, known: NDArray[np.bool_], *, again: bool, seed: int = 0
) -> tuple[Offline, ...]:
    """Return the figures of each peer over the same customers: those `known` (n_customers,) who bought later.

    `picks` are (n_customers, k) by peer, "ours" among them. Where `again` is False, `later` must hold only
    items that are new to their customer. Intervals are 95 % bootstrap intervals over customers, paired for the gain.
    """
    truth = later.bought()
    rows = np.flatnonzero(known & (np.diff(truth.indptr) > 0))
    if not len(rows):
        return ()
    each = {peer: _each(found[rows][:, :AT], truth[rows]) for peer, found in picks.items()}
    random = np.random.default_rng(seed)
    wholes = {peer: [] for peer in each}  # type: dict[str, list[NDArray[np.float64]]]
    for _ in range(DRAWS // BLOCK):
        drawn = random.integers(0, len(rows), (BLOCK, len(rows)))
        for peer, values in each.items():
            wholes[peer].append(values[drawn].mean(axis=1))
    spread = {peer: np.concatenate(parts) for peer, parts in wholes.items()}
    made = []
    for peer, values in each.items():
        recall, precision = values.mean(axis=0)
        low, high = np.quantile(spread[peer], (0.025, 0.975), axis=0)
        gain = each["ours"][:, 0].mean() - recall
        bounds = np.quantile(spread["ours"][:, 0] - spread[peer][:, 0], (0.025, 0.975))
        if peer == "ours":
            gain, bounds = np.nan, np.array([np.nan, np.nan])
        offered = picks[peer][rows][:, :AT]
        coverage = len(np.unique(offered[offered >= 0])) / later.n_items
        figures = (recall, low[0], high[0], precision, low[1], high[1], coverage, gain, *bounds)
        made.append(Offline(peer, again, len(rows), *(float(figure) for figure in figures)))
    return tuple(made)


def _each(offered: NDArray[np.int32], truth: object) -> NDArray[np.float64]:
    """Return recall and average precision of each customer (n, 2)."""
    indptr, indices = truth.indptr, truth.indices  # type: ignore[attr-defined]
    found = np.zeros((len(offered), 2))
    for row, items in enumerate(offered):
        wanted = indices[indptr[row] : indptr[row + 1]]
        hit = np.isin(items, wanted) & (items >= 0)
        before = np.cumsum(hit) / np.arange(1, len(items) + 1)
        found[row] = hit.sum() / len(wanted), (before * hit).sum() / min(AT, len(wanted))
    return found
