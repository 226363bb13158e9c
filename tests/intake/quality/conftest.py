"""Clean customers, and the same with one problem of each kind planted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Column, Customers, Note
from segment_core.messages import say

N = 400
ROLES = {
    "age": "number",
    "birth_year": "number",
    "spend": "money",
    "orders": "count",
    "channel": "category",
    "city": "place",
    "since": "date",
    "review": "text",
    "email": "ignore",
}
WORDS = (
    "kettle carpet lantern saddle mirror ladder pillow basket hammer violin curtain teapot wallet candle bottle "
    "arrived broke shone leaked fitted squeaked faded lasted bent wobbled kitchen garden attic cellar balcony "
    "garage hallway"
)


def clean(n: int = N) -> Customers:
    """Make customers with whom nothing is wrong; texts differ in most of their words."""
    random = np.random.default_rng(7)
    frame = pd.DataFrame(index=pd.Index([f"C{number:04d}" for number in range(n)], dtype="str"))
    frame["age"] = np.clip(random.normal(44, 12, n), 18, 90).round()
    frame["birth_year"] = 2024.0 - frame["age"]
    frame["spend"] = random.gamma(6, 40, n).round(2)
    frame["orders"] = random.poisson(6, n).astype(float)
    frame["channel"] = pd.Series(random.choice(["web", "shop", "phone"], n), index=frame.index, dtype="str")
    frame["city"] = pd.Series(random.choice(["Rome", "Bonn", "Lyon", "Oslo"], n), index=frame.index, dtype="str")
    frame["since"] = (np.datetime64("2021-01-01") + random.integers(0, 1200, n)).astype("datetime64[us]")
    words = WORDS.split()
    texts = [f"the {' '.join(random.permutation(words)[:12])} and it was not for me" for _ in range(n)]
    frame["review"] = pd.Series(texts, index=frame.index, dtype="str")
    frame["email"] = pd.Series([f"p{number}@mail.example" for number in range(n)], index=frame.index, dtype="str")
    columns = tuple(Column(name, role, "none", say("Planted.")) for name, role in ROLES.items())
    said = pd.DataFrame(
        {"customer": frame.index, "column": "review", "table": "a.csv", "row": range(1, n + 1), "text": texts}
    )
    return Customers(frame, columns, "customer_id", n, (), said)


def with_cells(column: str, values: object, rows: slice = slice(0, 6)) -> Customers:
    """Plant values in some cells of a column."""
    found = clean()
    frame = found.frame.copy()
    frame.iloc[rows, frame.columns.get_loc(column)] = values
    return replace(found, frame=frame)


def _copies() -> Customers:
    found = clean()
    return replace(
        found, frame=pd.concat([found.frame, found.frame.head(9).set_axis([f"D{number}" for number in range(9)])])
    )


def _empty() -> Customers:
    found = clean()
    frame = found.frame.copy()
    for name in frame.columns.drop(["review", "email"]):
        frame.loc[frame.index[:7], name] = None
    frame.loc[frame.index[:7], "review"] = ""
    return replace(found, frame=frame)


def _texts() -> Customers:
    found = clean()
    frame = found.frame.copy()
    text = "Please accept our thanks for the very quick delivery of order number {}, all was well"
    frame.loc[frame.index[:8], "review"] = [text.format(number % 4) for number in range(8)]
    return replace(found, frame=frame)


def _languages() -> Customers:
    found = clean()
    frame = found.frame.copy()
    random = np.random.default_rng(0)
    signs = [chr(code) for code in range(0x4E00, 0x4F00)]
    frame.loc[frame.index[:120], "review"] = ["".join(random.choice(signs, 30)) for _ in range(120)]
    frame.loc[frame.index[120:], "review"] = [
        f"{text} because they have been very good to me and I would do it again" for text in frame["review"].iloc[120:]
    ]
    return replace(found, frame=frame)


def _scattered() -> Customers:
    found = clean()
    places = pd.Series([f"Village {number % 100}" for number in range(N)], index=found.frame.index, dtype="str")
    return replace(found, frame=found.frame.assign(city=places))


def _crowded() -> Customers:
    note = Note("crowded-id", say("The id {id} stands in {n} rows.", id="C0003", n=90), 90, "warning")
    return replace(clean(), notes=(note,))


PLANTED: dict[str, Callable[[], Customers]] = {
    "few-customers": lambda: clean(60),
    "crowded-id": _crowded,
    "test-accounts": lambda: with_cells("email", ["test@mail.example", "dummy1@mail.example"], slice(0, 2)),
    "duplicates": _copies,
    "empty-customers": _empty,
    "mostly-missing": lambda: with_cells("orders", np.nan, slice(0, 300)),
    "gaps": lambda: with_cells("orders", np.nan, slice(0, 100)),
    "constant": lambda: with_cells("channel", "web", slice(None)),
    "stand-ins": lambda: with_cells("orders", 9999.0),
    "impossible-values": lambda: with_cells("age", 127.0, slice(0, 2)),
    "far-values": lambda: with_cells("spend", [81_204.5, 92_310.0], slice(0, 2)),
    "lopsided": lambda: with_cells("spend", [10.0 * 1.05**number for number in range(150)], slice(0, 150)),
    "impossible-dates": lambda: with_cells("since", pd.Timestamp("2199-01-01")),
    "spellings": lambda: with_cells("city", ["ROME", "rome", "Rome ", "bonn", "BONN", "Rôme"]),
    "rare-levels": lambda: with_cells("channel", ["fax", "fax", "letter", "pigeon"], slice(0, 4)),
    "many-levels": _scattered,
    "copied-texts": _texts,
    "mixed-languages": _languages,
}
"""For each code of a finding, customers with that problem."""


@pytest.fixture
def data() -> Path:
    """Return the folder of real files, which lies beside the repository and is no part of it."""
    found = Path(__file__).resolve().parents[4] / "shared" / "data"
    if not found.is_dir():
        pytest.skip("the real files are not beside the repository")
    return found
