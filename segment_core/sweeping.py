"""Sweeping: one algorithm cuts the same customers with every setting of a grid, as a long job."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Clustering, Features, Progress, Step, Sweep, SweepRow
from segment_core.choices import options_from_json, options_to_json
from segment_core.clustering import ALGORITHMS
from segment_core.clustering.costs import expected_seconds
from segment_core.composition import Composed, compose
from segment_core.errors import DataError, OptionError
from segment_core.journey import given_to
from segment_core.measuring import again_with
from segment_core.messages import say
from segment_core.metrics import silhouette, stability
from segment_core.separation import evenness
from segment_core.stages import Keep
from segment_core.store import Workspace
from segment_core.study import Study

MOST_SETTINGS = 60
MOST_VARIED = 2
N_DRAWS, MOST_DRAWN = 5, 1_000
"""Stability is asked of fewer draws than in a scorecard: settings are compared with each other only."""
MEASURING = 0.4
"""Seconds that the indices of one setting take."""


def sweep(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Run a grid on the features of a study and keep the leaderboard with it; its segments stay as they are.

    `args`: workspace (path), study (id), algorithm (name), options (those that stay the same), varied (values by name).
    Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, args["study"])
    steps = grid(str(args["algorithm"]), args.get("options") or {}, args["varied"], study.plan.seed)
    rows = swept(study, steps, progress, keep=workspace, secrets=secrets)
    made = Sweep(str(args["algorithm"]), tuple(args["varied"]), rows)
    # The study may have been edited while this was running; the latest edits count.
    latest, saved = workspace.study_and_entry(Study, args["study"])
    if latest.features is None or study.features is None or not _same(latest.features, study.features):
        raise DataError("The features were made anew while the sweep was running. Start it again.")
    workspace.save_study(args["study"], replace(latest, sweep=made), summary=dict(saved.summary))
    return {"study": args["study"]}


def grid(
    algorithm: str, options: Mapping[str, Any], varied: Mapping[str, Sequence[Any]], seed: int = 0
) -> tuple[Step, ...]:
    """Return every setting of a grid, the last option changing fastest; `options` are those that stay the same.

    Raises
    ------
    OptionError
        If the grid is empty or too large, or an option or a value does not exist.

    Examples
    --------
    >>> [step.options["n_segments"] for step in grid("kmeans", {}, {"n_segments": [2, 3]})]
    [2, 3]
    """
    if algorithm not in ALGORITHMS:
        raise OptionError(
            "There is no algorithm named {name}; there are: {names}.", name=algorithm, names=", ".join(ALGORITHMS)
        )
    kind = ALGORITHMS[algorithm].options
    for name, values in varied.items():
        if isinstance(values, str | bytes) or not isinstance(values, Sequence):
            raise OptionError(
                "Option {name} is {value}; it must be of type {kind}.",
                name=str(name)[:80],
                value=repr(values)[:80],
                kind="list",
            )
    n_settings = int(np.prod([len(values) for values in varied.values()])) if varied else 0
    if not 1 <= n_settings <= MOST_SETTINGS or len(varied) > MOST_VARIED:
        raise OptionError(
            "A sweep takes 1 to {most} settings of at most {options} options; these are {found} settings.",
            most=MOST_SETTINGS,
            options=MOST_VARIED,
            found=n_settings,
        )
    steps = []
    for values in product(*varied.values()):
        whole = options_to_json(options_from_json(kind, {**options, **dict(zip(varied, values, strict=True))}))
        if "seed" in whole and "seed" not in varied and "seed" not in options:
            whole["seed"] = seed
        steps.append(Step(algorithm, whole))
    return tuple(steps)


def seconds_of(steps: Sequence[Step], n_customers: int, n_features: int) -> float | None:
    """Estimate the seconds of a grid, or None where nothing is known of the algorithm."""
    total = 0.0
    for step in steps:
        whole = expected_seconds(step.name, n_customers, n_features, step.options)
        drawn = expected_seconds(step.name, min(n_customers, MOST_DRAWN), n_features, step.options)
        if whole is None or drawn is None:
            return None
        total += whole + N_DRAWS * drawn + MEASURING
    return total


def swept(
    study: Study,
    steps: Sequence[Step],
    progress: Progress,
    *,
    keep: Keep | None = None,
    secrets: Mapping[str, str] | None = None,
) -> tuple[SweepRow, ...]:
    """Cut with each setting and measure what comes out, on the same customers and draws for all.

    Raises
    ------
    DataError
        If the study has no features yet.
    """
    if study.features is None:
        raise DataError("There are no features yet. Build them first.")
    composed = Composed(study.features, study.readings or ())
    if any("speech" in ALGORITHMS[step.name].asks for step in steps):
        composed = compose(study.customers, study.plan, keep=keep, secrets=secrets)
    given = given_to(study.customers, composed, secrets)
    rows = []
    for number, step in enumerate(steps):
        progress(number, len(steps), say("Trying setting {n} of {total}", n=number + 1, total=len(steps)))
        rows.append(_row(study.features, step, given, study.plan.seed))
    return tuple(rows)


def _row(features: Features, step: Step, given: Mapping[str, Any], seed: int) -> SweepRow:
    choice, started = ALGORITHMS[step.name], time.perf_counter()
    asked = {name: given[name] for name in choice.asks}
    try:
        made: Clustering = choice.run(features, options_from_json(choice.options, step.options), **asked)
    except OptionError as error:
        return SweepRow(step, 0, {}, round(time.perf_counter() - started, 2), error.message)
    seconds = round(time.perf_counter() - started, 2)
    sizes = np.array([segment.size for segment in made.segments])
    scores = {
        "balance": round(evenness(sizes), 4),
        "smallest_share": round(float(sizes.min()) / len(made.labels), 4),
    }
    again = again_with(made, given)
    drawn = stability.StabilityOptions(n_draws=N_DRAWS, most=MOST_DRAWN, seed=seed)
    measured = [
        *silhouette.score(features, made, again, silhouette.SilhouetteOptions(seed=seed)),
        *stability.score(features, made, again, drawn),
    ]
    scores |= {score.name: score.value for score in measured if not score.segment}
    return SweepRow(step, made.n_segments, scores, seconds)


def _same(one: Features, other: Features) -> bool:
    return one.names == other.names and np.array_equal(one.matrix, other.matrix)
