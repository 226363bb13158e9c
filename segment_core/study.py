"""Study: everything made so far from one file; replacing a part drops what was made from it."""

import dataclasses
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from segment_core.artifacts import (
    Attention,
    Audit,
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
    Personas,
    Projection,
    Reading,
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
    "clustering": ("features",),
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
}
"""Each part with what it is made from: the one place where invalidation is written."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Hold the plan and what came out of it.

    `plan` is what the analyst asked for; `resolved` is the same with every automatic choice
    written out, so that running it again gives the same segments anywhere. `readings` say how the
    texts of each language were read, and why so. `seconds` holds the time of each stage, `block_seconds`
    that of what was made on the way to the features. `scorer` puts customers, also new ones, into these segments.
    `labels` are the analyst's own columns, `groups` their own segments, and `edits` what they said about customers: no
    new features or segments drop them. `run` is the id of the run that
    made this, whatever was edited since; "" where none was noted. `history` is what personas and contents were before
    they were edited or written anew, latest last.
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
    clustering: Clustering | None = None
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
    seconds: Mapping[str, float] = field(default_factory=dict)
    block_seconds: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[LabelColumn, ...] = ()
    groups: tuple[Group, ...] = ()
    edits: tuple[Edit, ...] = ()
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
        """Return a copy whose history holds personas and contents as they are now, before `note` happens to them."""
        now = Version(time.time(), note, self.personas, self.contents)
        return dataclasses.replace(self, history=(*(self.history or ()), now)[-MOST_VERSIONS:])


def _made_from(parts: set[str]) -> set[str]:
    found: set[str] = set()
    for made, sources in MADE_FROM.items():
        if (parts | found).intersection(sources):
            found.add(made)
    return found
