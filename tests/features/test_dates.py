"""Dates: as far apart as the days between them."""

import numpy as np
import pandas as pd
import pytest

from segment_core.features.dates import extract
from tests.planted import typed


def test_distance_is_that_in_days() -> None:
    days = pd.to_datetime(["2024-01-01", "2024-01-11", "2024-03-01", "2024-02-10", "2024-02-01"])
    values = extract(typed({"joined": "date"}, joined=days), ("joined",)).matrix[:, 0]
    assert (values[2] - values[0]) / (values[1] - values[0]) == pytest.approx(6.0, rel=1e-4)


def test_a_missing_date_is_typical_and_said() -> None:
    days = pd.to_datetime(["2024-01-01", None, "2024-01-03", "2024-01-02"])
    block = extract(typed({"joined": "date"}, joined=days), ("joined",))
    assert block.matrix[1, 0] == pytest.approx(block.matrix[3, 0])
    assert [(note.code, note.count) for note in block.notes] == [("filled", 1)]


def test_dates_of_any_century_and_precision() -> None:
    days = np.array(["1899-12-31T23:59", "2024-02-29T12:00", "2199-01-01T00:00"], dtype="datetime64[us]")
    assert np.isfinite(extract(typed({"joined": "date"}, joined=days), ("joined",)).matrix).all()
