"""Beam: search for the few conditions that together name a group of customers best."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels
from segment_core.labelling.asked import Asked, Part
from segment_core.labelling.rules import Mask

MOST_CONDITIONS = 4
WIDTH = 6
MOST_LEVELS_NAMED = 6
BETWEEN_COSTS = 0.005
"""F1 by which two limits must be better than one: a shorter rule is read sooner."""
ROUNDS = 3
BETAS = (1.0, 2.0)
"""F1 is what counts in the end; F2 keeps conditions that lose few of the group until others join them."""
Weights = NDArray[np.float64]


class Goal:
    """Whom a rule should name: `group` (n,), and how many customers each of the n stands for, `weights` (n,)."""

    def __init__(self, group: Mask, weights: Weights) -> None:
        self.group, self.weights = group, weights
        self.wanted = weights * group
        self.total = float(self.wanted.sum())

    def f1(self, named: Mask) -> float:
        """Return the harmonic mean of precision and recall of naming these customers (n,)."""
        return float(2 * (self.wanted @ named) / max(float(self.weights @ named) + self.total, 1e-12))


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Conditions, and who meets all of them (n,)."""

    parts: tuple[Part, ...]
    named: Mask
    score: float


def paths(columns: Sequence[Asked], goal: Goal, most: int = MOST_CONDITIONS) -> list[Found]:
    """Return the best rule of one condition, of two and so on: beam search over conjunctions.

    At each length the best rules are made longer by the condition of each other column that helps most: all limits
    and pairs of limits of its bins, and all sets of its levels that could be best, are compared.
    """
    everybody = Found((), np.ones(len(goal.group), dtype=bool), 0.0)
    beams, best = [everybody], []
    for _ in range(most):
        grown = [longer for start in beams for longer in _grown(start, columns, goal)]
        if not grown:
            break
        ranked = sorted(grown, key=lambda longer: -longer.score)
        wide = sorted(grown, key=lambda longer: -longer.wide)
        beams = _distinct([longer.made() for longer in [*ranked[: 2 * WIDTH], *wide[:WIDTH]]])
        best.append(beams[0])
    return best


def improved(found: Found, goal: Goal) -> Found:
    """Set each condition anew while the others stay, until none gets better; limits may be any value now."""
    for _ in range(ROUNDS):
        before = found.score
        for place, part in enumerate(found.parts):
            others = np.ones(len(goal.group), dtype=bool)
            for other, one in enumerate(found.parts):
                if other != place:
                    others &= one.met()
            candidates = [part, *_alternatives(part.asked, others, goal)]
            candidates += [exact(one, others, goal) for one in candidates if one.bounded]
            scored = [(goal.f1(others & one.met()) - _cost(one), -number) for number, one in enumerate(candidates)]
            chosen = candidates[-max(scored)[1]]
            parts = (*found.parts[:place], chosen, *found.parts[place + 1 :])
            named = others & chosen.met()
            found = Found(parts, named, goal.f1(named))
        if found.score <= before + 1e-6:
            break
    return found


def _alternatives(asked: Asked, others: Mask, goal: Goal) -> list[Part]:
    rows = np.flatnonzero(others)
    codes = asked.codes[rows]
    both, named = _summed(codes, goal.wanted[rows], asked.size), _summed(codes, goal.weights[rows], asked.size)
    found = _options(asked, both, named, goal.total, BETAS[:1])
    return [_part(asked, table) for table, _, _ in found]


def exact(part: Part, others: Mask, goal: Goal) -> Part:
    """Move the limits of a condition to the values that serve best, first the lower one, then the upper one."""
    values = part.asked.values
    assert values is not None
    for lower in (True, False):
        if not np.isfinite(part.low if lower else part.high):
            continue
        rows = np.flatnonzero(others & (values <= part.high) if lower else others & (values >= part.low))
        if not len(rows):
            continue
        order = rows[np.argsort(-values[rows] if lower else values[rows], kind="stable")]
        weights = goal.weights[order]
        named, both = np.cumsum(weights), np.cumsum(goal.wanted[order])
        last = np.append(np.diff(values[order]) != 0, True)  # customers of the same value come in together
        scores = np.where(last, 2 * both / (named + goal.total), -1.0)
        limit = float(values[order[int(np.argmax(scores))]])
        part = replace(part, low=limit) if lower else replace(part, high=limit)
    return part


@dataclass(frozen=True, slots=True, eq=False)
class _Longer:
    """A rule with one condition more, by its scores; who meets it is looked up only where it is kept."""

    start: Found
    asked: Asked
    table: Mask
    score: float
    wide: float

    def made(self) -> Found:
        part = _part(self.asked, self.table)
        return Found((*self.start.parts, part), self.start.named & part.met(), self.score)


def _grown(start: Found, columns: Sequence[Asked], goal: Goal) -> Iterator[_Longer]:
    taken = {(part.asked.column, part.asked.kind, part.asked.levels[:1]) for part in start.parts}
    rows = np.flatnonzero(start.named)
    weights, wanted = goal.weights[rows], goal.wanted[rows]
    for asked in columns:
        if (asked.column, asked.kind, asked.levels[:1]) not in taken:
            codes = asked.codes[rows]
            both, named = _summed(codes, wanted, asked.size), _summed(codes, weights, asked.size)
            for table, score, wide in _options(asked, both, named, goal.total, BETAS):
                yield _Longer(start, asked, table, score, wide)


def _summed(codes: Labels, weights: Weights, size: int) -> Weights:
    return np.asarray(np.bincount(codes, weights, minlength=size), dtype=np.float64)


def _options(
    asked: Asked, both: Weights, named: Weights, total: float, betas: Sequence[float]
) -> Iterator[tuple[Mask, float, float]]:
    """Yield the conditions on a column that could be best among some customers, with their F1 and F2.

    Of each code, `named` (size,) are so many customers, `both` (size,) of them in the group, which has `total`.
    """
    everybody = float(named.sum())
    tables = {table.tobytes(): table for beta in betas for table in _tables(asked, both, named, total, beta)}
    for table in tables.values():
        hits, sums = float(both @ table), float(named @ table)
        if sums < everybody:  # else it asks nothing
            two_sided = asked.kind == "ordered" and not (table[0] or table[-2] or table[-1])
            cost = BETWEEN_COSTS * two_sided
            yield table, 2 * hits / (sums + total) - cost, 5 * hits / (sums + 4 * total) - cost


def _tables(asked: Asked, both: Weights, named: Weights, total: float, beta: float) -> Iterator[Mask]:
    n = asked.size - 1
    if named[n]:
        for flag in (True, False):
            table = np.full(asked.size, not flag)
            table[n] = flag
            yield table
    if asked.kind == "ordered":
        yield from _spans(both, named, total, beta)
    elif asked.kind == "named":
        yield from _sets(both, named, total, beta)
    else:
        yield from (np.arange(asked.size) == code for code in range(n))


def _spans(both: Weights, named: Weights, total: float, beta: float) -> Iterator[Mask]:
    n = len(named) - 1
    sums, hits = np.append(0, np.cumsum(named[:n])), np.append(0, np.cumsum(both[:n]))
    scores = _scores(hits[None, :] - hits[:, None], sums[None, :] - sums[:, None], total, beta)
    scores = np.where(np.arange(n + 1)[None, :] > np.arange(n + 1)[:, None], scores, -1.0)
    from_top, to_bottom = int(np.argmax(scores[:, n])), int(np.argmax(scores[0]))
    low, high = np.unravel_index(int(np.argmax(scores)), scores.shape)
    for start, stop in {(from_top, n), (0, to_bottom), (int(low), int(high))}:
        if stop > start and (start, stop) != (0, n):
            table = np.zeros(n + 1, dtype=bool)
            table[start:stop] = True
            yield table


def _sets(both: Weights, named: Weights, total: float, beta: float) -> Iterator[Mask]:
    """Return the best set of levels, and all but one; of a sum of levels the best are those richest in the group."""
    n = len(named) - 2
    if not n:
        return
    rich = np.where(named[:n] > 0, both[:n] / np.maximum(named[:n], 1e-12), -1.0)
    order = np.argsort(-rich, kind="stable")[:MOST_LEVELS_NAMED]
    scores = _scores(np.cumsum(both[order]), np.cumsum(named[order]), total, beta)
    for count in {1, int(np.argmax(scores)) + 1}:
        table = np.zeros(len(named), dtype=bool)
        table[order[:count]] = True
        yield table
    without = _scores(both[: n + 1].sum() - both[:n], named[: n + 1].sum() - named[:n], total, beta)
    table = np.ones(len(named), dtype=bool)
    table[[int(np.argmax(without)), n + 1]] = False
    yield table


def _scores(both: NDArray[np.float64], named: NDArray[np.float64], total: float, beta: float) -> NDArray[np.float64]:
    return np.asarray((1 + beta**2) * both / np.maximum(named + beta**2 * total, 1e-12), dtype=np.float64)


def _part(asked: Asked, table: Mask) -> Part:
    if asked.values is None or table[-1] or table[:-1].all():
        return Part(asked, table)
    places = np.flatnonzero(table)
    inside = asked.values[table[asked.codes]]
    if not len(inside):
        return Part(asked, table)
    low = float(inside.min()) if places[0] > 0 else -np.inf
    high = float(inside.max()) if places[-1] < asked.size - 2 else np.inf
    return Part(asked, table, low, high)


def _cost(part: Part) -> float:
    return BETWEEN_COSTS * (math.isfinite(part.low) and math.isfinite(part.high))


def _distinct(found: Sequence[Found]) -> list[Found]:
    kept: dict[bytes, Found] = {}
    for one in found:
        kept.setdefault(np.packbits(one.named).tobytes(), one)
    return list(kept.values())[: 2 * WIDTH]
