"""Study: everything made so far from one file; replacing a part drops what was made from it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from segment_core.artifacts import (
    Clustering,
    Customers,
    Evidence,
    Features,
    LabelColumn,
    Personas,
    Projection,
    Scorecard,
)
from segment_core.messages import Message
from segment_core.plan import Plan

MADE_FROM: Mapping[str, tuple[str, ...]] = {
    "features": ("customers",),
    "clustering": ("features",),
    "projection": ("features",),
    "scorecard": ("clustering",),
    "evidence": ("clustering",),
    "personas": ("evidence",),
}
"""Each part with what it is made from: the one place where invalidation is written."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Hold the plan and what came out of it.

    `plan` is what the analyst asked for; `resolved` is the same with every automatic choice
    written out, so that running it again gives the same segments anywhere. `encoder_reason`
    says why the texts were read the way they were. `seconds` holds the time of each stage.
    `labels` are the analyst's own columns: no new features or segments drop them.
    """

    plan: Plan
    resolved: Plan
    customers: Customers
    source: str
    features: Features | None = None
    clustering: Clustering | None = None
    projection: Projection | None = None
    scorecard: Scorecard | None = None
    evidence: Evidence | None = None
    personas: Personas | None = None
    encoder_reason: Message | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[LabelColumn, ...] = ()

    def having(self, **parts: Any) -> "Study":
        """Return a copy with parts replaced, and everything made from them dropped unless given too.

        Examples
        --------
        After `study.having(clustering=other)`, `scorecard`, `evidence` and `personas` are None.
        """
        stale: dict[str, Any] = dict.fromkeys(_made_from(set(parts)) - set(parts))
        return dataclasses.replace(self, **stale, **parts)


def _made_from(parts: set[str]) -> set[str]:
    found: set[str] = set()
    for made, sources in MADE_FROM.items():
        if (parts | found).intersection(sources):
            found.add(made)
    return found
