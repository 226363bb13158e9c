"""Whatever happens to a cell on its way to a number, a date or an answer is counted and can be looked up."""

import pandas as pd
import pytest

from segment_core.artifacts import Column, Role
from segment_core.intake.parsing import convert
from segment_core.messages import say


def notes_of(role: Role, cells: list[str | None], index: list[int] | None = None) -> dict[str, object]:
    series = pd.Series(cells, dtype="str", name="x", index=index)
    _, notes = convert(series, Column("x", role, "none", say("Told.")), ".")
    return {note.code: (note.count, note.places) for note in notes}


@pytest.mark.parametrize(
    ("role", "cells", "found"),
    [
        ("number", ["1", "many", "2", "few", "many"], {"not-a-number": (3, ((4, "few"), (2, "many")))}),
        ("number", ["1", "NA", None, "na"], {"missing-words": (2, ((2, "NA"), (4, "na")))}),
        ("yes/no", ["yes", "maybe", "no"], {"not-yes-no": (1, ((2, "maybe"),))}),
        ("date", ["2024-01-31", "soon", "2024-13-01"], {"not-a-date": (2, ((3, "2024-13-01"), (2, "soon")))}),
        ("category", ["a", " b", "NA"], {"trimmed": (1, ((2, " b"),)), "kept-level": (1, ((3, "NA"),))}),
        ("text", ["fine", "n/a"], {"missing-text": (1, ((2, "n/a"),))}),
        ("id", ["1", "NA"], {}),
    ],
)
def test_places(role: Role, cells: list[str | None], found: dict[str, object]) -> None:
    assert notes_of(role, cells) == found


def test_only_row_numbers_depend_on_the_order_of_rows() -> None:
    straight = notes_of("number", ["1", "many", "few", "many"])
    turned = notes_of("number", ["many", "few", "many", "1"], index=[3, 2, 1, 0])
    assert straight == turned


def test_at_most_twenty_are_shown() -> None:
    count, places = notes_of("number", [f"word {number:03}" for number in range(300)])["not-a-number"]  # type: ignore[misc]
    assert (count, len(places)) == (300, 20)
