"""Finding: personal data in a text, each piece once."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from segment_core.privacy import addresses, banking, digits, internet, national_ids
from segment_core.privacy.found import Found
from segment_core.privacy.known import Known
from segment_core.privacy.names import Names
from segment_core.privacy.surroundings import TAG, languages_of, plain, regions_of

_VEILED = re.compile(r" dot |[\[({](?:at|ät|arroba|a)[\])}]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONG_ENOUGH = re.compile(r"(?:\d[^\n\d]{0,3}){6}\d")
_LETTERS_AND_DIGITS = re.compile(r"(?:[A-Za-z]\d|\d[A-Za-z]|[A-Za-z] \d\d ?\d\d|\d-[A-Za-z])")


def find(
    text: str, *, names: Names | None = None, region: str | None = None, known: Known | None = None
) -> tuple[Found, ...]:
    """Find personal data, left to right and without overlaps; tags that `mask` left are passed over.

    Best effort: what has check digits or a fixed shape (e-mail, card, IBAN, national id, IP) is
    found nearly always, phones where the text or `region` ("DE") says whose they are, street
    addresses often, names only those of the index, and ids of customers only those of `known`.

    Examples
    --------
    >>> [(found.kind, found.value) for found in find("Call +44 20 7946 0958 or write to jo@example.org")]
    [('PHONE', '+44 20 7946 0958'), ('EMAIL', 'jo@example.org')]
    >>> find("Order 4839201756 of 2024-03-17 cost $1,249.99")
    ()
    """
    seen = plain(text)
    held = _Held(TAG.finditer(seen) if "[" in seen else ())
    for found in _candidates(seen, names, region, known):
        held.take(found)
    if seen is text:
        return held.found()
    return tuple(_as_written(found, text) for found in held.found())


def _candidates(text: str, names: Names | None, region: str | None, known: Known | None) -> Iterator[Found]:
    """Yield what may be personal data, the surest first; where two overlap, the first counts."""
    if "@" in text or _VEILED.search(text):
        yield from internet.emails(text)
    if _DIGIT.search(text):
        if _LETTERS_AND_DIGITS.search(text):
            yield from banking.ibans(text)
            yield from national_ids.with_letters(text)
        if text.count(".") >= 3 or text.count(":") >= 2:
            yield from internet.addresses(text)
        if _LONG_ENOUGH.search(text):
            regions = regions_of(languages_of(text))
            yield from digits.numbers(text, (region, *regions) if region else regions)
        yield from addresses.addresses(text)
    if known is not None:
        yield from known.find(text)
    if names is not None:
        yield from names.find(text)


class _Held:
    """Spans that are taken, in order, so that an overlap is seen at once."""

    def __init__(self, tags: "Iterator[re.Match[str]] | tuple[()]") -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._found: list[Found | None] = []
        for tag in tags:
            self._starts.append(tag.start())
            self._ends.append(tag.end())
            self._found.append(None)

    def take(self, found: Found) -> None:
        place = bisect_right(self._starts, found.start)
        if place and self._ends[place - 1] > found.start:
            return
        if place < len(self._starts) and self._starts[place] < found.end:
            return
        self._starts.insert(place, found.start)
        self._ends.insert(place, found.end)
        self._found.insert(place, found)

    def found(self) -> tuple[Found, ...]:
        return tuple(found for found in self._found if found is not None)


def _as_written(found: Found, text: str) -> Found:
    return Found(found.kind, found.start, found.end, text[found.start : found.end], found.normal)
