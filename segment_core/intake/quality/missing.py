"""Missing: columns and customers that say too little, and columns that say the same of everyone."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from segment_core.artifacts import Column, Customers
from segment_core.intake.gathering import FEATURE_ROLES
from segment_core.intake.quality.changing import Flags, ids_of, with_cells, with_columns, without
from segment_core.intake.quality.findings import N_CUSTOMERS, Finding, listed, severity
from segment_core.intake.quality.remedies import Remedy
from segment_core.messages import say

MOSTLY = 0.5
"""Share of customers without a value from which a column is mostly missing."""
MOSTLY_SILENT = 0.9
"""The same for texts, which most customers never write."""
NOTABLE = 0.15
"""Share of missing values that is worth a word."""
LEAST_FILLED = 0.25
"""A customer with fewer of the columns filled than this tells nothing."""
LEAST_COLUMNS = 4


def columns(customers: Customers) -> Iterator[Finding]:
    """Find columns that are mostly missing, have notable gaps, or hold one value only."""
    shares = _missing_shares(customers)
    mostly = _mostly_missing(customers, shares)
    constant = [name for name in shares if name not in mostly and _n_values(customers, name) < 2]
    told = {*mostly, *constant, *customers.named("text")}
    gaps = [name for name, share in shares.items() if share >= NOTABLE and name not in told]
    if mostly:
        yield Finding(
            "mostly-missing",
            severity(0.7, max(shares[name] for name in mostly)),
            say(
                "Columns that are empty for most customers: {n} ({columns}). Having a value at all would count for "
                "more than the value.",
                n=len(mostly),
                columns=_with_shares(mostly, shares),
            ),
            len(mostly),
            tuple(mostly),
            remedy=Remedy("leave-out-columns", tuple(mostly)),
            label=say("Leave the columns out"),
            effect=say("Sets {n} columns aside; they stay in the file.", n=len(mostly)),
        )
    if constant:
        yield Finding(
            "constant",
            severity(0.2, 1.0),
            say(
                "Columns with the same value for everyone: {n} ({columns}). They tell nobody apart.",
                n=len(constant),
                columns=listed(constant),
            ),
            len(constant),
            tuple(constant),
            remedy=Remedy("leave-out-columns", tuple(constant)),
            label=say("Leave the columns out"),
            effect=say("Sets {n} columns aside; they stay in the file.", n=len(constant)),
        )
    if gaps:
        yield Finding(
            "gaps",
            severity(0.3, max(shares[name] for name in gaps)),
            say(
                "Columns with many gaps: {n} ({columns}). A missing value counts as typical, which draws these "
                "customers towards the middle.",
                n=len(gaps),
                columns=_with_shares(gaps, shares),
            ),
            len(gaps),
            tuple(gaps),
            remedy=Remedy("leave-out-columns", tuple(gaps)),
            label=say("Leave the columns out"),
            effect=say("Sets {n} columns aside; they stay in the file.", n=len(gaps)),
        )


def people(customers: Customers) -> Iterator[Finding]:
    """Find customers of whom hardly anything is known."""
    empty = _empty_customers(customers)
    n = int(empty.sum())
    if n:
        yield Finding(
            "empty-customers",
            severity(0.8, n / len(customers)),
            say(
                "Customers with fewer than a quarter of the columns filled: {n}. They would be put together for what "
                "is missing, not for what they are.",
                n=n,
            ),
            n,
            customers=ids_of(customers, empty, N_CUSTOMERS),
            remedy=Remedy("leave-out-empty-customers"),
            label=say("Leave them out"),
            effect=say("Leaves out {n} customers.", n=n),
        )


def leave_out_columns(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Set columns aside; what was parsed is text again, as in every column that is set aside."""
    gone: dict[str, Column] = {}
    for name in names:
        column = customers.column(name)
        if column.role in FEATURE_ROLES:
            gone[name] = replace(column, role="ignore", basis="none", reason=say("Left out by you."))
    cells = {name: _as_text(customers.frame[name]) for name in gone}
    said = customers.said
    if said is not None:
        said = said[~said["column"].isin(list(gone))].reset_index(drop=True)
    return replace(with_columns(with_cells(customers, cells), gone), said=said), len(gone)


def leave_out_empty_customers(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Leave out customers of whom hardly anything is known."""
    empty = _empty_customers(customers)
    return without(customers, empty), int(empty.sum())


def filled(customers: Customers) -> pd.DataFrame:
    """Tell for each customer and each column that can shape segments whether there is a value."""
    frame = customers.frame
    found = {
        column.name: frame[column.name].fillna("") != "" if column.role == "text" else frame[column.name].notna()
        for column in customers.columns
        if column.role in FEATURE_ROLES
    }
    return pd.DataFrame(found, index=frame.index)


def _missing_shares(customers: Customers) -> dict[str, float]:
    return {str(name): 1.0 - float(share) for name, share in filled(customers).mean().items()}


def _mostly_missing(customers: Customers, shares: dict[str, float]) -> list[str]:
    texts = set(customers.named("text"))
    return [name for name, share in shares.items() if share > (MOSTLY_SILENT if name in texts else MOSTLY)]


def _empty_customers(customers: Customers) -> Flags:
    shares = _missing_shares(customers)
    mostly = set(_mostly_missing(customers, shares))
    usual = [name for name in shares if name not in mostly]
    if len(usual) < LEAST_COLUMNS:
        return np.zeros(len(customers), dtype=bool)
    return np.asarray(filled(customers)[usual].mean(axis=1) < LEAST_FILLED, dtype=bool)


def _n_values(customers: Customers, name: str) -> int:
    cells = customers.frame[name]
    return int((cells[cells != ""] if customers.column(name).role == "text" else cells).nunique())


def _as_text(cells: "pd.Series[float]") -> "pd.Series[str]":
    if pd.api.types.is_float_dtype(cells):
        return cells.map(lambda value: f"{value:.15g}", na_action="ignore").astype("str")
    return cells.astype("str")


def _with_shares(names: list[str], shares: dict[str, float]) -> str:
    return listed([f"{name} {shares[name]:.0%}" for name in sorted(names, key=lambda name: (-shares[name], name))])
