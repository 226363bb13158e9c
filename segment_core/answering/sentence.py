"""Sentence: what an answer's rows say, with every figure filled in by code."""

from collections.abc import Sequence

from segment_core.answering.asked import Asked
from segment_core.answering.table import FEWEST, Row
from segment_core.messages import Message, say

SHARES = ("share", "mentions", "complaints")


def sentence(asked: Asked, rows: Sequence[Row]) -> Message:
    """Say what the rows answer: groups too small to compare are left out, ties and overlapping intervals told."""
    known = [row for row in rows if row.value is not None]
    if not known or not any(row.base for row in known):
        return say("Nothing is known of the customers who were asked about.")
    if not asked.by:
        return _one(asked, known[0])
    fair = known if asked.measure == "count" else [row for row in known if row.base >= FEWEST]
    if not fair:
        return say("Every group has fewer than {n} customers of whom this is known, too few to compare.", n=FEWEST)
    return _ranked(asked, fair) if asked.order else say("{n} groups are compared below.", n=len(known))


def _ranked(asked: Asked, fair: Sequence[Row]) -> Message:
    first = fair[0]
    tied = [row.name for row in fair if row.value == first.value]
    value = figure(asked, first)
    if len(tied) > 1:
        return say("{names} are level, at {value} each.", names=", ".join(tied), value=value)
    if asked.limit > 1:
        listed = ", ".join(f"{row.name} ({figure(asked, row)})" for row in fair[: asked.limit])
        return say("In order: {groups}.", groups=listed)
    if len(fair) > 1 and _overlap(first, fair[1]):
        return _close(asked, first, fair[1])
    if asked.order == "least":
        return say(
            "{name} is lowest with {value} (of {base:,} customers).", name=first.name, value=value, base=first.base
        )
    return say("{name} is highest with {value} (of {base:,} customers).", name=first.name, value=value, base=first.base)


def _close(asked: Asked, first: Row, following: Row) -> Message:
    value, other, second, base = figure(asked, first), following.name, figure(asked, following), first.base
    if asked.order == "least":
        return say(
            "{name} is lowest with {value} (of {base:,} customers), then {other} with {second}; the difference "
            "may be chance, as their intervals overlap.",
            name=first.name,
            value=value,
            base=base,
            other=other,
            second=second,
        )
    return say(
        "{name} is highest with {value} (of {base:,} customers), then {other} with {second}; the difference "
        "may be chance, as their intervals overlap.",
        name=first.name,
        value=value,
        base=base,
        other=other,
        second=second,
    )


def figure(asked: Asked, row: Row) -> str:
    """Write a row's value as it is read."""
    if row.value is None:
        return "–"
    if asked.measure in SHARES:
        return f"{row.value:.1%}"
    return f"{row.value:,.0f}" if row.value == round(row.value) else f"{row.value:,.2f}"


def _one(asked: Asked, row: Row) -> Message:
    value = figure(asked, row)
    if asked.measure == "count":
        return say("It is {value} customers.", value=value)
    if row.base < FEWEST:
        return say("It is {value}, but known of only {base} customers.", value=value, base=row.base)
    if asked.measure in SHARES:
        return say(
            "It is {value}: {n:,} of {base:,} customers of whom it is known.", value=value, n=row.n, base=row.base
        )
    return say("It is {value}, from {base:,} customers of whom it is known.", value=value, base=row.base)


def _overlap(one: Row, other: Row) -> bool:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high
