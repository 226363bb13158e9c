"""Limits: the numbers in a question, as conditions on the columns that they limit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from segment_core.answering.vocabulary import Mention, Named
from segment_core.answering.words import LEAST, MOST, words_of
from segment_core.artifacts import Condition, Customers

_BEFORE: tuple[tuple[str, str], ...] = (
    (r"at least|minimum of", "≥"),
    (r"at most|up to|maximum of", "≤"),
    (r"(?:more|older|higher|greater|larger|further) than|over|above|exceeding", ">"),
    (r"(?:less|younger|fewer|lower|smaller) than|under|below", "<"),
    (r"exactly|equal to|with|have|has", "="),
)
_AFTER: tuple[tuple[str, str], ...] = (
    (r"(?:years )?or (?:more|older|above)(?! than)", "≥"),
    (r"(?:years )?or (?:less|younger)(?! than)", "≤"),
)
_OLDEST = 120
_WHO = words_of(
    "who that those everyone everybody anyone anybody customer customers client clients shopper shoppers person "
    "persons people member members men women"
)
_HAVING = words_of("have has having with own owns")


@dataclass(frozen=True, slots=True)
class Limits:
    """Conditions with numbers, the mentions and token places they use, and a number that could not be read.

    `nobody` tells that none of something was asked for, of which everybody has some.
    """

    conditions: tuple[Condition, ...] = ()
    used: tuple[Mention, ...] = ()
    places: frozenset[int] = frozenset()
    unread: str = ""
    nobody: bool = False


def limits_in(words: Sequence[str], mentions: Sequence[Mention], ages: Sequence[Named] = ()) -> Limits:
    """Read every number of a question as a limit of the number column named nearest to it.

    "Customers over 60" are limited by the one column of `ages`, where there is just one.
    """
    owned = {place for mention in mentions for place in mention.places}
    columns = [mention for mention in mentions if mention.named.kind == "number"]
    conditions, used, places = [], [], set()
    place = 0
    while place < len(words):
        if place in owned or not words[place][0].isdigit():
            place += 1
            continue
        values, op, taken = _limit(words, place)
        column = _nearest(columns, _joined(words, taken), words)
        if column is None or column.named not in ages:
            column = _aged(words, taken, op, columns, ages) or column
        if not op or column is None:
            return Limits(unread=words[place])
        conditions.append(Condition(column.named.column, op, values))
        used.append(column)
        places |= taken
        place = max(taken) + 1
    return Limits(tuple(conditions), tuple(used), frozenset(places))


def some_of(limits: Limits, words: Sequence[str], mentions: Sequence[Mention], customers: Customers) -> Limits:
    """Add "> 0" for counts that are just had, as pets in "customers with pets"."""
    ranked = bool((MOST | LEAST).intersection(words))
    for mention in mentions:
        first, column = min(mention.places), mention.named.column
        if mention.named.kind != "number" or mention in limits.used or customers.column(column).role != "count":
            continue
        if first == 0 or words[first - 1] not in _HAVING or (ranked and words[max(first - 2, 0)] not in _WHO):
            continue
        limits = replace(
            limits,
            conditions=(*limits.conditions, Condition(column, ">", ("0",))),
            used=(*limits.used, mention),
            places=limits.places | mention.places,
        )
    return limits


def none_of(limits: Limits, denied: Sequence[Mention], frame: pd.DataFrame) -> Limits:
    """Add "= 0" for numbers that are denied, as pets in "no pets"; `nobody` tells that all have some."""
    for mention in denied:
        column = mention.named.column
        if mention.named.kind != "number" or mention in limits.used:
            continue
        if not bool((frame[column] == 0).any()):
            return replace(limits, nobody=True)
        limits = replace(
            limits,
            conditions=(*limits.conditions, Condition(column, "=", ("0",))),
            used=(*limits.used, mention),
            places=limits.places | mention.places,
        )
    return limits


def _limit(words: Sequence[str], place: int) -> tuple[tuple[str, ...], str, set[int]]:
    number = words[place].replace(",", "")
    if place >= 1 and words[place - 1] == "between" and place + 2 < len(words) and words[place + 2][0].isdigit():
        return (number, words[place + 2].replace(",", "")), "between", {place - 1, place, place + 1, place + 2}
    if place + 2 < len(words) and words[place + 1] == "to" and words[place + 2][0].isdigit():
        return (number, words[place + 2].replace(",", "")), "between", {place, place + 1, place + 2}
    after = " ".join(words[place + 1 : place + 4])
    for pattern, op in _AFTER:
        found = re.match(rf"(?:{pattern})\b", after)
        if found:
            return (number,), op, set(range(place, place + 1 + len(found[0].split())))
    before = " ".join(words[max(0, place - 2) : place])
    for pattern, op in _BEFORE:
        found = re.search(rf"\b(?:{pattern})$", before)
        if found:
            taken = set(range(place - len(found[0].split()), place + 1))
            return (number,), op, taken
    return (number,), "", {place}


def _aged(
    words: Sequence[str], taken: set[int], op: str, columns: Sequence[Mention], ages: Sequence[Named]
) -> Mention | None:
    """Return the age where a number that may be one stands right behind the people, and no column right behind it."""
    first, last = min(taken), max(taken)
    number = next(float(words[place].replace(",", "")) for place in sorted(taken) if words[place][0].isdigit())
    behind = any(last < min(mention.places) <= last + 2 for mention in columns)
    before = list(words[:first])
    while before and before[-1] in ("are", "is", "aged"):
        before.pop()
    if len(ages) != 1 or op in ("", "=") or number > _OLDEST or behind or not before or before[-1] not in _WHO:
        return None
    return Mention(ages[0], frozenset())


def _joined(words: Sequence[str], taken: set[int]) -> set[int]:
    """Return the places of a limit with those of a limit that "and" joins to it: they limit one column."""
    last = max(taken)
    if words[last + 1 : last + 2] not in (["and"], ["but"]):
        return taken
    for place in range(last + 2, min(last + 5, len(words))):
        if words[place][0].isdigit():
            _, op, more = _limit(words, place)
            return taken | more if op and min(more) == last + 2 else taken
    return taken


def _nearest(columns: Sequence[Mention], taken: set[int], words: Sequence[str]) -> Mention | None:
    """Return the column whose words stand nearest, and at most three tokens away; those after it win."""

    def away(mention: Mention) -> tuple[int, int]:
        first, last = min(mention.places), max(mention.places)
        if first > max(taken):
            return first - max(taken), 0
        return (max(min(taken) - last, 0), 1)

    near = [mention for mention in columns if away(mention)[0] <= 4]
    if near:
        return min(near, key=away)
    return None


def either(words: Sequence[str], mentions: Sequence[Mention], limits: Limits) -> bool:
    """Tell whether an "or" joins anything but two categories of one column: all conditions are held at once."""
    owner = {p: m.named.column for m in mentions if m.named.kind in ("value", "segment") for p in m.places}
    owner |= {place: f"limit {place}" for place in limits.places}
    for place, word in enumerate(words):
        if word not in ("or", "either") or place in limits.places:
            continue
        before = [owner[p] for p in sorted(owner) if p < place]
        after = [owner[p] for p in sorted(owner) if p > place]
        if before and after and before[-1] != after[0]:
            return True
    return False
