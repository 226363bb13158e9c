"""Reading: a file of any supported kind becomes a table of text, with a note on everything that was done."""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from segment_core.artifacts import Dialect, Note, Progress, Table, silent
from segment_core.choices import option
from segment_core.errors import DataError
from segment_core.intake.contents import Content
from segment_core.intake.delimited import parse
from segment_core.intake.dialects import DELIMITERS
from segment_core.intake.encodings import ENCODINGS, detect
from segment_core.intake.kinds import kind_of
from segment_core.intake.spreadsheets import open_excel, open_parquet
from segment_core.intake.tidying import tidy
from segment_core.intake.unpacking import unpack
from segment_core.intake.values import decimal_of
from segment_core.messages import say


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

    The content decides what a file is, not its name. CSV, TSV and other delimited text,
    Excel and Parquet are read, also inside a zip, gz or bz2 that holds one such file. Nothing
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
    kind = kind_of(inner)
    if kind == "parquet":
        opened = open_parquet(inner.whole(), inner.name)
        frame, tidied = tidy(opened.columns, opened, inner.name)
        dialect = Dialect("parquet")
    elif kind == "excel":
        raw = open_excel(inner.whole(), inner.name, options.sheet, options.header_row)
        frame, tidied = tidy(raw.names, raw.rows, inner.name)
        dialect = Dialect("excel", header_row=raw.header_row, sheet=raw.sheet)
        notes += raw.notes
    else:
        encoding = detect(inner, options.encoding)
        cut = parse(inner, encoding, options.delimiter, options.header_row, progress=progress)
        frame, tidied = tidy(cut.names, cut.rows, inner.name)
        dialect = Dialect("csv", encoding=encoding.name, delimiter=cut.delimiter, header_row=cut.header_row)
        notes += encoding.notes + cut.notes
    return _table(frame, name, dialect, notes + tidied, options.decimal)


def _table(frame: pd.DataFrame, name: str, dialect: Dialect, notes: tuple[Note, ...], decimal: str | None) -> Table:
    if frame.empty:
        raise DataError(
            "The file {name} has column names but no rows of data. Give a file with one row for each customer.",
            name=name,
        )
    decimal = decimal or decimal_of(frame)
    if decimal == ",":
        notes += (Note("decimal-comma", say("Numbers are read with a decimal comma, as in 1.234,56."), 0),)
    dialect = Dialect(dialect.kind, dialect.encoding, dialect.delimiter, decimal, dialect.header_row, dialect.sheet)
    return Table(frame, re.sub(r"[\x00-\x1f]", " ", name), dialect, notes)
