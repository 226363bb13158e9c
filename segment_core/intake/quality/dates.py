"""Dates: days that cannot be, and placeholders. Judged by the file alone, never by today, so that runs agree."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from segment_core.artifacts import Customers
from segment_core.intake.quality.changing import Flags, ids_of, with_cells
from segment_core.intake.quality.findings import N_CUSTOMERS, Finding, severity, shorten
from segment_core.intake.quality.remedies import Remedy
from segment_core.intake.vocabulary import Words, speaks_of
from segment_core.messages import say

BIRTH = Words("birth born birthday birthyear birthdate dob yob geboren geburtsjahr geburtsdatum 出生 生日")
_FIRST = np.datetime64("1900-01-02")
"""The first of January 1900 is what spreadsheets make of an empty cell."""
HISTORICAL = 0.2
"""Where more of the dates are older than 1900, they are meant."""
_LAST = np.datetime64("2100-01-01")
_EPOCH = np.datetime64("1970-01-01")
_YEAR = np.timedelta64(365, "D")


def impossible(customers: Customers) -> Iterator[Finding]:
    """Find dates that cannot be."""
    for name in customers.named("date"):
        odd = _impossible(customers.frame[name])
        n = int(odd.sum())
        if n:
            yield Finding(
                "impossible-dates",
                severity(0.6, n / len(customers)),
                say(
                    "{column}: dates that can hardly be meant, such as far in the future, before 1900 or a "
                    "placeholder: {n}. They would count as very old or very new customers.",
                    column=name,
                    n=n,
                ),
                n,
                (name,),
                shorten(sorted({str(day)[:10] for day in customers.frame[name][odd]})),
                ids_of(customers, odd, N_CUSTOMERS),
                Remedy("clear-impossible-dates", (name,)),
                say("Take them as missing"),
                say("Empties {n} cells of {column}.", n=n, column=name),
            )


def clear_impossible_dates(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Empty the cells with dates that cannot be."""
    cells, n = {}, 0
    for name in customers.named("date"):
        if name in names:
            odd = _impossible(customers.frame[name])
            cells[name] = customers.frame[name].mask(odd)
            n += int(odd.sum())
    return with_cells(customers, cells), n


def year_of(customers: Customers) -> int | None:
    """Return the year in which the file ends, by its dates; None where it has none."""
    years = []
    for name in customers.named("date"):
        if not speaks_of(name, BIRTH):
            cells = customers.frame[name]
            known = cells[~_impossible(cells)].dropna()
            if len(known):
                late = np.quantile(known.to_numpy(dtype="datetime64[s]").astype(np.int64), 0.99, method="lower")
                years.append(pd.Timestamp(int(late), unit="s").year)
    return max(years, default=None)


def _impossible(cells: "pd.Series[pd.Timestamp]") -> Flags:
    days = cells.to_numpy(dtype="datetime64[s]")
    known = ~np.isnat(days)
    historical = (days < _FIRST).sum() > HISTORICAL * known.sum()
    odd = known & ((days >= _LAST) | ((days < _FIRST) & (not historical)))
    usual = days[known & ~odd]
    if len(usual) < 20:
        return odd
    low, first, third, high = np.quantile(usual.astype(np.int64), [0.05, 0.25, 0.75, 0.95], method="lower").astype(
        "datetime64[s]"
    )
    reach = 5 * max(third - first, _YEAR)
    epoch = (days.astype("datetime64[D]") == _EPOCH) & (low - reach > _EPOCH)
    return np.asarray(odd | (known & ((days > high + reach) | epoch)))
