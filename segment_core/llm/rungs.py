"""Rungs: in which form of output a model answers best, found by trying and remembered where calls are recorded."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from segment_core.llm.access import ModelAccess
from segment_core.llm.ledger import folder

LADDER = ("native", "tool", "prompted")
"""How the form is asked for: by JSON schema, by a tool call, in plain words; each where the one before it failed."""

FILE = "models.json"
MOST_MODELS = 50

_known_rungs: dict[tuple[str, str, str], str] = {}
"""Where a model had to step down to in this process, since the test that is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a connection test found at an address: how long each form took that worked, in seconds, None where not."""

    native: float | None = None
    tool: float | None = None
    prompted: float | None = None

    @property
    def best(self) -> str:
        """Return the first rung that worked, "" where none did."""
        return next((rung for rung in LADDER if getattr(self, rung) is not None), "")


def best(access: ModelAccess) -> str:
    """Return the rung to begin with."""
    found = remembered(access)
    tested = found.best if found else ""
    return _known_rungs.get((access.url, access.model, tested)) or tested or LADDER[0]


def note(access: ModelAccess, rung: str) -> None:
    """Begin with this rung from now on, in this process, until another test finds something else."""
    found = remembered(access)
    _known_rungs[access.url, access.model, found.best if found else ""] = rung


def remembered(access: ModelAccess, within: Path | None = None) -> Abilities | None:
    """Return what the last connection test found, if one was made; in a folder, else in that of this thread's block."""
    return _read(within or folder()).get(_name(access))


def remember(access: ModelAccess, found: Abilities) -> None:
    """Remember what a connection test found, for this and other processes. Addresses and names, never keys."""
    for known in [known for known in _known_rungs if known[:2] == (access.url, access.model)]:
        del _known_rungs[known]
    place = folder()
    if place is None:
        if found.best:
            _known_rungs[access.url, access.model, ""] = found.best
        return
    entries = {name: one for name, one in _read(place).items() if name != _name(access)} | {_name(access): found}
    latest = dict(list(entries.items())[-MOST_MODELS:])
    text = json.dumps({name: asdict(one) for name, one in latest.items()}, ensure_ascii=False, indent=1)
    handle, written = tempfile.mkstemp(dir=place, prefix=".models-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(written).replace(place / FILE)


def _name(access: ModelAccess) -> str:
    return f"{access.url.strip()} {access.model.strip()}"


def _read(place: Path | None) -> dict[str, Abilities]:
    if place is None:
        return {}
    try:
        found = json.loads((place / FILE).read_text(encoding="utf-8"))
        return {str(name): _abilities(one) for name, one in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _abilities(found: dict[str, object]) -> Abilities:
    parts = {rung: found.get(rung) for rung in LADDER}
    return Abilities(**{rung: float(took) for rung, took in parts.items() if isinstance(took, int | float)})
