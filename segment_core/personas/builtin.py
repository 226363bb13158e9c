"""Built-in writer: personas from the evidence sheet alone, the same every time."""

from collections import Counter
from collections.abc import Mapping, Sequence

from segment_core.artifacts import Evidence, Persona, Personas, Progress, Step, silent
from segment_core.choices import options_to_json
from segment_core.messages import say
from segment_core.personas import portraits, sections
from segment_core.personas.draft import Draft
from segment_core.personas.names import name_segments
from segment_core.personas.options import BuiltinOptions


def write(
    evidence: Evidence,
    options: BuiltinOptions = BuiltinOptions(),
    *,
    secrets: Mapping[str, str] = {},
    progress: Progress = silent,
    only: Sequence[str] = (),
    part: str = "",
) -> Personas:
    """Name and describe every segment in sentences that restate the evidence.

    All segments are written, whichever are asked for, so that one persona reads the same
    alone and among the others. `only` names the segments to return; empty for all. Whatever `part` is asked for,
    whole personas are returned, to take that part from.
    """
    names = name_segments(evidence, options.language)
    used: Counter[str] = Counter()
    found = []
    for done, (segment, (name, basis)) in enumerate(names.items()):
        progress(done, len(names), say("Writing the persona of segment {segment}.", segment=segment))
        draft = Draft(segment, evidence, options.language, used, basis)
        found.append(_persona(name, draft))
    chosen = tuple(persona for persona in found if not only or persona.segment in only)
    return Personas(chosen, Step("builtin", options_to_json(options)))


def _persona(name: str, draft: Draft) -> Persona:
    return Persona(
        segment=draft.segment,
        name=name,
        basis=tuple(item.id for item in draft.basis),
        tagline=sections.tagline(draft),
        who=sections.who(draft),
        needs=sections.needs(draft),
        objections=sections.objections(draft),
        channels=sections.channels(draft),
        tone=sections.tone(draft),
        worth=portraits.worth(draft),
        frustrations=sections.frustrations(draft),
        values=sections.values(draft),
        dos=portraits.dos(draft),
        donts=portraits.donts(draft),
        day=portraits.day(draft),
    )
