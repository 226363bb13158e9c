"""SQL words: comparing words in SQL as rules do, whatever their case and accents."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from segment_core.artifacts import Condition
from segment_core.errors import OptionError
from segment_core.labelling.rules import ACCENTS, folded_cells, wanted_in

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SANDBOX: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 1,
    "lock_configuration": True,
}
"""A database that reads and writes no file, loads nothing, and cannot be told otherwise."""
MOST_LETTERS = 2_000


def written(name: str, cells: "pd.Series[str]", condition: Condition, *, portable: bool = False) -> str:
    """Write a condition on words; `name` is the quoted column, `portable` asks for what every database knows."""
    if condition.op in ("is missing", "is known"):
        blank = _trimmed(name, cells)
        if condition.op == "is known":
            return f"{blank} <> ''"
        return f"({name} IS NULL OR {blank} = '')"
    words = wanted_in(condition.values[0])
    found = next((way for way in _ways(name, cells, words, portable) if _is_exact(way, name, cells, words)), None)
    if found is None:
        raise OptionError(
            "The words “{words}” cannot be compared in SQL exactly as here; ask for other words or another column.",
            words=condition.values[0][:80],
        )
    has = " AND ".join(f"contains({found}, {literal(word)})" for word in words)
    if condition.op == "contains":
        return has
    return f"{_trimmed(name, cells)} <> '' AND NOT ({has})"


def database() -> "DuckDBPyConnection":
    """Return an empty database that reaches nothing outside; close it after use."""
    return _root().cursor()


@cache
def _root() -> "DuckDBPyConnection":
    import duckdb

    return duckdb.connect(":memory:", config=SANDBOX)


def identifier(name: str) -> str:
    """Quote a name of a column or table."""
    quoted = name.replace('"', '""')
    return f'"{quoted}"'


def literal(value: str) -> str:
    """Quote a text."""
    quoted = value.replace("'", "''")
    return _without_nul(f"'{quoted}'")


def as_text(cells: Iterable[object]) -> "pd.Series[str]":
    """Return cells of a column without types as text and missing values, and nothing else."""
    return pd.Series([cell if isinstance(cell, str) else None for cell in cells], dtype="str")


def _without_nul(quoted: str) -> str:
    """Write the letter of code 0, which some programs take for the end of a text, as a call."""
    spelt = quoted.replace("\0", "' || chr(0) || '")
    return f"({spelt})" if "\0" in quoted else quoted


def _trimmed(name: str, cells: "pd.Series[str]") -> str:
    """Write a text without the spaces around it: those of which whole cells are made here."""
    blank = {letter for cell in cells.dropna().unique() if cell.isspace() for letter in cell} - {" "}
    if not blank:
        return f"trim({name})"
    return f"trim({name}, ' ' || {_letters(sorted(blank))})"


def _ways(name: str, cells: "pd.Series[str]", words: Sequence[str], portable: bool) -> list[str]:
    """Return ways to fold a text, the plainest first; to take accents off is not known to every database."""
    spaced = any(" " in word for word in words)
    letters = {letter for cell in cells.dropna().unique() for letter in cell}
    found = [name] if all(letter.isascii() for letter in letters) else [f"strip_accents({name})"]
    found = [] if portable else found
    changed = _changed(letters, set("".join(words)))
    if len(changed) <= MOST_LETTERS:
        found.append(_translated(name, changed))
    lowered = [f"lower({way})" for way in found]
    space = " +" if portable else "\\s+"  # where letters are changed, every space is one already
    return [f"regexp_replace({way}, '{space}', ' ', 'g')" if spaced else way for way in lowered]


def _changed(letters: set[str], asked: set[str]) -> dict[str, str]:
    """Return the letters that must be written otherwise for the asked ones to be found, with what they become."""
    found = {}
    for letter in sorted(letters):
        folded = _folded(letter)
        touched = not folded or asked & (set(folded) | set(letter.lower()))
        if touched and folded != (letter.lower() if letter.isascii() else letter):
            found[letter] = folded
    return found


def _folded(letter: str) -> str:
    """Fold one letter as `rules` does, a space of any kind to a space."""
    if not letter.isascii():
        letter = ACCENTS.sub("", unicodedata.normalize("NFKD", letter)).casefold()
    return " " if letter.isspace() else letter.lower()


def _translated(name: str, changed: dict[str, str]) -> str:
    single = {letter: folded for letter, folded in changed.items() if len(folded) == 1}
    gone = [letter for letter, folded in changed.items() if not folded]
    way = name
    for letter, folded in changed.items():
        if len(folded) > 1:
            way = f"replace({way}, {literal(letter)}, {literal(folded)})"
    if single or gone:
        way = f"translate({way}, {_letters([*single, *gone])}, {literal(''.join(single.values()))})"
    return way


def _letters(letters: Sequence[str]) -> str:
    """Write letters as a text in which those that cannot be seen are written by their code."""
    parts: list[str] = []
    run = ""
    for letter in letters:
        if letter.isprintable():
            run += letter
            continue
        parts += [literal(run)] if run else []
        parts.append(f"chr({ord(letter)})")
        run = ""
    parts += [literal(run)] if run else []
    return " || ".join(parts)


def _is_exact(way: str, name: str, cells: "pd.Series[str]", words: Sequence[str]) -> bool:
    """Tell whether a way to fold finds the words in the same cells as `rules` does."""
    distinct = pd.Series(cells.dropna().unique(), dtype=object)
    if not len(distinct):
        return True
    expected = [all(word in cell for word in words) for cell in folded_cells(distinct)]
    has = " AND ".join(f"contains({way}, {literal(word)})" for word in words)
    with database() as found_in:
        frame = pd.DataFrame({name[1:-1].replace('""', '"'): as_text(distinct)})
        found_in.register("cells", frame)
        found = found_in.execute(f"SELECT {has} FROM cells").fetchnumpy()  # noqa: S608 - quoted above
    return [bool(value) for value in next(iter(found.values()))] == expected
