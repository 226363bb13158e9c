"""Copies: columns that repeat another one, word for word or by renaming its values."""

import hashlib
from collections.abc import Sequence

import pandas as pd

_ROWS_TO_JUDGE = 20


def copies(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, str]:
    """Return each column that is a copy of an earlier one, with that one's name.

    Two columns are copies if their cells are equal, or if each value of one always stands
    beside the same value of the other and values repeat enough for that to be no accident.
    """
    seen: dict[bytes, str] = {}
    found: dict[str, str] = {}
    if len(frame) < 2:
        return found
    for name in names:
        for key in _keys(frame[name]):
            if key in seen:
                found[name] = seen[key]
                break
        else:
            for key in _keys(frame[name]):
                seen[key] = name
    return found


def _keys(values: pd.Series) -> list[bytes]:
    codes, levels = pd.factorize(values)
    if len(levels) < 2:
        return []
    keys = [b"cells" + hashlib.sha256(pd.util.hash_pandas_object(values, index=False).to_numpy().tobytes()).digest()]
    # Codes by first appearance are equal exactly when one column renames the other.
    if len(values) >= _ROWS_TO_JUDGE and len(levels) <= len(values) / 4:
        keys.append(b"names" + hashlib.sha256(codes.tobytes()).digest())
    return keys
