"""Study: everything made so far from one file; replacing a part drops what was made from it."""

import dataclasses
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from segment_core.artifacts import (
    Attention,
    Audit,
    Campaign,
    Clustering,
    Contents,
    Contrast,
    Customers,
    Edit,
    Evidence,
    Features,
    Graph,
    Group,
    LabelColumn,
    Ladder,
    PairAnswer,
    Personas,
    Pieces,
    Projection,
    Reading,
    Receipt,
    Recommendations,
    Replay,
    Scorecard,
    Scorer,
    Suggestions,
    Sweep,
    Topics,
    Traits,
    Twins,
    Version,
)
from segment_core.messages import Message
from segment_core.plan import Plan

MOST_VERSIONS = 50

MADE_FROM: Mapping[str, tuple[str, ...]] = {
    "readings": ("customers",),
    "contrast": ("readings",),
    "topics": ("readings",),
    "graph": ("customers",),
    "traits": ("customers",),
    "features": ("readings", "contrast", "topics", "graph", "traits"),
    "found": ("features",),
    "clustering": ("features", "found"),
    "replay": ("clustering",),
    "ladder": ("features",),
    "projection": ("features",),
    "scorer": ("clustering",),
    "scorecard": ("clustering",),
    "evidence": ("clustering",),
    "personas": ("evidence",),
    "contents": ("evidence",),
    "history": ("evidence",),
    "audit": ("clustering",),
    "attention": ("clustering",),
    "twins": ("clustering",),
    "sweep": ("features",),
    "suggestions": ("clustering",),
    "recommendations": ("clustering",),
    "pieces": ("clustering",),
}
"""Each part with what it is made from: the one place where invalidation is written."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Hold the plan and what came out of it.

    `plan` is what the analyst asked for; `resolved` is the same with every automatic choice
    written out, so that running it again gives the same segments anywhere. `readings` say how the
    texts of each language were read, and why so. `seconds` holds the time of each stage, `block_seconds`
    that of what was made on the way to the features. `scorer` puts customers, also new ones, into these segments.
    `found` are the segments before the analyst's edits, None where these changed nothing; `replay` tells which edits
    `clustering` was made with. `labels` are the analyst's own columns, `groups` their own segments, `edits` what they
    said about customers and segments, `campaigns` what was sent to whom, `answers` what was said of pairs, and
    `receipts` what that would change: no new features or segments drop them.
    `colours` are the places in the palette that segments have had, in their order; () is the order itself. `run` is
    the id of the run that made this, whatever was edited since; "" where none was noted. `history` is what personas
    and contents were before they were edited or written anew, latest last.
    """

    plan: Plan
    resolved: Plan
    customers: Customers
    source: str
    readings: tuple[Reading, ...] | None = None
    contrast: Contrast | None = None
    topics: Topics | None = None
    graph: Graph | None = None
    traits: Traits | None = None
    features: Features | None = None
    found: Clustering | None = None
    clustering: Clustering | None = None
    replay: Replay | None = None
    scorer: Scorer | None = None
    projection: Projection | None = None
    scorecard: Scorecard | None = None
    evidence: Evidence | None = None
    personas: Personas | None = None
    contents: Contents | None = None
    history: tuple[Version, ...] | None = None
    audit: Audit | None = None
    attention: Attention | None = None
    twins: Twins | None = None
    ladder: Ladder | None = None
    sweep: Sweep | None = None
    suggestions: Suggestions | None = None
    recommendations: Recommendations | None = None
    pieces: Pieces | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    block_seconds: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[LabelColumn, ...] = ()
    groups: tuple[Group, ...] = ()
    edits: tuple[Edit, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    answers: tuple[PairAnswer, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    colours: tuple[int, ...] = ()
    run: str = ""

    RETIRED: ClassVar[frozenset[str]] = frozenset({"encoder_reason"})
    """Fields of earlier versions, which a study that was kept then may still hold."""

    def having(self, **parts: Any) -> "Study":
        """Return a copy with parts replaced, and everything made from them dropped unless given too.

        Examples
        --------
        After `study.having(clustering=other)`, `scorecard`, `evidence` and `personas` are None.
        """
        stale: dict[str, Any] = dict.fromkeys(_made_from(set(parts)) - set(parts))
        return dataclasses.replace(self, **stale, **parts)

    def remembering(self, note: Message) -> "Study":
        """Return a copy whose history holds personas and contents as they are now, before `note` happens to them.

        Of the version before, only the segments that changed since are kept, so that fifty edits are not fifty
        copies of everything: see `version` for all of it.
        """
        now = Version(time.time(), note, self.personas, self.contents)
        before = self.history or ()
        lighter = (*before[:-1], _changed(before[-1], now)) if before else ()
        return dataclasses.replace(self, history=(*lighter, now)[-MOST_VERSIONS:])

    def version(self, number: int) -> Version:
        """Return a version of the history whole: what it does not hold is as in the versions after it, or as now."""
        personas, contents, history = self.personas, self.contents, self.history or ()
        for version in reversed(history[number:]):
            personas = _over(version.personas, personas)
            contents = _told(version.contents, contents)
        return dataclasses.replace(history[number], personas=personas, contents=contents)


def _changed(before: Version, after: Version) -> Version:
    """Return a version with those segments only that are not the same in the version after it."""
    personas, contents = before.personas, before.contents
    if personas is not None and (later := after.personas) is not None:
        kept = tuple(found for found in personas.personas if found != later.of(found.segment))
        personas = dataclasses.replace(personas, personas=kept)
    if contents is not None and (since := after.contents) is not None:
        pieces = tuple(piece for piece in contents.pieces if contents.of(piece.segment) != since.of(piece.segment))
        contents = dataclasses.replace(contents, pieces=pieces)
    return dataclasses.replace(before, personas=personas, contents=contents)


def _over(kept: Personas | None, later: Personas | None) -> Personas | None:
    """Return personas as they were: those kept, and the later ones of all other segments."""
    if kept is None or later is None:
        return kept or later
    found = tuple(kept.of(persona.segment) or persona for persona in later.personas)
    return dataclasses.replace(kept, personas=found)


def _told(kept: Contents | None, later: Contents | None) -> Contents | None:
    """Return messages as they were: those kept, and the later ones of all other segments."""
    if kept is None or later is None:
        return kept or later
    segments = dict.fromkeys(piece.segment for piece in (*later.pieces, *kept.pieces))
    pieces = (piece for segment in segments for piece in (kept.of(segment) or later.of(segment)))
    return dataclasses.replace(kept, pieces=tuple(pieces))


def _made_from(parts: set[str]) -> set[str]:
    found: set[str] = set()
    for made, sources in MADE_FROM.items():
        if (parts | found).intersection(sources):
            found.add(made)
    return found
