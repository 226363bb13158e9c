"""Kinds: what a file is, by its content."""

from pathlib import PurePosixPath
from typing import Literal

from segment_core.errors import DataError
from segment_core.intake.contents import Content
from segment_core.intake.letters import WIDE_LEAK
from segment_core.intake.objects import looks_like_json

Kind = Literal["text", "excel", "parquet", "json"]

_FOREIGN = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM\x00\x00": "BMP",
    b"%PDF-": "PDF",
    b"RIFF": "RIFF",
    b"ID3": "MP3",
    b"OggS": "OGG",
    b"fLaC": "FLAC",
    b"\x7fELF": "ELF",
    b"MZ\x90": "EXE",
    b"SQLite format 3": "SQLite",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x93NUMPY": "NumPy",
    b"ARROW1": "Arrow",
    b"Obj\x01": "Avro",
    b"\x89HDF": "HDF5",
    b"{\\rtf": "RTF",
}
_BLANK = b"\x00\t\r\n \xef\xbb\xbf\xfe\xff"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")

_PROSE = {".md", ".rst", ".html", ".htm", ".py", ".r", ".sql", ".ipynb", ".css", ".js", ".yml", ".yaml", ".toml"}
_ABOUT = {"readme", "license", "licence", "copying", "notice", "changelog", "authors", "source", "sources"}
_CONTROLS = bytes({*range(1, 32)} - {9, 10, 11, 12, 13, 26, 27})
_BINARY_SHARE = 0.02
_LOOKED_AT = 65_536


def kind_of(content: Content) -> Kind:
    """Tell what kind of table the bytes are.

    Raises
    ------
    DataError
        If they are no table: empty, a picture, a web page, binary data.
    """
    data, name = content.head(_LOOKED_AT), content.name
    if not any(block.strip(_BLANK) for block in content.blocks()):
        raise DataError("The file {name} is empty. Give a file with one row for each customer.", name=name)
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return "excel"
    for mark, format_ in _FOREIGN.items():
        if data.startswith(mark):
            raise _not_a_table(name, format_)
    _refuse_markup(content, data)
    if looks_like_json(data.lstrip(b"\xff\xfe").replace(b"\0", b"")):  # in UTF-16 too
        return "json"
    if not data.startswith(_WIDE_MARKS) and _looks_binary(data):
        raise _not_a_table(name, "binary")
    return "text"


def refuse_prose(name: str) -> None:
    """Refuse a file in an archive that is there for people to read, by its name."""
    path = PurePosixPath(name.lower())
    if path.suffix in _PROSE or (path.stem in _ABOUT and path.suffix in ("", ".txt")):
        raise _not_a_table(name, "text to read")


def _not_a_table(name: str, format_: str) -> DataError:
    return DataError(
        "The file {name} is not a table: its content is {format}. Give a CSV, TSV, Excel, Parquet or JSON file.",
        name=name,
        format=format_,
    )


def _refuse_markup(content: Content, head: bytes) -> None:
    name, start = content.name, head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<svg", b"<table")):
        raise _not_a_table(name, "HTML/XML")


def _looks_binary(start: bytes) -> bool:
    controls = len(start) - len(start.translate(None, _CONTROLS))
    even, odd = start[::2].count(0), start[1::2].count(0)
    if even + odd > 0.005 * len(start) and min(even, odd) <= WIDE_LEAK * max(even, odd):
        return False  # UTF-16 without a mark: its zero bytes lie on one side, and its letters may hold control bytes
    return controls > _BINARY_SHARE * len(start) or even + odd > 0.2 * len(start)
