"""Where the real files lie, and short cuts to read bytes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from segment_core.artifacts import Column, Table
from segment_core.intake import read, suggest


@pytest.fixture
def data() -> Path:
    """Return the folder of real files, which lies beside the repository and is no part of it."""
    found = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not found.is_dir():
        pytest.skip("the real files are not beside the repository")
    return found


@pytest.fixture
def roles_of() -> Callable[[str | bytes | Table], dict[str, str]]:
    """Return a function that gives the role of each column of a table or of CSV text."""

    def roles(source: str | bytes | Table) -> dict[str, str]:
        if isinstance(source, str):
            source = source.encode()
        table = source if isinstance(source, Table) else read(source, "test.csv")
        return {column.name: column.role for column in _checked(suggest(table))}

    return roles


def _checked(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    assert sum(column.role == "id" for column in columns) <= 1
    assert all(str(column.reason) for column in columns)
    return columns
