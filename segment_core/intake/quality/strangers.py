"""Strangers: accounts that are no customers, and files with too few of them."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from segment_core.artifacts import Customers
from segment_core.intake.quality.changing import Flags, ids_of, without
from segment_core.intake.quality.findings import N_CUSTOMERS, Finding, severity, shorten
from segment_core.intake.quality.remedies import Remedy
from segment_core.messages import say

FEW, VERY_FEW = 100, 30
MOST_TESTS = 0.05
"""Where more of the customers carry such a name, it is no sign of a test."""

_TEST = re.compile(
    r"(?:test|dummy|foobar|asdf\w*|qwerty\w*)[\W\d_]*(?:er|test|user|account|customer|client|kunde|konto)?[\W\d_]*(?:@.*)?"
    r"|[^@]*@(?:test|dummy)\.\w+|测试.*",
    re.IGNORECASE,
)
"""The whole of a name or an email: "Drug Testing Ltd" is a customer."""


def few(customers: Customers) -> Iterator[Finding]:
    """Tell what can be expected of few customers."""
    n = len(customers)
    if n >= FEW:
        return
    if n < VERY_FEW:
        message = say(
            "There are {n} customers. That is enough to describe them, not to find segments that others would "
            "confirm: read what comes out as a sketch.",
            n=n,
        )
    else:
        message = say(
            "There are {n} customers. Two or three clear segments can be found; small ones, and small differences "
            "between them, cannot.",
            n=n,
        )
    yield Finding("few-customers", 0.95 if n < VERY_FEW else 0.6, message, n)


def crowded(customers: Customers) -> Iterator[Finding]:
    """Find the customer whose id stands in suspiciously many rows, as gathering noted it."""
    crowd = _crowd(customers)
    if crowd:
        n_rows = max(crowd.values())
        yield Finding(
            "crowded-id",
            severity(0.8, n_rows / max(customers.n_rows, 1)),
            say(
                "The id {id} stands in {n} rows. It may mean unknown, or a till that all share: a customer made of "
                "many people.",
                id=min(crowd),
                n=n_rows,
            ),
            len(crowd),
            examples=shorten(crowd),
            customers=tuple(crowd)[:N_CUSTOMERS],
            remedy=Remedy("leave-out-crowded-id"),
            label=say("Leave it out"),
            effect=say("Leaves out {n} customers.", n=len(crowd)),
        )


def tests(customers: Customers) -> Iterator[Finding]:
    """Find accounts that are named like a test."""
    found, names = _tests(customers)
    n = int(found.sum())
    if n:
        yield Finding(
            "test-accounts",
            severity(0.7, n / len(customers)),
            say(
                "Customers named like a test account: {n}. What a tester clicked says nothing of customers.",
                n=n,
            ),
            n,
            examples=shorten(names[found]),
            customers=ids_of(customers, found, N_CUSTOMERS),
            remedy=Remedy("leave-out-test-accounts"),
            label=say("Leave them out"),
            effect=say("Leaves out {n} customers.", n=n),
        )


def leave_out_crowded_id(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Leave out the customer whose id stands in suspiciously many rows."""
    gone = customers.frame.index.isin(list(_crowd(customers)))
    return without(customers, np.asarray(gone)), int(gone.sum())


def leave_out_test_accounts(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Leave out accounts that are named like a test."""
    gone, _ = _tests(customers)
    return without(customers, gone), int(gone.sum())


def _crowd(customers: Customers) -> dict[str, int]:
    noted = {str(note.message.values["id"]): note.count for note in customers.notes if note.code == "crowded-id"}
    return {id_: n for id_, n in noted.items() if id_ in customers.frame.index}


def _tests(customers: Customers) -> tuple[Flags, "pd.Series[str]"]:
    """Look at ids and at columns of names, emails and other labels, each value of which is nearly unique."""
    frame = customers.frame
    told = pd.Series("", index=frame.index, dtype="str")
    columns = [pd.Series(frame.index.astype("str"), index=frame.index)]
    for name in customers.named("name", "ignore"):
        cells = frame[name].dropna()
        if len(cells) and cells.nunique() > 0.5 * len(cells):
            columns.append(frame[name].astype("str"))
    for cells in columns:
        hit = cells.str.strip().str.fullmatch(_TEST).fillna(False) & (cells.str.len() < 80)
        if 0 < int(hit.sum()) <= max(1.0, MOST_TESTS * len(frame)):
            told = told.mask(hit.astype(bool) & (told == ""), cells)
    return (told != "").to_numpy(dtype=bool), told
