"""Encodings: bytes become text. Marks first, then strict UTF-8, then the likeliest of the old encodings."""

import codecs
import re
from dataclasses import dataclass, replace

import numpy as np

from segment_core.artifacts import Note
from segment_core.errors import DataError, OptionError
from segment_core.intake.contents import Content
from segment_core.intake.letters import WIDE_LEAK, plausibility
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
_SINGLE_BYTE = ("cp1252", "latin-1", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8-r")
_GUESSES = ("cp1252", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1251", "cp1253", "cp1250")
_LOOKED_AT = 400_000
_EVIDENCE = 60_000  # bytes of lines that hold letters beyond ASCII
_MOSTLY = 9  # letters that are whole for one that is broken


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's letters are stored: after `mark` bytes; `has_nul` where NUL characters must be taken out.

    `has_quotes` is false where no quotation mark can be in the text.
    """

    name: str
    mark: int = 0
    errors: str = "strict"
    has_nul: bool = False
    has_quotes: bool = True
    notes: tuple[Note, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Tell whether the bytes are UTF-8 already and need no recoding."""
        return self.name == "utf-8" and self.errors == "strict" and not self.has_nul

    @property
    def is_wide(self) -> bool:
        """Tell whether every character takes two or four bytes."""
        return self.name.startswith(("utf-16", "utf-32"))


def detect(content: Content, told: str | None = None) -> Encoding:
    """Find how a file's letters are stored, or check that it can be read as a person chose.

    Raises
    ------
    DataError
        If the chosen encoding cannot read the file.
    """
    head = content.head()
    zeros = quotes = False
    for block in content.blocks():
        zeros, quotes = zeros or b"\0" in block, quotes or b'"' in block
    found = _told(content, head, told) if told is not None else _found(content, head, zeros)
    return replace(found, has_nul=zeros, has_quotes=quotes)


def _found(content: Content, head: bytes, zeros: bool) -> Encoding:
    for mark, name in _MARKS:
        if head.startswith(mark) and _reads(content, name, len(mark)):
            return Encoding(name, len(mark))
    if zeros and (wide := _wide(content, head)) is not None:
        return Encoding(wide, notes=(_guessed(wide),))
    if _reads(content, "utf-8"):
        return Encoding("utf-8")
    return _likeliest(content)


def _told(content: Content, head: bytes, told: str) -> Encoding:
    try:
        name = codecs.lookup(told).name
    except LookupError as error:
        raise OptionError(
            "There is no encoding named {encoding}; there are: {names}.", encoding=told, names=", ".join(ENCODINGS)
        ) from error
    mark = next((len(mark) for mark, own in _MARKS if own == told and head.startswith(mark)), 0)
    if not _reads(content, name, mark):
        raise DataError(
            "The file {name} cannot be read as {encoding}. Choose another encoding, or let it be detected.",
            name=content.name,
            encoding=told,
        )
    return Encoding(told, mark)


def _reads(content: Content, name: str, start: int = 0) -> bool:
    """Tell whether every byte of the file can be read in an encoding."""
    if name == "utf-8":
        return _is_utf_8(content, start)
    if name in _SINGLE_BYTE:
        holes = [hole for hole in map(bytes, zip(range(256))) if _strict(hole, name) is None]
        return not any(hole in block for block in content.blocks(start) for hole in holes)
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for block in content.blocks(start):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _is_utf_8(content: Content, start: int) -> bool:
    """Check all bytes as Arrow does, many at a time."""
    import pyarrow as pa

    rest = b""
    for block in content.blocks(start):
        piece = rest + block if rest else block
        cut = len(piece)
        for back in range(1, min(4, cut) + 1):  # a character that goes on in the next block
            if piece[-back] >= 0xC0:
                cut -= back
            if piece[-back] & 0xC0 != 0x80:
                break
        rest = piece[cut:]
        offsets = pa.py_buffer(np.array([0, cut], dtype=np.int64))
        text = pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(piece)])
        try:
            text.validate(full=True)
        except pa.ArrowInvalid:
            return False
    return _strict(rest, "utf-8") is not None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _wide(content: Content, head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: the zero bytes all lie on one side."""
    start = head[: _LOOKED_AT // 2 * 2]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if content.size % 2 or not even + odd or min(even, odd) > WIDE_LEAK * max(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    if even + odd < 0.25 * len(start) and _reads(content, "utf-8"):
        return None  # stray NUL characters in a text that is whole without them
    text = codecs.getincrementaldecoder(name)("replace").decode(start)
    return name if re.search("[\n\r,;\t|]", text) and _reads(content, name) else None


def _likeliest(content: Content) -> Encoding:
    """Score each old encoding that can read every byte by how usual the letters are that come out."""
    start = _lines_with_letters(content)
    broken, valid = _broken(start.decode("utf-8", "replace"))
    if valid > _MOSTLY * broken:  # other encodings hardly ever make whole letters of UTF-8 by chance
        return _damaged(content)
    scored = []
    for order, name in enumerate(_GUESSES):
        text = _strict(start, name)
        if text is not None:
            scored.append((plausibility(text, name), -order, name))
    for _, _, name in sorted(scored, reverse=True):
        if _reads(content, name):
            return Encoding(name, notes=(_guessed(name),))
    return _damaged(content)


def _lines_with_letters(content: Content) -> bytes:
    """Keep only lines with bytes above 127, so that the sample is full of evidence however long the file is."""
    kept, size, rest = [], 0, b""
    for block in content.blocks():
        if not rest and block.isascii():
            continue
        lines = (rest + block).splitlines()
        rest = b"" if block.endswith((b"\n", b"\r")) else lines.pop()
        for line in lines:
            if not line.isascii():
                kept.append(line)
                size += len(line)
            if size > _EVIDENCE:
                return b"\n".join(kept)
    return b"\n".join([*kept, rest])


def _broken(text: str) -> tuple[int, int]:
    """Count the bytes that were no UTF-8, and the letters beyond ASCII that were."""
    broken = text.count("\ufffd")
    return broken, len(text) - len(text.encode("ascii", "ignore")) - broken


def _damaged(content: Content) -> Encoding:
    """No encoding reads every byte: mostly UTF-8 with some broken bytes, or latin-1, which reads anything."""
    broken = valid = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for block in (*content.blocks(), b""):
        lost, kept = _broken(decoder.decode(block, final=not block))
        broken, valid = broken + lost, valid + kept
    if broken <= valid:
        note = Note("broken-bytes", say("Bytes that are no text were replaced by �: {n}.", n=broken), broken, "warning")
        mark = len(codecs.BOM_UTF8) if content.head(3) == codecs.BOM_UTF8 else 0
        return Encoding("utf-8", mark, "replace", notes=(note,))
    return Encoding("latin-1", notes=(_guessed("latin-1"),))


def _guessed(encoding: str) -> Note:
    return Note(
        "encoding-guessed",
        say(
            "The file does not say how its letters are stored; {encoding} fits best. Check the accents.",
            encoding=encoding,
        ),
        0,
    )
