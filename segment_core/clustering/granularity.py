"""Granularity: the number of segments follows from questions whether two texts belong together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Clustering, Features, Progress, Step, Trial, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering import pairs
from segment_core.clustering.asking import Asker, budget_option, model_option, timeout_option, url_option
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.mergetree import MergeTree
from segment_core.clustering.speech import Speech
from segment_core.clustering.textspace import TextSpace
from segment_core.errors import OptionError
from segment_core.messages import Message, say

TEST_CALLS = 4
"""Calls that ask clear pairs, and others a second time, turned round and in other company."""
STEADY = 0.75
"""Share of repeated pairs answered alike, below which the answers are not used; a coin gives a half."""
A_MERGE = 12
"""Pairs asked at a merge where the calls allow it; less is too little to tell a merge from noise."""
FEWEST_AT_MERGE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GranularityOptions:
    """Options of the number of segments by questions; without a server address the silhouette decides."""

    fewest: int = option(2, "Fewest segments", low=2, high=40)
    most: int = option(12, "Most segments", low=2, high=40)
    url: str = url_option()
    model: str = model_option()
    budget: int = budget_option(20, TEST_CALLS + 1)
    timeout: float = timeout_option()
    seed: int = option(0, "Random seed", low=0)


def calls(n_customers: int, options: GranularityOptions = GranularityOptions()) -> int:
    """Return how often a model would be asked at most; it does not grow with the customers.

    Examples
    --------
    >>> calls(100_000, GranularityOptions(fewest=2, most=12, url="http://127.0.0.1/v1"))
    12
    """
    n_merges = options.most - options.fewest
    if not options.url or not n_customers or n_merges < 1:
        return 0
    return -(-n_merges * _pairs_a_merge(options) // pairs.A_CALL) + TEST_CALLS


def cluster(
    features: Features,
    options: GranularityOptions = GranularityOptions(),
    progress: Progress = silent,
    *,
    speech: Speech | None = None,
    secrets: Mapping[str, str] = {},
) -> Clustering:
    """Merge customers into a tree (Ward), and cut it where a model's answers fit best.

    After ClusterLLM (Zhang et al. 2023): at each merge the model says of some pairs of texts, one of each side,
    whether they belong together; the chosen number has most merges above it refused and below it approved. Some
    pairs are asked twice; where the answers do not agree, or without a model, the number with the best silhouette
    is taken, and said so. Above 3,000 customers the tree is that of a random sample, and everybody else joins the
    nearest centre.

    Raises
    ------
    OptionError
        If `most` is below `fewest`, or there are fewer distinct customers than `fewest`.
    Cancelled
        If `progress` raised it.
    """
    require_customers(features, at_least=options.fewest)
    if options.most < options.fewest:
        raise OptionError(
            "The most segments ({most}) must not be below the fewest ({fewest}).",
            most=options.most,
            fewest=options.fewest,
        )
    progress(0, 1, say("Building the tree of segments"))
    tree = MergeTree.of(features, options.fewest, options.most, options.seed)
    reasons: list[Message] = []
    if len(tree.rows) < features.n_customers:
        reasons.append(
            say(
                "The tree was built on {n:,} customers; {rest:,} others joined the nearest centre.",
                n=len(tree.rows),
                rest=features.n_customers - len(tree.rows),
            )
        )
    silhouettes = {k: tree.silhouette(features, k, options.seed) for k in tree.sizes}
    best = max(tree.sizes, key=lambda k: (silhouettes[k], -k))
    trials = [Trial(k, {"silhouette": round(silhouettes[k], 4)}, k == best) for k in tree.sizes]
    space = TextSpace.of(features, speech)
    asked = _asked(tree, space, options, Asker.of(options, secrets, progress)) if options.url and space else None
    if asked is not None:
        best = asked.best if asked.best is not None else best
        trials = [
            Trial(trial.n_segments, {**trial.scores, **asked.scores(trial.n_segments)}, trial.n_segments == best)
            for trial in trials
        ]
        reasons += asked.reasons
    if asked is None or asked.best is None:
        reasons += _by_silhouette(best, silhouettes[best], asked=bool(options.url), texts=space is not None)
    progress(1, 1, say("Segments found: {k}", k=best))
    return settle(
        features,
        tree.everybody(features, best),
        Step("granularity", options_to_json(options)),
        reasons=reasons,
        trials=trials,
    )


def preview(features: Features, texts: Sequence[str], options: GranularityOptions = GranularityOptions()) -> str:
    """Return exactly what the first call would send with these features, without sending it."""
    space = TextSpace.of(features, Speech(tuple(texts), features.matrix, lambda _: features.matrix[:0]))
    if space is None or not calls(len(texts), options):
        return ""
    chosen = [
        pair for pair, _ in _drawn(MergeTree.of(features, options.fewest, options.most, options.seed), space, options)
    ]
    return str(pairs.letter(space.texts, chosen[: pairs.A_CALL])) if chosen else ""


def _pairs_a_merge(options: GranularityOptions) -> int:
    n_merges = max(1, options.most - options.fewest)
    return max(1, min(A_MERGE, (options.budget - TEST_CALLS) * pairs.A_CALL // n_merges))


def _by_silhouette(best: int, silhouette: float, *, asked: bool, texts: bool) -> list[Message]:
    found = [
        say(
            "{k} segments have the best silhouette of all cuts of the tree, {value}.", k=best, value=f"{silhouette:.3f}"
        )
    ]
    if not texts:
        return [*found, say("There are no texts that a model could be asked about.")]
    if not asked:
        found.append(
            say("No model was asked: give the address and the name of one to let its answers choose the number.")
        )
    return found


def _drawn(tree: MergeTree, space: TextSpace, options: GranularityOptions) -> list[tuple[tuple[int, int], int]]:
    """Return pairs of texts, one of each side of a merge, each with the number of segments before the merge."""
    found = []
    for k in tree.sizes[1:]:
        random = np.random.default_rng([options.seed, k])
        sides = []
        for rows in tree.sides(k):
            texts = np.unique(space.of_customer[rows])
            texts = texts[texts >= 0]
            texts = texts[space.sendable[texts]]
            middle = space.points[texts].mean(axis=0) if len(texts) else 0.0
            near = texts[np.argsort(((space.points[texts] - middle) ** 2).sum(axis=1), kind="stable")]
            sides.append(near[: max(1, len(near) // 2)])  # the inner half: what a group is about, not its edge
        if all(len(side) for side in sides):
            picked = [random.choice(side, _pairs_a_merge(options)) for side in sides]
            found += [((int(one), int(other)), k) for one, other in zip(*picked, strict=True) if one != other]
    order = np.random.default_rng(options.seed).permutation(len(found))
    return [found[at] for at in order]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the answers say: the number they fit best, None where they may not be used; and of each merge, how many."""

    best: int | None
    approved: Mapping[int, tuple[int, int]]
    fits: Mapping[int, float]
    reasons: tuple[Message, ...]

    def scores(self, k: int) -> dict[str, float]:
        """Return what speaks for a number."""
        return {"answers": round(self.fits[k], 4)} if k in self.fits else {}


def _asked(tree: MergeTree, space: TextSpace, options: GranularityOptions, asker: Asker) -> _Asked | None:
    drawn = _drawn(tree, space, options)
    if not drawn:
        return None
    asker.budget = min(asker.budget, calls(len(space.texts), options))
    first = pairs.same(asker, space.texts, [pair for pair, _ in drawn])
    n_again = min(len(drawn), (TEST_CALLS - 1) * pairs.A_CALL)
    turned = [(other, one) for (one, other), _ in drawn[:n_again]][::-1]
    second = pairs.same(asker, space.texts, turned)[::-1]
    known = _known(tree, space, options, asker)
    twice = [(one, other) for one, other in zip(first, second, strict=False) if one is not None and other is not None]
    steady = sum(one == other for one, other in twice) / max(1, len(twice))
    approved: dict[int, tuple[int, int]] = {}
    for said, (_, k) in zip(first, drawn, strict=True):
        if said is not None:
            yes, n = approved.get(k, (0, 0))
            approved[k] = (yes + said, n + 1)
    told = list(asker.told())
    told.append(
        say(
            "Pairs of texts answered: {n}; of {twice} asked twice, {share} % were answered alike, and {known} % of "
            "those that clearly belong together or apart were told rightly.",
            n=sum(n for _, n in approved.values()),
            twice=len(twice),
            share=round(100 * steady),
            known=round(100 * known),
        )
    )
    covered = sum(n >= FEWEST_AT_MERGE for _, n in approved.values())
    sound = len(twice) >= pairs.FEWEST and steady >= STEADY and known >= pairs.CLEAR
    if not sound or 2 * covered < len(tree.sizes) - 1:
        told.append(say("That is too little to go by, so the answers do not count."))
        return _Asked(None, approved, {}, tuple(told))
    fits = {k: _fit(approved, k) for k in tree.sizes}
    best = max(tree.sizes, key=lambda k: (round(fits[k], 9), -k))
    told.insert(
        0,
        say(
            "{k} segments fit the answers best: {share} % of them agree with that cut.",
            k=best,
            share=round(100 * fits[best]),
        ),
    )
    return _Asked(best, approved, fits, tuple(told))


def _known(tree: MergeTree, space: TextSpace, options: GranularityOptions, asker: Asker) -> float:
    """Return the share of clear pairs, by the finest and the coarsest cut, that the model tells rightly."""
    texts = np.unique(space.of_customer[tree.rows])
    texts = texts[texts >= 0]
    texts = texts[space.sendable[texts]]
    place = np.full(len(space.texts), -1)
    spoken = np.flatnonzero(space.of_customer[tree.rows] >= 0)
    place[space.of_customer[tree.rows[spoken]]] = spoken
    fine, coarse = (tree.cuts[k][place[texts]] for k in (tree.sizes[-1], tree.sizes[0]))
    mixed = [
        ((int(texts[one]), int(texts[two])), right)
        for (one, two), right in pairs.clear(space.points[texts], fine, coarse, options.seed)
    ]
    answers = pairs.same(asker, space.texts, [pair for pair, _ in mixed])
    rights = [said == right for said, (_, right) in zip(answers, mixed, strict=True) if said is not None]
    return sum(rights) / max(1, len(rights))


def _fit(approved: Mapping[int, tuple[int, int]], k: int) -> float:
    """Return how far answers agree with a cut of `k`, each merge counting the same: finer ones made, others not."""
    parts = [yes / n if before > k else 1 - yes / n for before, (yes, n) in approved.items() if n >= FEWEST_AT_MERGE]
    return float(np.mean(parts)) if parts else 0.0
