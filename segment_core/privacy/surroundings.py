"""Surroundings: what the words beside a number say it is, and whose numbers a text in this language may hold."""

import re
from collections.abc import Mapping
from functools import cache

from segment_core.privacy.wording import HINTS, LANGUAGES, REGIONS, SCRIPTS

KINDS = ("EMAIL", "PHONE", "CARD", "IBAN", "ID", "IP", "ADDRESS", "NAME", "CUSTOMER")
TAG = re.compile(rf"\[(?:{'|'.join(KINDS)})(?: \d+)?\]")
FAR, NEAR = 48, 26
"""Characters before a number in which a word that names it, and one that speaks against it, are looked for."""

_PAUSE = re.compile(r"[!?。！？；\n\]]|\.\s+(?=[^\W\d_a-z])")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_READ = 4000
_EASTERN = 0x2E80
_FOLDED: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **{start + value: str(value) for start in (0x0660, 0x06F0, 0x0966, 0x09E6) for value in range(10)},
}


def plain(text: str) -> str:
    """Write full-width letters, other scripts' digits, dashes and blanks as ASCII; every character stays in place."""
    return text if text.isascii() else text.translate(_FOLDED)


def hint(text: str, start: int) -> str:
    """Return what the nearest word before `start` calls a number: "phone", "order", "ip", a country's id…; or "".

    Words that speak against personal data ("order", "version") count only when they stand near. A
    pause ends the search, and so does a tag.

    Examples
    --------
    >>> hint("order late, call 5550132", 17), hint("SKU 5550132", 4)
    ('phone', 'order')
    """
    window = text[max(0, start - FAR) : start]
    pauses = [match.end() for match in _PAUSE.finditer(window)]
    offset = pauses[-1] if pauses else 0
    near = len(window) - offset - NEAR
    said = reversed(_labels(window[offset:]))
    return next((label for end, label in said if label not in ("order", "version") or end >= near), "")


def hint_after(text: str, end: int) -> str:
    """Return what the words right behind a number call it: "phone" (… is my mobile), "unit" (… kg), or ""."""
    if _UNIT.match(text, end):
        return "unit"
    window = text[end : end + 16]
    pause = _PAUSE.search(window)
    said = _labels(window[: pause.start()] if pause else window)
    return said[0][1] if said else ""


def _labels(window: str) -> list[tuple[int, str]]:
    """Return where each word that names a number ends, and what it says, left to right."""
    words, beginnings, eastern = _hints()
    said = [] if window.isascii() else [(match.end(), words[match.group()]) for match in eastern.finditer(window)]
    tokens = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(window.lower())]
    for place, (word, begins, end) in enumerate(tokens):
        start = begins
        phrases = [word]
        for earlier, one, two in reversed(tokens[max(0, place - 2) : place]):
            if start - two > 2:
                break
            start = one
            phrases.insert(0, f"{earlier} {phrases[0]}")
        label = next((words[phrase] for phrase in phrases if phrase in words), "")
        label = label or next((beginnings[word[:n]] for n in range(len(word), 2, -1) if word[:n] in beginnings), "")
        if label:
            said.append((end, label))
    return sorted(said)


_UNIT = re.compile(
    r" ?(?:%|‰|[€$£¥₹]|(?:eur|euros?|usd|gbp|inr|pln|z[łl]|kr|sek|kg|g|km|m|cm|mm|mah|mb|gb|kwh|pcs|st[üu]ck|元|块|万|人|件|个|米|次)"  # noqa: E501
    r"(?![^\W\d_]))",
    re.IGNORECASE,
)


def languages_of(text: str) -> tuple[str, ...]:
    """Return the languages a text may be in, by its script and small words; () where nothing speaks for one."""
    seen = text[:_LONGEST_READ]
    for language, pattern in SCRIPTS.items():
        if not text.isascii() and re.search(pattern, seen):
            return (language,)
    words = set(_WORD.findall(TAG.sub(" ", seen).lower()))
    scores = {language: len(words & small) for language, small in _small_words().items()}
    best = max(scores.values())
    return tuple(language for language, score in scores.items() if score == best) if best else ()


def regions_of(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the regions whose phone numbers and ids texts in these languages may hold, likeliest first."""
    return tuple(dict.fromkeys(region for language in languages for region in REGIONS[language]))


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in LANGUAGES.items()}


@cache
def _hints() -> tuple[Mapping[str, str], Mapping[str, str], re.Pattern[str]]:
    """Return what whole words and phrases say, what beginnings say, and a pattern of the Chinese ones."""
    words: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for label, listed in HINTS.items():
        for word in listed.split():
            if word.endswith("*"):
                beginnings[word.removesuffix("*")] = label
            else:
                words[" ".join(_WORD.findall(word.replace("_", " ")))] = label
    eastern = sorted((word for word in words if ord(word[0]) > _EASTERN), key=len, reverse=True)
    return words, beginnings, re.compile("|".join(map(re.escape, eastern)))
