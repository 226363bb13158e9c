"""Hashing: what customers and their segments are, as fingerprints that no order of rows changes."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from segment_core.artifacts import Clustering, Customers, Progress, silent
from segment_core.messages import say
from segment_core.stages import fingerprint

ROW = "row"
"""What the id is called where a file has none: rows are then known by their place in the canonical order."""
ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Print:
    """What data are: the SHA-256 of each column by name, that of all, and a `key` that only these data give.

    The ids are one of the columns. The key is of the same cells but cannot be told from the hashes: customers are
    hidden by it, and named again by whoever has the data.
    """

    columns: Mapping[str, str]
    whole: str
    key: bytes
    n_customers: int


def print_of(customers: Customers, progress: Progress = silent) -> Print:
    """Hash customers column by column, in their canonical order."""
    found: dict[str, str] = {}
    secret = hashlib.sha256(b"strata capsule key")
    columns = [column.name for column in customers.columns if column.name in customers.frame.columns]
    parts = {customers.id_name: pd.Series(ids_of(customers), dtype=object)}
    parts |= {name: customers.frame[name] for name in columns if name != customers.id_name}
    for number, (name, cells) in enumerate(parts.items()):
        progress(number, len(parts), say("Hashing the columns"))
        written = bytes_of(cells)
        found[name] = fingerprint("column", written)
        secret.update(hashlib.sha256(b"key" + written).digest())
    whole = fingerprint("data", len(customers), sorted(found.items()))
    return Print(found, whole, secret.digest(), len(customers))


def label_hash(customers: Customers, clustering: Clustering) -> str:
    """Hash who is in which segment, over pairs of id and segment sorted by id."""
    pairs = sorted(zip(ids_of(customers), clustering.ids.tolist(), strict=True))
    return fingerprint("labels", [list(pair) for pair in pairs])


def ids_of(customers: Customers) -> list[str]:
    """Return ids that the order of a file's rows does not change."""
    if customers.id_name == ROW:
        return [str(place) for place in range(len(customers))]
    return [str(id_) for id_ in customers.frame.index]


def hidden_id(key: bytes, customer: str) -> str:
    """Return what stands for a customer where ids must not: it cannot be undone, nor guessed, without the data."""
    return hmac.new(key, customer.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:ID_LENGTH]


def bytes_of(cells: "pd.Series[Any]") -> bytes:
    """Write cells so that equal ones, and only those, are equal bytes on every machine."""
    if pd.api.types.is_datetime64_any_dtype(cells):
        return cells.to_numpy(dtype="datetime64[us]").astype("<i8").tobytes()
    if pd.api.types.is_numeric_dtype(cells):
        values = cells.to_numpy(dtype="<f8").copy()
        values[np.isnan(values)] = np.nan
        values[values == 0] = 0.0  # minus nought is nought
        return values.tobytes()
    written = bytearray()
    for cell in cells:
        if not isinstance(cell, str):
            written += b"\x00"
            continue
        text = cell.encode("utf-8", "surrogatepass")
        written += b"\x01" + len(text).to_bytes(8, "little") + text
    return bytes(written)
