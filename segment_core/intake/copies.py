"""Copies: columns that repeat another one, word for word, by renaming its values, or as a fixed multiple of it."""

import hashlib
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Role
from segment_core.intake.distincts import distinct_values, folded_cells
from segment_core.intake.values import numbers_of
from segment_core.messages import Message, say

ALIKE = 0.99
"""Columns that agree in this share of the rows, or more, are copies."""

_ROWS_TO_JUDGE = 20
_MOST_COMPARED = 1000  # pairs grow with the square of this
Cells = NDArray[np.object_]
Pair = tuple[str, str, str]

_NUMERIC: tuple[Role, ...] = ("number", "money", "count")
_LEAST_LEVELS = 8  # fewer numbers lie on a line by accident
_TOLERATED = 0.02  # of a standard deviation, to forgive rounding


def copies(frame: pd.DataFrame, drawn: pd.DataFrame, roles: Mapping[str, Role], decimal: str) -> dict[str, Message]:
    """Return each column that is a copy of an earlier one, with the reason, which names that one.

    Two columns are copies if their cells are equal but for case and blanks in nearly all rows; if each value of one
    always stands beside the same value of the other and values repeat enough for that to be no accident; or if
    one is the other times a constant plus a constant, but for rounding. A high correlation makes no copy.

    `drawn` are rows of `frame` that stand for all: pairs that differ there are not compared further.
    """
    found: dict[str, Message] = {}
    if len(frame) < 2 or not roles:
        return found
    names = list(roles)
    folded = {name: folded_cells(drawn[name]) for name in names}
    pairs = sorted({*_equal(folded), *_renamed(folded), *_lines(drawn, folded, roles, decimal)})
    originals: dict[str, str] = {}
    for later, earlier, how in sorted((names.index(b), names.index(a), how) for a, b, how in pairs):
        name, other = names[later], names[earlier]
        if name in found:
            continue
        other = originals.get(other, other)
        if reason := _verdict(frame, name, other, how, decimal):
            found[name], originals[name] = reason, other
    return found


def _verdict(frame: pd.DataFrame, name: str, other: str, how: str, decimal: str) -> Message | None:
    """Compare two columns over all rows."""
    one, two = frame[other], frame[name]
    if how == "equal":
        share = _agreement(one, two)
        if share == 1:
            return say("Says the same as {other} in every row: a copy.", other=other)
        if share >= ALIKE and len(frame) >= _ROWS_TO_JUDGE:
            return say(
                "Says the same as {other} in {percent}% of the rows: a copy.", other=other, percent=_percent(share)
            )
    elif how == "renamed" and _is_renaming(folded_cells(one), folded_cells(two)):
        return say("Renames the values of {other}: a copy in other words.", other=other)
    elif how == "line" and (line := _line(one, two, decimal)):
        if line[1] == 0:
            return say("Is {factor} times {other}: a copy in another unit.", factor=_figure(line[0]), other=other)
        return say(
            "Is {factor} times {other} plus {offset}: a copy in another unit.",
            factor=_figure(line[0]),
            other=other,
            offset=_figure(line[1]),
        )
    return None


def _agreement(one: pd.Series, two: pd.Series) -> float:
    return float((folded_cells(one) == folded_cells(two)).mean())


def _equal(folded: Mapping[str, Cells]) -> Iterator[Pair]:
    """Propose pairs whose drawn cells agree nearly everywhere."""
    names = list(folded)
    cells = list(folded.values())
    codes = pd.factorize(np.concatenate(cells) if cells else np.zeros(0, object))[0].reshape(len(names), -1)
    codes = codes.astype("int32")
    first: dict[bytes, int] = {}
    distinct: list[int] = []
    for number in range(len(names)):
        original = first.setdefault(hashlib.sha256(codes[number].tobytes()).digest(), number)
        if original == number:
            distinct.append(number)
        elif codes[number].min() != codes[number].max():
            yield names[original], names[number], "equal"
    if not codes.shape[1] >= _ROWS_TO_JUDGE or len(distinct) > _MOST_COMPARED:
        return
    apart = codes[distinct]
    for place, number in enumerate(distinct):
        alike = (apart[place + 1 :] == codes[number]).mean(axis=1)
        for later in np.flatnonzero(alike >= ALIKE - 0.02):
            yield names[number], names[distinct[place + 1 + int(later)]], "equal"


def _renamed(folded: Mapping[str, Cells]) -> Iterator[Pair]:
    """Propose pairs of which, in the drawn rows, one renames the other: their codes by first appearance are equal."""
    seen: dict[bytes, str] = {}
    for name, values in folded.items():
        codes, levels = pd.factorize(values)
        if len(values) < _ROWS_TO_JUDGE or not 2 <= len(levels) <= len(values) / 4:
            continue
        original = seen.setdefault(hashlib.sha256(codes.tobytes()).digest(), name)
        if original != name:
            yield original, name, "renamed"


def _is_renaming(one: Cells, two: Cells) -> bool:
    codes, levels = pd.factorize(one)
    return len(levels) <= len(one) / 4 and bool(np.array_equal(codes, pd.factorize(two)[0]))


def _lines(drawn: pd.DataFrame, folded: Mapping[str, Cells], roles: Mapping[str, Role], decimal: str) -> Iterator[Pair]:
    """Propose pairs of numbers that lie on a line in the drawn rows."""
    names = [name for name, role in roles.items() if role in _NUMERIC and len(pd.unique(folded[name])) > _LEAST_LEVELS]
    if len(drawn) < _ROWS_TO_JUDGE or len(names) < 2:
        return
    numbers = np.column_stack([floats(drawn[name], decimal) for name in names])
    matrix = numbers - np.nanmean(np.where(np.isnan(numbers).all(axis=0), 0.0, numbers), axis=0)
    matrix = np.nan_to_num(matrix)
    length = np.sqrt((matrix**2).sum(axis=0))
    matrix = matrix / np.where(length > 0, length, 1.0)
    steps = [_step(drawn[name]) for name in names]
    for start in range(0, len(names), _MOST_COMPARED):
        part = matrix[:, start : start + _MOST_COMPARED].T @ matrix
        for place, two in np.argwhere(np.abs(part) >= 1 - _TOLERATED**2):
            one = start + int(place)
            if one < two and _fit(numbers[:, one], numbers[:, two], steps[one], steps[two], ALIKE - 0.02):
                yield names[one], names[two], "line"


def _line(one: pd.Series, two: pd.Series, decimal: str) -> tuple[float, float] | None:
    return _fit(floats(one, decimal), floats(two, decimal), _step(one), _step(two), ALIKE)


def _fit(
    x: NDArray[np.float64], y: NDArray[np.float64], x_step: float, y_step: float, share: float
) -> tuple[float, float] | None:
    """Return factor and offset if `y` is a line of `x` in this share of the rows, but for rounding to the steps."""
    both = ~np.isnan(x) & ~np.isnan(y)
    if (np.isnan(x) != np.isnan(y)).mean() > 1 - share or both.sum() < _ROWS_TO_JUDGE:
        return None
    x, y = x[both], y[both]
    centre, spread = x.mean(), y.std()
    factor = float(((x - centre) * (y - y.mean())).sum() / max(((x - centre) ** 2).sum(), np.finfo(float).tiny))
    offset = float(y.mean() - factor * centre)
    tolerance = max((y_step + abs(factor) * x_step) * 0.505, 1e-9 * float(np.abs(y).max()))
    if factor == 0 or tolerance > _TOLERATED * spread:
        return None
    if (np.abs(y - factor * x - offset) <= tolerance).mean() < share:
        return None
    return factor, 0.0 if abs(offset) <= tolerance else offset


def _step(values: pd.Series) -> float:
    """Return the size of the last decimal place that a column shows; whole numbers are taken as exact."""
    shown = values.str.extract(r"[.,]([0-9]{1,12})(?:[^0-9]|$)", expand=False).str.len().max()
    return 0.0 if pd.isna(shown) else 10.0 ** -int(shown)


def floats(values: pd.Series, decimal: str) -> NDArray[np.float64]:
    """Parse a column of text as numbers; NaN where it holds none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        if decimal == ".":
            plain = pa.chunked_array([pa.array(values.str.strip(), type=pa.large_string(), from_pandas=True)])
            return np.asarray(pc.cast(plain, pa.float64()).to_numpy(), dtype="float64")
    except pa.ArrowInvalid:
        pass
    numbers = numbers_of(distinct_values(values), decimal)
    return values.str.strip().map(numbers).to_numpy(dtype="float64", na_value=np.nan)


def _percent(share: float) -> str:
    return f"{np.floor(share * 1000) / 10:g}"


def _figure(value: float) -> str:
    return f"{value:.6g}"
