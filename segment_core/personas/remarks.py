"""Remarks: what must not stay unsaid after a model has written."""

from collections.abc import Sequence

from segment_core.artifacts import Note
from segment_core.errors import MissingExtraError, ModelError
from segment_core.messages import say
from segment_core.personas.clashes import Naming, alike
from segment_core.personas.prompt import Letter

UNANSWERED = ("model-failed", "builtin-instead", "left-as-it-was")
"""What is said where a model could not be asked: it holds for the last time it was asked only."""


def failed(error: ModelError | MissingExtraError, n_segments: int) -> Note:
    """Say why the model could not be asked, or not for all."""
    return Note("model-failed", error.message, max(n_segments, 1), "warning")


def taken_over(segments: Sequence[str]) -> Note:
    """Say for which segments the built-in writer took over."""
    return Note(
        "builtin-instead",
        say("The built-in writer wrote these personas instead: {segments}.", segments=", ".join(segments)),
        len(segments),
        "warning",
    )


def left(segments: Sequence[str]) -> Note:
    """Say for which segments everything stays as it was written before."""
    return Note(
        "left-as-it-was",
        say("What was written before stays for these segments: {segments}.", segments=", ".join(segments)),
        len(segments),
        "warning",
    )


def refusals(sentences: int, names: int, letters: Sequence[Letter]) -> list[Note]:
    """Say how many sentences and names were refused, and what the letters left out or masked."""
    found = []
    if sentences:
        said = say("Sentences refused because they could not be backed: {n}.", n=sentences)
        found.append(Note("sentences-refused", said, sentences, "warning"))
    if names:
        said = say("Names refused because they could not be backed: {n}. The built-in writer chose them.", n=names)
        found.append(Note("names-refused", said, names, "warning"))
    masked = sum(letter.sealed.masked for letter in letters)
    if masked:
        said = say("Addresses and numbers masked before the model was asked: {n}.", n=masked)
        found.append(Note("masked", said, masked))
    withheld = len({id_ for letter in letters for id_ in letter.withheld})
    if withheld:
        said = say("Texts that read like commands and were not sent to the model: {n}.", n=withheld)
        found.append(Note("withheld", said, withheld))
    return found


def likenesses(names: Sequence[Naming]) -> list[Note]:
    """Warn of names that share most of their words, although they do not clash."""
    found = alike(names)
    if not found:
        return []
    pairs = ", ".join(f"{one} / {other}" for one, other in found)
    said = say("Names that share most of their words, so that they are easily mixed up: {pairs}.", pairs=pairs)
    return [Note("names-alike", said, len(found), "warning")]
