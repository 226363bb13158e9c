"""Triples: who does what to whom, read from a sample of texts by a language model and checked against each text."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segment_core.artifacts import Note, Progress, silent
from segment_core.errors import MissingExtraError, ModelError
from segment_core.graphs.options import GraphOptions
from segment_core.llm import ModelAccess, Outbound, Writer, seal, writer_at
from segment_core.llm.filters import fold, reads_like_a_command, unfit
from segment_core.messages import Message, say
from segment_core.privacy import without_tags

if TYPE_CHECKING:
    from segment_core.graphs.answers import TripleAnswer, TriplesAnswer

KEY = "llm_key"
A_CALL = 12
"""So many texts are shown with one question."""
_LONGEST_END, _LONGEST_RELATION = 48, 40
_SHORTEST_TEXT = 15
_SENTENCES = re.compile(r"(?<=[.!?。！？…])\s*|\n+")
_AT_MOST = 230

INSTRUCTIONS = """\
You read texts that customers wrote, and list what they say as triples of subject, relation and object, for a graph of \
what customers talk about.

Rules, checked by a program that drops what breaks them:
- subject and object are things, people or parts of the service: one to three words, copied letter by letter from the \
text, in its language.
- relation says in one to four words what the subject is or does to the object.
- quote is the id of the text that says so. Subject and object both stand in that very text.
- Only what a text says; at most three triples a text, and none for a text that says nothing.
- Leave out what stands in square brackets: it was masked.
- Plain words: no links, addresses, HTML or markdown."""


@dataclass(frozen=True, slots=True)
class Triple:
    """A checked triple: both ends occur in the text it was read from."""

    subject: str
    relation: str
    object: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A sealed letter, and its texts as they are sent, by id."""

    sealed: Outbound
    texts: Mapping[str, str]


def letters(texts: Sequence[str], options: GraphOptions) -> tuple[tuple[Letter, ...], int]:
    """Compose all questions before the first is asked, at most `n_calls`; return how many texts were withheld, too.

    The texts are spread evenly over all distinct ones in the order of the alphabet, so that the file's order does
    not matter. What reads like a command to the model is withheld.
    """
    pieces = sorted({piece for text in texts for piece in _pieces(text)})
    fit = [piece for piece in pieces if not reads_like_a_command(piece)]
    most = options.n_calls * A_CALL
    chosen = [fit[number * len(fit) // most] for number in range(most)] if len(fit) > most else fit
    found = []
    for start in range(0, len(chosen), A_CALL):
        quotes = {f"q{start + place + 1}": piece for place, piece in enumerate(chosen[start : start + A_CALL])}
        sealed = seal(
            INSTRUCTIONS, {"texts": [{"id": id_, "text": text} for id_, text in quotes.items()]}, purpose="relations"
        )
        found.append(Letter(sealed, _as_sent(sealed)))
    return tuple(found), len(pieces) - len(fit)


def ask(
    texts: Sequence[str], options: GraphOptions, secrets: Mapping[str, str], progress: Progress = silent
) -> tuple[list[Triple], tuple[Note, ...]]:
    """Ask a model for triples, drop what its text does not hold, and say in notes what was done.

    Where the model fails, what it answered until then stays, and the key phrases stand for the rest.

    Raises
    ------
    Cancelled
        If `progress` raised it.
    """
    writer = writer_at(ModelAccess(options.url, options.model, secrets.get(KEY, "")))
    written, withheld = letters(texts, options)
    until = time.monotonic() + options.timeout
    kept: list[Triple] = []
    notes: list[Note] = []
    asked = dropped = 0
    for number, letter in enumerate(written):
        note = say(
            "Question {n} of {total} to the model {model}", n=number + 1, total=len(written), model=options.model
        )

        def report(done: float, total: float, _: Message, place: int = number, told: Message = note) -> None:
            progress(place + (done / total if total else 0.0), len(written), told)

        try:
            answer = _answer(writer, letter, until, report)
        except (ModelError, MissingExtraError) as error:
            notes.append(Note("model-failed", error.message, len(written) - number, "warning"))
            left = sum(len(other.texts) for other in written[number:])
            message = say("Texts that no model read: {n}. The key phrases stand for them.", n=left)
            notes.append(Note("phrases-instead", message, left, "warning"))
            break
        asked += len(letter.texts)
        found = [_checked(each, letter.texts) for each in answer.triples]
        kept += [triple for triple in found if triple is not None]
        dropped += found.count(None)
    return kept, (*notes, *_told(written, asked, len(kept), dropped, withheld))


def _answer(writer: Writer, letter: Letter, until: float, progress: Progress) -> "TriplesAnswer":
    from segment_core.graphs.answers import TriplesAnswer

    seconds = max(until - time.monotonic(), 0.0)
    # Asked once and never again, so that the number of questions is known before; what is wrong is dropped.
    return writer.fill(letter.sealed, TriplesAnswer, lambda _: [], seconds=seconds, again=0, progress=progress).answer


def _pieces(text: str) -> list[str]:
    """Cut a text into pieces of whole sentences that are short enough to be sent uncut."""
    found: list[str] = []
    for sentence in _SENTENCES.split(text):
        piece = " ".join(sentence.split())
        if found and len(found[-1]) + len(piece) < _AT_MOST:
            found[-1] = f"{found[-1]} {piece}".strip()
        elif piece:
            found.append(piece[:_AT_MOST])
    return [piece for piece in found if len(without_tags(piece).strip()) >= _SHORTEST_TEXT]


def _as_sent(sealed: Outbound) -> dict[str, str]:
    found = json.loads(sealed.message.split("\n", 1)[1].rsplit("\n", 1)[0])
    return {quote["id"]: quote["text"] for quote in found["texts"]}


def _checked(answer: "TripleAnswer", texts: Mapping[str, str]) -> Triple | None:
    """Return the triple if both ends stand in the text that it cites and nothing in it is unfit to be shown."""
    text = fold(texts.get(answer.quote, ""))
    parts = [" ".join(part.split()) for part in (answer.subject, answer.relation, answer.object)]
    subject, relation, other = parts
    for end in (subject, other):
        bare = without_tags(end)
        if not 2 <= len(end) <= _LONGEST_END or bare != end or not _stands_in(fold(end), text):
            return None
    fits = 0 < len(relation) <= _LONGEST_RELATION and without_tags(relation) == relation
    if not fits or fold(subject) == fold(other):
        return None
    if any(unfit(part) or reads_like_a_command(part) for part in parts):
        return None
    return Triple(fold(subject), fold(relation), fold(other))


def _stands_in(end: str, text: str) -> bool:
    """Tell whether words stand in a text as whole words; Chinese has no bounds between them."""
    edges = (r"(?<!\w)" if end[0].isascii() else "", r"(?!\w)" if end[-1].isascii() else "")
    return bool(re.search(edges[0] + re.escape(end) + edges[1], text))


def _told(written: Sequence[Letter], asked: int, kept: int, dropped: int, withheld: int) -> tuple[Note, ...]:
    notes = []
    if asked:
        message = say("Texts a language model read: {n}; relations kept: {kept}.", n=asked, kept=kept)
        notes.append(Note("model-read", message, asked))
    if dropped:
        message = say("Relations dropped because their words do not stand in the text they cite: {n}.", n=dropped)
        notes.append(Note("triples-dropped", message, dropped, "warning"))
    masked = sum(letter.sealed.masked for letter in written)
    if masked:
        message = say("Addresses and numbers masked before the model was asked: {n}.", n=masked)
        notes.append(Note("masked", message, masked))
    if withheld:
        message = say("Texts that read like commands and were not sent to the model: {n}.", n=withheld)
        notes.append(Note("withheld", message, withheld))
    return tuple(notes)
