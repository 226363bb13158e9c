"""Masking: personal data become tags; the same datum gets the same tag, whatever the order of the rows."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from segment_core.privacy.finding import find
from segment_core.privacy.found import Found
from segment_core.privacy.known import Known
from segment_core.privacy.names import Names
from segment_core.privacy.surroundings import KINDS, TAG

EXAMPLES = 5
_AROUND = 30


class Tags:
    """A register that numbers values by kind, in the order in which they are asked for.

    Examples
    --------
    >>> tags = Tags()
    >>> tags.tag("EMAIL", "b@example.org"), tags.tag("EMAIL", "a@example.org"), tags.tag("EMAIL", "b@example.org")
    ('[EMAIL 1]', '[EMAIL 2]', '[EMAIL 1]')
    """

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {}

    def tag(self, kind: str, normal: str) -> str:
        """Return the tag of a value in its one form."""
        numbers = self._numbers.setdefault(kind, {})
        return f"[{kind} {numbers.setdefault(normal, len(numbers) + 1)}]"


@dataclass(frozen=True, slots=True)
class Example:
    """A snippet of a text before and after: for the eyes of the analyst, on this machine."""

    kind: str
    tag: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Masked:
    """Texts with tags, in the order they came; how many were set by kind; and a few examples of each."""

    texts: tuple[str, ...]
    counts: Mapping[str, int]
    examples: tuple[Example, ...]


def mask(
    text: str, *, names: Names | None = None, tags: Tags | None = None, region: str | None = None
) -> tuple[str, int]:
    """Replace personal data by tags, numbered where there is a register; return the text and how many were set.

    Masking what is masked changes nothing.

    Examples
    --------
    >>> mask("Call +44 20 7946 0958 or write to jo@example.org")
    ('Call [PHONE] or write to [EMAIL]', 2)
    """
    bare, held = _settled(text, names, region)
    return _written(bare, held, tags), sum(found is not None for found in held)


def mask_texts(
    texts: Sequence[str], *, names: Names | None = None, region: str | None = None, known: Known | None = None
) -> Masked:
    """Mask many texts with numbered tags; each distinct text is read once.

    Numbers follow the values' own order, not that of the rows. `counts` counts tags in all rows.

    Examples
    --------
    >>> mask_texts(["Mail b@example.org", "A@example.org or b@example.org"]).texts
    ('Mail [EMAIL 2]', '[EMAIL 1] or [EMAIL 2]')
    """
    rows = Counter(texts)
    settled = {text: _settled(text, names, region, known) for text in rows}
    masked = {text: bare_held for text, bare_held in settled.items() if any(bare_held[1])}
    tags = Tags()
    values = {(found.kind, found.normal) for _, held in masked.values() for found in held if found}
    for kind, normal in sorted(values):
        tags.tag(kind, normal)
    written = {text: _written(bare, held, tags) for text, (bare, held) in masked.items()}
    counts: Counter[str] = Counter()
    for text, (_, held) in masked.items():
        for found in held:
            if found:
                counts[found.kind] += rows[text]
    by_kind = {kind: counts[kind] for kind in KINDS if counts[kind]}
    return Masked(tuple(written.get(text, text) for text in texts), by_kind, _examples(masked, tags))


def untagged(text: str) -> str:
    """Take the numbers out of tags, so that they do not become words of their own.

    Examples
    --------
    >>> untagged("[EMAIL 12] wrote to [NAME 3]")
    '[EMAIL] wrote to [NAME]'
    """
    return TAG.sub(lambda match: match.group().split(" ")[0].rstrip("]") + "]", text) if "[" in text else text


def without_tags(text: str) -> str:
    """Take tags out of a text: what is left are the words that somebody chose.

    Examples
    --------
    >>> without_tags("[EMAIL 12] wrote to [NAME]")
    ' wrote to '
    """
    return TAG.sub("", text) if "[" in text else text


def _settled(
    text: str, names: Names | None, region: str | None, known: Known | None = None
) -> tuple[str, list[Found | None]]:
    """Return a text with bare tags, and what stands behind each; None behind tags that were there before.

    What is masked no longer speaks for or against its neighbours, so the text is read again until
    nothing more is found.
    """
    found = find(text, names=names, region=region, known=known)
    if not found:
        return text, []
    held: list[Found | None] = [None for _ in TAG.finditer(text)]
    while found:
        text, held = _replaced(text, held, found)
        found = find(text, names=names, region=region, known=known)
    return text, held


def _replaced(text: str, held: list[Found | None], found: Iterable[Found]) -> tuple[str, list[Found | None]]:
    spans = [
        (match.start(), match.end(), old, match.group()) for match, old in zip(TAG.finditer(text), held, strict=True)
    ]
    spans += [(new.start, new.end, new, f"[{new.kind}]") for new in found]
    spans.sort(key=lambda span: span[0])
    pieces, place = [], 0
    for start, end, _, tag in spans:
        pieces += [text[place:start], tag]
        place = end
    return "".join([*pieces, text[place:]]), [datum for _, _, datum, _ in spans]


def _written(bare: str, held: Sequence[Found | None], tags: Tags | None) -> str:
    if tags is None or not held:
        return bare
    queue = iter(held)

    def numbered(match: "re.Match[str]") -> str:
        found = next(queue)
        return tags.tag(found.kind, found.normal) if found else match.group()

    return TAG.sub(numbered, bare)


def _examples(masked: Mapping[str, tuple[str, list[Found | None]]], tags: Tags) -> tuple[Example, ...]:
    """Show the first values of each kind by tag, each in the first text of the alphabet that holds it."""
    first: dict[tuple[str, str], str] = {}
    for text in sorted(masked):
        for found in masked[text][1]:
            if found:
                first.setdefault((found.kind, found.normal), text)
    shown: list[Example] = []
    for kind in KINDS:
        of_kind = sorted(key for key in first if key[0] == kind)[:EXAMPLES]
        for key in of_kind:
            bare, held = masked[first[key]]
            found = next(found for found in held if found and (found.kind, found.normal) == key)
            tag = tags.tag(*key)
            before, after = _snippet(first[key], found.value), _snippet(_written(bare, held, tags), tag)
            shown.append(Example(kind, tag, before, after))
    return tuple(shown)


def _snippet(text: str, around: str) -> str:
    at = text.find(around)
    start, end = max(0, at - _AROUND), at + len(around) + _AROUND
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")
