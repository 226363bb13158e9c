"""Metrics: are the segments good, would they come back? The verb is `score(features, clustering, again, options)`.

A line may ask for more, as keywords: "customers", "values" and "speech", as for algorithms.
"""

from segment_core.choices import Choice
from segment_core.metrics import (
    balance,
    calinski_harabasz,
    davies_bouldin,
    dbcv,
    silhouette,
    stability,
    term_coherence,
    value_difference,
)
from segment_core.metrics.external import Agreement, agreement
from segment_core.metrics.given import differs
from segment_core.metrics.silhouette import Knives, knives
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
    "dbcv": Choice(
        "DBCV",
        dbcv.score,
        dbcv.DbcvOptions,
        when="Are segments of any shape dense inside, and thin between?",
    ),
    "balance": Choice(
        "Balance",
        balance.score,
        balance.BalanceOptions,
        when="Are the segments of a size one can work with?",
    ),
    "value_difference": Choice(
        "Difference in value",
        value_difference.score,
        value_difference.ValueDifferenceOptions,
        when="Do segments differ in money, beyond what chance alone gives?",
        asks=("values",),
    ),
    "term_coherence": Choice(
        "Coherence of words",
        term_coherence.score,
        term_coherence.TermCoherenceOptions,
        when="Do the words that mark a segment belong together?",
        asks=("customers",),
    ),
    "stability": Choice(
        "Stability",
        stability.score,
        stability.StabilityOptions,
        when="Would these segments come back with other customers?",
    ),
}

__all__ = ["METRICS", "Again", "Agreement", "Knives", "agreement", "differs", "judge", "knives"]
