"""Reading: a large CSV, with everything detected, against pandas that is told everything."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measuring import in_turn, median
from benchmarks.tables import Table
from segment_core.intake import read, sample

COLUMNS = (
    "customer_id",
    "age",
    "household",
    "city",
    "country",
    "signup_date",
    "membership",
    "uses_app",
    "total_spend",
    "average_order_value",
    "orders_last_year",
    "store_brand",
)


def ours(path: str, encoding: str) -> int:
    return len(read(Path(path), "customers.csv").frame)


def peer(path: str, encoding: str) -> int:
    return len(pd.read_csv(path, sep=";", encoding=encoding))


def peer_of_text(path: str, encoding: str) -> int:
    return len(pd.read_csv(path, sep=";", encoding=encoding, dtype=str, keep_default_na=False, na_values=[""]))


FUNCTIONS = {
    "Strata, told nothing": ours,
    "pandas.read_csv, told separator and encoding": peer,
    "the same, every cell kept as text": peer_of_text,
}


def measure(n_rows: int = 1_000_000, n_runs: int = 5) -> Table:
    rows = []
    sizes = []
    for encoding in ("utf-8", "cp1252"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "customers.csv"
            size = write(path, n_rows, encoding) / 2**20
            runs = in_turn(n_runs, list(FUNCTIONS.values()), str(path), encoding)
        assert {run.found for each in runs for run in each} == {n_rows}
        seconds = [median([run.seconds for run in each]) for each in runs]
        peaks = [median([run.megabytes for run in each]) for each in runs]
        sizes.append(f"{size:.0f} MB in {encoding}")
        rows += [
            (
                f"{name} ({encoding})",
                f"{second:.2f}",
                f"{second / seconds[1]:.1f}",
                f"{peak:.0f} MB",
                f"{peak / size:.1f}",
            )
            for name, second, peak in zip(FUNCTIONS, seconds, peaks, strict=True)
        ]
    return Table(
        f"Reading {n_rows:,} rows × {len(COLUMNS)} columns",
        ("", "seconds", "to pandas", "memory", "to the file"),
        rows,
        f"A CSV with semicolons ({', '.join(sizes)}). Strata keeps every cell as text, finds out the dialect, checks "
        f"every row and reports what it did; pandas infers types in the second line. Memory is the growth of the "
        f"peak. Medians of {n_runs} processes.",
    )


def write(path: Path, n_rows: int, encoding: str) -> int:
    """Write the sample over and over, with new ids and a letter outside ASCII; return the number of bytes."""
    made, _ = sample(min(n_rows, 2_000))
    frame = made.iloc[np.arange(n_rows) % len(made)].assign(
        customer_id=[f"C{number:07}" for number in range(n_rows)], store_brand="Café Hélène"
    )
    frame.to_csv(path, columns=COLUMNS, sep=";", index=False, encoding=encoding, errors="replace")
    return path.stat().st_size
