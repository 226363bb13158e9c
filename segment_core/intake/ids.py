"""Ids: which column tells customers apart."""

from collections.abc import Mapping

from segment_core.intake import vocabulary
from segment_core.intake.bases import named_basis
from segment_core.intake.looks import Look
from segment_core.intake.vocabulary import folded, is_sure_id, names_place, speaks_of, words_of

MOST_LEVELS = 50
"""A category with more levels must repeat each of them often."""

_COUNTERS = (("index",), ("row",), ("unnamed",), ("column",))
_CHINESE_IDS = ("编号", "号码", "代码")


def id_strength(seen: Look) -> tuple[int, float]:
    """Rank a column as the customer id: by name first, then by how distinct it is; (0, …) is none."""
    unique = seen.n_distinct / seen.n_filled if seen.n_filled else 0.0
    if seen.n_distinct < 2 or not seen.is_code_like or seen.n_filled < 0.5 * seen.n_rows:
        return 0, unique
    if seen.person_share > 0.5 and not seen.is_mixed_code and speaks_of(seen.name, vocabulary.PERSON):
        return 0, unique
    return _name_strength(seen, unique) or _bare_strength(seen, unique), unique


def choose_id(looks: Mapping[str, Look], personal: frozenset[str]) -> str | None:
    """Choose the column that tells customers apart, None where there is none; personal data are no id."""
    ranked = [(id_strength(seen), -position, name) for position, (name, seen) in enumerate(looks.items())]
    fit = [entry for entry in ranked if entry[0][0] > 0 and entry[2] not in personal]
    return max(fit)[2] if fit else None


def _name_strength(seen: Look, unique: float) -> int:
    """Rank by name: "customer_id" before "ID" before "order_id"; the vaguer the name, the more distinct it must be."""
    words = words_of(seen.name)
    together = "".join(words)
    customer = speaks_of(seen.name, vocabulary.CUSTOMER)
    named_id = is_sure_id(seen.name) or any(word in folded(seen.name) for word in _CHINESE_IDS)
    if names_place(seen.name):
        return 0
    if customer and named_id:
        alone = bool(vocabulary.ONE_PERSON.intersection(words))
        return 4 + alone if unique >= 0.5 or seen.n_distinct > MOST_LEVELS else 0
    if together in vocabulary.BARE_ID and unique >= 0.3:
        return 3
    if customer and unique >= 0.98:
        return 3
    return 2 if named_id and unique >= 0.98 else 0


def _bare_strength(seen: Look, unique: float) -> int:
    """Rank a column whose name does not speak of ids: a row counter, or codes that never repeat."""
    counter = not seen.name or words_of(seen.name)[:1] in _COUNTERS
    if not counter and _measures(seen.name):
        return 0  # "age" from 20 to 40 counts no rows
    never_repeats = unique == 1 and (seen.is_sequence or seen.is_mixed_code)
    return 1 if never_repeats and (counter or seen.n_rows >= 20) else 0


def _measures(name: str) -> bool:
    """Tell whether a name speaks of something that is measured or written, not of a key."""
    return named_basis(name) is not None or names_place(name)
