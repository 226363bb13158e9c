"""Matching: ids of results that are a campaign's but for how they are written, which spreadsheets change."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

_DECIMALS = re.compile(r"[.,]0+$")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_SIGNS = re.compile(r"[\W_]+")


def _cut(one: str) -> str:
    return _DECIMALS.sub("", one.strip())


# From what a spreadsheet does to what a person does; each takes in the ones before.
_FORMS: tuple[Callable[[str], str], ...] = (
    _cut,
    lambda one: _ZEROS.sub("", _cut(one)),
    lambda one: _ZEROS.sub("", _SIGNS.sub("", _cut(one)).casefold()),
    lambda one: "".join(re.findall(r"\d+", _cut(one))).lstrip("0"),
)


@dataclass(frozen=True, slots=True)
class Nearly:
    """How many ids would match were they written as in the campaign; one as it stands (`theirs`) and as it should."""

    n: int
    theirs: str
    ours: str


def nearly(ours: Collection[str], theirs: Collection[str]) -> Nearly | None:
    """Return how many of `theirs` are of `ours` but for a “.0”, zeros at the start, signs, case or letters; or None.

    What two of ours, or two of theirs, would be read as is nobody's. Ids that match as they stand are set aside first.
    """
    open_ours, open_theirs = set(ours) - set(theirs), sorted(set(theirs) - set(ours))
    best: Nearly | None = None
    for form in _FORMS:
        mine, their = _unique(open_ours, form), _unique(open_theirs, form)
        both = sorted((their[key], mine[key]) for key in their.keys() & mine.keys())
        if both and (best is None or len(both) > best.n):
            best = Nearly(len(both), *both[0])
    return best


def _unique(ids: Collection[str], form: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, str | None] = {}
    for one in ids:
        key = form(one)
        found[key] = None if key in found else one
    return {key: one for key, one in found.items() if key and one is not None}
