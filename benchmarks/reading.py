"""Reading: a large CSV, with everything detected, against pandas that is told everything."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measuring import in_turn, median
from benchmarks.tables import Table
from segment_core.intake import read, sample


def ours(path: str) -> int:
    return len(read(Path(path), "customers.csv").frame)


def peer(path: str) -> int:
    return len(pd.read_csv(path, sep=";", encoding="cp1252", dtype=str, keep_default_na=False, na_values=[""]))


def measure(n_rows: int = 200_000, n_runs: int = 5) -> Table:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.csv"
        megabytes = write(path, n_rows) / 2**20
        strata, pandas = in_turn(n_runs, [ours, peer], str(path))
    assert {run.found for run in (*strata, *pandas)} == {n_rows}
    rows = [("Strata, told nothing", strata), ("pandas.read_csv, told separator and encoding", pandas)]
    seconds = [median([run.seconds for run in runs]) for _, runs in rows]
    peaks = [median([run.megabytes for run in runs]) for _, runs in rows]
    return Table(
        f"Reading {n_rows:,} rows",
        ("", "seconds", "ratio", "memory", "ratio"),
        [
            (name, f"{second:.2f}", f"{second / seconds[1]:.1f}", f"{peak:.0f} MB", f"{peak / peaks[1]:.1f}")
            for (name, _), second, peak in zip(rows, seconds, peaks, strict=True)
        ],
        f"A CSV of {megabytes:.0f} MB with semicolons in cp1252, every cell kept as text; Strata finds out the dialect "
        f"and reports what it did. Memory is the growth of the peak. Medians of {n_runs} processes.",
    )


def write(path: Path, n_rows: int) -> int:
    """Write the sample over and over, with new ids and a letter outside ASCII; return the number of bytes."""
    made, _ = sample(min(n_rows, 2_000))
    frame = made.iloc[np.arange(n_rows) % len(made)].assign(
        customer_id=[f"C{number:07}" for number in range(n_rows)], store_brand="Café Hélène"
    )
    frame.to_csv(path, sep=";", index=False, encoding="cp1252", errors="replace")
    return path.stat().st_size
