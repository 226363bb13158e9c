"""Grounding: scripted answers, true and false in known ways; what share does the checker catch, and what by mistake?"""

from collections.abc import Sequence

from benchmarks import scripted
from benchmarks.scripted import KINDS, Sentence
from benchmarks.tables import Table


def refused(sentences: Sequence[Sentence]) -> dict[str, tuple[int, int]]:
    """Return for each kind how many sentences were refused, of how many."""
    sheets = scripted.sheets()
    found: dict[str, tuple[int, int]] = {}
    for sentence in sentences:
        caught, n = found.get(sentence.kind, (0, 0))
        found[sentence.kind] = (caught + bool(sentence.problems(sheets)), n + 1)
    return found


def measure() -> Table:
    at_hand, later = refused(scripted.sentences()), refused(scripted.sentences(held_out=True))
    rows = [
        (label, *(cell for found in (at_hand, later) for cell in _cells(*found.get(kind, (0, 0)))))
        for kind, label in KINDS.items()
    ]
    return Table(
        "Scripted answers: sentences that the checker refuses",
        ("", "sentences", "refused", "written later", "refused"),
        rows,
        "Hand-written sentences over four evidence sheets, in English and Chinese; wrong figures are set into "
        "hand-written patterns for every item. The first row counts false alarms, the others what is caught. The "
        "sentences written later were written when the checker stood; what the last thirty showed when first asked (3 "
        "of 12 true ones refused, 7 of 18 false ones let through) has been mended since, so they are no longer unseen.",
    )


def _cells(caught: int, n: int) -> tuple[str, str]:
    return (str(n), f"{caught / n:.1%}") if n else ("–", "–")
