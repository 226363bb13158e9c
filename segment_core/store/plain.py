"""Plain: values of no declared type as strict JSON, with nan and the infinities told apart from text."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

_FLOAT = "$float"


def to_plain(value: Any) -> Any:
    """Return strict JSON for text, numbers, truth values, None, and lists and mappings of these.

    Tuples come back as lists. Numbers of numpy become Python's.

    Raises
    ------
    TypeError
        If something else is inside: nothing is ever pickled.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {_FLOAT: repr(value)}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {_escaped(key): to_plain(item) for key, item in value.items()}
    raise TypeError(f"A {type(value).__name__} cannot be kept as JSON.")


def from_plain(found: Any) -> Any:
    """Return the value that `to_plain` wrote."""
    if isinstance(found, list):
        return [from_plain(item) for item in found]
    if isinstance(found, dict):
        if set(found) == {_FLOAT}:
            return float(found[_FLOAT])
        return {key.removeprefix("$"): from_plain(item) for key, item in found.items()}
    return found


def _escaped(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"A key of type {type(key).__name__} cannot be kept as JSON.")
    return f"${key}" if key.startswith("$") else key
