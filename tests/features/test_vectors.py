"""Vectors brought along: their directions come out, and who has none stands at the centre."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers
from segment_core.features.vectors import extract
from segment_core.numberlists import packed
from tests.planted import typed


def made(cells: list[str | None]) -> Customers:
    return typed({"v": "vector"}, v=pd.Series(cells, dtype="str"))


def groups(n: int = 60, width: int = 50, scale: float = 1.0) -> tuple[list[str | None], np.ndarray]:
    random = np.random.default_rng(0)
    truth = random.integers(0, 3, n)
    matrix = 5 * np.eye(3, width)[truth] + random.normal(size=(n, width)) * 0.5 + 7
    return [packed(scale * row) for row in matrix], truth


@pytest.mark.parametrize("scale", [1.0, 1e-8, 1e8])
def test_groups_stay_apart_whatever_the_scale(scale: float) -> None:
    cells, truth = groups(scale=scale)
    matrix = extract(made(cells), ("v",)).matrix
    apart = np.linalg.norm(matrix[:, None] - matrix[None], axis=2)
    same = truth[:, None] == truth[None, :]
    assert apart[~same].min() > apart[same].max()
    assert (matrix**2).sum(axis=1).mean() == pytest.approx(1, abs=1e-5)


def test_who_has_no_vector_stands_at_the_centre() -> None:
    cells, _ = groups()
    cells[4] = cells[9] = None
    cells[11] = packed(np.ones(7))
    block = extract(made(cells), ("v",))
    assert (block.matrix[[4, 9, 11]] == 0).all()
    assert (np.abs(np.delete(block.matrix, [4, 9, 11], axis=0)).sum(axis=1) > 0).all()
    assert {note.code: note.count for note in block.notes} == {"no-vector": 3, "other-length": 1}
    assert "50 numbers" in str(block.notes[1].message)


@pytest.mark.parametrize(
    "cells", [[None] * 5, [packed(np.arange(3))] * 5, [packed(np.arange(3))] + [None] * 4, ["[1, 2]", *["x"] * 4]]
)
def test_what_tells_nobody_apart_gives_nothing(cells: list[str | None]) -> None:
    assert extract(made(cells), ("v",)).matrix.shape == (5, 0)


def test_at_most_thirty_two_directions_are_kept() -> None:
    cells = [packed(row) for row in np.random.default_rng(0).normal(size=(90, 64))]
    block = extract(made(cells), ("v",))
    assert block.matrix.shape == (90, 32)
    assert block.names[:2] == ("v 1", "v 2")
