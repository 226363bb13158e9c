"""Remedies: what an analyst chose to do about a finding, kept in the plan and taken back by leaving it out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remedy:
    """Name a remedy by its code, and the columns it is for (none: the customers as a whole)."""

    code: str
    columns: tuple[str, ...] = ()
