"""Inspecting: every check over the customers, what it finds ranked worst first."""

from collections.abc import Callable, Iterator

from segment_core.artifacts import Customers
from segment_core.intake.quality import dates, duplicates, levels, missing, numbers, strangers, texts
from segment_core.intake.quality.findings import Finding

CHECKS: tuple[Callable[[Customers], Iterator[Finding]], ...] = (
    strangers.few,
    strangers.crowded,
    strangers.tests,
    duplicates.duplicates,
    missing.people,
    missing.columns,
    numbers.stand_ins,
    numbers.impossible,
    numbers.far,
    numbers.lopsided,
    dates.impossible,
    levels.spellings,
    levels.rare,
    levels.many,
    texts.copied,
    texts.languages,
)


def inspect(customers: Customers) -> tuple[Finding, ...]:
    r"""Say what is wrong with the customers, worst first.

    What a finding's remedy has mended is not found again. Nothing is changed; see `mend`.

    Examples
    --------
    >>> from segment_core.intake import gather, read
    >>> rows = "".join(f"{n},{n % 7 + 20},{'Rome' if n % 2 else 'Bonn'}\n" for n in range(120))
    >>> customers = gather(read(f"id,age,city\n{rows}x,999,ROME\n".encode(), "a.csv"))
    >>> [(found.code, found.count) for found in inspect(customers)]
    [('stand-ins', 1), ('spellings', 1)]
    """
    if not len(customers):
        return ()
    found = [finding for check in CHECKS for finding in check(customers)]
    return tuple(sorted(found, key=lambda finding: (-finding.severity, finding.code, finding.columns)))
