"""Links: how two tables of one study hang together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Say that a column of the table `child` names rows of the table `parent`: many order lines, one order."""

    child: str
    child_column: str
    parent: str
    parent_column: str
