"""Wording: column names and categories as words that fit into a sentence."""

import re
from dataclasses import dataclass
from functools import lru_cache

from segment_core.artifacts import EvidenceItem
from segment_core.llm.filters import is_unseen, reads_like_a_command, unfit

LONG, SHORT = 34, 17
"""How many characters a column or category may take in a sentence, and in a name."""

_COUNT_WORDS = frozenset({"num", "number", "n", "count", "cnt", "nb", "qty", "quantity"})
_GENERIC_VALUES = frozenset(
    [
        "yes",
        "no",
        "true",
        "false",
        "none",
        "other",
        "unknown",
        "na",
        "n/a",
        "y",
        "n",
        "m",
        "f",
        "t",
        "is",
        "of",
        "on",
        "in",
        "是",
        "否",
        "有",
        "无",
        "男",
        "女",
    ]
)
_YES = frozenset({"yes", "true", "y", "是", "有"})


@lru_cache(8192)
def clean(text: str, longest: int = 80) -> str:
    r"""Make foreign text safe to stand in a line: one line, no invisible characters, no slot brackets, not too long.

    Examples
    --------
    >>> clean("two\nlines\u200b ⟦S1.f1⟧")
    'two lines [S1.f1]'
    """
    seen = "".join(" " if letter.isspace() else letter for letter in text if letter.isspace() or not is_unseen(letter))
    return _cut(" ".join(seen.replace("⟦", "[").replace("⟧", "]").split()), longest)


def term_of(item: EvidenceItem, longest: int = 80) -> str:
    """Return a term as it is written; between Chinese words stands no space, as two of them are listed."""
    return re.sub("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", clean(item.text or item.label, longest))


@lru_cache(8192)
def humanise(name: str) -> str:
    """Turn a column name into words.

    Examples
    --------
    >>> humanise("MntWines"), humanise("avg_order_value"), humanise("AcceptedCmp3")
    ('Mnt wines', 'Avg order value', 'Accepted cmp 3')
    """
    text = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z]{2})(?=\d)", " ", clean(name))
    words = re.sub(r"[_.\s]+|(?<=\w)-(?=\w)", " ", text).split()
    shouting = all(word.isupper() for word in words) and any(len(word) > 3 for word in words)
    lowered = [word.lower() if shouting or not (word.isupper() and len(word) > 1) else word for word in words]
    return capital(" ".join(lowered))


_SPELLED = {
    "amt": "amount",
    "avg": "average",
    "cat": "category",
    "cmp": "campaign",
    "cust": "customer",
    "dept": "department",
    "freq": "frequency",
    "pct": "percent",
    "prod": "product",
    "prods": "products",
    "rev": "revenue",
    "trx": "transactions",
    "txn": "transactions",
}


def spelled(column: str) -> str:
    """Spell out the usual abbreviations in a column's words, and leave what is none.

    Examples
    --------
    >>> spelled("Mnt meat products"), spelled("Avg order value"), spelled("Recommended IND")
    ('Spend on meat', 'Average order value', 'Recommended')
    """
    words = column.split()
    if len(words) > 1 and words[-1].casefold() in ("ind", "flag", "yn"):
        words = words[:-1]
    if len(words) > 1 and words[0].casefold() == "mnt":
        rest = [one for one in words[1:] if one not in ("products", "prods")] or words[1:]
        words = ["spend", "on", *rest]
    return capital(" ".join(_SPELLED.get(one.casefold(), one) for one in words))


def capital(text: str) -> str:
    """Start with a capital, and leave the rest alone."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """Start with a small letter, unless the first word is an abbreviation or a name with capitals of its own."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Wording:
    """How to speak of a fact: its column in words, the category if it speaks of one, and what sort of fact it is.

    `sort` is "amount", "count", "time" (dates and years), "flag" (a yes) or "category".
    """

    column: str
    value: str
    sort: str


@lru_cache(8192)
def word(item: EvidenceItem, longest: int = LONG) -> Wording:
    """Find the words for a share, a median or a date."""
    name = item.column or item.label
    column = spelled(humanise(name))
    words = column.split()
    if item.kind == "share":
        value = _value_of(item)
        if value is None or value.casefold() in _YES:
            return Wording(_cut(column, longest), "", "flag")
        return Wording(_cut(column, longest), _cut(clean(value), longest), "category")
    if item.kind == "date" or is_year(item):
        return Wording(_cut(column, longest), "", "time")
    if len(words) > 1 and words[0].casefold() in _COUNT_WORDS:
        rest = words[2:] if words[1] == "of" and len(words) > 2 else words[1:]
        return Wording(_cut(" ".join(rest), longest), "", "count")
    return Wording(_cut(column, longest), "", "amount")


def is_year(item: EvidenceItem) -> bool:
    """Tell a year such as 1975 from a count such as "orders last year"."""
    named = re.search(r"year|jahr|年", f"{item.column} {item.label}".casefold())
    return bool(named) and all(value is not None and 1000 <= value <= 2999 for value in (item.value, item.base))


def can_stand_alone(value: str) -> bool:
    """Tell whether a category says enough without its column: "Rome" does, "M", "1" and "Yes" do not."""
    letters = sum(letter.isalpha() for letter in value)
    short = 1 if any("\u4e00" <= letter <= "\u9fff" for letter in value) else 2
    return letters > short and value.casefold() not in _GENERIC_VALUES


def is_plain(text: str) -> bool:
    """Tell whether foreign words may be spoken in a sentence; others appear only beside their figure."""
    spelled = text.startswith(("=", "+", "-", "@")) or any(letter in "{}|\\" for letter in text) or "()" in text
    return any(map(str.isalpha, text)) and not spelled and not unfit(text) and not reads_like_a_command(text)


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    at_word = head.rsplit(" ", 1)[0] if " " in head[longest // 2 :] else head
    return at_word.rstrip(" ,;:-") + "…"


def _value_of(item: EvidenceItem) -> str | None:
    prefix = f"{item.column} = "
    if item.column and item.label.startswith(prefix):
        return item.label[len(prefix) :]
    return item.label.split(" = ", 1)[1] if " = " in item.label else None
