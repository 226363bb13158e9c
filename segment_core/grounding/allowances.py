"""Allowances: the words of cited labels and terms, which a sentence may repeat as they are."""

import re
from collections.abc import Iterable

from segment_core.artifacts import EvidenceItem
from segment_core.llm.filters import fold
from segment_core.phrasing.wording import LONG, SHORT, clean, humanise, term_of, word


def known_words(cited: Iterable[EvidenceItem]) -> tuple[str, ...]:
    """Return the wordings that the cited items allow, longest first."""
    found: set[str] = set()
    for item in cited:
        if item.kind == "term":
            found.update((item.text or item.label, clean(item.text or item.label), term_of(item)))
        elif item.kind != "quote":
            found.update((item.label, item.column, clean(item.label), humanise(item.column), humanise(item.label)))
        if item.kind in ("share", "median", "mean", "date", "worth"):
            found.update(("“yes”", "“是”", "“no”", "“否”") if item.kind == "share" else ())
            for wording in (word(item, LONG), word(item, SHORT)):
                found.update((wording.column, wording.value))
                found.update((f"{wording.column} “{wording.value}”", f"{wording.column} {wording.value}"))
                found.update(_quoted_parts(humanise(item.column or item.label)))
    folded = {fold(text).strip() for text in found}
    return tuple(sorted((text for text in folded if text), key=lambda text: (-len(text), text)))


def _quoted_parts(column: str) -> Iterable[str]:
    """Yield what of a column may be named in quotes: “fish” of MntFishProducts."""
    words = column.split()[:6]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield f"“{' '.join(words[start:end])}”"


def mask_known(text: str, known: Iterable[str]) -> str:
    """Blank out allowed wordings where they stand as whole words; bare numbers only where they are quoted.

    A column called "2019" does not free the digits 2019 everywhere, only “2019”.
    """
    for words in known:
        if any(letter.isalpha() for letter in words):
            text = re.sub(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", " ", text)
        else:
            text = text.replace(f"“{words}”", " ")
    return text


_GENDERS = {
    **dict.fromkeys(
        ("f", "female", "woman", "women", "w", "女", "女性"), "woman women female females lady ladies 女性 女士 女人"
    ),
    **dict.fromkeys(("m", "male", "man", "men", "男", "男性"), "man men male males gentleman gentlemen 男性 男士 男人"),
}
_SAME_TRAITS = (
    frozenset(("income", "salary", "wage", "收入", "工资")),
    frozenset(("household", "家庭", "家庭类型")),
)
"""Words for one trait in both languages, of which a column may hold the one and a sentence the other."""
_AGES = frozenset(("age", "aged", "older", "younger", "young", "年轻", "年长"))


def is_stated(trait: str, cited: Iterable[EvidenceItem]) -> bool:
    """Tell whether a cited label names a trait: "kids" stands in Kidhome, "women" in Gender = F."""
    stem = trait.removesuffix("s")
    for item in cited:
        if item.kind in ("term", "quote"):
            continue
        words = fold(f"{humanise(item.column)} {humanise(item.label)}").split()
        if any(one == stem or ((len(stem) > 3 or stem == "kid") and one.startswith(stem)) for one in words):
            return True
        value = fold(word(item, LONG).value)
        if any(one in ("age", "年龄") or one.startswith("birth") for one in words) and stem in _AGES:
            return True
        if any(trait in same and same & set(words) for same in _SAME_TRAITS):
            return True
        sexed = any(one in ("gender", "sex", "性别") for one in words)
        if sexed and trait in _GENDERS.get(value, "").split():
            return True
    return False
