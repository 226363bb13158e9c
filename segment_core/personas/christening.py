"""Christening: a model names the segments side by side; names that clash are asked again as a pair, then settled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from segment_core.artifacts import Claim, Evidence, Persona, Progress, Tally
from segment_core.errors import MissingExtraError, ModelError
from segment_core.grounding.checks import check_name
from segment_core.llm import several
from segment_core.personas.clashes import Naming, clash, clashes, naming_of, settle
from segment_core.personas.contrasts import contrasts, nearest, tellings
from segment_core.personas.options import ModelOptions
from segment_core.personas.pen import Pen
from segment_core.personas.prompt import LONGEST_NAME, Letter, name_letters, pair_letter
from segment_core.personas.refusals import as_claim, problems_in, said, tidy_id

if TYPE_CHECKING:
    from segment_core.personas.answers import NameAnswer, NamesAnswer

ROUNDS = 2
"""So often are clashing names asked again before a suffix settles them."""


@dataclass(slots=True)
class NameHearing:
    """The answers to one letter as they come in; a name or tagline that was right once is kept."""

    segments: Sequence[str]
    evidence: Evidence
    names: dict[str, Naming] = field(default_factory=dict)
    taglines: dict[str, Claim] = field(default_factory=dict)
    early: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    answers: int = 0

    def check(self, answer: "NamesAnswer") -> list[str]:
        """Take an answer in, and say what to correct in ids and rules only."""
        self.answers += 1
        given = {one.segment.strip().casefold(): one for one in answer.names}
        wrong: list[str] = []
        for segment in self.segments:
            one = given.get(segment.casefold())
            wrong += self._take(segment, one) if one else self._lacking(segment)
        return wrong

    def right(self) -> set[str]:
        """Return the places whose name or tagline was kept, such as "S1.name"."""
        return {f"{one}.name" for one in self.names} | {f"{one}.tagline" for one in self.taglines}

    def _lacking(self, segment: str) -> list[str]:
        return [] if segment in self.names and segment in self.taglines else [f"{segment}: give this segment a name."]

    def _take(self, segment: str, one: "NameAnswer") -> list[str]:
        wrong: list[str] = []
        if segment not in self.names:
            naming = _naming(one, segment, self.evidence)
            problems = problems_with(naming, self.evidence)
            if problems:
                self.refused.add(f"{segment}.name")
            else:
                self.names[segment] = naming
                self._note_early(f"{segment}.name")
            wrong += problems
        if segment not in self.taglines:
            claim = as_claim(one.tagline, segment, self.evidence)
            problems = said(f"{segment}.tagline", problems_in(claim, segment, self.evidence))
            if problems:
                self.refused.add(f"{segment}.tagline")
            else:
                self.taglines[segment] = claim
                self._note_early(f"{segment}.tagline")
            wrong += problems
        return wrong

    def _note_early(self, place: str) -> None:
        if self.answers == 1:
            self.early.add(place)


@dataclass(frozen=True, slots=True)
class Christened:
    """Personas with their new names and taglines, how those fared, and the letters that were answered."""

    personas: Mapping[str, Persona]
    tally: Tally
    names_refused: int
    letters: tuple[Letter, ...]
    failure: ModelError | MissingExtraError | None = None


def christen(
    pen: Pen,
    evidence: Evidence,
    options: ModelOptions,
    personas: Mapping[str, Persona],
    asked: Collection[str],
    *,
    progress: Progress,
) -> Christened:
    """Name the segments in `asked`; `personas` are all segments as they are, or as the built-in writer has them.

    Raises
    ------
    ModelError
        If not one letter was answered.
    Cancelled
        If `progress` raised it.
    """
    from segment_core.personas.answers import NamesAnswer

    others = {segment: persona.name for segment, persona in personas.items() if segment not in asked}
    letters = name_letters(evidence, options, asked, others)
    hearings = [NameHearing(letter.segments, evidence) for letter in letters]

    def work(number: int, told: Progress) -> None:
        pen.fill(letters[number].sealed, NamesAnswer, hearings[number].check, told)

    failures = _side_by_side([partial(work, number) for number in range(len(letters))], progress)
    if failures and len(failures) == len(letters):
        raise failures[0]
    found = dict(personas)
    for hearing in hearings:
        for segment in hearing.segments:
            found[segment] = _named(found[segment], hearing.names.get(segment), hearing.taglines.get(segment))
    found, moved, more = _asked_as_pairs(pen, evidence, options, found, asked, progress=progress)
    settled = settle(list(found.values()), evidence, options.language, [one for one in found if one not in asked])
    refused = {place for hearing in hearings for place in hearing.refused} - _right(hearings, moved)
    return Christened(
        {persona.segment: persona for persona in settled},
        _tally(hearings, moved),
        sum(place.endswith(".name") for place in refused),
        (*letters, *more),
        failures[0] if failures else None,
    )


def _right(hearings: Sequence[NameHearing], moved: Collection[str]) -> set[str]:
    return {place for hearing in hearings for place in hearing.right()} | {f"{segment}.name" for segment in moved}


def _tally(hearings: Sequence[NameHearing], moved: Collection[str]) -> Tally:
    """Count names and taglines; a name that clashed and was chosen anew was not right at first."""
    places = {f"{segment}.{part}" for one in hearings for segment in one.segments for part in ("name", "tagline")}
    right = _right(hearings, moved) & places
    first = {place for one in hearings for place in one.early} - {f"{segment}.name" for segment in moved}
    dropped = {place for one in hearings for place in one.refused} - right
    return Tally(len(first), len(right) - len(first), len(dropped), len(places) - len(right))


def problems_with(naming: Naming, evidence: Evidence) -> list[str]:
    """Say what is wrong with a name and the two pieces of evidence it must rest on, one of them a contrast."""
    segment = naming.segment
    place, known = f"{segment}.name", {item.id for item in tellings(evidence, segment)}
    wrong = said(place, check_name(naming.name, naming.basis, segment, evidence))
    if len(naming.name) > LONGEST_NAME:
        wrong.append(f"{place}: write at most {LONGEST_NAME} characters.")
    if not known:
        return wrong
    needed = min(2, len(known))
    if len(set(naming.basis)) != needed or len(naming.basis) != needed or not known.issuperset(naming.basis):
        wrong.append(f"{segment}.basis: give exactly {needed} evidence ids of facts that stand out, or of terms.")
    other = nearest(evidence, segment)
    apart = {item.id for item in contrasts(evidence, segment, other)} if other else set()
    if apart and not apart.intersection(naming.basis):
        wrong.append(f"{segment}.basis: at least one of the ids must be among the contrasts.")
    return wrong


def _asked_as_pairs(
    pen: Pen,
    evidence: Evidence,
    options: ModelOptions,
    personas: Mapping[str, Persona],
    asked: Collection[str],
    *,
    progress: Progress,
) -> tuple[dict[str, Persona], set[str], list[Letter]]:
    """Ask for clashing names again, two segments a letter; return all personas, who was named anew, and the letters."""
    from segment_core.personas.answers import NamesAnswer

    found, letters, moved = dict(personas), list[Letter](), set[str]()
    for _ in range(ROUNDS):
        given = [naming_of(persona) for persona in found.values()]
        # Where both names stand as they are, or are the built-in writer's, there is nothing to ask.
        pairs = [
            pair
            for pair in clashes(given, evidence)
            if any(one.segment in asked and found[one.segment].name_author == "model" for one in pair)
        ]
        if not pairs:
            break
        names = {segment: persona.name for segment, persona in found.items()}
        heard: dict[int, list[dict[str, tuple[Naming, Claim | None]]]] = {}
        sent = [pair_letter(evidence, options, (one.segment, other.segment), asked, names) for one, other in pairs]

        def work(
            number: int,
            told: Progress,
            sent: Sequence[Letter] = sent,
            heard: dict[int, list[dict[str, tuple[Naming, Claim | None]]]] = heard,
        ) -> None:
            def check(answer: NamesAnswer) -> list[str]:
                heard.setdefault(number, []).append(_candidates(answer, sent[number].segments, evidence))
                return []

            pen.fill(sent[number].sealed, NamesAnswer, check, told, again=0)

        failures = _side_by_side([partial(work, number) for number in range(len(pairs))], progress)
        letters += sent
        for number, answers in sorted(heard.items()):
            for segment, (naming, tagline) in _best(answers[-1], pairs[number], found, evidence).items():
                found[segment] = _named(found[segment], naming, tagline)
                moved.add(segment)
        if failures:
            break
    return found, moved, letters


def _candidates(
    answer: "NamesAnswer", segments: Sequence[str], evidence: Evidence
) -> dict[str, tuple[Naming, Claim | None]]:
    found: dict[str, tuple[Naming, Claim | None]] = {}
    for one in answer.names:
        segment = next((known for known in segments if known.casefold() == one.segment.strip().casefold()), None)
        if segment is None:
            continue
        naming, tagline = _naming(one, segment, evidence), as_claim(one.tagline, segment, evidence)
        if not problems_with(naming, evidence):
            found[segment] = naming, None if problems_in(tagline, segment, evidence) else tagline
    return found


def _best(
    given: Mapping[str, tuple[Naming, Claim | None]],
    pair: tuple[Naming, Naming],
    personas: Mapping[str, Persona],
    evidence: Evidence,
) -> Mapping[str, tuple[Naming, Claim | None]]:
    """Take both new names, or else the one that by itself tells the pair apart; nothing where neither does."""
    inside = {naming.segment: naming for naming in pair}
    outside = [naming_of(persona) for persona in personas.values() if persona.segment not in inside]
    tries = [dict(given), *({segment: new} for segment, new in reversed(list(given.items())))]
    for tried in tries:
        one, other = ({**inside, **{segment: new[0] for segment, new in tried.items()}}).values()
        new_ones = [naming for naming, _ in tried.values()]
        if clash(one, other, evidence) or not tried:
            continue
        if not any(clash(naming, there, evidence) for naming in new_ones for there in outside):
            return tried
    return {}


def _side_by_side(works: Sequence[partial[None]], progress: Progress) -> list[ModelError | MissingExtraError]:
    """Do the works, a single one in this thread; return the failures."""
    if len(works) == 1:
        try:
            works[0](progress)
        except (ModelError, MissingExtraError) as error:
            return [error]
        return []
    made = several(works, progress=progress)
    return [one for one in made if isinstance(one, ModelError | MissingExtraError)]


def _naming(one: "NameAnswer", segment: str, evidence: Evidence) -> Naming:
    return Naming(segment, one.name.strip(), tuple(tidy_id(id_, segment, evidence) for id_ in one.basis))


def _named(persona: Persona, naming: Naming | None, tagline: Claim | None) -> Persona:
    if naming is not None:
        persona = replace(persona, name=naming.name, basis=naming.basis, name_author="model")
    return persona if tagline is None else replace(persona, tagline=tagline)
