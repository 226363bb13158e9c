"""Catalogue: the workspace's SQLite database, safe for several processes and threads."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)

METADATA = MetaData()
UPLOADS = Table(
    "uploads",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added", Float, nullable=False),
)
STUDIES = Table(
    "studies",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("created", Float, nullable=False),
    Column("updated", Float, nullable=False),
    Column("version", Integer, nullable=False),
    Column("summary", Text, nullable=False),
)
RUNS = Table(
    "runs",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("study", String(16), nullable=False, index=True),
    Column("made", Float, nullable=False),
    Column("opened", Float, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("summary", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
)
JOBS = Table(
    "jobs",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("task", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("app", String(32), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("note", Text, nullable=False),
    Column("fraction", Float, nullable=False),
    Column("created", Float, nullable=False),
    Column("started", Float),
    Column("finished", Float),
    Column("result", Text),
    Column("error", Text),
    Column("is_bug", Boolean, nullable=False),
)
SETTINGS = Table(
    "settings",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("value", Text, nullable=False),
)
CACHE = Table(
    "cache",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("used", Float, nullable=False),
)


class Catalogue:
    """Open the database of a folder; `reading()` and `writing()` give a connection in a transaction."""

    def __init__(self, folder: Path) -> None:
        self._engine = create_engine(f"sqlite:///{folder / 'catalogue.db'}", connect_args={"timeout": 30})
        event.listen(self._engine, "connect", _set_up)
        event.listen(self._engine, "begin", _begin)
        # Two processes that open a new workspace at once must not both switch it to WAL.
        with FileLock(folder / "opening.lock"):
            with self._engine.connect().execution_options(plain=True) as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            with self.writing() as connection:
                METADATA.create_all(connection)
                _add_version(connection)

    def reading(self) -> AbstractContextManager[Connection]:
        """Return a context manager: a connection that sees one state of the database throughout."""
        return self._engine.begin()

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a context manager: a connection that holds the only write lock, committed at its end."""
        return self._engine.execution_options(writes=True).begin()

    def close(self) -> None:
        """Close the pooled connections."""
        self._engine.dispose()


def _add_version(connection: Connection) -> None:
    """Give the table of runs of an earlier workspace the column that it did not have."""
    known = {row.name for row in connection.exec_driver_sql("PRAGMA table_info(runs)")}
    if "version" not in known:
        connection.exec_driver_sql("ALTER TABLE runs ADD COLUMN version INTEGER NOT NULL DEFAULT 0")


def _set_up(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver's own guess
    connection.execute("PRAGMA synchronous=NORMAL")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("plain"):
        return
    # A write that starts as a read can fail at once with "database is locked" whatever the timeout is.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
