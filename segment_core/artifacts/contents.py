"""Contents: what an analyst briefs, and the messages for each segment and channel that come of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from segment_core.artifacts.basics import Note, Step
from segment_core.artifacts.saying import Claim, Tally

Channel = Literal["email", "sms", "push", "social", "ad", "landing"]


@dataclass(frozen=True, slots=True)
class Brief:
    """What an analyst gives for messages, in their own words; every field may be empty.

    `goal` is what the messages are for; `offer` is all that may be promised: only prices, discounts, dates and
    guarantees that stand in it may stand in a message. `brand` is who speaks, `voice` how; `avoid` lists words that
    may not be used, separated by commas. `language` is that of the messages.
    """

    goal: str = ""
    offer: str = ""
    brand: str = ""
    voice: str = ""
    avoid: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: for a segment, in a channel, one of several variants (from 1).

    `lines` hold its parts by name, such as "subject" and "body" of an email, in the order in which they are read.
    A line cites the evidence that it was chosen for, and shows no figure of it.
    """

    segment: str
    channel: Channel
    variant: int
    lines: Mapping[str, Claim]


@dataclass(frozen=True, slots=True)
class Contents:
    """All messages, the brief they keep to, who wrote them, and what the checker refused on the way."""

    pieces: tuple[Piece, ...]
    brief: Brief
    made_by: Step
    notes: tuple[Note, ...] = ()
    tally: Tally | None = None

    def of(self, segment: str, channel: str = "") -> tuple[Piece, ...]:
        """Return a segment's messages, of one channel if it is named."""
        return tuple(p for p in self.pieces if p.segment == segment and channel in ("", p.channel))
