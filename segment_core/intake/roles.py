"""Roles: what each column is, with the reason, from its name and all of its values."""

from collections.abc import Mapping

from segment_core.artifacts import Column, Role, Table
from segment_core.intake import vocabulary
from segment_core.intake.copies import copies
from segment_core.intake.looks import Look, look
from segment_core.intake.vocabulary import basis_of, speaks_of, words_of
from segment_core.messages import Message, say

Finding = tuple[Role, Message]

_MAY_COUNT = ("number", "num", "no", "nr")

MOST_LEVELS = 50
"""A category with more levels must repeat each of them often."""


def suggest(table: Table) -> tuple[Column, ...]:
    r"""Suggest a role and a basis for each column, with the reason in plain words.

    Only what all values have in common counts, never their order, so a shuffled file gets the
    same roles. At most one column is the id.

    Examples
    --------
    >>> from segment_core.intake import read
    >>> table = read(b"customer_id,age,city\nA1,31,Rome\nA2,45,Bonn\nA3,45,Rome\n", "a.csv")
    >>> [column.role for column in suggest(table)]
    ['id', 'number', 'place']
    """
    looks = {str(name): look(str(name), table.frame[name], table.dialect.decimal) for name in table.frame.columns}
    chosen = _choose_id(looks)
    found: dict[str, Finding] = {}
    for name, seen in looks.items():
        found[name] = _id_finding(seen) if name == chosen else _finding(seen, chosen)
    kept = [name for name, (role, _) in found.items() if role not in ("id", "ignore", "consent")]
    for name, original in copies(table.frame, kept).items():
        found[name] = ("ignore", say("Says the same as {other}, in other words or the same: a copy.", other=original))
    return tuple(Column(name, role, basis_of(name, role), reason) for name, (role, reason) in found.items())


def id_strength(seen: Look) -> tuple[int, float]:
    """Rank a column as the customer id: by name first, then by how distinct it is; (0, …) is none."""
    unique = seen.n_distinct / seen.n_filled if seen.n_filled else 0.0
    if seen.n_distinct < 2 or not seen.is_code_like or seen.n_filled < 0.5 * seen.n_rows:
        return 0, unique
    return _name_strength(seen, unique) or _bare_strength(seen, unique), unique


def _name_strength(seen: Look, unique: float) -> int:
    """Rank by name: "customer_id" before "ID" before "order_id"; the vaguer the name, the more distinct it must be."""
    words = words_of(seen.name)
    together = "".join(words)
    customer = bool(vocabulary.CUSTOMER.intersection(words))
    named_id = bool(vocabulary.ID.intersection(words)) or "编号" in seen.name
    if (customer and named_id) or together in vocabulary.CUSTOMER_ID:
        return 4 if unique >= 0.5 or seen.n_distinct > MOST_LEVELS else 0
    if together in vocabulary.BARE_ID and unique >= 0.3:
        return 3
    if customer and unique >= 0.98:
        return 3
    return 2 if named_id and unique >= 0.98 else 0


def _bare_strength(seen: Look, unique: float) -> int:
    """Rank a column whose name does not speak of ids: a row counter, or codes that never repeat."""
    counter = not seen.name or words_of(seen.name)[:1] in (("index",), ("row",), ("unnamed",), ("column",))
    if basis_of(seen.name, "number") != "none":
        return 0  # "age" from 20 to 40 counts no rows
    never_repeats = unique == 1 and (seen.is_sequence or seen.is_mixed_code)
    return 1 if never_repeats and (counter or seen.n_rows >= 20) else 0


def _choose_id(looks: Mapping[str, Look]) -> str | None:
    ranked = [(id_strength(seen), -position, name) for position, (name, seen) in enumerate(looks.items())]
    best = max((entry for entry in ranked if entry[0][0] > 0 and not _is_personal(looks[entry[2]])), default=None)
    return best[2] if best else None


def _id_finding(seen: Look) -> Finding:
    if seen.n_distinct == seen.n_filled:
        reason = say("Tells customers apart: {distinct} distinct values in {rows} rows.", **_figures(seen))
    else:
        reason = say(
            "Named like a customer id: {distinct} distinct values in {rows} rows; rows with the same value become "
            "one customer.",
            **_figures(seen),
        )
    return "id", reason


def _finding(seen: Look, chosen: str | None) -> Finding:
    """Ask one question after the other; the first that has an answer decides."""
    for ask in (_empty, _personal, _consent, _files, _constant):
        if answer := ask(seen):
            return answer
    if id_strength(seen)[0] >= 2 and chosen:
        return "ignore", say("Looks like another id; the customers are told apart by {other}.", other=chosen)
    for ask in (_date, _yes_no, _place, _code, _numeric):
        if answer := ask(seen):
            return answer
    return _words(seen)


def _figures(seen: Look) -> dict[str, int]:
    return {"distinct": seen.n_distinct, "rows": seen.n_rows}


def _empty(seen: Look) -> Finding | None:
    return None if seen.n_filled else ("ignore", say("Has no value in any row."))


def _constant(seen: Look) -> Finding | None:
    if seen.n_distinct > 1:
        return None
    return "ignore", say("Holds the same value wherever it is filled ({filled} rows).", filled=seen.n_filled)


def _is_personal(seen: Look) -> bool:
    words = words_of(seen.name)
    if seen.email_share > 0.5 or speaks_of(seen.name, vocabulary.SECRET) or speaks_of(seen.name, vocabulary.PERSON):
        return True
    varied = seen.n_distinct > 0.2 * seen.n_filled and not seen.is_yes_no
    if speaks_of(seen.name, vocabulary.EMAIL) or speaks_of(seen.name, vocabulary.PHONE):
        return varied and (seen.email_share > 0 or seen.phone_share > 0.5)
    full_name = words[-1:] == ("name",) and (len(words) == 1 or words[0] in vocabulary.CUSTOMER)
    return (full_name and varied) or (seen.phone_share > 0.9 and seen.has_plus and varied)


def _personal(seen: Look) -> Finding | None:
    if not _is_personal(seen):
        return None
    return "ignore", say("Looks like personal data (names, addresses, emails or phones), which say nothing of a group.")


def _consent(seen: Look) -> Finding | None:
    if speaks_of(seen.name, vocabulary.CONSENT) and (
        seen.is_yes_no or (seen.n_distinct <= 6 and seen.number_share < 0.5)
    ):
        return "consent", say("Named like a consent; it does not shape segments.")
    return None


def _files(seen: Look) -> Finding | None:
    if seen.image_share > 0.8:
        return "image", say("Holds file names of pictures; they are not read.")
    if seen.audio_share > 0.8:
        return "audio", say("Holds file names of recordings; they are not read.")
    return None


def _date(seen: Look) -> Finding | None:
    if seen.date_share < 0.8:
        return None
    if seen.is_ambiguous_date:
        return "date", say(
            "Holds dates ({distinct} distinct), none of which shows whether the day or the month comes first; "
            "read with the day first.",
            distinct=seen.n_distinct,
        )
    return "date", say("Holds dates ({distinct} distinct).", distinct=seen.n_distinct)


def _yes_no(seen: Look) -> Finding | None:
    return ("yes/no", say("Holds two answers, yes and no.")) if seen.is_yes_no else None


def _place(seen: Look) -> Finding | None:
    coordinates = seen.number_share > 0.9 and seen.has_fractions
    if not vocabulary.names_place(seen.name) or coordinates or seen.mean_words > 6:
        return None
    if seen.number_share > 0.9 and not seen.has_leading_zeros and seen.n_distinct <= 2:
        return None
    return "place", say("Named like a place; {distinct} distinct values.", distinct=seen.n_distinct)


def _code(seen: Look) -> Finding | None:
    """Numbers that only name things: product codes, order numbers, phones."""
    words = words_of(seen.name)
    if not words or not seen.is_code_like:
        return None
    named = words[-1] == "id" or (len(words) > 1 and words[-1] in vocabulary.ID)
    if named and seen.n_distinct > MOST_LEVELS:
        return "ignore", say(
            "Named like a code: {distinct} distinct values in {rows} rows, with no order between them.",
            **_figures(seen),
        )
    if seen.n_distinct <= MOST_LEVELS and (seen.has_leading_zeros or (named and words[-1] not in _MAY_COUNT)):
        return "category", say("Codes, not amounts: {distinct} distinct values.", distinct=seen.n_distinct)
    return None


def _numeric(seen: Look) -> Finding | None:
    if seen.number_share < 0.9 or seen.has_leading_zeros or seen.has_long_digits:
        return None
    if seen.has_currency or (speaks_of(seen.name, vocabulary.MONEY) and seen.n_distinct > 2):
        return "money", say("Holds amounts of money; {distinct} distinct values.", distinct=seen.n_distinct)
    if speaks_of(seen.name, vocabulary.COUNT) and not seen.has_fractions and not seen.has_negatives:
        return "count", say("Counts something: whole numbers, {distinct} distinct.", distinct=seen.n_distinct)
    return "number", say("Holds numbers; {distinct} distinct values.", distinct=seen.n_distinct)


def _words(seen: Look) -> Finding:
    repeats = seen.n_filled / seen.n_distinct
    few = seen.n_distinct <= MOST_LEVELS
    wordy = seen.mean_words >= 5
    if (few and repeats >= 5) or (repeats >= 10 and not wordy) or (few and repeats >= 1.5 and seen.mean_words < 4):
        return "category", say(
            "Holds {distinct} different values, each in about {repeats} rows.",
            distinct=seen.n_distinct,
            repeats=round(repeats),
        )
    if seen.mean_words >= 1.8 and not seen.is_mixed_code:
        return "text", say(
            "Written by people: {distinct} different texts of about {words} words.",
            distinct=seen.n_distinct,
            words=round(seen.mean_words),
        )
    if few and seen.n_rows < 100 and not seen.is_mixed_code:
        return "category", say("Holds {distinct} different values in {rows} rows.", **_figures(seen))
    if repeats >= 4 and seen.n_distinct <= 0.1 * seen.n_rows:
        return "category", say("Holds {distinct} different values in {rows} rows.", **_figures(seen))
    return "ignore", say(
        "Nearly every row has a value of its own ({distinct} in {rows} rows), so it says nothing of a group.",
        **_figures(seen),
    )
