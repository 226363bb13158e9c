"""Clustering: customers become segments. Each line of the menu offers `cluster(features, options, progress)`.

A line may ask for more, as keywords: "ids" of the customers (n,), "values" (money columns by name, each (n,) and NaN
where unknown), "speech" (what they wrote, None where they wrote nothing) and "secrets" (keys to a server).
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from segment_core.choices import Choice
from segment_core.clustering import (
    automatic,
    gower,
    granularity,
    hdbscan,
    kllmmeans,
    kmeans,
    kprototypes,
    labelled,
    two_stage,
    ward,
)
from segment_core.clustering.speech import Speech

ALGORITHMS: dict[str, Choice] = {
    "auto": Choice(
        "Automatic",
        automatic.cluster,
        automatic.AutomaticOptions,
        when="Tries several numbers of segments and proposes one, with its reasons.",
    ),
    "kmeans": Choice(
        "K-Means",
        kmeans.cluster,
        kmeans.KMeansOptions,
        when="Round segments of similar spread; quick, and the baseline to beat.",
    ),
    "hdbscan": Choice(
        "HDBSCAN",
        hdbscan.cluster,
        hdbscan.HdbscanOptions,
        when="Dense groups of any shape among scattered customers; finds their number by itself.",
        needs=("hdbscan",),
    ),
    "ward": Choice(
        "Hierarchical (Ward)",
        ward.cluster,
        ward.WardOptions,
        when="Segments that are merged step by step, so that smaller ones nest in larger ones.",
    ),
    "kprototypes": Choice(
        "k-prototypes",
        kprototypes.cluster,
        kprototypes.KPrototypesOptions,
        when="Many categories beside numbers: each segment has means, and most frequent levels.",
    ),
    "gower": Choice(
        "k-medoids (Gower)",
        gower.cluster,
        gower.GowerOptions,
        when="Mixed columns with gaps or far values: each segment gathers round a typical customer.",
    ),
    "two_stage": Choice(
        "Two stages",
        two_stage.cluster,
        two_stage.TwoStageOptions,
        when="Tables cut first; texts then split a segment only where that beats chance. Shown as a tree.",
    ),
    "kllmmeans": Choice(
        "k-LLMmeans (centres from summaries)",
        kllmmeans.cluster,
        kllmmeans.KLLMMeansOptions,
        when="Texts above all: each centre follows a summary of its segment, by a language model at so many calls "
        "however many customers there are, or extracted without one.",
        asks=("speech", "secrets"),
    ),
    "granularity": Choice(
        "Number of segments by questions",
        granularity.cluster,
        granularity.GranularityOptions,
        when="When you do not know how many: a language model says of pairs of texts whether they belong together, "
        "and the tree is cut where that fits best. Without one the silhouette decides.",
        asks=("speech", "secrets"),
    ),
    "labelled": Choice(
        "Labels averaged with texts",
        labelled.cluster,
        labelled.LabelledOptions,
        when="Texts above all, and a language model that names what each is about: like matters then lie together "
        "whatever the wording. Key phrases stand for labels without one.",
        asks=("speech", "secrets"),
    ),
}


class Questions(NamedTuple):
    """What a line of the menu would ask a language model, if its options name one.

    `calls(n_texts, options)` is the most it would ask for so many different texts; `preview(features, texts, options)`
    is the first call exactly as it would be sent with these features, "" where nothing is.
    """

    calls: Callable[[int, Any], int]
    preview: Callable[[Any, Any, Any], str]


QUESTIONS: Mapping[str, Questions] = {
    "granularity": Questions(granularity.calls, granularity.preview),
    "kllmmeans": Questions(kllmmeans.calls, kllmmeans.preview),
    "labelled": Questions(labelled.calls, labelled.preview),
}
"""The lines that can ask a language model."""

STAND_INS: dict[str, str] = {"granularity": "kmeans", "kllmmeans": "kmeans", "labelled": "kmeans"}
"""Algorithms too dear to be run on other draws of customers, each with the one that then cuts as many segments."""

__all__ = ["ALGORITHMS", "QUESTIONS", "STAND_INS", "Questions", "Speech"]
