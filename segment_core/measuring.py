"""Measuring: every score of segments, and whether they come back when other customers are cut the same way."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Score, Step, silent
from segment_core.choices import options_from_json, questions
from segment_core.clustering import ALGORITHMS, STAND_INS, Speech
from segment_core.errors import OptionError
from segment_core.improving.shaping import Shaped
from segment_core.messages import say
from segment_core.metrics import METRICS, Again


def measured(
    features: Features, made: Shaped, seed: int, progress: Progress, given: Mapping[str, Any]
) -> tuple[list[Score], Again]:
    """Return all scores of segments, and what cuts other customers as these were cut."""
    clustering, again = made.clustering, made.again(again_with(made.found or made.clustering, given))
    scores: list[Score] = []
    for number, (name, metric) in enumerate(METRICS.items()):
        progress(number, len(METRICS) + 1, say("Measuring: {name}", name=metric.label))
        asked = {name: given[name] for name in metric.asks}
        scores.extend(metric.run(features, clustering, again, _metric_options(name, seed), **asked))
    return scores, again


def _metric_options(name: str, seed: int) -> Any:
    """Build a metric's options with the plan's seed, where it asks for one."""
    kind = METRICS[name].options
    return options_from_json(kind, {"seed": seed} if any(asked.name == "seed" for asked in questions(kind)) else {})


def again_with(clustering: Clustering, given: Mapping[str, Any]) -> Again:
    """Return what cuts other customers the way these were cut, for metrics that ask whether segments come back."""
    made_by = clustering.made_by
    if made_by.name in STAND_INS:
        made_by = Step(STAND_INS[made_by.name], {"n_segments": clustering.n_segments, "seed": 0})
    choice = ALGORITHMS[made_by.name]

    def again(features: Features, seed: int, rows: NDArray[np.int64] | None = None) -> Labels:
        chosen = dict(made_by.options)
        if "seed" in chosen:
            chosen["seed"] = seed
        if "n_starts" in chosen:
            chosen["n_starts"] = min(3, chosen["n_starts"])
        asked = {name: _of(given[name], rows) for name in choice.asks}
        if chosen.get("cut") or chosen.get("height"):
            asked |= {"like": clustering.labels[rows]} if rows is not None else {}
        chosen = unbranched(chosen, clustering.n_segments)
        try:
            cut: Clustering = choice.run(features, options_from_json(choice.options, chosen), silent, **asked)
        except OptionError:  # too few distinct customers were drawn: they fall into one segment
            return np.zeros(features.n_customers, dtype=np.int64)
        return cut.labels

    return again


def unbranched(options: Mapping[str, Any], n_segments: int) -> dict[str, Any]:
    """Return options that cut a tree of other customers: its branches have other names, so their number alone stays."""
    if not options.get("cut") and not options.get("height"):
        return dict(options)
    blank = {name: empty for name, empty in (("cut", ""), ("height", None)) if name in options}
    return {**options, **blank, "n_segments": n_segments}


def _of(given: Any, rows: NDArray[np.int64] | None) -> Any:
    """Return what is known of some customers; of made-up ones nothing is."""
    if isinstance(given, Speech):
        return given.of(rows.tolist()) if rows is not None else None
    if isinstance(given, np.ndarray):
        return given[rows] if rows is not None else given[:0]
    if isinstance(given, dict) and any(isinstance(value, np.ndarray) for value in given.values()):
        return {name: value[rows] for name, value in given.items()} if rows is not None else {}
    return given
