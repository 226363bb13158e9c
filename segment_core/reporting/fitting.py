"""Fitting: how wide text is and where its lines break, so that nothing is cut off and nothing runs over."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_TOKENS = re.compile(rf"{_WIDE}|(?:(?!{_WIDE})\S)+|\s+")
_NO_START = "，。、；：！？）》」』”’…,.;:!?)]}％%"
MISSING = "□"


def font() -> Path:
    """Return the file of the one font that reports are written in: it has Latin and Chinese letters.

    Raises
    ------
    MissingExtraError
        If the package that brings it is not installed.
    """
    from segment_core.extras import need

    need("pylopdf_fonts_zh_cn")
    return Path(str(files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"))


@cache
def _widths() -> Mapping[int, float]:
    from fontTools.ttLib import TTFont

    with TTFont(font(), lazy=True) as found:
        glyphs, metrics, em = found.getBestCmap(), found["hmtx"].metrics, found["head"].unitsPerEm
        return {letter: metrics[glyph][0] / em for letter, glyph in glyphs.items()}


def drawable(text: str) -> str:
    """Return a text with a box for each letter that the font does not have."""
    known = _widths()
    return "".join(letter if ord(letter) in known else MISSING for letter in text)


@lru_cache(65_536)
def width(text: str, size: float) -> float:
    """Return how wide a text is at a size, in the size's own unit."""
    known = _widths()
    return size * sum(known.get(ord(letter), 1.0) for letter in text)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines no wider than `room`: between words, between Chinese letters, and in words too long.

    Letters that the font does not have stay as they are: see `drawable`.

    Examples
    --------
    >>> wrapped("one two", 10, 30)
    ['one', 'two']
    """
    lines, line = [], ""
    for token in _TOKENS.findall(text):
        if width(line + token.rstrip(), size) <= room or (
            line and token in _NO_START and len(token) == 1 and _room(line)
        ):
            line += token
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = token.lstrip()
        while width(line, size) > room and len(line) > 1:
            cut = next((n for n in range(len(line) - 1, 0, -1) if width(line[:n], size) <= room), 1)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def shortened(text: str, size: float, room: float, most: int = 1) -> str:
    """Return as much of a text, as it was written, as so many lines hold, with three dots where some is left out.

    Examples
    --------
    >>> shortened("one two three four", 10, 40, 2)
    'one two three…'
    """
    if len(wrapped(text, size, room)) <= most:
        return text
    held = _letters(cut(text, size, room, most)) - 1  # the three dots are not of the text
    return text[: _end(text, held)].rstrip() + "…"


def parted(text: str, size: float, room: float, most: int) -> list[str]:
    """Part a text, as it was written, where so many lines are full."""
    lines, parts, rest = wrapped(text, size, room), [], text
    for start in range(0, len(lines), most):
        end = _end(rest, _letters(lines[start : start + most]))
        parts.append(rest[:end].strip())
        rest = rest[end:]
    return parts


def _letters(lines: list[str]) -> int:
    return sum(len("".join(line.split())) for line in lines)


def _end(text: str, held: int) -> int:
    """Return where so many letters of a text, spaces not counted, are over."""
    for place, letter in enumerate(text):
        if not letter.isspace():
            held -= 1
        if held < 0:
            return place
    return len(text)


def _room(line: str) -> bool:
    """Let one mark hang over the end of a line, and no more."""
    return line[-1] not in _NO_START


def cut(text: str, size: float, room: float, most: int) -> list[str]:
    """Break a text into at most so many lines; what is left out is told by three dots."""
    lines = wrapped(text, size, room)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(last + "…", size) > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]
