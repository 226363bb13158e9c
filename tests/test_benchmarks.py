"""Benchmarks: they run, and their tables are whole. Never how fast: that is for README."""

import numpy as np
import pandas as pd
import pytest

from benchmarks import noise, quality, reading
from benchmarks.__main__ import main
from benchmarks.measuring import fresh
from benchmarks.tables import Table


def test_a_table_is_markdown() -> None:
    text = str(Table("Speed", ("", "seconds"), [("ours", "1.0")], "On two cores."))
    assert text == "**Speed**\n\n|  | seconds |\n| --- | ---: |\n| ours | 1.0 |\n\nOn two cores.\n"


def test_reading_runs_in_processes_of_its_own() -> None:
    table = reading.measure(n_rows=500, n_runs=1)
    assert [len(row) for row in table.rows] == [len(table.heads)] * 6
    assert "1.0" in table.rows[1]


def test_what_fails_in_a_process_is_told() -> None:
    with pytest.raises(RuntimeError, match=r"nowhere\.csv"):
        fresh(reading.ours, "nowhere.csv", "utf-8")


def test_noise_is_noise_and_the_peer_always_proposes_something() -> None:
    table = noise.measure(n_customers=60, seeds=(0,), kinds=["normal numbers"])
    assert [row[0] for row in table.rows] == ["normal numbers"]
    assert all(2 <= int(row[-1]) <= 10 for row in table.rows)
    frame = noise.NOISE["normal numbers"](np.random.default_rng(0), 400)
    assert frame.corr().abs().where(~np.eye(6, dtype=bool)).max().max() < 0.2


def test_the_peer_is_given_the_numbers_and_only_those() -> None:
    frame = pd.DataFrame({"id": ["a", "b", "c", "d"], "spend": ["1", "9", "1", "9"], "city": list("xyxy")})
    assert quality.standardised(frame).shape == (4, 1)
    assert len(set(quality.k_means(frame, 2).tolist())) == 2


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["mapps"])
    assert "there are: reading, maps" in capsys.readouterr().err
