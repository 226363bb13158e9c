"""Checking: what speaks against a line of a message, in its channel, for its brief."""

from collections.abc import Iterable, Sequence

from segment_core.artifacts import Brief, Evidence, Piece
from segment_core.contents.channels import CHANNELS, Line, fits, length, limit
from segment_core.grounding import Problem, check_copy
from segment_core.grounding.quotations import repeats
from segment_core.llm.filters import fold
from segment_core.messages import say


def problems(
    text: str, line: Line, brief: Brief, *, unsaid: Sequence[str] = (), evidence: Evidence | None = None
) -> tuple[Problem, ...]:
    """Return everything that speaks against a line: too long as its channel counts, or more than the brief holds.

    `unsaid` are words besides those the brief avoids; with `evidence`, a line may not repeat what a customer wrote.
    """
    found = list(check_copy(text, (brief.offer, brief.brand), (*avoided(brief), *unsaid)))
    if not fits(line, text):
        found.append(
            Problem(
                "limit",
                say(
                    "Too long for its channel: {n} of at most {limit}.",
                    n=length(text, line.how),
                    limit=limit(line, text),
                ),
            )
        )
    if evidence is not None and any(repeats(fold(text), item.text) for item in evidence.items if item.kind == "quote"):
        found.append(Problem("quote-in-text", say("Repeat nothing that a customer wrote.")))
    return tuple(found)


def avoided(brief: Brief) -> tuple[str, ...]:
    """Return the words that a brief rules out."""
    listed = brief.avoid.replace("，", ",").replace("、", ",").replace(";", ",").replace("；", ",").replace("\n", ",")
    return tuple(word.strip() for word in listed.split(",") if word.strip())


def counts(pieces: Iterable[Piece]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return how long each line is and may be, by channel, line and text."""
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for piece in pieces:
        for name, claim in piece.lines.items():
            line = CHANNELS[piece.channel][name]
            found[piece.channel, name, claim.text] = (length(claim.text, line.how), limit(line, claim.text))
    return found
