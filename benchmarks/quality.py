"""Quality: do the planted segments come back, with nothing chosen by hand?"""

import numpy as np
import pandas as pd

from benchmarks.tables import Table
from segment_core.artifacts import Step
from segment_core.encoders import ENCODERS
from segment_core.intake import gather, read, sample
from segment_core.journey import run
from segment_core.plan import Plan
from segment_core.study import Study


def measure(n_customers: int = 5_000, seeds: tuple[int, ...] = (0, 1, 2)) -> Table:
    from sklearn.metrics import adjusted_rand_score

    rows = []
    for seed in seeds:
        frame, truth = sample(n_customers, seed)
        study = studied(frame)
        assert study.clustering is not None and study.scorecard is not None
        planted = truth.loc[study.customers.frame.index].to_numpy()
        plain = k_means(frame, truth.nunique())
        rows.append(
            (
                f"sample {seed}",
                f"{adjusted_rand_score(planted, study.clustering.labels):.2f}",
                f"{study.clustering.n_segments}",
                study.scorecard.verdict,
                ENCODERS[study.resolved.encoder.name].label.split(" (")[0],
                f"{adjusted_rand_score(truth.to_numpy(), plain):.2f}",
            )
        )
    return Table(
        f"Planted segments of {n_customers:,} customers (adjusted Rand index, 1 is all found)",
        ("", "Strata, nothing chosen", "segments found", "verdict", "texts by", "scikit-learn K-Means, told how many"),
        rows,
        "The peer is what a notebook would try first: K-Means on standardised numbers, gaps filled with the median, "
        "with the true number of segments given. The first sample is the bundled one.",
    )


def studied(frame: pd.DataFrame) -> Study:
    """Return the study of the default plan, but for the map, which decides nothing."""
    return run(gather(read(frame.to_csv(index=False).encode(), "customers.csv")), Plan(projection=Step("pca")))


def k_means(frame: pd.DataFrame, n_segments: int) -> np.ndarray:
    from sklearn.cluster import KMeans

    return KMeans(n_segments, n_init=10, random_state=0).fit_predict(standardised(frame))


def standardised(frame: pd.DataFrame) -> np.ndarray:
    """Return the columns that hold numbers, as scikit-learn would be given them."""
    from sklearn.preprocessing import StandardScaler

    numbers = frame.apply(pd.to_numeric, errors="coerce")
    numbers = numbers.loc[:, numbers.notna().mean() > 0.9]
    return StandardScaler().fit_transform(numbers.fillna(numbers.median()))
