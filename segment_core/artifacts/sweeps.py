"""Sweeps: one algorithm with many options, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from segment_core.artifacts.basics import Step
from segment_core.messages import Message


@dataclass(frozen=True, slots=True)
class SweepRow:
    """One setting: how many segments it made, its scores, and the seconds it took.

    `scores` hold "silhouette" and "stability" (both better when higher), "balance" (1 is all of one size) and
    "smallest_share". Where these customers cannot be cut like that, `problem` says why and there are none.
    """

    step: Step
    n_segments: int
    scores: Mapping[str, float]
    seconds: float
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Sweep:
    """All settings that were tried, in the order of the grid; `varied` are the options in which they differ."""

    algorithm: str
    varied: tuple[str, ...]
    rows: tuple[SweepRow, ...]
