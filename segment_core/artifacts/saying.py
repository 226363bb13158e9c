"""Saying: one sentence with the evidence it rests on, and how many of a model's sentences could be kept."""

from dataclasses import dataclass
from typing import Literal

Author = Literal["builtin", "model", "analyst"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a persona or a message. Figures stand as slots such as ⟦S1.f2⟧, filled from the evidence.

    `evidence` lists the ids it rests on; `quote` is the id of a quote to paste beneath it.
    Only an analyst's own sentence may carry digits of its own.
    """

    text: str
    evidence: tuple[str, ...] = ()
    quote: str = ""
    author: Author = "builtin"


@dataclass(frozen=True, slots=True)
class Tally:
    """How a model's sentences fared, names among them: right at `first`, right when asked again (`mended`), `dropped`.

    `filled` counts the places that the built-in writer filled instead.
    """

    first: int = 0
    mended: int = 0
    dropped: int = 0
    filled: int = 0
