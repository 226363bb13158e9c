"""Verdict: is anything there at all? The segments are set against data whose structure was taken away."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Check, Clustering, Features, Labels, Score, Scorecard, Verdict
from segment_core.messages import say
from segment_core.metrics.borders import Border, borders
from segment_core.metrics.space import Again, can_score, drawn
from segment_core.nullmodels import first_hand, normal_cloud, shuffled
from segment_core.separation import shares_of_separation

MOST_CUT = 2_000
N_DRAWS = 8
LEAST_EXCESS = 0.7
"""Silhouette by which segments must beat data without structure, times the root of the number of customers.

It comes to 0.035 for 400 customers, of whom pure noise was seen to reach 0.025 by luck, and to 0.016 for 2,000.
"""
Without = Callable[[Features, np.random.Generator], Features]
"""Takes the structure out of features and leaves the rest as it was."""
TRUSTED = 0.75
COPIED = 0.5
"""Share of the different rows that chance gives, below which customers are taken for copies of one another."""
DISSOLVING = 0.5
ONE_COLUMN, LEADING_COLUMN, FEW_COLUMNS = 0.8, 0.4, 6
"""Parts of the separation above which one column makes the segments, or leads where there are more than a few."""


def judge(
    features: Features, clustering: Clustering, scores: Sequence[Score], again: Again, seed: int = 0
) -> Scorecard:
    """Put six questions to the segments and give the verdict that follows.

    - *nothing-there*: cutting the same customers with every column shuffled on its own separates as well.
    - *artefact*: the columns hang together, but the cutting made the segments: a normal cloud of the same covariance
      separates as well, no border has a gap, one column alone makes them, or they do not come back in other draws.
    - *soft*: groups are there, but not all of it can be relied on: some border is arbitrary, one of many columns
      leads, or a segment does not come back reliably.
    - *solid*: more apart than both kinds of structureless data, with gaps between them, and every one comes back.

    Blocks that only say again what others say, such as topics beside the texts they are of, are no evidence and are
    left out.
    """
    features = first_hand(features)
    originals, n_customers = _originals(features, seed), features.n_customers
    if originals is not None:
        features, clustering = drawn(features, originals), replace(clustering, labels=clustering.labels[originals])
    together = _beats(features, clustering, again, shuffled, seed)
    apart = _beats(features, clustering, again, normal_cloud, seed)
    between = borders(features, clustering, seed)
    stability, weakest = _returning(scores)
    column, share = next(iter(shares_of_separation(features, clustering.labels).items()))
    alone = len(set(features.sources)) > 2 and share > ONE_COLUMN
    leading = alone or (features.n_columns > FEW_COLUMNS and share > LEADING_COLUMN)
    checks = (
        _structure_check(together, alone=len(set(features.sources)) == 1),
        _stability_check(stability),
        _weakest_check(*weakest),
        _continuum_check(apart),
        _border_check(between, clustering),
        _column_check(column, share, passed=not leading),
        *_copies_check(originals, n_customers),
    )
    arbitrary = [border.arbitrary for border in between]
    made = alone or not apart[0] or stability < DISSOLVING or (bool(arbitrary) and all(arbitrary))
    doubtful = leading or any(arbitrary) or stability < TRUSTED or weakest[1] < TRUSTED
    return Scorecard(tuple(scores), checks, _verdict(together[0], made=made, doubtful=doubtful))


def _originals(features: Features, seed: int) -> NDArray[np.int64] | None:
    """Return one customer of each kind of row where most are copies of others, else None.

    Columns shuffled on their own keep as many different rows as chance gives, however few values they have; copies
    have far fewer. Copies are no evidence: whoever is cut with them is as stable as they are many.
    """
    n_customers, random = features.n_customers, np.random.default_rng(seed)
    some = drawn(features, np.sort(random.choice(n_customers, min(n_customers, MOST_CUT), replace=False)))
    by_chance = len(np.unique(shuffled(some, random).matrix, axis=0))
    if len(np.unique(some.matrix, axis=0)) >= COPIED * by_chance:
        return None
    return np.sort(np.unique(features.matrix, axis=0, return_index=True)[1])


def _copies_check(originals: NDArray[np.int64] | None, n_customers: int) -> tuple[Check, ...]:
    if originals is None:
        return ()
    finding = say("Of {m:,} customers only {n:,} differ from each other.", m=n_customers, n=len(originals))
    advice = say("Copies make any cut come back: they were left out of this judgement. Remove them on the Data page.")
    return (Check("copies", False, finding, advice),)


def _returning(scores: Sequence[Score]) -> tuple[float, tuple[str, float]]:
    """Return the overall stability, and the segment that comes back least with its own."""
    found = {score.segment: score.value for score in scores if score.name == "stability"}
    overall = found.pop("", 0.0)
    return overall, min(found.items(), key=lambda pair: pair[1], default=("", overall))


def _verdict(structured: bool, *, made: bool, doubtful: bool) -> Verdict:
    if not structured:
        return "nothing-there"
    if made:
        return "artefact"
    return "soft" if doubtful else "solid"


def _beats(
    features: Features, clustering: Clustering, again: Again, without: Without, seed: int
) -> tuple[bool, float, float]:
    random = np.random.default_rng(seed)
    n_customers = features.n_customers
    rows = np.sort(random.choice(n_customers, min(n_customers, MOST_CUT), replace=False))
    tried = drawn(features, rows)
    found = _separation(tried, clustering.labels[rows])
    structureless = [without(tried, random) for _ in range(N_DRAWS)]
    empty = np.array([_separation(other, again(other, seed + draw)) for draw, other in enumerate(structureless)])
    margin = max(LEAST_EXCESS / len(rows) ** 0.5, 3.0 * float(empty.std(ddof=1)))
    return bool(found > empty.mean() + margin), found, float(empty.mean())


def _separation(features: Features, labels: Labels) -> float:
    from sklearn.metrics import silhouette_score

    return float(silhouette_score(features.matrix.astype(np.float64), labels)) if can_score(labels) else 0.0


def _structure_check(found: tuple[bool, float, float], *, alone: bool) -> Check:
    passed, value, empty = found
    if alone:  # one column has nothing to be shuffled against
        finding = say(
            "Separation (silhouette) is {value}; of one column with a single peak it is {empty}.",
            value=f"{value:.2f}",
            empty=f"{empty:.2f}",
        )
    else:
        finding = say(
            "Separation (silhouette) is {value}; with every column shuffled on its own it is {empty}.",
            value=f"{value:.2f}",
            empty=f"{empty:.2f}",
        )
    if passed:
        return Check("structure", True, finding, say("The columns hang together: there is something to find."))
    return Check(
        "structure",
        False,
        finding,
        say(
            "This cut finds no structure. Ask for fewer segments or choose Automatic; where that finds none either, "
            "any cut is arbitrary: add columns that tell customers apart."
        ),
    )


def _stability_check(stability: float) -> Check:
    finding = say("Of each segment, {share} % comes back when other customers are drawn.", share=round(100 * stability))
    if stability >= TRUSTED:
        return Check("stability", True, finding, say("These segments can be expected again next month."))
    return Check(
        "stability",
        False,
        finding,
        say("Try fewer segments, or leave out columns that do not matter; do not build on the borders."),
    )


def _weakest_check(name: str, value: float) -> Check:
    finding = say("The segment that comes back least is {name}, with {share} %.", name=name, share=round(100 * value))
    if value >= TRUSTED:
        return Check("weakest", True, finding, say("Every segment comes back when other customers are drawn."))
    if value >= DISSOLVING:
        return Check("weakest", False, finding, say("This segment comes back only in part: act on its core."))
    return Check(
        "weakest",
        False,
        finding,
        say("This segment dissolves when other customers are drawn: ask for fewer segments, or do not act on it."),
    )


def _continuum_check(found: tuple[bool, float, float]) -> Check:
    passed, value, empty = found
    finding = say(
        "Separation (silhouette) is {value}; in one cloud of the same shape without any groups it is {empty}.",
        value=f"{value:.2f}",
        empty=f"{empty:.2f}",
    )
    if passed:
        return Check("continuum", True, finding, say("The segments are groups, not slices of one cloud."))
    return Check(
        "continuum",
        False,
        finding,
        say("Customers vary without gaps: the segments are slices of a continuum, and their borders are a choice."),
    )


def _border_check(found: Sequence[Border], clustering: Clustering) -> Check:
    def names(borders: Sequence[Border]) -> str:
        ids = [segment.id for segment in clustering.segments]
        return ", ".join(f"{ids[border.one]} – {ids[border.other]}" for border in borders)

    if not found:
        finding = say("The segments are too few or too small to look for gaps between them.")
        return Check("border", True, finding, say("Cut fewer, larger segments to learn more."))
    arbitrary = [border for border in found if border.arbitrary]
    share = round(100 * min(found[0].thickness, 9.99))
    if not arbitrary:
        finding = say(
            "The narrowest gap is between {pairs}: on the border customers lie {share} % as thickly as in the middles.",
            pairs=names(found[:1]),
            share=share,
        )
        return Check("border", True, finding, say("There is a gap between every segment and its nearest."))
    finding = say(
        "There is no gap between {pairs}: on the border customers lie {share} % as thickly as in the middles, "
        "as where one crowd is cut in two.",
        pairs=names(arbitrary),
        share=share,
    )
    advice = say("The border between these could as well run elsewhere: merge them, or do not treat them differently.")
    return Check("border", False, finding, advice)


def _column_check(column: str, share: float, *, passed: bool) -> Check:
    finding = say("Of the separation, {share} % comes from {column}.", column=column, share=round(100 * share))
    if passed:
        return Check("one-column", True, finding, say("Several columns make the segments together."))
    return Check(
        "one-column",
        False,
        finding,
        say("The segments mostly restate this column. Set its role to ignore to see what else there is."),
    )
