"""Request: which customers, which columns and which format a file is asked for."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from segment_core.artifacts import Note
from segment_core.errors import OptionError
from segment_core.exporting.presets import PRESETS, Preset

Format = Literal["csv", "parquet", "excel"]
ENDINGS: Mapping[str, str] = {"csv": "csv", "parquet": "parquet", "excel": "xlsx"}
LONGEST_NAME = 40
MIMES: Mapping[str, str] = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is asked for.

    Customers are those of `segments` (ids) or own `groups` (names), or those with the ids in `only`; everybody where
    nothing is said. `columns` are the file's, `labels` the analyst's own; `reasons` adds why each customer is in the
    segment. `everybody` keeps who may not be contacted, marked as such, in the preset "table" alone. `email` and
    `phone` name the columns of addresses, "" is the one that looks like it, None is none;
    `country` (such as "DE") is that of phone numbers without one. `k` is how many customers must share what a file
    says of them not to be recognised. What is said in words (reasons, the sheet that explains) is in `language`.
    `study` and `version` say what the file is of: they are in its name, in the workbook's first sheet and in the
    metadata of Parquet.
    """

    preset: Preset = "table"
    format: Format = "csv"
    segments: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    columns: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    reasons: bool = False
    recommended: bool = False
    everybody: bool = False
    bom: bool = False
    email: str | None = ""
    phone: str | None = ""
    country: str = ""
    k: int = 5
    language: str = "en"
    study: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        """Refuse what there is not.

        Raises
        ------
        OptionError
            If a preset or format is unknown, or everybody is asked for in a file for contact.
        """
        if self.preset not in PRESETS:
            raise OptionError(
                "There is no preset {name}; there are: {names}.", name=str(self.preset), names=", ".join(PRESETS)
            )
        if self.format not in get_args(Format):
            raise OptionError(
                "There is no format {name}; there are: {names}.", name=str(self.format), names=", ".join(ENDINGS)
            )
        if self.everybody and self.preset != "table":
            raise OptionError("A file for contact never holds customers who may not be contacted.")

    @property
    def file_name(self) -> str:
        """Return a name for the file, with the study and its version where these are known."""
        name = {"table": "segments", "email": "email", "google": "audience-google", "meta": "audience-meta"}
        of = re.sub(r"[\W_]+", "-", re.sub(r"\.\w{1,7}\Z", "", self.study))[:LONGEST_NAME].strip("-")
        parts = (name.get(self.preset, self.preset), of, f"v{self.version}" if self.version else "")
        return f"{'-'.join(part for part in parts if part)}.{ENDINGS[self.format]}"

    def to_json(self) -> dict[str, Any]:
        """Return the request as a JSON object."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in _fields(self).items()}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Delivery":
        """Rebuild a request written by `to_json`; what is not there is as usual."""
        known = {field.name for field in dataclasses.fields(cls)}
        if unknown := sorted(set(found) - known):
            raise OptionError("A delivery knows nothing of {name}.", name=unknown[0])
        given: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in found.items()}
        for name, value in _fields(cls()).items():
            one = given.get(name, value)
            may_be_none = name in ("only", "email", "phone")
            if not isinstance(one, tuple if name == "only" else type(value)) and not (may_be_none and one is None):
                raise OptionError("{name} of a delivery cannot be {value}.", name=name, value=str(one)[:80])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that was written: how many customers are in it, who stayed out and why, and what to mind."""

    path: Path
    n_rows: int
    withheld: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def n_withheld(self) -> int:
        """Return how many customers stayed out."""
        return sum(note.count for note in self.withheld)


def _fields(delivery: Delivery) -> dict[str, Any]:
    return {field.name: getattr(delivery, field.name) for field in dataclasses.fields(delivery)}
