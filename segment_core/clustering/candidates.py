"""Candidates: what the automatic choice tries, in which order, and how long that takes; known before it runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from segment_core.artifacts import Clustering, Features, Step
from segment_core.choices import options_from_json, options_to_json
from segment_core.clustering import hdbscan, hierarchical, kmeans, kprototypes, mixture
from segment_core.clustering.costs import expected_seconds

MOST_TRIED = 2_000
"""Customers on whom candidates are compared; the segments themselves are cut on all."""
N_HALVES = 6
FOLLOWED = 2
"""Candidates of one algorithm, the most promising ones, of which it is also asked whether their segments come back."""
MEASURING = 0.25
"""Seconds that the indices of one candidate take on as many customers as are tried."""


@dataclass(frozen=True, slots=True)
class Contender:
    """An algorithm that may be proposed. `numbered` ones are told how many segments to cut; others find out.

    `mixed` ones are only worth their time where there are categories. `tried` are options for trials, `cut` for all.
    """

    run: Callable[..., Clustering]
    options: type
    numbered: bool = True
    mixed: bool = False
    tried: Mapping[str, Any] | None = None


BASELINE = "kmeans"
CONTENDERS: dict[str, Contender] = {
    BASELINE: Contender(kmeans.cluster, kmeans.KMeansOptions, tried={"n_starts": 5}),
    "hdbscan": Contender(hdbscan.cluster, hdbscan.HdbscanOptions, numbered=False),
    "hierarchical": Contender(hierarchical.cluster, hierarchical.HierarchicalOptions),
    "mixture": Contender(mixture.cluster, mixture.MixtureOptions),
    "kprototypes": Contender(kprototypes.cluster, kprototypes.KPrototypesOptions, mixed=True),
}
"""By their names in the menu, in the order in which they are tried. One more algorithm is one more line."""


class Limits(Protocol):
    """What bounds the candidates: part of the options of the automatic choice."""

    @property
    def fewest(self) -> int: ...  # noqa: D102
    @property
    def most(self) -> int: ...  # noqa: D102
    @property
    def seconds(self) -> int: ...  # noqa: D102
    @property
    def seed(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Candidate:
    """An algorithm with its options, and about how many seconds it takes to try it."""

    algorithm: str
    step: Step
    seconds: float

    @property
    def n_segments(self) -> int | None:
        """Return how many segments it is told to cut, or None where it finds out."""
        return self.step.options.get("n_segments")


def candidates(n_customers: int, n_features: int, options: Limits, *, mixed: bool = False) -> list[Candidate]:
    """List what will be tried within `options.seconds`, by counting and not by the clock, so that it never differs.

    K-Means is always tried with every number of segments; other algorithms follow for as long as time is left, and
    only where they could then cut all customers in time too. `mixed` tells that there are categories.
    """
    found: list[Candidate] = []
    left = float(options.seconds)
    for name, contender in CONTENDERS.items():
        if contender.mixed and not mixed:
            continue
        own = _of(name, contender, n_customers, n_features, options)
        needed = max((_whole(one, n_customers, n_features) for one in own), default=0.0)
        for one in own:
            if name != BASELINE and one.seconds + needed > left:
                break
            found.append(one)
            left -= one.seconds
    return found


def seconds_of(n_customers: int, n_features: int, options: Limits, *, mixed: bool = False) -> float:
    """Estimate the seconds of the automatic choice: all its trials, and cutting all customers by the dearest."""
    found = candidates(n_customers, n_features, options, mixed=mixed)
    return sum(one.seconds for one in found) + max(_whole(one, n_customers, n_features) for one in found)


def cut(candidate: Candidate, features: Features, seed: int | None = None, *, trial: bool = True) -> Clustering:
    """Cut customers as a candidate would; in a trial with fewer starts, and with another seed if one is given."""
    contender, chosen = CONTENDERS[candidate.algorithm], dict(candidate.step.options)
    if trial:
        chosen |= contender.tried or {}
    if seed is not None and "seed" in chosen:
        chosen["seed"] = seed
    return contender.run(features, options_from_json(contender.options, chosen))


def is_mixed(features: Features) -> bool:
    """Tell whether categories are among what customers are compared by."""
    return any(block.name in ("categories", "places") for block in features.blocks)


def _of(name: str, contender: Contender, n: int, d: int, options: Limits) -> list[Candidate]:
    asked: list[dict[str, Any]] = [{}]
    if contender.numbered:
        asked = [{"n_segments": k} for k in range(options.fewest, options.most + 1)]
    steps = []
    for chosen in asked:
        whole = options_to_json(options_from_json(contender.options, chosen))
        steps.append(Step(name, whole | ({"seed": options.seed} if "seed" in whole else {})))
    return [Candidate(name, step, _trying(step, n, d, contender, len(steps))) for step in steps]


def _trying(step: Step, n: int, d: int, contender: Contender, n_steps: int) -> float:
    tried = min(n, MOST_TRIED)
    chosen = dict(step.options) | dict(contender.tried or {})
    one = expected_seconds(step.name, tried, d, chosen) or 0.0
    half = expected_seconds(step.name, tried // 2, d, chosen) or 0.0
    followed = 1.0 if step.name == BASELINE else min(1.0, FOLLOWED / n_steps)
    cuts = 2.0 if step.name == BASELINE else 1.0  # K-Means is cut on structureless data, too
    return round(cuts * (one + MEASURING * (tried / MOST_TRIED) ** 2) + followed * N_HALVES * half, 3)


def _whole(candidate: Candidate, n: int, d: int) -> float:
    return expected_seconds(candidate.algorithm, n, d, candidate.step.options) or 0.0
