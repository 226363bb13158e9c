"""Denying: what each "not" of a question denies: a segment, a category, a number that is to be none, or the texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from segment_core.answering.vocabulary import Mention, topics_in
from segment_core.answering.words import COMPLAIN, FILLER, MENTION, words_of
from segment_core.messages import say

NOT = words_of(
    "not without don't doesn't didn't never no none aren't isn't wasn't non neither nor except excluding outside"
)
NOT_COUNTED = say(
    "Who did not write of something is not counted: a customer may just not have said it. Ask who did; "
    "of those who wrote anything, the rest did not."
)
_NONE_OF = words_of("no without not")
_JOINS = words_of("or and nor in segment segments group groups members member")


@dataclass(frozen=True, slots=True)
class Denied:
    """Mentions that are denied; whether the texts are; and whether a "not" could not be placed."""

    mentions: tuple[Mention, ...] = ()
    texts: bool = False
    unplaced: bool = False


def denied_in(words: Sequence[str], mentions: Sequence[Mention]) -> Denied:
    """Place every "not" on what is named next, and on what is joined to that by "or" or "and"."""
    owner = {place: mention for mention in mentions for place in mention.places}
    spoken = {place for place, word in enumerate(words) if word in COMPLAIN | MENTION and place not in owner}
    spoken |= {place for _, place in topics_in(words) if place not in owner} if spoken else set()
    found: list[Mention] = []
    texts = unplaced = False
    for place, word in enumerate(words):
        if word not in NOT or place in owner:
            continue
        after = next((p for p in range(place + 1, len(words)) if p in owner or p in spoken), None)
        if after is None or any(w in NOT or w == "only" or w not in FILLER for w in words[place + 1 : after]):
            unplaced = True
        elif after in spoken:
            texts = True
        elif owner[after].named.kind in ("segment", "value", "flag"):
            found += [one for one in _joined(words, owner, after) if one not in found]
        elif owner[after].named.kind == "number" and (
            (word in _NONE_OF and after == place + 1) or words[place + 1 : after] in (["have"], ["own"])
        ):
            found.append(owner[after])
        else:
            unplaced = True
    return Denied(tuple(found), texts, unplaced)


def _joined(words: Sequence[str], owner: dict[int, Mention], start: int) -> list[Mention]:
    """Return the mention at a place and those of its kind that follow it, with nothing but joints between."""
    first = owner[start]
    found, joint = [first], False
    for place in range(max(first.places) + 1, len(words)):
        other = owner.get(place)
        if other is not None and other not in found:
            same = other.named.kind == first.named.kind and other.named.column == first.named.column
            if not (same and joint):
                break
            found.append(other)
            joint = False
        elif other is None and words[place] not in _JOINS:
            break
        joint = joint or words[place] in ("or", "and", "nor")
    return found
