"""Metrics: are the segments good, would they come back? The verb is `score(features, clustering, again, options)`.

A line may ask for more, as keywords: "customers", "values" and "speech", as for algorithms.
"""

from segment_core.choices import Choice
from segment_core.metrics import calinski_harabasz, davies_bouldin, silhouette, stability
from segment_core.metrics.space import Again
from segment_core.metrics.verdict import judge

METRICS: dict[str, Choice] = {
    "silhouette": Choice(
        "Silhouette",
        silhouette.score,
        silhouette.SilhouetteOptions,
        when="Are customers nearer to their own segment than to the next?",
    ),
    "calinski_harabasz": Choice(
        "Calinski–Harabasz",
        calinski_harabasz.score,
        calinski_harabasz.CalinskiHarabaszOptions,
        when="How far apart are the centres, against the spread around them?",
    ),
    "davies_bouldin": Choice(
        "Davies–Bouldin",
        davies_bouldin.score,
        davies_bouldin.DaviesBouldinOptions,
        when="How much does each segment overlap the one most like it?",
    ),
    "stability": Choice(
        "Stability",
        stability.score,
        stability.StabilityOptions,
        when="Would these segments come back with other customers?",
    ),
}

__all__ = ["METRICS", "Again", "judge"]
