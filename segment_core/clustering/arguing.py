"""Arguing: why the automatic choice proposes what it proposes, and what speaks against it."""

from collections.abc import Sequence
from math import exp

from segment_core.artifacts import Trial
from segment_core.clustering import weighing
from segment_core.clustering.candidates import BASELINE
from segment_core.messages import Message, say

NAMES = {
    "kmeans": "K-Means",
    "hdbscan": "HDBSCAN",
    "hierarchical": "Hierarchical",
    "mixture": "Gaussian mixture",
    "kprototypes": "k-prototypes",
    "gower": "k-medoids (Gower)",
}
"""What algorithms are called in a sentence; these are names and are not translated."""


def name_of(algorithm: str) -> str:
    """Return what an algorithm is called in a sentence."""
    return NAMES.get(algorithm, algorithm)


def reasons(
    trials: Sequence[Trial], chosen: int, baseline: int, refused: Sequence[tuple[Trial, str]]
) -> tuple[Message, ...]:
    """Argue for the candidate `chosen`: what it shows, what it was preferred to, and what speaks against it."""
    found = [_shows(trials[chosen])]
    if "value" in trials[chosen].scores:
        found.append(
            say(
                "Of what customers spend, or otherwise have in money, {share} % can be told from their segment.",
                share=round(100 * trials[chosen].scores["value"]),
            )
        )
    found += _preferred(trials, chosen, baseline)
    found += _against(trials[chosen])
    found += [_refused(trial, why) for trial, why in refused]
    for code, template in (("small", _small), ("column", _column)):
        numbers = ", ".join(
            str(trial.n_segments)
            for trial in trials
            if trial.made_by.name == BASELINE and code in weighing.objections(trial.scores)
        )
        if numbers:
            found.append(template(numbers))
    return tuple(found)


def _shows(trial: Trial) -> Message:
    if trial.scores["separation"] <= 0:  # long or bent segments: a silhouette does not see them
        return say(
            "{k} segments: between them lie {times} times fewer neighbours than chance would have, and {agreement} % "
            "agreement between random halves of the customers.",
            k=trial.n_segments,
            times=_times(trial),
            agreement=round(100 * trial.scores["stability"]),
        )
    return say(
        "{k} segments: {excess} more silhouette than structureless data of the same shape, and {agreement} % "
        "agreement between random halves of the customers.",
        k=trial.n_segments,
        excess=f"{trial.scores['separation']:.2f}",
        agreement=round(100 * trial.scores["stability"]),
    )


def _preferred(trials: Sequence[Trial], chosen: int, baseline: int) -> list[Message]:
    found = []
    own = trials[chosen]
    rest = [trial for place, trial in enumerate(trials) if place != chosen and "mark" in trial.scores]
    numbers = [trial for trial in rest if trial.made_by.name == BASELINE]
    others = [trial for trial in rest if trial.made_by.name not in (BASELINE, own.made_by.name)]
    if chosen != baseline:
        rival = trials[baseline]
        found.append(
            say(
                "{name} rather than K-Means: all in all {percent} % better than its best cut, into {k} segments. "
                "Between its segments lie {own} times fewer neighbours than chance would have, with K-Means {other}.",
                name=name_of(own.made_by.name),
                percent=round(100 * (own.scores["mark"] / rival.scores["mark"] - 1)),
                k=rival.n_segments,
                own=_times(own),
                other=_times(rival),
            )
        )
        return found
    if numbers:
        second = max(numbers, key=lambda trial: trial.scores["mark"])
        found.append(
            say(
                "Also looked at: {k} segments, with {excess} more silhouette and {agreement} % agreement.",
                k=second.n_segments,
                excess=f"{second.scores['separation']:.2f}",
                agreement=round(100 * second.scores["stability"]),
            )
        )
    tried = dict.fromkeys(name_of(trial.made_by.name) for trial in trials)
    names = [name for name in tried if name != name_of(BASELINE)]
    if names:
        ahead = max((trial.scores["mark"] for trial in others), default=0.0) > own.scores["mark"]
        template = _tie if ahead else _no_better
        found.append(template(", ".join(names)))
    return found


def _times(trial: Trial) -> str:
    """Write how many times fewer neighbours lie across a border than in structureless data."""
    times = exp(trial.scores["borders"] / max(1.0 - trial.scores["outside"], 1e-9))
    return f"{times:.1f}" if times < weighing.EMPTIEST - 0.5 else f"{weighing.EMPTIEST:.0f}+"


def _against(trial: Trial) -> list[Message]:
    found = []
    codes = weighing.objections(trial.scores)
    if "small" in codes:
        found.append(say("Against it speaks that its smallest segment has less than one customer in a hundred."))
    if "column" in codes:
        found.append(say("Against it speaks that it does little more than restate one column."))
    if trial.scores["outside"] > 0:
        found.append(
            say(
                "Outside every dense group, and put to the nearest one, are {share} % of the customers.",
                share=round(100 * trial.scores["outside"]),
            )
        )
    if trial.scores["stability"] < _SHAKY:
        found.append(say("Against it speaks that random halves of the customers are cut rather differently."))
    return found


def _refused(trial: Trial, why: str) -> Message:
    name = name_of(trial.made_by.name)
    if why == "shuffled":
        return say(
            "{name} was not taken: it cuts customers whose columns are shuffled into segments just as good.", name=name
        )
    return say(
        "{name} was not taken: on all customers it found other segments than on those it was tried on.", name=name
    )


def _small(numbers: str) -> Message:
    return say("Marked down for a segment of less than one customer in a hundred: {numbers}.", numbers=numbers)


def _column(numbers: str) -> Message:
    return say("Marked down for little more than restating one column: {numbers}.", numbers=numbers)


def _tie(names: str) -> Message:
    return say("K-Means was kept, because no other algorithm is better by a tenth on the whole: {names}.", names=names)


def _no_better(names: str) -> Message:
    return say("No other algorithm that was tried does better on the whole: {names}.", names=names)


_SHAKY = 0.6
