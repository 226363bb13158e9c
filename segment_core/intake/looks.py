"""Looks: what a column's values have in common, measured once and used for all questions about its role."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from segment_core.intake import levels, vocabulary
from segment_core.intake.dates import dates_of, is_ambiguous
from segment_core.intake.distincts import Tally, distinct_values, tally
from segment_core.intake.people import has_chinese_family_name, looks_like_a_name
from segment_core.intake.values import has_currency, is_nothing, is_yes_no, minutes_of, numbers_of
from segment_core.numberlists import is_list

__all__ = ["Look", "distinct_values", "look", "look_at"]

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[A-Za-z]{2,}").fullmatch
_PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{6,18}[0-9]").fullmatch
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}").fullmatch
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_-]{1,64}").fullmatch
_LEADING_ZERO = re.compile("0[0-9]+").fullmatch
_LONG_DIGITS = re.compile("[0-9]{16,}").fullmatch
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Look:
    """Figures and traits of one column. Shares are of the rows with a value, from 0 to 1.

    `n_distinct` counts all values, `n_meant` without words for nothing; `levels` are these, where they are few;
    `low` and `high` are the ends of the numbers.
    """

    name: str
    n_rows: int
    n_filled: int
    n_distinct: int
    n_meant: int = 0
    levels: tuple[str, ...] = ()
    number_share: float = 0.0
    date_share: float = 0.0
    email_share: float = 0.0
    phone_share: float = 0.0
    person_share: float = 0.0
    family_share: float = 0.0
    image_share: float = 0.0
    audio_share: float = 0.0
    vector_share: float = 0.0
    mean_words: float = 0.0
    is_yes_no: bool = False
    is_ambiguous_date: bool = False
    is_code_like: bool = False
    is_mixed_code: bool = False
    is_sequence: bool = False
    has_leading_zeros: bool = False
    has_long_digits: bool = False
    has_fractions: bool = False
    has_negatives: bool = False
    has_currency: bool = False
    has_plus: bool = False
    has_spans: bool = False
    low: float = 0.0
    high: float = 0.0


def look(name: str, values: pd.Series, decimal: str) -> Look:
    """Measure a column of text; see `look_at`."""
    return look_at(name, tally(values), decimal)


def look_at(name: str, counted: Tally, decimal: str) -> Look:
    """Measure a column by its distinct values: each is looked at once and weighs by its rows.

    Of very many distinct values a sample is looked at, always the same.
    """
    counts = counted.weights()
    meant = {text: n for text, n in counts.items() if not is_nothing(text)}
    n_distinct, n_filled = counted.n_distinct, counted.n_filled
    if not meant:
        # Only words for nothing: "NA" may be a level, but a column of nothing else has no value.
        return Look(name, counted.n_rows, 0, 0)
    base = sum(meant.values())

    def share(test: Callable[[str], object]) -> float:
        return sum(n for text, n in meant.items() if test(text)) / base

    numbers = numbers_of(meant, decimal)
    known = [number for number in numbers.values() if number is not None]
    fractions = any(number % 1 for number in known)
    dates = dates_of(meant, compact=vocabulary.speaks_of(name, vocabulary.DATE))
    date_share = share(lambda text: dates[text] is not None)
    whole = len(known) == len(meant) > 1 and not fractions
    return Look(
        name=name,
        n_rows=counted.n_rows,
        n_filled=n_filled,
        n_distinct=n_distinct,
        n_meant=len(meant) if n_distinct == len(counts) else n_distinct,
        levels=tuple(sorted(meant)) if n_distinct <= levels.MOST else (),
        number_share=share(lambda text: numbers[text] is not None),
        date_share=date_share,
        email_share=share(_EMAIL),
        phone_share=share(_PHONE),
        person_share=share(looks_like_a_name),
        family_share=share(has_chinese_family_name),
        image_share=share(lambda text: text.lower().endswith(vocabulary.IMAGE_ENDINGS)),
        audio_share=share(lambda text: text.lower().endswith(vocabulary.AUDIO_ENDINGS)),
        vector_share=share(is_list),
        mean_words=sum(_n_words(text) * n for text, n in meant.items()) / base,
        is_yes_no=is_yes_no(meant),
        is_ambiguous_date=date_share > 0 and is_ambiguous(meant),
        is_code_like=not fractions and share(_CODE) > 0.95,
        is_mixed_code=share(_MIXED) > 0.9,
        is_sequence=whole and _is_sequence(counted, known),
        has_leading_zeros=share(_LEADING_ZERO) >= 0.01,
        has_long_digits=share(_LONG_DIGITS) >= 0.01,
        has_fractions=fractions,
        has_negatives=any(number < 0 for number in known),
        has_currency=share(has_currency) > 0.5,
        has_plus=share(lambda text: text.startswith("+")) > 0.3,
        has_spans=share(lambda text: minutes_of(text) is not None) > 0.5,
        low=min(known, default=0.0),
        high=max(known, default=0.0),
    )


def _is_sequence(counted: Tally, known: list[float]) -> bool:
    """Tell whether whole numbers follow one another without a gap."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if counted.n_distinct == len(known):
        return max(known) - min(known) == len(known) - 1
    try:
        ends = pc.min_max(pc.cast(counted.values, pa.int64())).as_py()
    except pa.ArrowInvalid:
        return False
    return bool(ends["max"] - ends["min"] == counted.n_distinct - 1)


def _n_words(text: str) -> float:
    """Count words; Chinese, Japanese and Thai have no blanks, so there two characters count as one."""
    words = len(text.split())
    if text.isascii():
        return words
    unspaced = len(_UNSPACED.findall(text))
    return words + unspaced / 2 if unspaced >= 4 else words
