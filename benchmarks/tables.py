"""Tables: rows of results as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column heads, rows of finished cells, and what one must know to read them."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str

    def __str__(self) -> str:
        ruler = ["---"] + ["---:"] * (len(self.heads) - 1)
        lines = [f"| {' | '.join(cells)} |" for cells in (self.heads, ruler, *self.rows)]
        return "\n".join([f"**{self.title}**", "", *lines, "", self.note, ""])
