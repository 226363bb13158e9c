"""Keeping: personas go into the study one by one as they are finished, so that a crash loses only what was not."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from segment_core.artifacts import Persona, Personas, Step
from segment_core.errors import DataError
from segment_core.messages import Message, say
from segment_core.naming.merging import merged
from segment_core.store import Workspace
from segment_core.study import Study

REST = 4.0
"""So many times as long as the last save took is waited before the next, while a writer is at work."""


@dataclass(slots=True)
class Keeping:
    """A study that personas are written into; edits made meanwhile count, and what the analyst wrote stays."""

    workspace: Workspace
    study_id: str
    step: Step
    part: str
    note: Message
    made: dict[str, Persona] = field(default_factory=dict)
    unsaved: bool = False
    free_at: float = 0.0
    remembered: float | None = None
    begun: Personas | None = None
    same: bool = False

    def keep(self, persona: Persona) -> None:
        """Take a finished persona in, and save it at once if the last save is long enough ago."""
        self.made[persona.segment] = persona
        self.unsaved = True
        self.tick()

    def tick(self) -> None:
        """Save what is not saved yet, if the last save is long enough ago; to be called often."""
        if self.unsaved and time.monotonic() >= self.free_at:
            self.flush()

    def flush(self) -> None:
        """Save what is not saved yet."""
        if self.unsaved:
            self.save(Personas(tuple(self.made.values()), self.step))

    def save(self, made: Personas) -> None:
        """Put personas into the study as it is now, whose history remembers how it was before the first that differs.

        `same` tells afterwards whether they are, word for word, what was there before the first of them.
        """
        begun = time.monotonic()
        study, saved = self.workspace.study_and_entry(Study, self.study_id)
        if study.evidence is None:
            raise DataError("There are no segments yet. Find segments first.")
        evidence = study.evidence
        found, before = merged(made, study.personas, evidence, self.part), study.personas
        self.begun = self.begun or before
        self.same = self.begun is not None and found.personas == self.begun.personas
        known = {version.at for version in study.history or ()}
        if before is not None and found.personas != before.personas and self.remembered not in known:
            study = study.remembering(self.note)
            self.remembered = study.history[-1].at if study.history else None
        changed = replace(
            study,
            personas=found,
            plan=study.plan.having(personas=self.step),
            resolved=study.resolved.having(personas=self.step),
        )
        self.workspace.save_study(self.study_id, changed, summary=dict(saved.summary))
        self.unsaved = False
        self.free_at = time.monotonic() + REST * (time.monotonic() - begun)


def note_of(part: str, only: Sequence[str]) -> Message:
    """Say what is about to happen to the personas, for the history."""
    segments = ", ".join(only)
    if part == "name":
        return say("Names chosen anew: {segments}", segments=segments) if only else say("Names chosen anew")
    if part:
        return say("A section written anew: {segments}", segments=segments) if only else say("A section written anew")
    return say("Personas written anew: {segments}", segments=segments) if only else say("Personas written anew")
