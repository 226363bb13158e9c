"""Answers: what a model answered before to the very same letter, so that nobody pays or waits for it twice."""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from segment_core.llm.access import ModelAccess
from segment_core.llm.ledger import Sent, digest, folder, record
from segment_core.llm.outbound import Outbound
from segment_core.llm.writer import Reply

T = TypeVar("T")

PLACE = Path("models", "answers.sqlite")
"""Within the folder of the block: among what is made of a model once and used again, and cleaned up with it."""

MOST_BYTES = 64 * 2**20
_BUSY_SECONDS = 10.0
_TABLE = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT, problems INTEGER, used REAL)"


def key(access: ModelAccess, letter: Outbound, form: type[Any], again: int) -> str:
    """Return the digest of all that an answer depends on; the key to the model is no part of it."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(form).json_schema()
    parts = [access.protocol, access.root, access.model, letter.instructions, letter.message, schema, again]
    return digest(json.dumps(parts, sort_keys=True).encode("utf-8", "replace"))


def kept(
    key: str, access: ModelAccess, letter: Outbound, form: type[T], check: Callable[[T], list[str]]
) -> Reply[T] | None:
    """Return the answer kept under a key in the folder of this thread's block, None where it must be asked for.

    It is checked anew: where more is wrong with it than when it was accepted, it counts as none.
    """
    from pydantic import TypeAdapter, ValidationError

    found = _done(lambda table: _looked_up(table, key))
    if found is None:
        return None
    try:
        answer = TypeAdapter(form).validate_json(found[0])
    except ValidationError:
        return None
    problems = tuple(check(answer))
    if len(problems) > found[1]:
        return None
    record(
        Sent(
            host=access.host,
            model=access.model,
            purpose=letter.purpose,
            n_texts=0,
            n_characters=0,
            n_masked=0,
            sha256=digest(str(letter).encode("utf-8", "replace")),
            tokens=0,
            outcome="kept",
        )
    )
    return Reply(answer, problems, 0)


def keep(key: str, answer: Any, n_problems: int) -> None:
    """Keep an answer that has the right form; the longest unused give way when there are too many."""
    from pydantic import TypeAdapter

    text = TypeAdapter(type(answer)).dump_json(answer).decode()
    if len(text) > MOST_BYTES // 4:
        return
    _done(lambda table: _entered(table, key, text, n_problems))


def _looked_up(table: sqlite3.Connection, key: str) -> tuple[str, int] | None:
    found: tuple[str, int] | None = table.execute(
        "SELECT answer, problems FROM answers WHERE key = ?", (key,)
    ).fetchone()
    if found is not None:
        table.execute("UPDATE answers SET used = ? WHERE key = ?", (time.time(), key))
    return found


def _entered(table: sqlite3.Connection, key: str, text: str, n_problems: int) -> None:
    table.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", (key, text, n_problems, time.time()))
    (size,) = table.execute("SELECT sum(length(CAST(answer AS BLOB))) FROM answers").fetchone()
    if size > MOST_BYTES:
        _make_room(table, size)


def _make_room(table: sqlite3.Connection, size: int) -> None:
    """Drop the longest unused until a tenth is free, so that not every answer after this one has to."""
    for old, length in table.execute("SELECT key, length(CAST(answer AS BLOB)) FROM answers ORDER BY used").fetchall():
        if size <= 0.9 * MOST_BYTES:
            return
        table.execute("DELETE FROM answers WHERE key = ?", (old,))
        size -= length


def _done(work: Callable[[sqlite3.Connection], T]) -> T | None:
    """Do something with the file in one transaction; None outside a block. One that cannot be used keeps nothing."""
    place = folder()
    if place is None:
        return None
    try:
        (place / PLACE).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(place / PLACE, timeout=_BUSY_SECONDS)) as table, table:
            table.execute(_TABLE)
            return work(table)
    except (sqlite3.Error, OSError):
        return None
