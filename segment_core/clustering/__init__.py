"""Clustering: customers become segments. Each line of the menu offers `cluster(features, options, progress)`."""

from segment_core.choices import Choice
from segment_core.clustering import automatic, gower, hdbscan, kmeans, kprototypes, two_stage, ward

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
}

__all__ = ["ALGORITHMS"]
