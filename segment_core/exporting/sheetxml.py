"""Sheet XML: rows as Excel keeps them, made a column at a time, in which no text can be a formula."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from segment_core.exporting.batches import array_of

MOST_LETTERS = 32_767
"""Letters that a cell of Excel holds, counted in UTF-16 as Excel counts."""
TEXT, NUMBER, TRUTH = 't="inlineStr"><is><t', "><v>", 't="b"><v>'
_NOT_IN_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]"
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_BLANK_AT_AN_END = r"\A\s|\s\z|\n|  "
_LIKE_AN_ESCAPE = r"(?i)_(x[0-9a-f]{4}_)"


def rows_xml(part: pd.DataFrame, first: int, *, style: int = 0) -> bytes:
    """Return rows of a sheet as XML, the first of them numbered `first`, from 1.

    Texts are inline strings, which nothing runs; numbers are numbers, true and false are booleans, and a cell without
    a value is none. What XML cannot hold is dropped, lines end by LF, and texts too long for a cell are cut.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(part):
        return b""
    numbers = pc.cast(pa.array(np.arange(first, first + len(part))), pa.string())
    pieces: list[Any] = ['<row r="', numbers, '">']
    drawn = f' s="{style}"' if style else ""
    for place in range(part.shape[1]):
        cells, opened, closed = _cells(part.iloc[:, place])
        head = f'<c r="{letters_of(place)}'
        whole = pc.binary_join_element_wise(
            head, numbers, f'"{drawn}{"" if opened is NUMBER else " "}{opened}', cells, closed, ""
        )
        pieces.append(pc.fill_null(whole, "") if cells.null_count else whole)
    made = pc.binary_join_element_wise(*pieces, "</row>", "")
    offsets = np.frombuffer(made.buffers()[1], dtype=np.int32)
    return bytes(memoryview(made.buffers()[2])[int(offsets[0]) : int(offsets[len(part)])])


def letters_of(place: int) -> str:
    """Return the letters of a column, counted from 0.

    Examples
    --------
    >>> [letters_of(place) for place in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    found, left = "", place + 1
    while left:
        left, letter = divmod(left - 1, 26)
        found = chr(65 + letter) + found
    return found


def _cells(column: "pd.Series[Any]") -> tuple[Any, str, str]:
    """Return a column's cells as the texts of XML, null where there is none, and what stands before and behind."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) in ("integer", "floating", "boolean"):
        column = column.infer_objects()
    cells = array_of(column)
    if pa.types.is_boolean(cells.type):
        return pc.if_else(cells, "1", "0"), TRUTH, "</v></c>"
    if not pa.types.is_string(cells.type):
        if pa.types.is_floating(cells.type):  # a sheet knows no infinity
            cells = pc.if_else(pc.is_finite(cells), cells, pa.scalar(None, cells.type))
        return pc.cast(cells, pa.string()), NUMBER, "</v></c>"
    return _few_or_many(cells, _text), TEXT, "</t></is></c>"


def _few_or_many(cells: Any, made: Callable[[Any], Any]) -> Any:
    """Make each distinct text once where there are few of them."""
    coded = cells.dictionary_encode()
    if len(coded.dictionary) > len(cells) // 2:
        return made(cells)
    return made(coded.dictionary).take(coded.indices)


def _text(cells: Any) -> Any:
    import pyarrow.compute as pc

    longest = pc.max(pc.utf8_length(cells)).as_py() or 0
    if longest > MOST_LETTERS // 2:
        import pyarrow as pa

        cells = pa.array([None if cell is None else _cut(cell) for cell in cells.to_pylist()], type=pa.string())
    if _any(pc.match_substring(cells, "\r")):
        cells = pc.replace_substring(pc.replace_substring(cells, "\r\n", "\n"), "\r", "\n")
    if _any(pc.match_substring_regex(cells, _NOT_IN_XML)):
        cells = pc.replace_substring_regex(cells, _NOT_IN_XML, "")
    if _any(pc.match_substring_regex(cells, _LIKE_AN_ESCAPE)):  # Excel would read “_x0041_” as “A”
        cells = pc.replace_substring_regex(cells, _LIKE_AN_ESCAPE, r"_x005F_\1")
    for letter, written in _ESCAPES:
        cells = pc.replace_substring(cells, letter, written)
    blank = pc.match_substring_regex(cells, _BLANK_AT_AN_END)  # which would be taken off
    opened = pc.if_else(blank, ' xml:space="preserve">', ">") if _any(blank) else ">"
    return pc.binary_join_element_wise(opened, cells, "")


def _any(found: Any) -> bool:
    import pyarrow.compute as pc

    return bool(pc.any(found).as_py())


def _cut(text: str) -> str:
    if len(text) <= MOST_LETTERS // 2:
        return text
    return text.encode("utf-16-le")[: 2 * MOST_LETTERS].decode("utf-16-le", errors="ignore")
