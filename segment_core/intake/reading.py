"""Reading: a file of any supported kind becomes a table of text, with a note on everything that was done."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from segment_core.artifacts import Dialect, Note, Progress, Table, silent
from segment_core.choices import option
from segment_core.errors import DataError
from segment_core.intake.brought import is_npy, refuse_alone, with_vectors
from segment_core.intake.contents import Content
from segment_core.intake.delimited import parse
from segment_core.intake.dialects import DELIMITERS
from segment_core.intake.encodings import ENCODINGS, detect
from segment_core.intake.kinds import kind_of, refuse_prose
from segment_core.intake.objects import open_json
from segment_core.intake.spreadsheets import Book, open_parquet
from segment_core.intake.tidying import distinct, tidy
from segment_core.intake.unpacking import Allowance, files, files_of, unpack, unpacked_size
from segment_core.intake.values import decimal_of
from segment_core.messages import Message, say

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """Override what is detected; None means detect it."""

    encoding: str | None = option(
        None, "Encoding", among=ENCODINGS, help="How letters are stored. Change it when accents look wrong."
    )
    delimiter: str | None = option(None, "Separator", among=DELIMITERS, help="The sign between two cells.")
    decimal: str | None = option(None, "Decimal sign", among=(".", ","), help="1.5 or 1,5.")
    header_row: int | None = option(
        None, "Header line", low=0, help="The line of the file with the column names, from 1; 0 for a file without."
    )
    sheet: str | None = option(None, "Sheet", help="The sheet of an Excel file to read.")


def read(
    source: Path | bytes, name: str, options: ReadingOptions = ReadingOptions(), progress: Progress = silent
) -> Table:
    r"""Read a customer file as a table of text.

    The content decides what a file is, not its name. CSV, TSV and other delimited text, Excel (its
    first sheet with cells), Parquet and JSON (one object a line, or a list of objects) are read, also
    inside a zip, gz or bz2 that holds one such file; `read_all` takes several. Nothing
    is converted here: "007", "NA" and "1,5" stay as they stand; only empty cells become missing.

    Parameters
    ----------
    source
        Path of the file, or its bytes.
    name
        File name for messages and as a weak hint.
    options
        What to override.
    progress
        Told the bytes read so far and the file's; may raise `Cancelled`.

    Raises
    ------
    DataError
        If the file is empty, is no table, or has a header but no rows.

    Examples
    --------
    >>> read(b"city;spend\nRome;1,5\nBonn;2,5\n", "a.csv").dialect.delimiter
    ';'
    """
    inner, notes = unpack(Content(name, source))
    refuse_alone(inner)
    return _table(inner, name, options, progress, notes)


def read_all(
    source: Path | bytes,
    name: str,
    options: ReadingOptions = ReadingOptions(),
    progress: Progress = silent,
    others: Mapping[str, ReadingOptions] = {},
) -> tuple[Table, ...]:
    r"""Read every table in a file: each file of a zip, each sheet of Excel that has cells, else the one there is.

    Tables are named by their file, and by "file: sheet" where a book has several; a name is never used as
    a path. What is no table, such as a README, is left out with a note on the first table.

    Parameters
    ----------
    source, name, options, progress
        As for `read`. A sheet that is chosen in the options is the only one read.
    others
        Other options for single tables, by table name.

    Raises
    ------
    DataError
        If nothing in the file is a table, or a table with options of its own cannot be read with them.

    Examples
    --------
    >>> [table.name for table in read_all(b"id,city\n1,Rome\n", "a.csv")]
    ['a.csv']
    """
    content, allowance = Content(name, source), Allowance()
    if len(files_of(content)) < 2:
        inner, notes = unpack(content, allowance)
        refuse_alone(inner)
        return _tables(inner, name, options, others, progress=progress, notes=notes)
    found: list[Table] = []
    skipped: list[tuple[str, DataError]] = []
    taken: set[str] = set()
    vectors: list[Content] = []
    done, total = 0, unpacked_size(content)
    for inner in files(content, allowance):
        if is_npy(inner):
            vectors.append(inner)
            done += inner.size
            continue
        own = distinct(inner.name, taken)
        ahead = _ahead(progress, done, total)
        try:
            refuse_prose(inner.name)
            unpacked, notes = unpack(inner, allowance)
            found += _tables(unpacked, own, options, others, progress=ahead, notes=notes)
        except DataError as error:
            if own in others or allowance.left < 0:
                raise
            skipped.append((own, error))
        done += inner.size
    if vectors and not found and not skipped:
        refuse_alone(vectors[0])
    return with_vectors(_with_skipped(found, skipped, name), vectors)


def _ahead(progress: Progress, before: float, total: float) -> Progress:
    """Report the progress within one file of an archive as progress within the archive."""

    def tell(done: float, of: float, note: Message) -> None:
        progress(min(before + done, total), total, note)

    return tell


def _tables(
    content: Content,
    name: str,
    options: ReadingOptions,
    others: Mapping[str, ReadingOptions],
    *,
    progress: Progress,
    notes: tuple[Note, ...],
) -> tuple[Table, ...]:
    """Read a file that is no archive: several tables where it is a book of several sheets."""
    options = others.get(name, options)
    if kind_of(content) != "excel":
        return (_table(content, name, options, progress, notes),)
    book = Book(content.whole(), content.name)
    if options.sheet is not None or len(book.sheets) == 1:
        return (_sheet(book, name, options.sheet or book.sheets[0], options, notes),)
    found: list[Table] = []
    skipped: list[tuple[str, DataError]] = []
    for sheet in book.sheets:
        own = f"{name}: {sheet}"
        try:
            found.append(_sheet(book, own, sheet, others.get(own, options), notes))
        except DataError as error:
            if own in others:
                raise
            skipped.append((sheet, error))
    return _with_skipped(found, skipped, name)


def _with_skipped(found: list[Table], skipped: list[tuple[str, DataError]], name: str) -> tuple[Table, ...]:
    """Say on the first table what was left out, and of each part why."""
    names = ", ".join(part for part, _ in skipped)[:200]
    if not found:
        raise DataError(
            "Nothing in the file {name} is a table; it holds {names}. Give a file with at least one table.",
            name=name,
            names=names,
        )
    if skipped:
        message = say(
            "Parts of the file that are no tables and were left out: {n} ({names}).", n=len(skipped), names=names
        )
        why = tuple(Note("not-a-table", error.message, 1) for _, error in skipped[:_SHOWN])
        notes = (Note("not-tables", message, len(skipped), "warning"), *why)
        found[0] = replace(found[0], notes=notes + found[0].notes)
    return tuple(found)


def _table(content: Content, name: str, options: ReadingOptions, progress: Progress, notes: tuple[Note, ...]) -> Table:
    """Read a file that is no archive."""
    kind = kind_of(content)
    if kind == "excel":
        return _sheet(Book(content.whole(), content.name), name, options.sheet, options, notes)
    if kind == "parquet":
        opened = open_parquet(content.whole(), content.name)
        return _made(opened.columns, opened, name, Dialect("parquet"), notes, decimal=options.decimal)
    encoding = detect(content, options.encoding)
    if kind == "json":
        found = open_json(content, encoding, progress)
        return _made(
            found.names,
            found.rows,
            name,
            Dialect("json", encoding.name),
            notes + encoding.notes + found.notes,
            decimal=options.decimal,
        )
    cut = parse(content, encoding, options.delimiter, options.header_row, progress=progress)
    dialect = Dialect("csv", encoding=encoding.name, delimiter=cut.delimiter, header_row=cut.header_row)
    return _made(cut.names, cut.rows, name, dialect, notes + cut.notes, decimal=options.decimal)


def _sheet(book: Book, name: str, sheet: str | None, options: ReadingOptions, notes: tuple[Note, ...]) -> Table:
    raw = book.sheet(sheet, options.header_row)
    dialect = Dialect("excel", header_row=raw.header_row, sheet=raw.sheet)
    return _made(raw.names, raw.rows, name, dialect, notes + raw.notes, decimal=options.decimal)


def _made(
    names: Iterable[object] | None,
    rows: pd.DataFrame,
    name: str,
    dialect: Dialect,
    notes: tuple[Note, ...],
    *,
    decimal: str | None,
) -> Table:
    frame, notes = tidy(names, rows, name, notes)
    if frame.empty:
        raise DataError(
            "The file {name} has column names but no rows of data. Give a file with one row for each customer.",
            name=name,
        )
    decimal = decimal or decimal_of(frame)
    if decimal == ",":
        notes += (Note("decimal-comma", say("Numbers are read with a decimal comma, as in 1.234,56."), 0),)
    return Table(frame, re.sub(r"[\x00-\x1f]", " ", name), replace(dialect, decimal=decimal), notes)
