"""Twins: each segment said as a rule of at most four plain conditions, measured on customers it was not made from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import (
    Clustering,
    Condition,
    Customers,
    Labels,
    Note,
    Progress,
    RuleTwin,
    Step,
    Twins,
    silent,
)
from segment_core.errors import OptionError
from segment_core.labelling import asked, beam, rounding
from segment_core.labelling.asked import Asked
from segment_core.labelling.beam import Found, Goal
from segment_core.labelling.rules import Mask, apply_rule
from segment_core.labelling.sql import matches, sql
from segment_core.messages import Message, say

HELD_OUT = 0.3
MOST_FOUND_IN = 15_000
MOST_OF_A_SEGMENT_KEPT = 300
MOST_HELD_OUT = 50_000
MOST_COLUMNS = 60
FEWEST_HELD_OUT = 5
"""Customers of a segment that must be held out before anything is said of how well a rule finds them."""
FEWEST_TO_VALIDATE = 40
SAYABLE = 0.6
"""F1 on held-out customers below which a rule is no stand-in for the segment."""
LEAST_GAIN = 0.25
"""Part of what is missing to a perfect rule that must be gained over simply naming everybody."""
WORTH = 0.006
"""F1 on customers set aside that one more condition must bring."""


@dataclass(frozen=True, slots=True, eq=False)
class _Split:
    """Places of customers: searched, with how many each stands for, and held out."""

    fit: Labels
    weights: NDArray[np.float64]
    held_out: Labels


def twin(
    customers: Customers, group: Mask, seed: int = 0, *, name: str = "", leave_out: Sequence[str] = ()
) -> RuleTwin:
    """Say a group of customers (n,) as a rule: found in 70 % of the customers, measured on the other 30 %.

    See `twins`.
    """
    labels = np.where(group, 0, 1)
    split = _split(customers, labels, seed)
    ready = _columns(customers, split, leave_out)
    return _twin(customers, group, name, split, ready=ready, leave_out=leave_out)


def twins(
    customers: Customers,
    clustering: Clustering,
    seed: int = 0,
    progress: Progress = silent,
    *,
    leave_out: Sequence[str] = (),
) -> Twins:
    """Say each segment as a rule of at most four conditions, all of which must be met.

    Rules are found by beam search (as in subgroup discovery, Lavrač et al. 2004) for the best F1 in 70 % of each
    segment's customers; conditions that bring nothing on a part of these set aside are dropped, and limits become
    round where that costs next to nothing. Precision, recall and coverage are those among the other 30 %, who had no
    say. Ids, names, consent and columns set aside are not asked, nor those in `leave_out`; of texts single words are.

    A rule describes; it is not what made the segments, and its conditions are no causes. Where F1 is below 0.6, or
    hardly better than by naming everybody, the segment cannot be said as a rule, and `sayable` is False. Up to 15,000
    customers are searched and 50,000 held out; of larger segments fewer are searched and each counts for more.
    """
    ids = [segment.id for segment in clustering.segments]
    split = _split(customers, clustering.labels, seed)
    step = Step("twins", {"seed": seed, "leave_out": list(leave_out)})
    if len(ids) < 2:
        reason = say("There is only one segment: every customer is in it, so there is nothing to tell apart.")
        return Twins(tuple(RuleTwin(id_, (), sayable=False, reason=reason) for id_ in ids), step)
    progress(0, len(ids), say("Reading the columns"))
    ready = _columns(customers, split, leave_out)
    found = []
    for number, id_ in enumerate(ids):
        progress(number, len(ids), say("Looking for a rule for segment {name}", name=id_))
        found.append(_twin(customers, clustering.labels == number, id_, split, ready=ready, leave_out=leave_out))
    progress(len(ids), len(ids), say("Rules found"))
    return Twins(tuple(found), step, _notes(customers, split, ready))


def share_interval(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927); from 0 to 1 where nobody was counted.

    Examples
    --------
    >>> [round(limit, 3) for limit in share_interval(9, 10)]
    [0.596, 0.982]
    """
    if not n:
        return 0.0, 1.0
    share, squared = hits / n, 1.959964**2
    middle = (share + squared / (2 * n)) / (1 + squared / n)
    half = 1.959964 * math.sqrt(share * (1 - share) / n + squared / (4 * n * n)) / (1 + squared / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def _twin(
    customers: Customers,
    group: Mask,
    name: str,
    split: _Split,
    *,
    ready: Sequence[Asked],
    leave_out: Sequence[str],
) -> RuleTwin:
    n_segment, n_held_out = int(group[split.held_out].sum()), len(split.held_out)
    nothing = RuleTwin(name, (), sayable=False, n_held_out=n_held_out, n_segment=n_segment, n_found_in=len(split.fit))
    if min(n_segment, n_held_out - n_segment) < FEWEST_HELD_OUT:
        few = say(
            "There are too few customers to check a rule: {n} of the segment and {others} others were held out, and "
            "{needed} of each are needed.",
            n=n_segment,
            others=n_held_out - n_segment,
            needed=FEWEST_HELD_OUT,
        )
        return replace(nothing, reason=few)
    goal = Goal(group[split.fit], split.weights)
    some = replace(customers, frame=customers.frame.iloc[split.fit], said=None)
    spoken = asked.words(some, goal.group, leave_out)
    columns = [*_telling(ready, goal), *spoken]
    if not columns:
        return replace(nothing, reason=say("There is no column that a plain condition can be asked of."))
    conditions = rounding.written(_best(columns, goal), goal)
    query = _checked(customers, conditions)
    if not query and any("contain" in condition.op for condition in conditions) and len(columns) > len(spoken):
        conditions = rounding.written(_best(columns[: -len(spoken)], goal), goal)
        query = _checked(customers, conditions)
    held_out = replace(customers, frame=customers.frame.iloc[split.held_out], said=None)
    named = apply_rule(held_out, conditions)
    made = replace(
        nothing,
        conditions=conditions,
        sql=query,
        n_named=int(named.sum()),
        n_both=int((named & group[split.held_out]).sum()),
    )
    reason = _why_not(made)
    return replace(made, sayable=reason is None, reason=reason)


def _best(columns: Sequence[Asked], goal: Goal) -> Found:
    """Choose how many conditions are worth it on customers set aside, then set them with everybody searched."""
    n = len(goal.group)
    aside = np.arange(n) % 4 == 3  # the order is random already
    if goal.group.sum() < FEWEST_TO_VALIDATE or (~goal.group).sum() < FEWEST_TO_VALIDATE:
        paths = beam.paths(columns, goal)
        cost = 3 * WORTH
        chosen = max(paths, key=lambda found: found.score - cost * len(found.parts))
        return _pruned(beam.improved(chosen, goal), goal)
    fit, other = np.flatnonzero(~aside), np.flatnonzero(aside)
    inside = Goal(goal.group[fit], goal.weights[fit])
    outside = Goal(goal.group[other], goal.weights[other])
    paths = [beam.improved(found, inside) for found in beam.paths([asked.only(one, fit) for one in columns], inside)]
    paths = [_pruned(_moved(found, columns, other), outside) for found in paths]
    chosen = max(paths, key=lambda found: found.score - WORTH * len(found.parts))
    return _pruned(beam.improved(_scored(_moved(chosen, columns, np.arange(n)), goal), goal), goal)


def _pruned(found: Found, goal: Goal) -> Found:
    """Drop conditions, the most useless first, as long as each brings too little."""
    found = _scored(found, goal)
    while len(found.parts) > 1:
        shorter = [
            _scored(Found((*found.parts[:place], *found.parts[place + 1 :]), found.named, 0.0), goal)
            for place in range(len(found.parts))
        ]
        best = max(shorter, key=lambda one: one.score)
        if best.score < found.score - WORTH:
            break
        found = best
    return found


def _moved(found: Found, columns: Sequence[Asked], rows: Labels) -> Found:
    """Ask the same conditions of other customers."""
    place = {(one.column, one.kind, one.levels): one for one in columns}
    parts = tuple(
        replace(part, asked=asked.only(place[part.asked.column, part.asked.kind, part.asked.levels], rows))
        for part in found.parts
    )
    return Found(parts, np.ones(len(rows), dtype=bool), found.score)


def _scored(found: Found, goal: Goal) -> Found:
    named = np.ones(len(goal.group), dtype=bool)
    for part in found.parts:
        named &= part.met()
    return Found(found.parts, named, goal.f1(named))


def _why_not(made: RuleTwin) -> Message | None:
    everybody = 2 * made.n_segment / (made.n_held_out + made.n_segment)
    gain = (made.f1 - everybody) / max(1 - everybody, 1e-9)
    if made.f1 >= SAYABLE and gain >= LEAST_GAIN:
        return None
    if made.f1 >= SAYABLE:
        return say(
            "This segment cannot be said as a rule: the best one (F1 {best}) is hardly better than naming everybody "
            "({everybody}).",
            best=f"{made.f1:.2f}",
            everybody=f"{everybody:.2f}",
        )
    return say(
        "This segment cannot be said as a rule of at most four conditions: the best one reaches an F1 of {best} on "
        "customers held out, and {needed} is needed.",
        best=f"{made.f1:.2f}",
        needed=f"{SAYABLE:.1f}",
    )


def _checked(customers: Customers, conditions: Sequence[Condition]) -> str:
    """Return the rule's SQL if a database finds exactly the same customers with it, else ""."""
    try:
        return sql(conditions, customers) if matches(conditions, customers) else ""
    except OptionError:  # such as names that a database cannot tell apart: there is no such query
        return ""


def _split(customers: Customers, labels: Labels, seed: int) -> _Split:
    """Hold 30 % of each segment out, and draw whom to search from the rest; by id, so that row order has no say."""
    by_id = np.argsort(customers.frame.index.astype(str).to_numpy(dtype=str), kind="stable")
    random = np.random.default_rng(seed)
    fit, held_out, weights = [], [], []
    n, k = len(labels), int(labels.max()) + 1 if len(labels) else 0
    for number in range(k):
        own = random.permutation(by_id[labels[by_id] == number])
        out = round(HELD_OUT * len(own))
        rest = own[out:]
        kept = min(len(rest), max(round(MOST_FOUND_IN * len(own) / n), MOST_OF_A_SEGMENT_KEPT))
        held_out.append(own[: min(out, math.ceil(MOST_HELD_OUT * len(own) / n))])  # in proportion: shares must be true
        fit.append(rest[:kept])
        weights.append(np.full(kept, len(rest) / max(kept, 1)))
    mixed = random.permutation(sum(map(len, fit)))
    return _Split(np.concatenate(fit)[mixed], np.concatenate(weights)[mixed], np.concatenate(held_out))


def _columns(customers: Customers, split: _Split, leave_out: Sequence[str]) -> list[Asked]:
    return asked.columns(replace(customers, frame=customers.frame.iloc[split.fit], said=None), leave_out)


def _telling(ready: Sequence[Asked], goal: Goal) -> list[Asked]:
    """Of very many columns, return those that say most by themselves."""
    if len(ready) <= MOST_COLUMNS:
        return list(ready)
    scores = [max((found.score for found in beam.paths([one], goal, most=1)), default=0.0) for one in ready]
    kept = sorted(range(len(ready)), key=lambda place: (-scores[place], place))[:MOST_COLUMNS]
    return [ready[place] for place in sorted(kept)]


def _notes(customers: Customers, split: _Split, ready: Sequence[Asked]) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = ()
    seen = len(split.fit) + len(split.held_out)
    if seen < len(customers):
        message = say(
            "Of {n:,} customers {fit:,} were drawn to find the rules and {held_out:,} others to measure them.",
            n=len(customers),
            fit=len(split.fit),
            held_out=len(split.held_out),
        )
        notes += (Note("drawn", message, seen),)
    if len(ready) > MOST_COLUMNS:
        message = say(
            "There are {n} columns; for each segment the {most} that tell most by themselves were combined.",
            n=len(ready),
            most=MOST_COLUMNS,
        )
        notes += (Note("columns", message, len(ready)),)
    return notes
