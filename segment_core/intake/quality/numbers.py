"""Numbers: values that cannot be, stand-ins for "unknown", values far from all others, and lopsided columns."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers
from segment_core.intake.quality.changing import Flags, ids_of, with_cells
from segment_core.intake.quality.dates import BIRTH, year_of
from segment_core.intake.quality.findings import N_CUSTOMERS, Finding, listed, severity, shorten
from segment_core.intake.quality.remedies import Remedy
from segment_core.intake.vocabulary import Words, speaks_of
from segment_core.messages import Message, say

Values = NDArray[np.float64]

OLDEST = 110
LOPSIDED = 2.0
"""Skewness of an exponential, from which a column is worth a word."""
LEAST_VALUES = 5
"""A column of no more different values has no tail."""
LEAST_DISTINCT = 20
"""A column of fewer different values has no value far from the others."""
FEW = 0.005
"""At most this share of a column can be far from all others: more are a tail."""
NEGATIVE = 0.02
"""At most this share of negative amounts is taken for errors."""
AS_OF = 2020
"""The year in which a file without dates is taken to end."""

_AGE = Words("age alter edad idade età 年龄")
_NINES = (99.0, 999.0, 9999.0, 99999.0, 999999.0, 9999999.0)
_STAND_INS = frozenset(
    (*_NINES, *(digit * repunit for repunit in (1111.0, 11111.0, 111111.0) for digit in range(1, 9)), 12345.0, 123456.0)
)
_NEGATIVE_STAND_INS = frozenset((-1.0, -9.0, *(-value for value in _NINES)))


def impossible(customers: Customers) -> Iterator[Finding]:
    """Find ages, years of birth and amounts that cannot be."""
    yield from _each(customers, "impossible-values", 0.7, "clear-impossible-values", _IMPOSSIBLE)


def stand_ins(customers: Customers) -> Iterator[Finding]:
    """Find numbers that stand for "unknown"."""
    yield from _each(customers, "stand-ins", 0.8, "clear-stand-ins", _STANDING_IN)


def far(customers: Customers) -> Iterator[Finding]:
    """Find single values far from all others, also on a logarithmic scale."""
    yield from _each(customers, "far-values", 0.5, "clear-far-values", _FAR)


def lopsided(customers: Customers) -> Iterator[Finding]:
    """Tell which columns have a heavy tail, and that features tame it: there is nothing to do."""
    found = [name for name in _numeric(customers) if _skewness(_sound(customers, name)) > LOPSIDED]
    if found:
        message = say(
            "Columns in which a few customers have very large values: {n} ({columns}). Nothing to do: they are "
            "compressed before segments are made, so that a few customers do not decide.",
            n=len(found),
            columns=listed(found),
        )
        yield Finding("lopsided", severity(0.1, 0.0), message, len(found), tuple(found))


def clear_impossible_values(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Empty the cells with values that cannot be."""
    return _cleared(customers, names, _impossible)


def clear_stand_ins(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Empty the cells with numbers that stand for "unknown"."""
    return _cleared(customers, names, _standing_in)


def clear_far_values(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Empty the cells with values far from all others."""
    return _cleared(customers, names, _far)


Check = Callable[[Customers, str], Flags]


def _numeric(customers: Customers) -> tuple[str, ...]:
    return customers.named("number", "money", "count")


def _each(
    customers: Customers, code: str, harm: float, remedy: str, told: tuple[Check, Callable[[str, int, str], Message]]
) -> Iterator[Finding]:
    check, tell = told
    for name in _numeric(customers):
        odd = check(customers, name)
        n = int(odd.sum())
        if n:
            examples = shorten(f"{value:.15g}" for value in sorted(set(customers.frame[name][odd])))
            yield Finding(
                code,
                severity(harm, n / len(customers)),
                tell(name, n, ", ".join(examples[:3])),
                n,
                (name,),
                examples,
                ids_of(customers, odd, N_CUSTOMERS),
                Remedy(remedy, (name,)),
                say("Take them as missing"),
                say("Empties {n} cells of {column}.", n=n, column=name),
            )


def _cleared(customers: Customers, names: tuple[str, ...], check: Check) -> tuple[Customers, int]:
    cells: dict[str, pd.Series[float]] = {}
    n = 0
    for name in _numeric(customers):
        if name in names:
            odd = check(customers, name)
            cells[name] = customers.frame[name].mask(odd)
            n += int(odd.sum())
    return with_cells(customers, cells), n


def _impossible(customers: Customers, name: str) -> Flags:
    values = customers.frame[name].to_numpy(dtype=np.float64)
    known = values[np.isfinite(values)]
    none = np.zeros(len(values), dtype=bool)
    if not len(known):
        return none
    if speaks_of(name, BIRTH) and np.mean((known > 1850) & (known < 2100)) > 0.9:
        year = year_of(customers)
        odd = (values < (year or AS_OF) - OLDEST) | (values > (year or 2100))
        return np.asarray(odd & ~_standing_in(customers, name))
    if speaks_of(name, _AGE) and np.quantile(known, 0.95) <= OLDEST:
        return np.asarray(((values < 0) | (values > OLDEST)) & ~_standing_in(customers, name))
    if customers.column(name).role in ("money", "count"):
        negative = values < 0
        if negative.sum() <= NEGATIVE * len(known) and np.mean(known > 0) > 0.5:
            return np.asarray(negative & ~_standing_in(customers, name))
    return none


def _standing_in(customers: Customers, name: str) -> Flags:
    values = customers.frame[name].to_numpy(dtype=np.float64)
    candidates = np.isin(values, [*_STAND_INS, *_NEGATIVE_STAND_INS])
    others = values[np.isfinite(values) & ~candidates]
    if not candidates.any() or len(others) < 20 or len(np.unique(others)) < 3:
        return np.zeros(len(values), dtype=bool)
    below = candidates & (values < 0) & bool(others.min() >= 0) & bool(len(np.unique(others)) > 5)
    above = candidates & (values > others.max()) & (_distance(values, others) > 4)
    return np.asarray(below | above)


def _far(customers: Customers, name: str) -> Flags:
    values = customers.frame[name].to_numpy(dtype=np.float64)
    usual = np.isfinite(values) & ~_impossible(customers, name) & ~_standing_in(customers, name)
    n_usual, found = int(usual.sum()), np.zeros(len(values), dtype=bool)
    if len(np.unique(values[usual])) < LEAST_DISTINCT:
        return found
    while True:  # with the farthest gone, the next may stand out
        more = usual & (_distance(values, values[usual]) > 7)
        if not more.any():
            return found
        found, usual = found | more, usual & ~more
        if found.sum() > max(2, FEW * n_usual):
            return np.zeros(len(values), dtype=bool)


def _sound(customers: Customers, name: str) -> Values:
    odd = _impossible(customers, name) | _standing_in(customers, name) | _far(customers, name)
    return customers.frame[name].to_numpy(dtype=np.float64)[~odd]


def _distance(values: Values, usual: Values) -> Values:
    """Measure how far values lie from the median in robust standard deviations (Hampel's identifier).

    Where nothing is negative, the smaller of the distances on the plain and on the logarithmic scale counts:
    a heavy tail is no error.
    """
    plain = _robust(values, usual)
    if usual.min() < 0:
        return plain / 2
    with np.errstate(invalid="ignore"):
        return np.minimum(plain, _robust(np.log1p(np.maximum(values, 0)), np.log1p(usual)))


def _robust(values: Values, usual: Values) -> Values:
    middle = float(np.median(usual))
    spread = 1.4826 * float(np.median(np.abs(usual - middle)))
    spread = spread or float(usual.std())  # where most share one value, their middle half has no width
    found = np.abs(values - middle) / spread if spread else np.zeros(len(values))
    return np.where(np.isfinite(found), found, 0.0)


def _skewness(values: Values) -> float:
    known = values[np.isfinite(values)]
    deviation = float(known.std()) if len(np.unique(known)) > LEAST_VALUES else 0.0
    return abs(float(np.mean(((known - known.mean()) / deviation) ** 3))) if deviation else 0.0


def _say_impossible(name: str, n: int, examples: str) -> Message:
    if examples.startswith("-"):
        return say(
            "{column}: values below zero where hardly any are, such as {examples}: {n}. They pull averages; where they "
            "are refunds, leave them.",
            column=name,
            n=n,
            examples=examples,
        )
    return say(
        "{column}: values that cannot be, such as {examples}: {n}. They pull the averages of every segment.",
        column=name,
        n=n,
        examples=examples,
    )


def _say_standing_in(name: str, n: int, examples: str) -> Message:
    return say(
        "{column}: numbers that seem to stand for unknown ({examples}): {n}. They would make a segment of those of "
        "whom nothing is known.",
        column=name,
        n=n,
        examples=examples,
    )


def _say_far(name: str, n: int, examples: str) -> Message:
    return say(
        "{column}: values so far from all others that they may be typing errors ({examples}): {n}. They count no "
        "further than a few standard deviations, yet they bend averages.",
        column=name,
        n=n,
        examples=examples,
    )


_IMPOSSIBLE: tuple[Check, Callable[[str, int, str], Message]] = (_impossible, _say_impossible)
_STANDING_IN: tuple[Check, Callable[[str, int, str], Message]] = (_standing_in, _say_standing_in)
_FAR: tuple[Check, Callable[[str, int, str], Message]] = (_far, _say_far)
