"""Attention: the words of a text that a model looked at, and those of each segment."""

from dataclasses import dataclass

from segment_core.artifacts.basics import Note, Step
from segment_core.messages import Message


@dataclass(frozen=True, slots=True)
class Attended:
    """One customer's text with the weight that a model gave to each word.

    `starts` are the places of the words in `text`, so that it can be drawn as it stands; `weights` add up to 1 (all
    words together), or are empty where the text has no word. `cut` tells that the model read only the beginning:
    `words` end where it stopped.
    """

    customer: str
    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    weights: tuple[float, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class AttentionWords:
    """The words that the model looked at in a segment's texts, most telling first; fillers are left out.

    For each word: `shares` is its part of all the attention, `even` how many times an even share over the words of
    each text that is, `overall` how many times its part among all texts looked at, and `counts` the texts it is in.
    """

    segment: str
    n_texts: int
    words: tuple[str, ...]
    shares: tuple[float, ...]
    even: tuple[float, ...]
    overall: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """What a model looked at in some customers' texts, and in the segments they belong to."""

    texts: tuple[Attended, ...]
    segments: tuple[AttentionWords, ...]
    made_by: Step
    reason: Message
    notes: tuple[Note, ...] = ()

    def of(self, customer: str) -> Attended | None:
        """Return what was looked at in a customer's text, if it was looked into."""
        return next((text for text in self.texts if text.customer == customer), None)
