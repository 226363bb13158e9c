"""Scripted: sentences as a model might write them, true and false in known ways, over the sheets of the tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.grounding import Problem, check_claim
from tests.sheets import SHEETS

HERE = Path(__file__).parent / "sentences"
FIGURES = ("rounded", "wrong figure", "wrong unit", "base as value", "bound as value")
KINDS = {
    "true": "True sentences",
    "rounded": "Rounded figure",
    "wrong figure": "Wrong figure",
    "wrong unit": "Wrong unit",
    "base as value": "Base as value",
    "bound as value": "Bound as value",
    "wrong_noun": "Wrong noun",
    "wrong_direction": "Wrong direction",
    "spelled_en": "Spelled-out number, English",
    "spelled_zh": "Spelled-out number, Chinese",
    "invented": "Invented quote",
    "other": "Quote or fact of another segment",
    "trait": "Unstated trait",
    "cause": "Causal claim",
}
FALSE_FIGURES = (*FIGURES, "spelled_en", "spelled_zh", "invented", "other")
"""Kinds of which at least 98 % must be caught: figures and quotes."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a known kind over a sheet, with the evidence and the quote it cites; none makes it creative."""

    kind: str
    sheet: str
    segment: str
    ids: tuple[str, ...]
    quote: str
    text: str

    def problems(self, sheets: dict[str, Evidence]) -> tuple[Problem, ...]:
        """Ask the checker."""
        evidence = sheets[self.sheet]
        return check_claim(self.text, self.ids, self.quote, self.segment, evidence, creative=not self.ids)


def sheets() -> dict[str, Evidence]:
    """Return the sheets that the sentences speak of."""
    return {name: SHEETS[name]() for name in ("numbers", "texts", "categories", "chinese")}


def sentences(held_out: bool = False) -> list[Sentence]:
    """Return all sentences: those at hand while the checker was written, or those written afterwards."""
    found = []
    for path in sorted((HERE / "later" if held_out else HERE).glob("*.txt")):
        if path.stem != "figures":
            found += [_parsed(path.stem, line) for line in path.read_text(encoding="utf-8").splitlines()]
    return found + (list(_figures()) if not held_out else [])


def _parsed(kind: str, line: str) -> Sentence:
    if kind in ("quotes", "second", "third", "fourth", "fifth"):
        kind, line = line.split(" ", 1)
        kind = kind.replace("-", " ")
    sheet, segment, cited, text = line.split(" ", 3)
    ids = [] if cited == "-" else [_whole(id_, segment) for id_ in cited.split(",")]
    quote = next((id_ for id_ in ids if ".q" in id_), "")
    slotted = re.sub(r"\[([SA-Z0-9.]*[ftq]\d+)\]", lambda match: f"⟦{_whole(match[1], segment)}⟧", text)
    return Sentence(kind, sheet, segment, tuple(ids), quote, slotted)


def _whole(id_: str, segment: str) -> str:
    return id_ if "." in id_ else f"{segment}.{id_}"


def _figures() -> Iterator[Sentence]:
    """Put wrong figures of every kind into the patterns, over the items of the sheets."""
    patterns = [line.split(" ", 1) for line in (HERE / "figures.txt").read_text(encoding="utf-8").splitlines()]
    for name, evidence in sheets().items():
        items = [item for item in evidence.items if item.kind in ("share", "median")]
        fit = [text for language, text in patterns if (language == "zh") == (name == "chinese")]
        for number, item in enumerate(items):
            for place, kind in enumerate(FIGURES):
                text = fit[(number + place) % len(fit)].format(label=item.label, x=_wrong(item, kind, number))
                yield Sentence(kind, name, item.segment, (item.id,), "", text)


def _wrong(item: EvidenceItem, kind: str, number: int) -> str:
    value, base = item.value or 0.0, item.base or 0.0
    share = item.unit == "%"
    shown, other = (value * 100, base * 100) if share else (value, base)
    unit = " %" if share else ""
    wrong = {
        "rounded": f"about {round(shown, -1 if shown >= 10 else 0):g}{unit}",
        "wrong figure": f"{shown * 1.3 + 1:.0f}{unit}",
        "wrong unit": f"{shown:g} {'points' if share else '%'}",
        "base as value": f"{other:g}{unit}",
        "bound as value": f"{shown * 0.93:.1f}{unit}",
    }[kind]
    return wrong if number % 3 else wrong.translate(str.maketrans("0123456789%", "０１２３４５６７８９％"))
