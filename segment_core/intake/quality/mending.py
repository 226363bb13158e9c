"""Mending: the remedies an analyst chose, applied one after the other and each written down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from segment_core.artifacts import Customers, Note
from segment_core.errors import DataError, OptionError
from segment_core.intake.quality import dates, duplicates, levels, missing, numbers, strangers, texts
from segment_core.intake.quality.findings import listed
from segment_core.intake.quality.remedies import Remedy
from segment_core.messages import Message, say

MENDED, SKIPPED = "mended", "remedy-skipped"
"""Codes of the one note that each remedy leaves."""


@dataclass(frozen=True, slots=True)
class Mending:
    """One line of the menu: what changes the customers, and what is said of how much it changed.

    `again` marks what can bring the next to light: a second value, once the farthest is gone.
    """

    run: Callable[[Customers, tuple[str, ...]], tuple[Customers, int]]
    told: Callable[[int, str], Message]
    again: bool = False


def mend(customers: Customers, remedies: Sequence[Remedy]) -> Customers:
    r"""Apply remedies in their order; each leaves one note that says how much it changed.

    A remedy whose columns are gone is skipped, with a note. Without remedies the customers come back as they
    are, so a remedy is taken back by leaving it out. Applying one twice changes nothing more.

    Raises
    ------
    OptionError
        If there is no remedy of that code.
    DataError
        If a remedy would leave no customer.

    Examples
    --------
    >>> from segment_core.intake import gather, read
    >>> rows = "".join(f"{n},{n % 7 + 20},{'Rome' if n % 2 else 'Bonn'}\n" for n in range(120))
    >>> found = gather(read(f"id,age,city\n{rows}x,999,ROME\n".encode(), "a.csv"))
    >>> mended = mend(found, [Remedy("merge-spellings", ("city",))])
    >>> mended.frame["city"].unique().tolist(), str(mended.notes[-1].message)
    (['Bonn', 'Rome'], 'city: cells rewritten as the most frequent spelling: 1.')
    """
    for remedy in remedies:
        if remedy.code not in REMEDIES:
            raise OptionError(
                "There is no remedy named {name}; there are: {names}.",
                name=remedy.code[:80],
                names=", ".join(REMEDIES),
            )
    for remedy in remedies:
        customers = _applied(customers, remedy)
    return customers


def _applied(customers: Customers, remedy: Remedy) -> Customers:
    known = {column.name for column in customers.columns}
    columns = tuple(name for name in remedy.columns if name in known)
    if remedy.columns and not columns:
        message = say("A remedy was left out, because its columns are gone: {columns}.", columns=listed(remedy.columns))
        return replace(customers, notes=(*customers.notes, Note(SKIPPED, message, 0, "warning")))
    mending = REMEDIES[remedy.code]
    notes, total = customers.notes, 0
    while True:
        customers, n = mending.run(customers, columns)
        total += n
        if not (n and mending.again):
            break
    if not len(customers):
        raise DataError("After the remedies no customer is left. Take one of them back.")
    note = Note(MENDED, mending.told(total, listed(columns)), total)
    return replace(customers, notes=(*notes, note))


def _emptied(n: int, columns: str) -> Message:
    return say("{columns}: cells emptied because their values cannot be meant: {n}.", columns=columns, n=n)


REMEDIES: Mapping[str, Mending] = {
    "leave-out-columns": Mending(
        missing.leave_out_columns, lambda n, columns: say("Columns left out: {n} ({columns}).", n=n, columns=columns)
    ),
    "leave-out-empty-customers": Mending(
        missing.leave_out_empty_customers,
        lambda n, columns: say("Customers left out because hardly anything is known of them: {n}.", n=n),
        again=True,
    ),
    "leave-out-crowded-id": Mending(
        strangers.leave_out_crowded_id,
        lambda n, columns: say("Customers left out because their id stands in too many rows: {n}.", n=n),
    ),
    "leave-out-test-accounts": Mending(
        strangers.leave_out_test_accounts,
        lambda n, columns: say("Customers left out because they are named like a test account: {n}.", n=n),
        again=True,
    ),
    "keep-one-of-duplicates": Mending(
        duplicates.keep_one_of_duplicates,
        lambda n, columns: say("Customers left out because they are the same as another: {n}.", n=n),
    ),
    "clear-impossible-values": Mending(numbers.clear_impossible_values, _emptied, again=True),
    "clear-impossible-dates": Mending(dates.clear_impossible_dates, _emptied, again=True),
    "clear-stand-ins": Mending(
        numbers.clear_stand_ins,
        lambda n, columns: say("{columns}: numbers that stood for unknown, emptied: {n}.", columns=columns, n=n),
        again=True,
    ),
    "clear-far-values": Mending(
        numbers.clear_far_values,
        lambda n, columns: say("{columns}: values far from all others, emptied: {n}.", columns=columns, n=n),
        again=True,
    ),
    "merge-spellings": Mending(
        levels.merge_spellings,
        lambda n, columns: say("{columns}: cells rewritten as the most frequent spelling: {n}.", columns=columns, n=n),
    ),
    "merge-rare-levels": Mending(
        levels.merge_rare_levels,
        lambda n, columns: say("{columns}: rare values taken together: {n} cells.", columns=columns, n=n),
    ),
    "blank-copied-texts": Mending(
        texts.blank_copied_texts,
        lambda n, columns: say(
            "{columns}: texts that copy another customer's, taken as not written: {n}.", columns=columns, n=n
        ),
    ),
}
"""Every remedy by its code."""
