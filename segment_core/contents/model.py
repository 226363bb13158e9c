"""Model writer: a language model words the messages, and the checker decides which lines stay."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from segment_core.artifacts import Brief, Channel, Contents, Evidence, Note, Piece, Progress, Step, Tally, silent
from segment_core.choices import options_to_json
from segment_core.contents import builtin
from segment_core.contents.channels import CHANNELS
from segment_core.contents.options import BuiltinOptions, ModelOptions
from segment_core.contents.prompt import Letter, letters
from segment_core.contents.refusals import Asked, Salvaged, problems_in, salvage
from segment_core.contents.sensitive import unsaid
from segment_core.errors import MissingExtraError, ModelError
from segment_core.llm import ModelAccess, several, writer_at
from segment_core.messages import Message, say

KEY = "llm_key"
_ASK_AGAIN = 2


def write(
    evidence: Evidence,
    brief: Brief,
    options: ModelOptions = ModelOptions(),
    *,
    channels: Sequence[Channel] = tuple(CHANNELS),
    sensitive: Sequence[str] = (),
    banned: Sequence[str] = (),
    secrets: Mapping[str, str] = {},
    progress: Progress = silent,
    only: Sequence[str] = (),
    known: Contents | None = None,
    keep: Callable[[str, tuple[Piece, ...]], None] = lambda segment, pieces: None,
) -> Contents:
    """Let a model write, one call a segment and several at once; fill what is refused from the built-in writer.

    Whatever the model or its server does, messages come back, and the tally and notes say what became of its lines.
    Where no answer comes, the messages in `known` stay, if they were written to the same brief.
    `keep` is told of each segment as soon as it is written, so that a crash loses only what was under way. The key, if
    the model needs one, is `secrets["llm_key"]`. Facts on `sensitive` columns are not sent.

    Raises
    ------
    Cancelled
        If `progress` raised it.
    """
    plain = builtin.write(
        evidence,
        brief,
        BuiltinOptions(variants=options.variants),
        channels=channels,
        sensitive=sensitive,
        banned=banned,
        only=only,
    )
    composed = letters(
        evidence, brief, variants=options.variants, channels=channels, sensitive=sensitive, banned=banned, only=only
    )
    forbidden = unsaid(evidence, sensitive, banned)
    asked = [
        Asked(letter.segment, tuple(channels), options.variants, brief, forbidden, evidence) for letter in composed
    ]
    until = time.monotonic() + options.timeout
    access = ModelAccess(options.url, options.model, secrets.get(KEY, ""))

    def finished(number: int, made: Salvaged) -> None:
        keep(asked[number].segment, made.pieces)

    # Who names segments wants another wording; who writes all takes up what was answered before a crash.
    works = [
        _work(access, letter, one, plain, until=until, fresh=bool(only))
        for letter, one in zip(composed, asked, strict=True)
    ]
    made = several(works, done=finished, progress=progress)
    before = known if known is not None and known.brief == brief else None
    return _together(plain, asked, made, composed, before, options=options, channels=channels)


def _work(
    access: ModelAccess, letter: Letter, asked: Asked, plain: Contents, *, until: float, fresh: bool
) -> Callable[[Progress], Salvaged]:
    def work(progress: Progress) -> Salvaged:
        from segment_core.contents.answers import MessagesAnswer

        first: list[int] = []

        def check(answer: MessagesAnswer) -> list[str]:
            found = problems_in(answer, asked)
            first.append(len(found))
            return found

        reply = writer_at(access).fill(
            letter.sealed,
            MessagesAnswer,
            check,
            seconds=max(until - time.monotonic(), 0.0),
            again=_ASK_AGAIN,
            progress=progress,
            fresh=fresh,
        )
        return salvage(reply.answer, asked, plain, refused_first=first[0] if first else 0)

    return work


def _together(
    plain: Contents,
    asked: Sequence[Asked],
    made: Sequence[Salvaged | ModelError | MissingExtraError],
    composed: Sequence[Letter],
    before: Contents | None,
    *,
    options: ModelOptions,
    channels: Sequence[Channel],
) -> Contents:
    pieces: list[Piece] = []
    notes = [note for note in plain.notes if note.code not in ("voice", "goal")]
    tally, missing, left, failed = Tally(), list[str](), list[str](), dict[str, Message]()
    for one, found in zip(asked, made, strict=True):
        if isinstance(found, Salvaged):
            pieces += found.pieces
            tally = _added(tally, found.tally)
        else:
            stay = _stay(before, plain, one.segment)
            pieces += stay or plain.of(one.segment)
            (left if stay else missing).append(one.segment)
            failed.setdefault(found.message.template, found.message)
    notes += [Note("model-failed", message, 1, "warning") for message in failed.values()]
    if left:
        said = say("What was written before stays for these segments: {segments}.", segments=", ".join(left))
        notes.append(Note("left-as-it-was", said, len(left), "warning"))
    if missing:
        said = say(
            "The built-in writer wrote the messages of these segments instead: {segments}.", segments=", ".join(missing)
        )
        notes.append(Note("builtin-instead", said, len(missing), "warning"))
    masked, withheld = sum(letter.sealed.masked for letter in composed), sum(letter.withheld for letter in composed)
    if masked:
        notes.append(
            Note("masked", say("Addresses and numbers masked before the model was asked: {n}.", n=masked), masked)
        )
    if withheld:
        said = say("Facts and terms that are sensitive or read like commands, and were not sent: {n}.", n=withheld)
        notes.append(Note("withheld", said, withheld))
    if before is not None and len(left) == len(asked):
        return replace(before, pieces=tuple(pieces), notes=tuple(notes))
    if len(missing) + len(left) == len(asked):
        return replace(plain, pieces=tuple(pieces), notes=tuple(notes))
    chosen = options_to_json(options) | {"channels": ", ".join(channels)}
    return Contents(tuple(pieces), plain.brief, Step("model", chosen), tuple(notes), tally)


def _stay(before: Contents | None, plain: Contents, segment: str) -> tuple[Piece, ...]:
    """Return a segment's messages as they were, with the built-in writer's in the places that had none."""
    if before is None:
        return ()
    was = {(piece.channel, piece.variant): piece for piece in before.of(segment)}
    if not was:
        return ()
    return tuple(was.get((piece.channel, piece.variant), piece) for piece in plain.of(segment))


def _added(one: Tally, other: Tally) -> Tally:
    return Tally(
        one.first + other.first, one.mended + other.mended, one.dropped + other.dropped, one.filled + other.filled
    )
