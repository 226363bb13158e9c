"""Objects: JSON lines, and JSON with a list of objects, become rows of text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from segment_core.artifacts import Note, Progress, silent
from segment_core.errors import DataError
from segment_core.intake.contents import Content
from segment_core.intake.encodings import Encoding
from segment_core.intake.mending import SHOWN
from segment_core.intake.recoding import open_text, passed
from segment_core.messages import say

_MOST_BROKEN = 0.1
_TICK = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Objects:
    """Objects as rows: one column a key, empty values missing."""

    names: Sequence[str]
    rows: pd.DataFrame
    notes: tuple[Note, ...]


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


def open_json(content: Content, encoding: Encoding, progress: Progress = silent) -> Objects:
    """Read JSON lines, an array of objects, or an object of which one key holds that array.

    Numbers stay as they are written, true and false are these words, null is missing, and nested
    values become their JSON text. Lines that are no object are left out and counted.

    Raises
    ------
    DataError
        If it is no list of objects, or more than a tenth of the lines is broken.
    """
    notes: tuple[Note, ...] = ()
    found = _whole(content, encoding)
    if found is None:
        found, notes = _lines(content, encoding, progress)
    try:
        return _columns(found, notes)
    except RecursionError as error:
        raise DataError(
            "The file {name} holds values nested too deeply. Give one flat object for each customer.", name=content.name
        ) from error


def looks_like_json(head: bytes) -> bool:
    """Tell whether a file begins as JSON does: its first line is an object, or the beginning of one or of a list."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"{", b"[")):
        return False
    first = start.split(b"\n", 1)[0]
    if _loaded(first) is not None:
        return True
    opening = start[1:].lstrip()[:1]
    return opening in (b'"', b"}", b"") if start.startswith(b"{") else opening in (b"{", b"[", b"]", b"")


def _loaded(text: str | bytes) -> Any:
    """Return the objects or lists of a JSON text, None where it is none."""
    try:
        found = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _whole(content: Content, encoding: Encoding) -> list[Mapping[str, Any]] | None:
    """Return the objects of a file that is one JSON text, None where it is one text a line."""
    with open_text(content, encoding) as opened:
        first, more = opened.readline(), opened.readline()
        while more and not more.strip():
            more = opened.readline()
        if more and isinstance(_loaded(first), dict) and _loaded(more) is not None:
            return None
    with open_text(content, encoding) as opened:
        found = _loaded(opened.read())
    if found is None:
        return None
    if isinstance(found, dict):
        lists = [value for value in found.values() if _are_objects(value)]
        if len(lists) > 1:
            raise DataError(
                "The file {name} holds several lists of objects: {names}. Give a file with exactly one.",
                name=content.name,
                names=", ".join(key for key, value in found.items() if _are_objects(value))[:200],
            )
        found = lists[0] if lists else [found]
    if not _are_objects(found):
        raise DataError(
            "The file {name} is JSON without a list of objects. Give one object for each customer.", name=content.name
        )
    return list(found)


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _lines(
    content: Content, encoding: Encoding, progress: Progress
) -> tuple[list[Mapping[str, Any]], tuple[Note, ...]]:
    found: list[Mapping[str, Any]] = []
    broken = 0
    places: list[tuple[int, str]] = []
    total, said = content.size, say("Reading {name}", name=content.name)
    with open_text(content, encoding) as opened:
        for number, line in enumerate(opened):
            if not line.strip():
                continue
            item = _loaded(line)
            if isinstance(item, dict):
                found.append(item)
            else:
                broken += 1
                if len(places) < SHOWN:
                    places.append((len(found) + 1, line.decode("utf-8", "replace").strip()[:500]))
            if number % _TICK == 0:
                progress(min(passed(opened), total), total, said)
    if broken > _MOST_BROKEN * (broken + len(found)):
        raise DataError(
            "The file {name} begins as JSON, but {n} of its {total} lines are no objects. Export it again.",
            name=content.name,
            n=broken,
            total=broken + len(found),
        )
    if not broken:
        return found, ()
    message = say("Lines that are no JSON object and were left out: {n}.", n=broken)
    return found, (Note("broken-lines", message, broken, "warning", tuple(places)),)


def _columns(found: Sequence[Mapping[str, Any]], notes: tuple[Note, ...]) -> Objects:
    import pyarrow as pa

    columns: dict[str, list[str | None]] = {}
    for number, item in enumerate(found):
        for key, value in item.items():
            if key not in columns:
                columns[key] = [None] * len(found)
            columns[key][number] = _cell(value)
    arrays = [pa.array(column, pa.large_string()) for column in columns.values()]
    rows = pa.table(arrays, names=[str(position) for position in range(len(arrays))]).to_pandas()
    return Objects(list(columns), rows, notes)


def _cell(value: Any) -> str | None:
    if value is None or value == "":
        return None
    return str(value) if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    """Write a value as compact JSON, its numbers as they were."""
    return "".join(_parts(value))


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for position, (key, item) in enumerate(value.items()):
            yield "{" if position == 0 else ","
            yield json.dumps(key, ensure_ascii=False) + ":"
            yield from _parts(item)
        yield "}" if value else "{}"
    elif isinstance(value, list):
        yield "["
        for position, item in enumerate(value):
            yield "," if position else ""
            yield from _parts(item)
        yield "]"
    else:
        yield str(value) if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)
