"""Behaviour: orders to come, foretold from the orders so far; and how long it takes to get there."""

import time
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.tables import Table
from segment_core.intake import behaviour, read, suggest
from segment_core.intake.behaviour import BehaviourOptions, Lines, lines, recognise

RETAIL = Path(__file__).parents[2] / "shared" / "data" / "online_retail" / "online_retail_all.csv.gz"
SPLIT, END = "2011-09-01", "2011-12-10"


def compared(path: Path = RETAIL, split: str = SPLIT, end: str = END) -> Table:
    """Fit on the orders before the split, foretell those up to the end, and compare with those that came."""
    started = time.perf_counter()
    bought = orders(path)
    typed = time.perf_counter() - started
    ahead = (pd.Timestamp(end) - pd.Timestamp(split)).days
    before = behaviour.measure(bought, BehaviourOptions(reference_date=split, horizon_days=ahead))
    known = before.frame[before.frame["orders"] > 0]
    truth = days_of_orders(bought, split, end).reindex(known.index, fill_value=0).astype(float)
    expected = known["expected_orders"]
    days = days_of_orders(bought, "1900-01-01", split).reindex(known.index)
    # The same number of orders in the same time: the usual rule of thumb.
    same = days / known["tenure_days"] * ahead
    same_span = days / known["tenure_days"].max() * ahead
    started = time.perf_counter()
    behaviour.measure(bought)
    seconds = time.perf_counter() - started
    rows = [
        row("Strata (BG/NBD)", expected, truth),
        row("as often as since the first order", same, truth),
        row("as often as in the whole time", same_span, truth),
        row("everybody the mean of all", pd.Series(truth.mean(), index=truth.index), truth),
    ]
    return Table(
        f"Orders of {len(known):,} customers in {ahead} days to come",
        ("foretold by", "correlation", "mean absolute error", "all orders, foretold by truth"),
        rows,
        f"Online Retail (UCI), fitted on the orders before {split}; days with an order count, {truth.sum():,.0f} in "
        "truth. The last line is told the mean of the truth. "
        f"Reading and typing {bought.n_rows:,} lines took {typed:.1f} s, measuring them all {seconds:.1f} s.",
    )


def measure() -> Table:
    """Return the table, or one that says that the data are not here."""
    if not RETAIL.is_file():
        return Table("Orders to come", ("foretold by", "correlation"), [], "The data are not beside the code.")
    return compared()


def orders(path: Path) -> Lines:
    table = read(path, path.name)
    found = recognise(table.frame, suggest(table), table.dialect.decimal)
    assert found is not None
    return lines(table.frame, found, table.dialect.decimal)


def days_of_orders(bought: Lines, start: str, end: str) -> pd.Series:
    """Count each customer's days with an order in a time, in plain pandas."""
    frame = bought.frame
    sold = frame[frame["is_product"] & (frame["amount"] > 0) & frame["date"].between(start, end, inclusive="left")]
    days = pd.DataFrame({"customer": sold["customer"].astype("str"), "day": sold["date"].dt.normalize()})
    return days.drop_duplicates().groupby("customer").size()


def row(name: str, foretold: pd.Series, truth: pd.Series) -> tuple[str, str, str, str]:
    varied = foretold.std() > 1e-9
    correlation = f"{np.corrcoef(foretold, truth)[0, 1]:.2f}" if varied else "-"
    return name, correlation, f"{(foretold - truth).abs().mean():.2f}", f"{foretold.sum() / truth.sum():.2f}"
