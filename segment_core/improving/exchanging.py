"""Exchanging: the ledger as JSON text, there and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, get_args

from segment_core.artifacts import Edit, EditKind
from segment_core.errors import DataError


def edits_json(edits: Sequence[Edit]) -> str:
    """Write edits as JSON text that `edits_from_json` reads back as equal edits."""
    return json.dumps([asdict(edit) for edit in edits], indent=1, ensure_ascii=False) + "\n"


def edits_from_json(text: str) -> tuple[Edit, ...]:
    """Read edits.

    Raises
    ------
    DataError
        If the text is not JSON, or holds anything but edits.
    """
    try:
        found = json.loads(text)
        return tuple(_edit(one) for one in found)
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError("These are no edits: {error}.", error=str(error)[:200]) from error


def _edit(found: Mapping[str, Any]) -> Edit:
    parts = dict(found)
    if parts.get("what") not in get_args(EditKind):
        raise ValueError(str(parts.get("what")))
    datetime.fromisoformat(parts.get("at", ""))
    for name in ("customers", "others"):
        if not isinstance(parts.get(name) or [], list):
            raise TypeError(name)
        parts[name] = tuple(map(str, parts.get(name) or ()))
    parts["witnesses"] = {str(name): tuple(map(str, ids)) for name, ids in dict(parts.get("witnesses") or {}).items()}
    parts["sizes"] = {str(name): int(size) for name, size in dict(parts.get("sizes") or {}).items()}
    parts["before"] = {str(name): str(value) for name, value in dict(parts.get("before") or {}).items()}
    return Edit(**parts)
