"""Gathering: customers from a file that may lack columns which a plan names, so that one can say which."""

from dataclasses import replace
from pathlib import Path

from segment_core.artifacts import Customers, Progress, silent
from segment_core.errors import OptionError
from segment_core.intake import assemble, read_all
from segment_core.intake.quality import mend
from segment_core.messages import Message
from segment_core.plan import Plan


def gathered(source: Path | bytes, name: str, plan: Plan, progress: Progress = silent) -> Customers:
    """Read customers as a plan says, passing over what it says of columns that are not there.

    Unlike `journey.collect` it asks for no column that tells customers apart: one customer is enough.

    Raises
    ------
    DataError
        If the file cannot be read or names no customers.
    """
    tables = read_all(source, name, plan.reading, progress, plan.files)
    try:
        return mend(assemble(tables, plan.choices()).customers, plan.remedies)
    except OptionError:  # a choice names what is not there: keep those that fit
        there = {
            column.name for column in assemble(tables, plan.having(roles={}, bases={}).choices()).customers.columns
        }
        fitting = plan.having(
            roles={column: role for column, role in plan.roles.items() if column in there},
            bases={column: basis for column, basis in plan.bases.items() if column in there},
            remedies=(),
        )
        found = assemble(tables, fitting.choices()).customers
        return replace(found)


def part(progress: Progress, start: float, share: float) -> Progress:
    """Report the progress of some work as a part of a whole of 1."""

    def told(done: float, total: float, note: Message) -> None:
        progress(start + share * done / total if total else start, 1.0, note)

    return told
