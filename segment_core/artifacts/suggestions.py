"""Suggestions: where a language model would put customers on a border; nothing is moved by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from segment_core.artifacts.basics import Note, Step
from segment_core.artifacts.segments import Score
from segment_core.messages import Message


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One customer who may belong elsewhere: from segment `before` to `after` (ids), by what they wrote (`text`).

    `like` is the text of the other segment that the model found most alike, "" where it named none. `margin` is how
    clearly the text lay in its segment, from -1 (nearer to another) to 1. Both times it was asked the model said so.
    """

    customer: str
    before: str
    after: str
    text: str
    like: str
    margin: float


@dataclass(frozen=True, slots=True)
class Suggestions:
    """A second opinion on customers on a border, or none where the model failed its test (`passed`).

    `known` is the share of clear customers whose segment it named, of `n_known`; `steady` the share of border customers
    of whom it said the same twice, of `n_steady`. `n_asked` border customers were asked about, and of `n_open` the
    model said nothing, or not the same twice. `before` and `after` are scores without and with all suggestions.
    """

    suggestions: tuple[Suggestion, ...]
    passed: bool
    known: float
    n_known: int
    steady: float
    n_steady: int
    n_asked: int
    n_open: int
    made_by: Step
    reason: Message
    before: tuple[Score, ...] = ()
    after: tuple[Score, ...] = ()
    notes: tuple[Note, ...] = ()
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
