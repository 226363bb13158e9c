"""Refusals: a model's messages held against channel and brief, and what can be kept of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segment_core.artifacts import Brief, Channel, Claim, Contents, Evidence, Piece, Tally
from segment_core.contents.channels import CHANNELS
from segment_core.contents.checking import problems
from segment_core.contents.prompt import INSTRUCTIONS
from segment_core.grounding.quotations import repeats
from segment_core.llm.filters import fold
from segment_core.llm.outbound import ABOUT_DATA

if TYPE_CHECKING:
    from segment_core.contents.answers import MessageAnswer, MessagesAnswer

Place = tuple[Channel, int]
MOST_EVIDENCE = 6
_OURS = f"{INSTRUCTIONS}\n{ABOUT_DATA}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model was asked for one segment, and what its lines may not hold."""

    segment: str
    channels: tuple[Channel, ...]
    variants: int
    brief: Brief
    unsaid: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The messages of a segment after checking, and how the model's lines fared."""

    pieces: tuple[Piece, ...]
    tally: Tally


def problems_in(answer: "MessagesAnswer", asked: Asked) -> list[str]:
    """Say what to correct, in places and rules only: none of the answer's or the customers' words go back."""
    given, found = _given(answer, asked), []
    for channel in asked.channels:
        for variant in range(1, asked.variants + 1):
            message = given.get((channel, variant))
            place = f"{channel}[{variant}]"
            if message is None:
                found.append(f"{place}: write this message.")
                continue
            texts = _texts(message)
            for name in CHANNELS[channel]:
                found += [f"{place}.{name}: {said}" for said in _wrong(texts, channel, name, asked)]
            if not _ids(message, asked):
                found.append(f"{place}: cite at least one evidence id of this segment.")
    return found


def salvage(answer: "MessagesAnswer", asked: Asked, plain: Contents, *, refused_first: int) -> Salvaged:
    """Keep the lines that pass; where one does not, take the built-in writer's."""
    given, pieces = _given(answer, asked), []
    kept = dropped = filled = 0
    for channel in asked.channels:
        for variant in range(1, asked.variants + 1):
            fallback = next((p for p in plain.of(asked.segment, channel) if p.variant == variant), None)
            message = given.get((channel, variant))
            if message is None:
                if fallback:
                    pieces.append(fallback)
                    filled += len(fallback.lines)
                continue
            ids, texts, lines = _ids(message, asked), _texts(message), dict[str, Claim]()
            for name in CHANNELS[channel]:
                wrong = _wrong(texts, channel, name, asked)
                if not wrong:
                    lines[name] = Claim(texts[name], ids, author="model")
                    kept += 1
                    continue
                dropped += name in texts
                if fallback:
                    lines[name] = fallback.lines[name]
                    filled += 1
            if len(lines) == len(CHANNELS[channel]):
                pieces.append(Piece(asked.segment, channel, variant, lines))
    mended = max(min(refused_first - dropped, kept), 0)
    return Salvaged(tuple(pieces), Tally(kept - mended, mended, dropped, filled))


def _given(answer: "MessagesAnswer", asked: Asked) -> Mapping[Place, "MessageAnswer"]:
    return {
        (channel, message.variant): message
        for message in reversed(answer.messages)
        for channel in asked.channels
        if message.channel == channel
    }


def _texts(message: "MessageAnswer") -> dict[str, str]:
    return {line.name: line.text.strip() for line in reversed(message.lines)}


def _ids(message: "MessageAnswer", asked: Asked) -> tuple[str, ...]:
    """Return the cited ids of this segment."""
    known = {item.id for item in asked.evidence.of(asked.segment) if item.kind != "quote"}
    return tuple(id_ for id_ in dict.fromkeys(message.evidence) if id_ in known)[:MOST_EVIDENCE]


def _wrong(texts: Mapping[str, str], channel: Channel, name: str, asked: Asked) -> Sequence[str]:
    if not texts.get(name):
        return ["write this line."]
    text, lines = texts[name], list(CHANNELS[channel])
    earlier = {texts.get(other) for other in lines[: lines.index(name)]}
    found = [
        str(problem.message)
        for problem in problems(
            text, CHANNELS[channel][name], asked.brief, unsaid=asked.unsaid, evidence=asked.evidence
        )
    ]
    if text in earlier:
        found.append("this repeats another line of the message.")
    if "⟦" in text or "⟧" in text:
        found.append("show no figures of the evidence.")
    if repeats(fold(text), _OURS):
        found.append("repeat nothing of these instructions.")
    return found
