"""Segments: who belongs where, the map, and how far to trust it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts.basics import Floats, Labels, Step
from segment_core.messages import Message

Band = Literal["core", "fringe", "outlier"]
Verdict = Literal["solid", "soft", "artefact", "nothing-there"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment's id ("S1" is the largest) and how many customers it has."""

    id: str
    size: int


@dataclass(frozen=True, slots=True)
class Trial:
    """One cut that the automatic choice looked at, with what spoke for and against it.

    `made_by` is the algorithm with its options; studies that were kept earlier tried K-Means only.
    """

    n_segments: int
    scores: Mapping[str, float]
    chosen: bool = False
    made_by: Step = Step("kmeans")


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """How groups nest, from the root (node 0, everybody) to the leaves; arrays of one entry a node, parents first.

    `parents` (m,) is -1 for the root. A node appears at level `begins` and ends, by falling apart or fading, at
    `ends`; `scale` says what levels are: "distance" (they fall from the root on) or "density" (they grow).
    `sizes` count customers, `segments` is the segment a node became, -1 where it became none of its own.
    """

    parents: Labels
    begins: Floats
    ends: Floats
    sizes: Labels
    segments: Labels
    scale: Literal["distance", "density"]


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """How a network fared that was trained to find segments.

    `restored` (s,) are mean squared errors of restoring customers, over equal stretches of learning just that.
    Then, one entry an update: the mean `clustering` and `restoring` loss (u,) since the last one, the latter
    empty where it was no longer asked for, and the share of customers who `changed` (u,) segments. `settled` says
    whether training ended because hardly anybody did.
    """

    restored: Floats
    clustering: Floats
    restoring: Floats
    changed: Floats
    settled: bool


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """Every customer's segment.

    `labels` (n,) index `segments`; `strengths` (n,) in [0, 1] say how clearly a customer belongs
    (0 is on the border); `bands` (n,) hold "core", "fringe" or "outlier". Nobody is unlabelled.
    `parents` names each segment's branch of a first stage ("B1" is the largest), where there was one.
    `oddness` (n,) is how far customers lie from their own centre, in robust standard deviations of their segment's
    distances above its median. `memberships` (n, k) are soft, each row adding up to 1, where the algorithm gives any;
    `tree` says how its groups nest, where they do; `training` how a network fared, where one was trained.
    """

    labels: Labels
    strengths: Floats
    bands: NDArray[np.str_]
    segments: tuple[Segment, ...]
    made_by: Step
    reasons: tuple[Message, ...] = ()
    trials: tuple[Trial, ...] = ()
    parents: tuple[str, ...] = ()
    oddness: Floats | None = None
    memberships: Floats | None = None
    tree: Tree | None = None
    training: Training | None = None

    @property
    def n_segments(self) -> int:
        """Count the segments."""
        return len(self.segments)

    @property
    def ids(self) -> NDArray[np.str_]:
        """Return each customer's segment id (n,)."""
        return np.array([segment.id for segment in self.segments])[self.labels]


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """The same customers in 2, 3, … segments, each level inside the one above, and what of it lasts.

    `tree` goes on below the last level; `leaves` (n,) is the node at its foot that each customer is in. `jaccards` and
    `persistence` (m,) speak of branches, in [0, 1], and are NaN for everybody and below the last level; `levels` is
    the persistence of the cut into 2, 3, … segments. They were measured on `n_draws` draws of `n_drawn` customers.
    `leads` say by which features a branch differs from everybody, True for more; of those below, nothing.
    """

    tree: Tree
    leaves: Labels
    jaccards: Floats
    persistence: Floats
    levels: Floats
    made_by: Step
    n_draws: int
    n_drawn: int
    leads: tuple[tuple[tuple[str, bool], ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """The map: points (n, 2) float32, and how far neighbours on the map are neighbours in truth (0 to 1)."""

    points: Floats
    made_by: Step
    trustworthiness: float


@dataclass(frozen=True, slots=True)
class Score:
    """One measured number: in which `space`, on how many customers, which way is better.

    `segment` is set when it speaks of one segment only. `meaning` says in plain words what it tells.
    """

    name: str
    value: float
    better: Literal["higher", "lower"]
    space: str
    n: int
    meaning: Message
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A question put to the result: what was found, and what to do about it."""

    code: str
    passed: bool
    finding: Message
    advice: Message


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores and checks, and the verdict they lead to."""

    scores: tuple[Score, ...]
    checks: tuple[Check, ...]
    verdict: Verdict

    def value(self, name: str, segment: str = "") -> float | None:
        """Return a score by name, or None where it was not taken."""
        found = (score.value for score in self.scores if score.name == name and score.segment == segment)
        return next(found, None)
