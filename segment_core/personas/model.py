"""Model writer: a language model words the personas, and the checker decides what stays."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from segment_core.artifacts import Evidence, Note, Persona, Personas, Progress, Step, silent
from segment_core.choices import options_to_json
from segment_core.errors import MissingExtraError, ModelError
from segment_core.llm import ModelAccess, Writer, writer_at
from segment_core.messages import Message, say
from segment_core.personas import builtin
from segment_core.personas.options import BuiltinOptions, ModelOptions
from segment_core.personas.prompt import Letter, letters
from segment_core.personas.refusals import Salvaged, problems_in, salvage, tell_apart

KEY = "llm_key"
_ASK_AGAIN = 2


def write(
    evidence: Evidence,
    options: ModelOptions = ModelOptions(),
    *,
    secrets: Mapping[str, str] = {},
    progress: Progress = silent,
    only: Sequence[str] = (),
) -> Personas:
    """Let a model write, keep what the evidence backs, and fill every gap from the built-in writer.

    Whatever the model or its server does, personas come back; the notes say what was refused,
    masked or withheld, and whether the built-in writer had to take over. The key, if the model
    needs one, is `secrets["llm_key"]`.

    Raises
    ------
    Cancelled
        If `progress` raised it.
    """
    plain = builtin.write(evidence, BuiltinOptions(language=options.language), only=only)
    fallback = {persona.segment: persona for persona in plain.personas}
    writer = writer_at(ModelAccess(options.url, options.model, secrets.get(KEY, "")))
    until = time.monotonic() + options.timeout

    def report(done: float, total: float, note: Message) -> None:
        progress(options.timeout - max(until - time.monotonic(), 0.0), options.timeout, note)

    found: dict[str, Persona] = {}
    notes: list[Note] = []
    for letter in letters(evidence, options, only):
        expected = {segment: fallback[segment] for segment in letter.segments}
        try:
            kept = _ask(writer, letter, expected, evidence, until=until, progress=report)
        except (ModelError, MissingExtraError) as error:
            notes.append(Note("model-failed", error.message, len(expected), "warning"))
            break
        found |= {persona.segment: persona for persona in kept.personas}
        notes += _notes(letter, kept)
    missing = [segment for segment in fallback if segment not in found]
    if missing:
        notes.append(_taken_over(missing))
    personas = tell_apart([found.get(segment, fallback[segment]) for segment in fallback], fallback, evidence)
    made_by = Step("model", options_to_json(options)) if found else plain.made_by
    return Personas(personas, made_by, _summed(notes))


def _ask(
    writer: Writer,
    letter: Letter,
    fallback: Mapping[str, Persona],
    evidence: Evidence,
    *,
    until: float,
    progress: Progress,
) -> Salvaged:
    from segment_core.personas.answers import PersonasAnswer

    reply = writer.fill(
        letter.sealed,
        PersonasAnswer,
        lambda answer: problems_in(answer, letter.segments, evidence),
        seconds=max(until - time.monotonic(), 0.0),
        again=_ASK_AGAIN,
        progress=progress,
    )
    return salvage(reply.answer, fallback, evidence)


def _notes(letter: Letter, kept: Salvaged) -> list[Note]:
    found = []
    if kept.sentences:
        found.append(
            Note(
                "sentences-refused",
                say(
                    "Sentences refused because they could not be backed: {n}. The built-in writer filled the gaps.",
                    n=kept.sentences,
                ),
                kept.sentences,
                "warning",
            )
        )
    if kept.names:
        found.append(
            Note(
                "names-refused",
                say(
                    "Names refused because they could not be backed: {n}. The built-in writer chose them.", n=kept.names
                ),
                kept.names,
                "warning",
            )
        )
    if letter.sealed.masked:
        found.append(
            Note(
                "masked",
                say("Addresses and numbers masked before the model was asked: {n}.", n=letter.sealed.masked),
                letter.sealed.masked,
            )
        )
    if letter.withheld:
        found.append(
            Note(
                "withheld",
                say("Texts that read like commands and were not sent to the model: {n}.", n=letter.withheld),
                letter.withheld,
            )
        )
    return found


def _taken_over(missing: Sequence[str]) -> Note:
    return Note(
        "builtin-instead",
        say("The built-in writer wrote these personas instead: {segments}.", segments=", ".join(missing)),
        len(missing),
        "warning",
    )


def _summed(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Add up notes of one kind from several letters."""
    found: dict[str, Note] = {}
    for note in notes:
        before = found.get(note.code)
        if before is None or "n" not in note.message.values:
            found[note.code] = note
        else:
            count = before.count + note.count
            found[note.code] = replace(note, count=count, message=say(note.message.template, n=count))
    return tuple(found.values())
