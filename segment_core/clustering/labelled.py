"""Labelled: every text is drawn half-way to a short label of it, and then K-Means cuts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering import kmeans, labelling_questions, pairs, phrases
from segment_core.clustering.asking import Asker, budget_option, model_option, timeout_option, url_option
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.speech import Speech
from segment_core.clustering.textspace import TextSpace, micro
from segment_core.messages import Message, say

HALF = 0.5
"""How far a text moves to a label that is surely right."""
A_FIFTH = 0.2
"""How far a text moves to a key phrase: with more, segments on real texts became worse."""
BREAK_EVEN = 0.68
"""Share of labels given alike when asked again, below which no label counts; four in five right give about this."""
REPEATED = 2 * labelling_questions.A_CALL
"""So many texts are labelled a second time, in other company."""
EXTRA_CALLS = 2 + pairs.CHECK_CALLS


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledOptions:
    """Options of label-averaging; without a server address labels are key phrases."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    url: str = url_option()
    model: str = model_option()
    budget: int = budget_option(60, EXTRA_CALLS + 1)
    timeout: float = timeout_option()
    seed: int = option(0, "Random seed", low=0)


def calls(n_customers: int, options: LabelledOptions = LabelledOptions()) -> int:
    """Return how often a model would be asked at most.

    Examples
    --------
    >>> calls(400, LabelledOptions(url="http://127.0.0.1/v1"))
    26
    """
    if not options.url or not n_customers:
        return 0
    return min(options.budget, -(-n_customers // labelling_questions.A_CALL) + EXTRA_CALLS)


def cluster(
    features: Features,
    options: LabelledOptions = LabelledOptions(),
    progress: Progress = silent,
    *,
    speech: Speech | None = None,
    secrets: Mapping[str, str] = {},
) -> Clustering:
    """Average each text's vector with that of a short label of it, and cut with K-Means.

    After IDAS (De Raedt et al. 2023). Where the calls do not reach for every text, small groups of like texts share
    the label of their most central one. Some texts are labelled twice: from how often the labels agree follows how
    far texts move, and below a break-even no label counts. At last the model is asked about pairs of texts that
    K-Means with and without labels part differently; the labels count only if it sides with them. These guards
    catch a careless model, not one that is wrong in the same way every time. Without a model the label is the most
    telling key phrase (c-TF-IDF), kept only where the silhouette of the texts does not fall.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    Cancelled
        If `progress` raised it.
    """
    require_customers(features, at_least=options.n_segments)
    progress(0, 1, say("Cutting {k} segments", k=options.n_segments))
    start = _cut(features, options)
    made_by = Step("labelled", options_to_json(options))
    space = TextSpace.of(features, speech)
    if space is None:
        nothing = say("Without texts there is nothing to label: these are the segments of K-Means.")
        return settle(features, start, made_by, reasons=(nothing,))
    labels, reasons = start, list[Message]()
    asker = Asker.of(options, secrets, progress)
    if options.url:
        labels, reasons = _by_model(features, space, options, asker, start)
    if not asker.answered:
        labels, more = _by_phrases(features, space, options, start)
        reasons = [*more, *asker.told()]
    progress(1, 1, say("Segments found: {k}", k=options.n_segments))
    return settle(features, labels, made_by, reasons=reasons)


def preview(features: Features, texts: Sequence[str], options: LabelledOptions = LabelledOptions()) -> str:
    """Return exactly what the first call would send with these features, without sending it."""
    found = TextSpace.of(features, Speech(tuple(texts), features.matrix, lambda _: features.matrix[:0]))
    if found is None or not options.url:
        return ""
    chosen, _ = _chosen(found, options)
    return str(labelling_questions.letter([found.texts[row] for row in chosen[: labelling_questions.A_CALL]]))


def _cut(features: Features, options: LabelledOptions) -> Labels:
    return kmeans.labels_of(features, kmeans.KMeansOptions(n_segments=options.n_segments, seed=options.seed))


def _chosen(space: TextSpace, options: LabelledOptions) -> tuple[list[int], NDArray[np.int64]]:
    """Return the texts to label, in an order that has nothing to do with the file's, and each text's group."""
    most = (options.budget - EXTRA_CALLS) * labelling_questions.A_CALL
    groups = micro(space.points, most, options.seed)
    middle = np.zeros((groups.max() + 1, space.points.shape[1]))
    np.add.at(middle, groups, space.points)
    middle /= np.bincount(groups)[:, None]
    apart = ((space.points - middle[groups]) ** 2).sum(axis=1)
    apart[~space.sendable] = np.inf
    order = np.lexsort((apart, groups))
    firsts = order[np.r_[True, groups[order][1:] != groups[order][:-1]]]
    chosen = [int(row) for row in firsts if space.sendable[row]]
    return sorted(chosen, key=lambda row: labelling_questions.turn(space.texts[row])), groups


def _by_model(
    features: Features, space: TextSpace, options: LabelledOptions, asker: Asker, start: Labels
) -> tuple[Labels, list[Message]]:
    chosen, groups = _chosen(space, options)
    texts = [space.texts[row] for row in chosen]
    given = labelling_questions.label(asker, texts, keep=EXTRA_CALLS)
    again = labelling_questions.label(asker, texts[:REPEATED], keep=pairs.CHECK_CALLS, backwards=True)
    written = {row: said for row, said in zip(chosen, given, strict=True) if said}
    if not written:
        return start, [say("The model wrote no usable label: these are the segments of K-Means."), *asker.told()]
    places = _places(features, space, written, [said for said in again if said])
    agreed, n = _agreement(given[:REPEATED], again, places)
    reasons = [say("Labels written by the model {model}: {n:,}.", model=options.model, n=len(written))]
    if n < pairs.FEWEST or agreed < BREAK_EVEN:
        reasons.append(
            say(
                "Asked again about {n} texts, the model gave a like label to {share} %; below {least} % labels do more "
                "harm than good, so none counts: these are the segments of K-Means.",
                n=n,
                share=round(100 * agreed),
                least=round(100 * BREAK_EVEN),
            )
        )
        return start, [*reasons, *asker.told()]
    reasons.append(
        say("Asked again about {n} texts, the model gave a like label to {share} %.", n=n, share=round(100 * agreed))
    )
    labels_of_group = {int(groups[row]): said for row, said in written.items()}
    targets = _targets(space, groups, labels_of_group, places)
    end = _cut(space.moved(features, _averaged(space.points, targets, HALF * agreed**0.5)), options)
    able = np.flatnonzero(space.sendable)
    own = (space.labels(start)[able], space.labels(end)[able])
    texts = [space.texts[row] for row in able]
    found = pairs.compare(asker, texts, space.points[able], own, seed=options.seed)
    reasons.append(found.told())
    return (end if found.better else start), [*reasons, *asker.told()]


def _places(
    features: Features, space: TextSpace, written: Mapping[int, str], more: Sequence[str]
) -> dict[str, NDArray[np.float64]]:
    """Return where labels lie: read by the encoder, or else in the middle of the texts that carry them."""
    distinct = sorted({*written.values(), *more})
    placed = space.place(features, distinct)
    if placed is not None:
        # Labels are of another style than texts; what they have in common with each other is not what they say.
        at = {said: number for number, said in enumerate(distinct)}
        used = placed[[at[said] for said in written.values()]].mean(axis=0)
        middle = space.points[list(written)].mean(axis=0)
        return dict(zip(distinct, placed - used + middle, strict=True))
    rows: dict[str, list[int]] = {}
    for row, said in written.items():
        rows.setdefault(said, []).append(row)
    return {said: space.points[own].mean(axis=0) for said, own in rows.items()}


def _agreement(
    first: Sequence[str], second: Sequence[str], places: Mapping[str, NDArray[np.float64]]
) -> tuple[float, int]:
    """Return the share of texts whose two labels are alike, and of how many.

    Labels are alike if they are the same, or lie nearer to each other than nine in ten labels of other texts do.
    """
    both = [(one, other) for one, other in zip(first, second, strict=True) if one in places and other in places]
    if not both:
        return 0.0, 0
    ones, others = (np.stack([places[pair[side]] for pair in both]) for side in (0, 1))
    apart = ((ones[:, None] - others[None]) ** 2).sum(axis=2)
    own = np.diag(apart)
    near = np.quantile(apart + np.where(np.eye(len(both)) > 0, np.inf, 0.0), 0.1, axis=1, method="lower")
    same = np.array([one == other for one, other in both])
    return float(np.mean(same | (own < near))), len(both)


def _targets(
    space: TextSpace, groups: Labels, said: Mapping[int, str], places: Mapping[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return for each text where its label lies; not a number where it has none."""
    table = np.full((int(groups.max()) + 1, space.points.shape[1]), np.nan)
    for group, label in said.items():
        if label in places:
            table[group] = places[label]
    return table[groups]


def _averaged(points: NDArray[np.float64], targets: NDArray[np.float64], part: float) -> NDArray[np.float64]:
    return np.where(np.isnan(targets), points, (1 - part) * points + part * np.nan_to_num(targets))


def _by_phrases(
    features: Features, space: TextSpace, options: LabelledOptions, start: Labels
) -> tuple[Labels, list[Message]]:
    """Let key phrases stand for labels: of each small group of like texts, the phrase that tells it from the rest."""
    said = phrases.telling_phrases(space, options.seed)
    found = [say("No model wrote labels: key phrases stand for them, {n:,} different ones.", n=len(set(said) - {""}))]
    written = {row: phrase for row, phrase in enumerate(said) if phrase}
    if not written:
        return start, [*found, say("No phrase tells texts apart, so the segments are those of K-Means.")]
    places = _places(features, space, written, ())
    targets = _targets(space, np.arange(len(said)), written, places)
    end = _cut(space.moved(features, _averaged(space.points, targets, A_FIFTH)), options)
    before, after = (space.silhouette(labels, options.seed) for labels in (start, end))
    if after < before:
        found.append(
            say(
                "The silhouette of the texts was {before} with K-Means and {after} with labels, so the segments are "
                "those of K-Means.",
                before=f"{before:.3f}",
                after=f"{after:.3f}",
            )
        )
        return start, found
    found.append(
        say(
            "The silhouette of the texts is {after}; it was {before} with K-Means.",
            before=f"{before:.3f}",
            after=f"{after:.3f}",
        )
    )
    return end, found
