"""Clustering: customers become segments. Each line of the menu offers `cluster(features, options, progress)`.

A line may ask for more, as keywords: "ids" of the customers (n,), "values" (money columns by name, each (n,) and NaN
where unknown), "speech" (what they wrote, None where they wrote nothing) and "secrets" (keys to a server).
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from segment_core.choices import Choice
from segment_core.clustering import (
    automatic,
    consensus,
    constrained,
    dbscan,
    dec,
    gower,
    granularity,
    hdbscan,
    hierarchical,
    idec,
    kllmmeans,
    kmeans,
    kmedoids,
    kprototypes,
    labelled,
    ladder,
    minibatch,
    mixture,
    spectral,
    themes,
    two_stage,
)
from segment_core.clustering.speech import Speech

ALGORITHMS: dict[str, Choice] = {
    "auto": Choice(
        "Automatic",
        automatic.cluster,
        automatic.AutomaticOptions,
        when="Tries several algorithms and numbers of segments and proposes one, with its reasons.",
        asks=("values",),
    ),
    "kmeans": Choice(
        "K-Means",
        kmeans.cluster,
        kmeans.KMeansOptions,
        when="Round segments of similar spread; quick, and the baseline to beat.",
    ),
    "minibatch": Choice(
        "Mini-batch K-Means",
        minibatch.cluster,
        minibatch.MiniBatchOptions,
        when="As K-Means, for hundreds of thousands of customers; quicker, and a little less exact.",
    ),
    "kmedoids": Choice(
        "k-medoids",
        kmedoids.cluster,
        kmedoids.KMedoidsOptions,
        when="Round segments among far customers: each gathers round a typical customer instead of a mean.",
    ),
    "mixture": Choice(
        "Gaussian mixture",
        mixture.cluster,
        mixture.MixtureOptions,
        when="Segments that overlap, or are long and wide in unlike ways; says how much a customer belongs to each.",
    ),
    "dbscan": Choice(
        "DBSCAN",
        dbscan.cluster,
        dbscan.DbscanOptions,
        when="Groups of any shape that are all about as dense; you set, or it proposes, how near is near.",
    ),
    "hdbscan": Choice(
        "HDBSCAN",
        hdbscan.cluster,
        hdbscan.HdbscanOptions,
        when="Dense groups of any shape among scattered customers; finds their number by itself.",
        needs=("hdbscan",),
    ),
    "spectral": Choice(
        "Spectral",
        spectral.cluster,
        spectral.SpectralOptions,
        when="Bent or ring-like groups that hang together through neighbours; you say how many.",
    ),
    "constrained": Choice(
        "Constrained K-Means",
        constrained.cluster,
        constrained.ConstrainedOptions,
        when="You know of some customers who belong together or apart: segments are cut round that.",
        asks=("ids",),
    ),
    "hierarchical": Choice(
        "Hierarchical",
        hierarchical.cluster,
        hierarchical.HierarchicalOptions,
        when="A tree of segments, merged step by step; cut it at one height, or each branch at its own.",
    ),
    "ladder": Choice(
        "Ladder",
        ladder.cluster,
        ladder.LadderOptions,
        when="As clear as K-Means, and segments lie inside larger ones: keep one branch whole and open another.",
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
    "consensus": Choice(
        "Consensus of many cuts",
        consensus.cluster,
        consensus.ConsensusOptions,
        when="Cuts many times and keeps together who fall together: steadier than any one cut.",
    ),
    "themes": Choice(
        "Themes of texts (consensus)",
        themes.cluster,
        themes.ThemesOptions,
        when="Segments by what customers wrote and nothing else; tells many fine themes apart best, and takes longer.",
        needs=("umap",),
        asks=("speech",),
    ),
    "dec": Choice(
        "Deep embedded clustering (DEC)",
        dec.cluster,
        dec.DecOptions,
        when="A network learns to fold customers into a few numbers, and sharpens its own segments as it learns.",
        needs=("torch",),
    ),
    "idec": Choice(
        "Improved deep embedded clustering (IDEC)",
        idec.cluster,
        idec.IdecOptions,
        when="As DEC, but the network must go on restoring customers: for segments of bent shapes in many columns.",
        needs=("torch",),
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

STAND_INS: dict[str, str] = dict.fromkeys(
    ("consensus", "dec", "granularity", "idec", "kllmmeans", "labelled", "themes"), "kmeans"
)
"""Algorithms too dear to be run on other draws of customers, each with the one that then cuts as many segments."""

__all__ = ["ALGORITHMS", "QUESTIONS", "STAND_INS", "Questions", "Speech"]
