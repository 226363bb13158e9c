"""Surroundings: what the words beside a number say it is, and whose numbers a text in this language may hold."""

import re
from collections.abc import Mapping
from functools import cache

from segment_core.privacy.wording import HINTS, LANGUAGES, REGIONS, SCRIPTS

KINDS = ("EMAIL", "PHONE", "CARD", "IBAN", "ID", "IP", "ADDRESS", "NAME")
TAG = re.compile(rf"\[(?:{'|'.join(KINDS)})(?: \d+)?\]")
FAR, NEAR = 48, 26
"""Characters before a number in which a word that names it, and one that speaks against it, are looked for."""

_PAUSE = re.compile(r"[!?。！？；\n\]]|\.\s+(?=[^\W\d_a-z])")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_READ = 4000
_FOLDED = {
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
    found = ""
    for match in _hints().finditer(window, offset):
        label = match.lastgroup or ""
        if label not in ("order", "version") or len(window) - match.end() <= NEAR:
            found = label
    return found


def hint_after(text: str, end: int) -> str:
    """Return what the words right behind a number call it: "phone" (… is my mobile), "unit" (… kg), or ""."""
    window = text[end : end + 16]
    if _UNIT.match(window):
        return "unit"
    match = _hints().search(window)
    return match.lastgroup or "" if match and not _PAUSE.search(window, 0, match.start()) else ""


_UNIT = re.compile(
    r" ?(?:%|‰|[€$£¥₹]|(?:eur|euros?|usd|gbp|inr|pln|z[łl]|kr|sek|kg|g|km|m|cm|mm|mah|mb|gb|kwh|pcs|st[üu]ck|元|块|万|人|件|个|米|次)"
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
def _hints() -> re.Pattern[str]:
    """Compile all hints: "tel" is a whole word, "bestell*" a beginning, Chinese stands anywhere, "_" is a blank."""

    def one(word: str) -> str:
        written = re.escape(word.removesuffix("*")).replace("_", r"[ \-]?")
        if not word[0].isascii() and ord(word[0]) > 0x2E80:
            return written
        return rf"(?<![^\W\d_]){written}" + ("" if word.endswith("*") else r"(?![^\W\d_])")

    groups = [f"(?P<{label}>{'|'.join(one(word) for word in words.split())})" for label, words in HINTS.items()]
    return re.compile("|".join(groups), re.IGNORECASE)
