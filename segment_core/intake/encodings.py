"""Encodings: bytes become text. Marks first, then strict UTF-8, then the likeliest of the old encodings."""

import codecs
import re

from segment_core.artifacts import Note
from segment_core.errors import DataError, OptionError
from segment_core.intake.kinds import WIDE_LEAK
from segment_core.intake.letters import plausibility
from segment_core.messages import say

ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "cp1252",
    "latin-1",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "koi8-r",
    "mac-roman",
    "cp437",
    "cp850",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
)
"""The encodings a person may choose from."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_GUESSES = ("cp1252", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1251", "cp1253", "cp1250")
_LOOKED_AT = 400_000


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str, tuple[Note, ...]]:
    """Return the text, the encoding it was read with, and notes on what was guessed or removed.

    Line ends become LF and NUL characters are taken out.

    Raises
    ------
    DataError
        If the chosen encoding cannot read the file.
    """
    notes: tuple[Note, ...] = ()
    if encoding is not None:
        text = _decode_as(data, name, encoding)
    else:
        text, encoding, notes = _detect(data)
    text = text.removeprefix("\ufeff")
    zeros = text.count("\0")
    if zeros:
        text = text.replace("\0", "")
        notes += (Note("nul-removed", say("NUL characters removed: {n}.", n=zeros), zeros, "warning"),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, encoding, notes


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
    except LookupError as error:
        raise OptionError(
            "There is no encoding named {encoding}; there are: {names}.",
            encoding=encoding,
            names=", ".join(ENCODINGS),
        ) from error
    try:
        return codec.decode(data, "strict")[0]
    except UnicodeError as error:
        raise DataError(
            "The file {name} cannot be read as {encoding}. Choose another encoding, or let it be detected.",
            name=name,
            encoding=encoding,
        ) from error


def _detect(data: bytes) -> tuple[str, str, tuple[Note, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (text := _strict(data[len(mark) :], encoding)) is not None:
            return text, encoding, ()
    wide = _wide(data)
    if wide is not None and (text := _strict(data, wide)) is not None:
        return text, wide, (_guessed(wide),)
    if (text := _strict(data, "utf-8")) is not None:
        return text, "utf-8", ()
    return _likeliest(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: the zero bytes all lie on one side."""
    start = data[: _LOOKED_AT // 2 * 2]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(data) % 2 or not even + odd or min(even, odd) > WIDE_LEAK * max(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if even + odd < 0.05 * len(start) and _strict(data, "utf-8") is not None:
        return None
    text = _strict(start, encoding)
    return encoding if text is not None and re.search("[\n\r,;\t|]", text) else None


def _likeliest(data: bytes) -> tuple[str, str, tuple[Note, ...]]:
    """Score each old encoding that can read every byte by how usual the letters are that come out."""
    start = _lines_with_letters(data)
    scored = []
    for order, encoding in enumerate(_GUESSES):
        text = _strict(start, encoding)
        if text is not None:
            scored.append((plausibility(text, encoding), -order, encoding))
    for _, _, encoding in sorted(scored, reverse=True):
        found = _strict(data, encoding)
        if found is not None:
            return found, encoding, (_guessed(encoding),)
    return _damaged(data)


def _lines_with_letters(data: bytes) -> bytes:
    """Keep only lines with bytes above 127, so that the sample is full of evidence however long the file is."""
    kept, size = [], 0
    for line in data.splitlines():
        if not line.isascii():
            kept.append(line)
            size += len(line)
            if size > _LOOKED_AT:
                break
    return b"\n".join(kept)


def _damaged(data: bytes) -> tuple[str, str, tuple[Note, ...]]:
    """No encoding reads every byte: mostly UTF-8 with some broken bytes, or latin-1, which reads anything."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(1 for character in text[:_LOOKED_AT] if character > "\x7f" and character != "\ufffd")
    if broken <= valid:
        note = Note("broken-bytes", say("Bytes that are no text were replaced by �: {n}.", n=broken), broken, "warning")
        return text, "utf-8", (note,)
    return data.decode("latin-1"), "latin-1", (_guessed("latin-1"),)


def _guessed(encoding: str) -> Note:
    return Note(
        "encoding-guessed",
        say(
            "The file does not say how its letters are stored; {encoding} fits best. Check the accents.",
            encoding=encoding,
        ),
        0,
    )
