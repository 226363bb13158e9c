"""Model writer: a language model words the personas, and the checker decides what stays."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from segment_core.artifacts import Evidence, Note, Persona, Personas, Progress, Step, Tally, silent
from segment_core.choices import options_to_json
from segment_core.errors import MissingExtraError, ModelError
from segment_core.llm import ModelAccess, several, writer_at
from segment_core.messages import Message
from segment_core.personas import builtin
from segment_core.personas.christening import Christened, christen
from segment_core.personas.clashes import naming_of
from segment_core.personas.options import BuiltinOptions, ModelOptions
from segment_core.personas.pen import Pen, added
from segment_core.personas.prompt import ASKED, Letter, persona_letter
from segment_core.personas.refusals import Hearing
from segment_core.personas.remarks import UNANSWERED, failed, left, likenesses, refusals, taken_over

KEY = "llm_key"
NAMING = 0.25
"""About which part of the time the names take, where they are asked for."""

Keep = Callable[[Persona], None]


def nowhere(persona: Persona) -> None:
    """Keep a finished persona nowhere: the default of `keep`."""


def write(
    evidence: Evidence,
    options: ModelOptions = ModelOptions(),
    *,
    secrets: Mapping[str, str] = {},
    progress: Progress = silent,
    only: Sequence[str] = (),
    part: str = "",
    known: Personas | None = None,
    keep: Keep = nowhere,
) -> Personas:
    """Let a model write, keep what the evidence backs, and fill every gap from the built-in writer.

    First all names are asked for side by side, then the personas one a call, a few at once. Whatever the model or its
    server does, personas come back; the notes say what was refused, masked or withheld, and where no answer came: there
    what is `known` stays, else the built-in writer takes over. The tally counts how sentences and names fared. The
    key, if the model needs one, is `secrets["llm_key"]`.

    `only` are the segments to write, empty for all; the others' names are told to the model, and none is given twice.
    `part` is "" for everything, "name" for the name and its tagline, or one section; the rest is as in `known`, the
    personas as they are. A name written by hand is never asked for. `keep` is told of each persona once finished.

    Raises
    ------
    Cancelled
        If `progress` raised it.
    """
    plain = builtin.write(evidence, BuiltinOptions(language=options.language))
    work = _Work(
        Pen(
            writer_at(ModelAccess(options.url, options.model, secrets.get(KEY, ""))),
            time.monotonic() + options.timeout,
            # Who names segments wants another wording; who writes all takes up what was answered before a crash.
            fresh=bool(only),
        ),
        evidence,
        options,
        part,
        {persona.segment: persona for persona in plain.personas},
        {persona.segment: persona for persona in known.personas} if known else {},
        known.made_by.options.get("language", "en") if known else "",
        tuple(persona.segment for persona in plain.personas if not only or persona.segment in only),
        keep,
    )
    try:
        work.name(_share(progress, 0.0, NAMING))
        work.describe(_share(progress, NAMING if part in ("", "name") else 0.0, 1.0))
    except (ModelError, MissingExtraError) as error:
        work.fail(error)
    if known is not None and not work.answered:  # nothing was written, so that all said of what is there holds on
        notes = [note for note in known.notes if note.code not in UNANSWERED]
        return replace(known, personas=tuple(work.result()), notes=(*work.notes(), *notes))
    made_by = Step("model", options_to_json(options)) if work.answered else plain.made_by
    return Personas(tuple(work.result()), made_by, tuple(work.notes()), work.tally())


@dataclass(slots=True)
class _Work:
    """What was asked for, and all that was found on the way."""

    pen: Pen
    evidence: Evidence
    options: ModelOptions
    part: str
    plain: Mapping[str, Persona]
    known: Mapping[str, Persona]
    language: str
    asked: tuple[str, ...]
    keep: Keep
    named: Christened | None = None
    hearings: dict[str, Hearing] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    failures: list[ModelError | MissingExtraError] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the sections that a model is asked for."""
        return tuple(name for name in ASKED if self.part in ("", name))

    @property
    def answered(self) -> bool:
        """Tell whether anything at all came from the model."""
        return self.named is not None or bool(self.hearings)

    @property
    def christened(self) -> tuple[str, ...]:
        """Return the segments whose names are asked for: those asked about whose names nobody wrote by hand."""
        if self.part not in ("", "name"):
            return ()
        return tuple(one for one in self.asked if one not in self.known or self.known[one].name_author != "analyst")

    def before(self, segment: str) -> Persona:
        """Return a segment's persona as it is without the model: anew where all is asked for, else as it was."""
        plain, known = self.plain[segment], self.known.get(segment)
        if known is None:
            return plain
        if segment not in self.asked or self.part:
            return known
        if known.name_author == "analyst":
            return replace(plain, name=known.name, basis=known.basis, tagline=known.tagline, name_author="analyst")
        return plain

    def name(self, progress: Progress) -> None:
        """Ask for the names."""
        everyone = {segment: self.before(segment) for segment in self.plain}
        if self.part == "name":  # what the model leaves open is then the built-in writer's, not the name as it was
            parts = {one: self.plain[one] for one in self.christened}
            everyone |= {
                one: replace(everyone[one], name=new.name, basis=new.basis, tagline=new.tagline, name_author="builtin")
                for one, new in parts.items()
            }
        if self.christened:
            self.named = christen(self.pen, self.evidence, self.options, everyone, self.christened, progress=progress)
            self.letters += self.named.letters
            if self.named.failure:
                self.failures.append(self.named.failure)

    def describe(self, progress: Progress) -> None:
        """Ask for the sections, one segment a call and a few calls at once; keep each persona once it is there."""
        if not self.sections:
            for persona in self.result():
                self.keep(persona)
            return
        from segment_core.personas.answers import PersonaAnswer, SectionAnswer

        form: type[PersonaAnswer | SectionAnswer] = SectionAnswer if self.part else PersonaAnswer
        names = {segment: self._named(segment).name for segment in self.plain}
        letters = [persona_letter(self.evidence, self.options, one, names, self.sections) for one in self.asked]

        def ask(number: int) -> Callable[[Progress], Hearing]:
            def work(told: Progress) -> Hearing:
                hearing = Hearing(self.asked[number], self.evidence, self.sections)
                self.pen.fill(letters[number].sealed, form, hearing.check, told)
                return hearing

            return work

        def done(number: int, hearing: Hearing) -> None:
            self.hearings[self.asked[number]] = hearing
            self.letters.append(letters[number])
            self.keep(self._persona(self.asked[number]))

        works = [ask(number) for number in range(len(letters))]
        answers = several(works, done=done, progress=progress)
        for segment, made in zip(self.asked, answers, strict=True):
            if not isinstance(made, Hearing):
                self.failures.append(made)
                self.missing.append(segment)

    def fail(self, error: ModelError | MissingExtraError) -> None:
        """Note that the model could not be asked at all."""
        self.failures.append(error)
        self.missing = list(self.asked)

    def result(self) -> list[Persona]:
        """Return the personas asked for, in the order of the sheet."""
        return [self._persona(segment) for segment in self.asked]

    def tally(self) -> Tally:
        """Count names and sentences; where no answer came, every place was filled."""
        tallies = [hearing.tally() for hearing in self.hearings.values()]
        if self.named:
            tallies.append(self.named.tally)
        silent = [segment for segment in self.asked if segment not in self.hearings and not self._stays(segment)]
        n_silent = len(self.sections) * len(silent)
        n_nameless = 0 if self.named else 2 * len(self.christened)
        return added(*tallies, Tally(filled=n_silent + n_nameless))

    def notes(self) -> list[Note]:
        """Say what went wrong, and what was refused, masked and withheld."""
        dropped = sum(hearing.tally().dropped for hearing in self.hearings.values())
        refused = self.named.names_refused if self.named else 0
        dropped += self.named.tally.dropped - refused if self.named else 0
        found = [] if not self.failures else [failed(self.failures[0], len(self.missing))]
        found += refusals(dropped, refused, self.letters)
        if self.named:
            found += likenesses([naming_of(self.named.personas[one]) for one in self.christened])
        stay = [segment for segment in self.missing if self._stays(segment)]
        filled = [segment for segment in self.missing if segment not in stay]
        return found + ([left(stay)] if stay else []) + ([taken_over(filled)] if filled else [])

    def _stays(self, segment: str) -> bool:
        """Tell whether a segment that no answer came for stays as it is: nobody gets two languages in one set."""
        return segment in self.known and (not self.answered or self.language == self.options.language)

    def _named(self, segment: str) -> Persona:
        return self.named.personas[segment] if self.named else self.before(segment)

    def _persona(self, segment: str) -> Persona:
        persona = self._named(segment)
        if self.part == "worth":
            return replace(persona, worth=self.plain[segment].worth)
        if segment in self.hearings:
            return self.hearings[segment].persona(self._filling(persona))
        if segment not in self.missing:
            return persona
        return self._as_it_was(segment) if self._stays(segment) else self._filling(persona)

    def _as_it_was(self, segment: str) -> Persona:
        old = self.known[segment]
        if self.named is None or segment not in self.christened:
            return old
        new = self.named.personas[segment]
        return replace(old, name=new.name, basis=new.basis, tagline=new.tagline, name_author=new.name_author)

    def _filling(self, persona: Persona) -> Persona:
        """Put the built-in writer's sections where the model's will stand, so that gaps are its own."""
        plain = self.plain[persona.segment]
        parts: dict[str, Any] = {name: plain.section(name) for name in self.sections}
        return replace(persona, **parts)


def _share(progress: Progress, begin: float, end: float) -> Progress:
    """Return a progress that fills just a stretch of another."""

    def told(done: float, total: float, note: Message) -> None:
        progress(begin + (end - begin) * (done / total if total else 0.0), 1.0, note)

    return told
