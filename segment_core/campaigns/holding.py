"""Holding: whom to hold out of a campaign, drawn so that they are like those who get it."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Balance, Note, Progress, silent
from segment_core.errors import DataError, OptionError
from segment_core.messages import say

ALIKE = 0.1
"""A standardised mean difference below this one is taken for balance (Austin 2009)."""
MOST_DRAWS, FEWEST_DRAWS = 1_000, 20
MOST_CELLS_READ = 100_000_000
GOAL = 0.08
"""Pairs are switched until no feature differs by more: a little below `ALIKE`, which is reckoned within the groups."""
MOST_TURNS, MOST_PAIRS, MOST_CELLS_SWITCHED = 300, 2_000, 400_000
Rows = NDArray[np.int64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Held:
    """Who is held out, how alike the groups are in each feature (the worst first), and what one must know of it."""

    held: NDArray[np.bool_]
    balance: tuple[Balance, ...]
    notes: tuple[Note, ...] = ()
    n_draws: int = 1


def hold_out(
    ids: Sequence[str],
    strata: Sequence[Hashable],
    matrix: NDArray[np.floating],
    names: Sequence[str],
    *,
    share: float,
    seed: int,
    progress: Progress = silent,
) -> Held:
    """Draw a share of the customers, within each stratum, so that they are like the others in the features.

    Customers are put in an order in which neighbours are alike (median splits, as of a k-d tree), one is drawn by
    chance from each stretch, and of up to 1,000 such draws the one of the smallest largest difference is kept
    (rerandomisation, Morgan & Rubin 2012). Where a feature still differs by 0.1, pairs within a stratum are switched
    while that helps, no longer (nearly random designs, Krieger, Azriel & Kapelner 2019). Ordinary tests on such a
    hold-out err on the safe side. Which customers are held out depends on their ids, features and `seed`, and never on
    the order of rows. No stratum is held out wholly: a stratum of one customer never is. Sizes are given out by
    largest remainder.

    A few held-out customers cannot be like the others in everything: by chance alone a feature differs by about
    1/√n_held standard deviations; a note says so where the largest difference stays at 0.1 or above. Cells that are
    missing or infinite are taken as their column's mean, which a note counts. For many customers there are fewer
    draws, so that it takes seconds.

    `ids` and `strata` (the segment of each) are of shape (n_customers,), `matrix` of shape (n_customers, n_features)
    on any scale, `share` in (0, 1).

    Raises
    ------
    DataError
        If an id appears twice, or there are fewer than two customers.
    OptionError
        If the share is not between 0 and 1.
    """
    n = len(ids)
    if not 0 < share < 1:
        raise OptionError("The share to hold out must lie between 0 and 1; it is {share}.", share=share)
    if n < 2:
        raise DataError("To hold some customers out there must be at least two; there are {n}.", n=n)
    if len(set(ids)) < n:
        raise DataError("{n} customers have an id that another has; each needs its own.", n=n - len(set(ids)))
    by_id = np.argsort(np.asarray(ids, dtype=str), kind="stable").astype(np.int64)
    cells, n_missing = _scaled(np.asarray(matrix, dtype=np.float64).reshape(n, -1)[by_id])
    groups = _groups([strata[place] for place in by_id])
    sizes = _sizes([len(rows) for rows in groups], share)
    ordered = []
    for number, rows in enumerate(groups):
        progress(number, len(groups) + 1, say("Ordering customers by likeness"))
        ordered.append(_neighbours(cells, rows, max(2, round(1 / share))))
    chosen, n_draws = _best(cells, ordered, sizes, seed, progress)
    chosen = _switched(cells, ordered, chosen, seed, progress)
    held = np.zeros(n, dtype=np.bool_)
    held[by_id[chosen]] = True
    balance = balance_of(cells, np.isin(np.arange(n), chosen), names)
    return Held(held, balance, tuple(_notes(balance, sizes, n_missing, len(chosen))), n_draws)


def balance_of(matrix: NDArray[np.floating], held: NDArray[np.bool_], names: Sequence[str]) -> tuple[Balance, ...]:
    """Return the standardised mean difference of each feature, held-out less the others, the worst first.

    It is the difference of the means by the root of the mean of both variances; 0 for a feature that does not vary.
    """
    cells = np.asarray(matrix, dtype=np.float64)
    if not held.any() or held.all():
        return ()
    inside, outside = cells[held], cells[~held]
    spread = np.sqrt((_variance(inside) + _variance(outside)) / 2)
    differ = inside.mean(axis=0) - outside.mean(axis=0)
    overall = cells.std(axis=0)
    spread = np.where(spread > 1e-12, spread, overall)  # groups that do not vary within may differ all the same
    values = np.divide(differ, spread, out=np.zeros_like(differ), where=spread > 1e-12)
    order = np.argsort(-np.abs(values), kind="stable")
    return tuple(Balance(names[place], float(values[place])) for place in order)


def _variance(cells: Matrix) -> Matrix:
    return cells.var(axis=0, ddof=1) if len(cells) > 1 else np.zeros(cells.shape[1])


def _scaled(cells: Matrix) -> tuple[Matrix, int]:
    known = np.isfinite(cells)
    counts = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, cells, 0.0)
    filled = np.where(known, filled - filled.sum(axis=0) / counts, 0.0)
    spread = filled.std(axis=0)
    scaled = np.divide(filled, spread, out=np.zeros_like(filled), where=spread > 1e-12)
    return scaled, int((~known).sum())


def _groups(strata: Sequence[Hashable]) -> list[Rows]:
    places: dict[Hashable, list[int]] = {}
    for place, stratum in enumerate(strata):
        places.setdefault(stratum, []).append(place)
    return [np.array(places[stratum], dtype=np.int64) for stratum in sorted(places, key=str)]


def _sizes(totals: Sequence[int], share: float) -> list[int]:
    """Give the hold-out out to strata by largest remainder, none wholly; at least one customer in all, if any can."""
    most = [total - 1 for total in totals]
    wanted = max(1, round(share * sum(totals)))
    exact = [share * total for total in totals]
    sizes = [min(int(part), top) for part, top in zip(exact, most, strict=True)]
    left = wanted - sum(sizes)
    by_rest = sorted(range(len(totals)), key=lambda place: (sizes[place] - exact[place], place))
    for place in by_rest:
        if left > 0 and sizes[place] < most[place]:
            sizes[place] += 1
            left -= 1
    return sizes


def _neighbours(cells: Matrix, rows: Rows, few: int) -> Rows:
    """Order rows so that neighbours are alike: halve them at the median of the feature that varies most, and again."""
    done: list[Rows] = []
    waiting = [rows]
    while waiting:
        part = waiting.pop()
        own = cells[part]
        spread = own.var(axis=0) if len(part) > few and cells.shape[1] else np.zeros(1)
        if len(part) <= few or spread.max() <= 1e-12:
            done.append(part)
            continue
        part = part[np.argsort(own[:, int(spread.argmax())], kind="stable")]
        waiting += [part[len(part) // 2 :], part[: len(part) // 2]]
    return np.concatenate(done)


def _best(
    cells: Matrix, ordered: Sequence[Rows], sizes: Sequence[int], seed: int, progress: Progress
) -> tuple[Rows, int]:
    random = np.random.default_rng(seed)
    n_held = sum(sizes)
    n_draws = int(np.clip(MOST_CELLS_READ // max(n_held * cells.shape[1], 1), FEWEST_DRAWS, MOST_DRAWS))
    parts = [(rows, size) for rows, size in zip(ordered, sizes, strict=True) if size]
    everybody = np.concatenate([rows for rows, _ in parts]) if parts else np.zeros(0, dtype=np.int64)
    total, n = cells.sum(axis=0), len(cells)
    best, chosen = np.inf, everybody[:0]
    for number in range(n_draws):
        if number % 10 == 0:
            progress(number, n_draws, say("Drawing customers to hold out"))
        drawn = everybody[np.concatenate(list(_stretches(parts, random)))] if parts else everybody
        inside = cells[drawn].sum(axis=0)
        worst = float(np.abs(inside / max(n_held, 1) - (total - inside) / max(n - n_held, 1)).max(initial=0.0))
        if worst < best:
            best, chosen = worst, drawn
    return chosen, n_draws


def _switched(cells: Matrix, ordered: Sequence[Rows], chosen: Rows, seed: int, progress: Progress) -> Rows:
    """Switch a held-out customer for another of the stratum while features differ by more than `GOAL` and it helps."""
    n, n_held = len(cells), len(chosen)
    if not 0 < n_held < n or not cells.shape[1]:
        return chosen
    random, everybody = np.random.default_rng([seed, 1]), np.concatenate(list(ordered))
    sizes = np.array([len(rows) for rows in ordered])
    stratum = np.empty(n, dtype=np.int64)
    stratum[everybody] = np.repeat(np.arange(len(ordered)), sizes)
    starts = np.cumsum(sizes) - sizes
    inside = np.isin(np.arange(n), chosen)
    differ = cells[inside].mean(axis=0) - cells[~inside].mean(axis=0)
    n_pairs = int(np.clip(MOST_CELLS_SWITCHED // cells.shape[1], 50, MOST_PAIRS))
    for turn in range(MOST_TURNS):
        if np.abs(differ).max() < GOAL:
            break
        progress(turn, MOST_TURNS, say("Switching customers until both groups are alike"))
        out = random.choice(np.flatnonzero(inside), n_pairs)
        here = stratum[out]
        into = everybody[starts[here] + (random.random(n_pairs) * sizes[here]).astype(np.int64)]
        out, into = out[~inside[into]], into[~inside[into]]
        after = differ + (cells[into] - cells[out]) * (1 / n_held + 1 / (n - n_held))
        over = np.square(np.maximum(np.abs(after) - GOAL, 0.0)).sum(axis=1)
        best = int(over.argmin()) if len(over) else -1
        if best < 0 or over[best] >= np.square(np.maximum(np.abs(differ) - GOAL, 0.0)).sum():
            break
        inside[out[best]], inside[into[best]] = False, True
        differ = after[best]
    return np.flatnonzero(inside)


def _stretches(parts: Sequence[tuple[Rows, int]], random: np.random.Generator) -> Iterator[Rows]:
    """Draw one place from each of `size` stretches of equal length; whole places, so that none is drawn twice."""
    start = 0
    for rows, size in parts:
        edges = random.random() + np.arange(size + 1) * (len(rows) / size)  # all have the same chance
        low = np.ceil(edges[:-1] - 1e-9).astype(np.int64)
        high = np.maximum(np.ceil(edges[1:] - 1e-9).astype(np.int64), low + 1)
        places = low + (random.random(size) * (high - low)).astype(np.int64)
        yield start + places % len(rows)
        start += len(rows)


def _notes(balance: Sequence[Balance], sizes: Sequence[int], n_missing: int, n_held: int) -> Iterator[Note]:
    if n_missing:
        yield Note(
            "held_missing",
            say("{n} missing cells of features were taken as their column's mean.", n=n_missing),
            n_missing,
        )
    if without := sum(not size for size in sizes):
        yield Note(
            "held_nobody",
            say("{n} segments are too small for anybody in them to be held out.", n=without),
            without,
            "warning",
        )
    unlike = [one for one in balance if abs(one.difference) >= ALIKE]
    if unlike:
        yield Note(
            "held_unlike",
            say(
                "The held-out differ from the others by 0.1 standard deviations or more in {n} of {total} features, "
                "most in “{feature}” ({difference}). With {held} held out, chance alone makes about {chance} in any "
                "feature; hold out more customers, or read the results with this in mind.",
                n=len(unlike),
                total=len(balance),
                feature=unlike[0].feature,
                difference=f"{unlike[0].difference:+.2f}",
                held=n_held,
                chance=f"{1 / sqrt(max(n_held, 1)):.2f}",
            ),
            len(unlike),
            "warning",
        )
