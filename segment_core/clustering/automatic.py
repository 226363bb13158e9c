"""Automatic: proposes an algorithm and a number of segments from several indices and from whether they come back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Trial, silent
from segment_core.choices import option
from segment_core.clustering import arguing, kmeans, numbering, weighing
from segment_core.clustering.candidates import (
    BASELINE,
    FOLLOWED,
    MOST_TRIED,
    N_HALVES,
    Candidate,
    candidates,
    cut,
    is_mixed,
)
from segment_core.clustering.membership import require_customers
from segment_core.clustering.rows import drawn, in_order
from segment_core.clustering.weighing import Ground
from segment_core.errors import OptionError
from segment_core.messages import Message, say
from segment_core.nullmodels import normal_cloud, shuffled

WORTH = 0.9
"""Part of the mark of K-Means that another algorithm must come to without stability for stability to be asked."""
HOLDING = 0.6
"""Agreement (adjusted Rand) of a trial's segments with those of everybody below which the trial did not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticOptions:
    """Options of the automatic choice."""

    fewest: int = option(2, "Fewest segments", low=2, high=40)
    most: int = option(10, "Most segments", low=2, high=40)
    seconds: int = option(
        20,
        "Seconds at most",
        low=0,
        high=3600,
        help="What fits is counted beforehand. K-Means is always tried, other algorithms while there is time.",
    )
    seed: int = option(0, "Random seed", low=0)


def cluster(
    features: Features,
    options: AutomaticOptions = AutomaticOptions(),
    progress: Progress = silent,
    *,
    values: Mapping[str, NDArray[np.float64]] | None = None,
) -> Clustering:
    """Try candidates, propose the one that most speaks for, and say what spoke for it and what against.

    K-Means first gives a number. For each, silhouette, Calinski-Harabasz and Davies-Bouldin are set against the same
    index on structureless data of the same shape (a normal distribution with the same covariance), because
    each favours some number of segments whatever the data; the idea is that of the gap statistic
    (Tibshirani, Walther & Hastie 2001). Stability is the agreement (adjusted Rand index) of segments found on random
    halves. Other algorithms, with the numbers that suit them, are then set against it: see `weighing.weigh`. One of
    them is proposed only where it is better by a tenth on the whole, would not cut customers whose columns are
    shuffled as well, and does on everybody what it did in its trial. `values` are money columns by name (n,).

    `made_by` is the algorithm proposed with its options, so that it can be made again without any trial.

    Raises
    ------
    OptionError
        If `most` is below `fewest`, or there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.fewest)
    if options.most < options.fewest:
        raise OptionError(
            "The most segments ({most}) must not be below the fewest ({fewest}).",
            most=options.most,
            fewest=options.fewest,
        )
    rows = _rows(features, options.seed)
    tried = replace(features, matrix=features.matrix[rows])
    n_distinct = len(np.unique(tried.matrix, axis=0))
    most = max(options.fewest, min(options.most, n_distinct // 5))
    chosen = replace(options, most=most)
    listed = candidates(features.n_customers, features.matrix.shape[1], chosen, mixed=is_mixed(features))
    ground = _ground(tried, {name: column[rows] for name, column in (values or {}).items()}, options.seed)
    search = _Search(features, rows, ground, options, _Steps(progress, listed))
    trials = [_number(search, one) for one in listed if one.algorithm == BASELINE]
    marks = numbering.marks_of(trials)
    best = numbering.finest_good(trials, marks)
    trials = [_marked(trial, float(mark)) for trial, mark in zip(trials, marks, strict=True)]
    others = [
        trial
        for name in dict.fromkeys(one.algorithm for one in listed if one.algorithm != BASELINE)
        for trial in _others(search, [one for one in listed if one.algorithm == name], trials, best)
    ]
    return _proposed(search, [*trials, *others], best)


class _Steps:
    """Tells how far the trials have come, by what each was expected to take."""

    def __init__(self, progress: Progress, listed: Sequence[Candidate]) -> None:
        self._progress, self._done = progress, 0.0
        self._whole = 1.1 * sum(one.seconds for one in listed) or 1.0

    def told(self, note: Message, seconds: float = 0.0) -> None:
        self._progress(min(self._done / self._whole, 0.95), 1.0, note)
        self._done += seconds

    def ended(self, note: Message) -> None:
        self._progress(1.0, 1.0, note)


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """Everybody's features, the places of those on whom candidates are tried, and what all trials share."""

    features: Features
    rows: NDArray[np.int64]
    ground: Ground
    options: AutomaticOptions
    steps: _Steps


def _rows(features: Features, seed: int) -> NDArray[np.int64]:
    """Return whom candidates are tried on, in an order that does not depend on where rows stand."""
    return in_order(features.matrix)[drawn(features.n_customers, MOST_TRIED, seed)]


def _ground(tried: Features, values: Mapping[str, NDArray[np.float64]], seed: int) -> Ground:
    flat = normal_cloud(tried, np.random.default_rng(seed)).matrix.astype(np.float64)
    return Ground(tried, flat, values, cache(lambda k: numbering.labels_of(flat, k, seed)))


def _number(search: _Search, candidate: Candidate) -> Trial:
    """Try K-Means with one number of segments."""
    ground, seed = search.ground, search.options.seed
    k = int(candidate.step.options["n_segments"])
    search.steps.told(say("Trying {k} segments", k=k), candidate.seconds)
    matrix = ground.matrix
    labels = numbering.labels_of(matrix, k, seed)
    found, without = numbering.indices(matrix, labels), numbering.indices(ground.flat, ground.reference(k))
    scores = weighing.weigh(ground, labels, np.zeros(len(labels), dtype=bool)) | {
        "calinski_harabasz": round(float(np.log(found[0] / max(without[0], 1e-9))), 4),
        "davies_bouldin": round(float(np.log(max(without[1], 1e-9) / max(found[1], 1e-9))), 4),
        "stability": round(numbering.agreement(matrix, k, seed), 4),
    }
    return Trial(k, scores, made_by=candidate.step)


def _others(search: _Search, listed: Sequence[Candidate], numbers: Sequence[Trial], best: int) -> Iterable[Trial]:
    """Try another algorithm; only where it does best is it asked whether its segments come back."""
    rival, options, ground = numbers[best], search.options, search.ground

    def better(trial: Trial) -> float:
        """Set a trial against K-Means' best, and against K-Means with as many segments: the number is not its merit."""
        same = [one for one in numbers if one.n_segments == trial.n_segments]
        known = set(trial.scores)
        rivals = [{name: value for name, value in one.scores.items() if name in known} for one in (rival, *same)]
        return min(_ratio(trial.scores, one) for one in rivals)

    trials = []
    for candidate in listed:
        search.steps.told(
            say("Trying another algorithm: {name}", name=arguing.name_of(candidate.algorithm)), candidate.seconds
        )
        try:
            made = cut(candidate, ground.features)
        except OptionError:  # too few distinct customers for so many segments
            continue
        scores = weighing.weigh(ground, made.labels, _outside(made))
        trials.append((candidate, Trial(made.n_segments, scores, made_by=candidate.step)))
    able = [one for one in trials if options.fewest <= one[1].n_segments <= options.most]
    able.sort(key=lambda one: (-better(one[1]), one[1].n_segments))
    followed = {id(one[1]) for one in able[:FOLLOWED] if better(one[1]) > WORTH}
    for candidate, trial in trials:
        if id(trial) in followed:
            found = _followed(search, candidate, trial)
            yield _marked(found, rival.scores["mark"] * better(found))
        else:
            yield trial


def _followed(search: _Search, candidate: Candidate, trial: Trial) -> Trial:
    ground = search.ground

    def halved(rows: NDArray[np.int64], again: int) -> Labels:
        search.steps.told(say("Would they come back? {name}", name=arguing.name_of(candidate.algorithm)))
        try:
            return cut(candidate, replace(ground.features, matrix=ground.features.matrix[rows]), again).labels
        except OptionError:
            return np.zeros(len(rows), dtype=np.int64)

    scores = dict(trial.scores)
    scores["stability"] = round(weighing.agreement(ground.matrix, halved, N_HALVES, search.options.seed), 4)
    return replace(trial, scores=scores)


def _ratio(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how many times the mark of one cut is that of another, halved for each that something speaks against."""
    halved = 0.5 ** (bool(weighing.objections(one)) - bool(weighing.objections(other)))
    return halved * weighing.ratio(one, other)


def _proposed(search: _Search, trials: Sequence[Trial], best: int) -> Clustering:
    needed = weighing.TIE * trials[best].scores["mark"]
    better = [
        place
        for place in sorted(range(len(trials)), key=lambda place: -trials[place].scores.get("mark", 0.0))
        if trials[place].made_by.name != BASELINE and trials[place].scores.get("mark", 0.0) > needed
    ]
    made, chosen, refused = None, best, []
    for place in better:
        candidate = Candidate(trials[place].made_by.name, trials[place].made_by, 0.0)
        search.steps.told(say("Cutting with {name}", name=arguing.name_of(candidate.algorithm)))
        if not _beats_shuffled(search.ground, candidate, trials[place], search.options.seed):
            refused.append((trials[place], "shuffled"))
            continue
        found = cut(candidate, search.features, trial=False)
        if _holds(found, cut(candidate, search.ground.features).labels, search.rows):
            made, chosen = found, place
            break
        refused.append((trials[place], "not-held"))
    if made is None:
        made = kmeans.cluster(search.features, kmeans.KMeansOptions(**trials[best].made_by.options))
    marked = [replace(trial, chosen=place == chosen) for place, trial in enumerate(trials)]
    search.steps.ended(say("Segments found: {k}", k=made.n_segments))
    reasons = arguing.reasons(marked, chosen, best, refused)
    return replace(made, trials=tuple(marked), reasons=(*reasons, *made.reasons))


def _beats_shuffled(ground: Ground, candidate: Candidate, trial: Trial, seed: int) -> bool:
    """Tell whether an algorithm separates these customers better than the same ones with every column shuffled."""
    blind = shuffled(ground.features, np.random.default_rng(seed))
    try:
        made = cut(candidate, blind)
    except OptionError:
        return True
    empty = replace(ground, features=blind, values={}, _near={})
    scores = weighing.weigh(empty, made.labels, _outside(made))
    return any(trial.scores[name] > weighing.TIE * scores[name] for name in ("separation", "borders"))


def _holds(made: Clustering, labels: Labels, rows: NDArray[np.int64]) -> bool:
    from sklearn.metrics import adjusted_rand_score

    return made.n_segments >= 2 and bool(adjusted_rand_score(labels, made.labels[rows]) >= HOLDING)


def _outside(made: Clustering) -> NDArray[np.bool_]:
    """Tell whom an algorithm left out, before they joined the nearest segment."""
    if made.oddness is None:
        return np.zeros(len(made.labels), dtype=bool)
    return np.isinf(made.oddness)


def _marked(trial: Trial, mark: float) -> Trial:
    return replace(trial, scores={**trial.scores, "mark": round(mark, 4)})
