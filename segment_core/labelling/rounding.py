"""Rounding: what a search found becomes conditions as one would write them, with round numbers and dates."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from segment_core.artifacts import Condition, Labels
from segment_core.labelling.asked import Part
from segment_core.labelling.beam import Found, Goal
from segment_core.labelling.rules import Mask

MOST_LOST = 0.0025
"""F1 that may be lost for each round number; of at most four conditions, so less than 0.01 most of the time."""
MOST_LOST_IN_ALL = 0.008
EPOCH = date(1970, 1, 1)


def written(found: Found, goal: Goal) -> tuple[Condition, ...]:
    """Write a rule with the roundest limits that cost next to nothing among the customers it was found in."""
    parts = list(found.parts)
    floor = found.score - MOST_LOST_IN_ALL
    conditions = []
    for place, part in enumerate(parts):
        others = np.ones(len(goal.group), dtype=bool)
        for other, one in enumerate(parts):
            if other != place:
                others &= one.met()
        parts[place], condition = _written(part, others, goal, floor)
        conditions.append(condition)
    order = sorted(range(len(parts)), key=lambda place: _loss_without(parts, place, goal))
    return tuple(conditions[place] for place in reversed(order))


def _loss_without(parts: Sequence[Part], place: int, goal: Goal) -> float:
    named = np.ones(len(goal.group), dtype=bool)
    for other, one in enumerate(parts):
        if other != place:
            named &= one.met()
    return -goal.f1(named)


def _written(part: Part, others: Mask, goal: Goal, floor: float) -> tuple[Part, Condition]:
    if part.bounded:
        return _limits(part, others, goal, floor)
    asked, name = part.asked, part.asked.column
    codes = np.flatnonzero(part.table[:-1])
    if part.table[-1] or len(codes) == asked.size - 1:
        return part, Condition(name, "is missing" if part.table[-1] else "is known")
    if asked.kind == "named":
        return part, _among(name, asked.levels, codes)
    if asked.kind == "word":
        return part, Condition(name, "contains" if codes[0] == 1 else "does not contain", asked.levels)
    return part, Condition(name, "is", ("yes" if codes[0] == 1 else "no",))


def _among(name: str, levels: Sequence[str], codes: Labels) -> Condition:
    if len(levels) in codes:  # all but one, with the rare ones
        return Condition(name, "is not", (next(level for code, level in enumerate(levels) if code not in codes),))
    named = tuple(levels[code] for code in codes)
    return Condition(name, "is" if len(named) == 1 else "is one of", named)


def _limits(part: Part, others: Mask, goal: Goal, floor: float) -> tuple[Part, Condition]:
    """Round the lower limit, then the upper one."""
    name, values = part.asked.column, part.asked.values
    assert values is not None
    known = values[np.isfinite(values)]
    whole = bool((known == np.round(known)).all())
    both = math.isfinite(part.low) and math.isfinite(part.high)
    said: list[str] = []
    op = "between"
    least = max(floor, goal.f1(others & part.met()) - MOST_LOST * (2 if both else 1))
    if math.isfinite(part.low):
        low, text = _roundest(part, known, others, goal, least, lower=True, whole=whole)
        part, op = replace(part, low=low), op if both else "≥"
        said.append(text)
    if math.isfinite(part.high):
        strictly = not both and (part.asked.day or not whole)
        high, text = _roundest(part, known, others, goal, least, lower=False, whole=whole, strictly=strictly)
        part, op = replace(part, high=high), op if both else ("<" if strictly else "≤")
        said.append(text)
    if both and part.low == part.high and not part.asked.day:
        return part, Condition(name, "=", tuple(said[:1]))
    return part, Condition(name, op, tuple(said))


def _roundest(
    part: Part,
    known: np.ndarray,
    others: Mask,
    goal: Goal,
    least: float,
    *,
    lower: bool,
    whole: bool,
    strictly: bool = False,
) -> tuple[float, str]:
    """Return the roundest limit that keeps the score at `least`, and how it is written."""
    at = part.low if lower else part.high
    candidates: Callable[..., Iterator[list[float]]] = _days if part.asked.day else _numbers
    for limits in candidates(at, known, lower=lower, whole=whole, strictly=strictly):
        scored = []
        for limit in limits:
            inside = (limit - 1 if part.asked.day else np.nextafter(limit, -np.inf)) if strictly else limit
            one = replace(part, low=inside) if lower else replace(part, high=inside)
            if one.low <= one.high:
                scored.append((goal.f1(others & one.met()), -abs(limit - at), inside, limit))
        if scored and max(scored)[0] >= least:
            _, _, inside, limit = max(scored)
            return inside, _text(limit, day=part.asked.day)
    if strictly:  # the next value above is the nearest limit there is
        above = known[known > at]
        limit = at + 1 if part.asked.day else float(above.min()) if len(above) else float(np.nextafter(at, np.inf))
        return at, _text(limit, day=part.asked.day)
    return at, _text(at, day=part.asked.day)


def _numbers(at: float, known: np.ndarray, *, lower: bool, whole: bool, strictly: bool) -> Iterator[list[float]]:
    """Yield limits near one, those of the coarsest steps first."""
    largest = math.floor(math.log10(max(float(np.abs(known).max()), abs(at), 1e-300)))
    for power in range(largest, largest - 13, -1):
        if whole and power < 0:
            break
        for figure in (5, 2, 1):
            step = figure * 10.0**power
            if whole and step < 1:
                continue
            multiples = {math.floor(at / step), math.ceil(at / step), math.floor(at / step) + 1}
            yield [float(f"{multiple * step:.12g}") for multiple in sorted(multiples)]


def _days(at: float, known: np.ndarray, *, lower: bool, whole: bool, strictly: bool) -> Iterator[list[float]]:
    """Yield days near one: the first of a year, of a quarter, of a month; the last day where it is included."""
    day = EPOCH + timedelta(days=int(at))
    last = not lower and not strictly
    for months in (12, 3, 1):
        start = date(day.year, (day.month - 1) // months * months + 1, 1)
        limits = [start, _later(start, months)]
        yield [float((limit - EPOCH).days - last) for limit in limits]


def _later(start: date, months: int) -> date:
    number = start.year * 12 + start.month - 1 + months
    return date(min(number // 12, date.max.year), number % 12 + 1, 1)


def _text(limit: float, *, day: bool) -> str:
    if day:
        return (EPOCH + timedelta(days=int(limit))).isoformat()
    short = f"{limit:.12g}"
    return short if float(short) == limit else repr(limit)
