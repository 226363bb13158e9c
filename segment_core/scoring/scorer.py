"""Scorer: fitted to a study's segments, kept as means, not as rows, applied to known and to new customers."""

import pandas as pd

from segment_core.artifacts import Clustering, Customers, Features, Floats, Scored, Scorer
from segment_core.clustering import assigning
from segment_core.clustering.membership import FAR
from segment_core.features import transforming


def fit(customers: Customers, features: Features, clustering: Clustering, *, far: float = FAR, seed: int = 0) -> Scorer:
    """Fit what puts customers where the clustering put them, as nearly as centres can; see `Assigner.agreement`.

    It holds how columns become features, typical values and means of five customers or more, and so nobody's row; of a
    segment of fewer, the mean is that of all its customers, which of a single one is their features.
    """
    made = transforming.fit(customers, features, clustering.labels, clustering.n_segments)
    assigner = assigning.fit(features, clustering, far=far, seed=seed, unread=transforming.unread(made))
    return Scorer(tuple(segment.id for segment in clustering.segments), made, assigner)


def score(scorer: Scorer, frame: pd.DataFrame, held: Floats | None = None) -> Scored:
    """Put the rows of a table into segments; cells are typed as those of `Customers`.

    `held` (n, width) are features from which blocks are taken that columns alone do not make (texts, topics, traits, a
    graph, vectors); a customer without stands at their centre, as somebody does who wrote nothing.
    """
    return assigning.assign(scorer.assigner, transforming.transform(scorer.transform, frame, held))
