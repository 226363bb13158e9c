"""Roles: what each column is, with the reason, from its name and all of its values."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from segment_core.artifacts import Aside, Column, Role, Table
from segment_core.intake import vocabulary
from segment_core.intake.bases import basis_of
from segment_core.intake.copies import copies
from segment_core.intake.distincts import probe, tally
from segment_core.intake.ids import MOST_LEVELS, choose_id, id_strength
from segment_core.intake.leaks import leaks
from segment_core.intake.levels import kind_of
from segment_core.intake.looks import Look, look_at
from segment_core.intake.personal import is_name, is_personal
from segment_core.intake.vocabulary import NAME_TAILS, names_place, speaks_of, words_of
from segment_core.messages import Message, say


class Finding(NamedTuple):
    """What a question about a column found out."""

    role: Role
    reason: Message
    aside: Aside = ""


_MAY_COUNT = ("number", "num", "no", "nr")
_PROBED = 2000
_KEPT_OUT: tuple[Role, ...] = ("id", "ignore", "consent", "suppression", "name", "vector")


def suggest(table: Table, looks: dict[str, Look] | None = None) -> tuple[Column, ...]:
    r"""Suggest a role and a basis for each column, with the reasons in plain words.

    Only what all values have in common counts, never their order, so a shuffled file gets the
    same roles. At most one column is the id. Columns that repeat another one, or give an outcome
    away, are set aside. `looks` remembers what was seen of each column, for another table with the same ones.

    Examples
    --------
    >>> from segment_core.intake import read
    >>> table = read(b"customer_id,age,city\nA1,31,Rome\nA2,45,Bonn\nA3,45,Rome\n", "a.csv")
    >>> [column.role for column in suggest(table)]
    ['id', 'number', 'place']
    """
    frame, decimal = table.frame, table.dialect.decimal
    seen = {} if looks is None else looks
    for name, cells in frame.items():
        if name not in seen:
            seen[str(name)] = look_at(str(name), tally(cells), decimal)
    looks = {str(name): seen[str(name)] for name in frame.columns}
    personal = frozenset(name for name, seen in looks.items() if is_personal(seen) or is_name(seen))
    chosen = choose_id(looks, personal)
    found = {name: _id_finding(seen) if name == chosen else _finding(seen, chosen) for name, seen in looks.items()}
    found |= _repeats(frame, looks, found, decimal)
    return tuple(_column(name, looks[name], finding) for name, finding in found.items())


def _repeats(
    frame: pd.DataFrame, looks: Mapping[str, Look], found: Mapping[str, Finding], decimal: str
) -> dict[str, Finding]:
    """Set aside the columns that say the same as another, and those that give an outcome away."""
    kept = {name: finding.role for name, finding in found.items() if finding.role not in _KEPT_OUT}
    varied = sorted(looks, key=lambda name: (-looks[name].n_distinct, name))[:4]
    drawn = probe(frame, varied, _PROBED)
    aside = {name: Finding("ignore", reason, "copy") for name, reason in copies(frame, drawn, kept, decimal).items()}
    rest = {name: role for name, role in kept.items() if name not in aside}
    return aside | {name: Finding("ignore", reason, "leak") for name, reason in leaks(frame, rest, decimal).items()}


def _column(name: str, seen: Look, finding: Finding) -> Column:
    kind = kind_of(seen.levels, words_of(name)) if finding.role in ("category", "yes/no", "text") else None
    example = seen.levels[0] if kind else ""
    basis, why = basis_of(name, finding.role, kind, example)
    return Column(name, finding.role, basis, finding.reason, basis_reason=why, aside=finding.aside)


def _id_finding(seen: Look) -> Finding:
    if seen.n_distinct == seen.n_filled:
        reason = say("Tells customers apart: {distinct} distinct values in {rows} rows.", **_figures(seen))
    else:
        reason = say(
            "Named like a customer id: {distinct} distinct values in {rows} rows; rows with the same value become "
            "one customer.",
            **_figures(seen),
        )
    return Finding("id", reason)


def _finding(seen: Look, chosen: str | None) -> Finding:
    """Ask one question after the other; the first that has an answer decides."""
    for ask in (_empty, _vectors, _suppression, _consent, _name, _personal, _files, _constant):
        if answer := ask(seen):
            return answer
    if chosen and id_strength(seen)[0] >= 2:
        reason = say("Looks like another id; the customers are told apart by {other}.", other=chosen)
        return Finding("ignore", reason, "id")
    for ask in (_date, _yes_no, _place, _code, _coded, _numeric):
        if answer := ask(seen):
            return answer
    return _words(seen)


def _figures(seen: Look) -> dict[str, int]:
    return {"distinct": seen.n_distinct, "rows": seen.n_rows}


def _empty(seen: Look) -> Finding | None:
    return None if seen.n_filled else Finding("ignore", say("Has no value in any row."), "empty")


def _constant(seen: Look) -> Finding | None:
    if seen.n_distinct > 1 and not (seen.n_meant == 1 and seen.number_share == 1):
        return None
    reason = say("Holds the same value wherever it is filled ({filled} rows).", filled=seen.n_filled)
    return Finding("ignore", reason, "constant")


_MOST_ANSWERS = 20  # a consent is honoured also where people wrote more than yes and no: what is not yes is no


def _answers(seen: Look) -> bool:
    """Tell whether a column could hold answers: few of them, and no amounts."""
    return seen.is_yes_no or (seen.n_distinct <= 6 and (seen.number_share < 0.5 or seen.high <= 1))


def _suppression(seen: Look) -> Finding | None:
    word = vocabulary.word_in(seen.name, vocabulary.SUPPRESSION)
    if word is None or not (_answers(seen) or seen.date_share > 0.8):
        return None
    return Finding("suppression", say("“{word}” in its name: customers who must not be contacted.", word=word))


def _consent(seen: Look) -> Finding | None:
    word = vocabulary.word_in(seen.name, vocabulary.CONSENT)
    odd_answers = seen.n_distinct <= _MOST_ANSWERS and seen.number_share < 0.5 and seen.mean_words < 4
    if word is None or not (_answers(seen) or odd_answers):
        return None
    return Finding("consent", say("“{word}” in its name: a consent, which does not shape segments.", word=word))


def _name(seen: Look) -> Finding | None:
    return Finding("name", say("Holds people's names, which say nothing of a group.")) if is_name(seen) else None


def _personal(seen: Look) -> Finding | None:
    if not is_personal(seen):
        return None
    reason = say("Looks like personal data (addresses, emails, phones or the like), which say nothing of a group.")
    return Finding("ignore", reason, "personal")


def _vectors(seen: Look) -> Finding | None:
    if seen.vector_share < 0.8 or seen.n_distinct < 2:
        return None
    return Finding("vector", say("Holds lists of numbers: vectors made by another model."))


def _files(seen: Look) -> Finding | None:
    if seen.image_share > 0.8:
        return Finding("image", say("Holds file names of pictures; they are not read."))
    if seen.audio_share > 0.8:
        return Finding("audio", say("Holds file names of recordings; they are not read."))
    return None


def _date(seen: Look) -> Finding | None:
    if seen.date_share < 0.8:
        return None
    if seen.is_ambiguous_date:
        reason = say(
            "Holds dates ({distinct} distinct), none of which shows whether the day or the month comes first; "
            "read with the day first.",
            distinct=seen.n_distinct,
        )
        return Finding("date", reason)
    return Finding("date", say("Holds dates ({distinct} distinct).", distinct=seen.n_distinct))


def _yes_no(seen: Look) -> Finding | None:
    if not seen.is_yes_no or _is_coded_people(seen):
        return None
    return Finding("yes/no", say("Holds two answers, yes and no."))


def _is_coded_people(seen: Look) -> bool:
    return speaks_of(seen.name, vocabulary.GENDER)


def _place(seen: Look) -> Finding | None:
    coordinates = seen.number_share > 0.9 and seen.has_fractions
    if not names_place(seen.name) or coordinates or seen.mean_words > 6:
        return None
    if seen.number_share > 0.9 and not seen.has_leading_zeros and seen.n_distinct <= 2:
        return None
    return Finding("place", say("Named like a place; {distinct} distinct values.", distinct=seen.n_distinct))


def _code(seen: Look) -> Finding | None:
    """Numbers that only name things: product codes, order numbers, phones."""
    words = words_of(seen.name)
    if not words or not seen.is_code_like:
        return None
    named = words[-1] == "id" or (len(words) > 1 and vocabulary.ID.has(words[-1]))
    named = named or (seen.number_share > 0.9 and len(words) > 1 and words[-1] in NAME_TAILS)
    if named and seen.n_distinct > MOST_LEVELS:
        reason = say(
            "Named like a code: {distinct} distinct values in {rows} rows, with no order between them.",
            **_figures(seen),
        )
        return Finding("ignore", reason, "code")
    if seen.n_distinct <= MOST_LEVELS and (seen.has_leading_zeros or (named and words[-1] not in _MAY_COUNT)):
        return _levels(seen)
    return None


def _coded(seen: Look) -> Finding | None:
    """Take a few whole numbers for codes, if the name speaks of kinds: gender 1 and 2, status 0 to 3."""
    if seen.number_share < 0.9 or seen.has_fractions or seen.n_distinct > 20:
        return None
    return _levels(seen) if speaks_of(seen.name, vocabulary.CODED) and not _measured(seen) else None


def _levels(seen: Look) -> Finding:
    return Finding("category", say("Codes, not amounts: {distinct} distinct values.", distinct=seen.n_distinct))


def _measured(seen: Look) -> bool:
    return speaks_of(seen.name, vocabulary.COUNT) or speaks_of(seen.name, vocabulary.MONEY)


def _numeric(seen: Look) -> Finding | None:
    if seen.number_share < 0.9 or seen.has_leading_zeros or seen.has_long_digits:
        return None
    figures = {"distinct": seen.n_distinct}
    if seen.has_spans:
        return Finding("number", say("Holds time spans, read as minutes; {distinct} distinct values.", **figures))
    if seen.has_currency or (_named_money(seen) and seen.n_distinct > 2):
        return Finding("money", say("Holds amounts of money; {distinct} distinct values.", **figures))
    if _named_count(seen) and not seen.has_fractions and not seen.has_negatives:
        return Finding("count", say("Counts something: whole numbers, {distinct} distinct.", **figures))
    return Finding("number", say("Holds numbers; {distinct} distinct values.", **figures))


def _named_money(seen: Look) -> bool:
    words = words_of(seen.name)
    if speaks_of(seen.name, vocabulary.NO_MONEY) or "%" in seen.name:
        return False
    return speaks_of(seen.name, vocabulary.MONEY) or (bool(words) and vocabulary.WEAK_MONEY.has(words[-1]))


def _named_count(seen: Look) -> bool:
    words = words_of(seen.name)
    if speaks_of(seen.name, vocabulary.COUNT) or (len(words) > 1 and words[0] in ("number", "no", "numero")):
        return True
    counted = vocabulary.COUNTED.intersection(words)
    return bool(counted) and not speaks_of(seen.name, vocabulary.NO_COUNT)


def _words(seen: Look) -> Finding:
    repeats = seen.n_filled / seen.n_distinct
    few = seen.n_distinct <= MOST_LEVELS
    wordy = seen.mean_words >= 5
    if (few and repeats >= 5) or (repeats >= 10 and not wordy) or (few and repeats >= 1.5 and seen.mean_words < 4):
        reason = say(
            "Holds {distinct} different values, each in about {repeats} rows.",
            distinct=seen.n_distinct,
            repeats=round(repeats),
        )
        return Finding("category", reason)
    if seen.mean_words >= 1.8 and not seen.is_mixed_code:
        reason = say(
            "Written by people: {distinct} different texts of about {words} words.",
            distinct=seen.n_distinct,
            words=round(seen.mean_words),
        )
        return Finding("text", reason)
    small = few and seen.n_rows < 100 and not seen.is_mixed_code
    if small or (repeats >= 4 and seen.n_distinct <= 0.1 * seen.n_rows):
        return Finding("category", say("Holds {distinct} different values in {rows} rows.", **_figures(seen)))
    reason = say(
        "Nearly every row has a value of its own ({distinct} in {rows} rows), so it says nothing of a group.",
        **_figures(seen),
    )
    return Finding("ignore", reason, "unique")
