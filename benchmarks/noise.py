"""Noise: files in which no column has to do with any other; does it say so?"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from benchmarks.measuring import median
from benchmarks.quality import standardised, studied
from benchmarks.tables import Table

Random = np.random.Generator
SYLLABLES = ["ka", "re", "mo", "ti", "su", "len", "dor", "vish", "pan", "quo"]
NOISE: Mapping[str, Callable[[Random, int], pd.DataFrame]] = {
    "normal numbers": lambda random, n: pd.DataFrame(random.normal(50, 9, (n, 6)).round(2), columns=list("abcdef")),
    "uniform numbers": lambda random, n: pd.DataFrame(random.uniform(0, 99, (n, 5)).round(2), columns=list("abcde")),
    "heavy-tailed numbers": lambda random, n: pd.DataFrame(
        random.lognormal(3, 1, (n, 4)).round(2), columns=["spend", "income", "basket", "refunds"]
    ),
    "numbers and categories": lambda random, n: pd.DataFrame(
        {
            "age": random.integers(18, 80, n),
            "income": random.normal(5e4, 1e4, n).round(),
            "tariff": random.choice(["basic", "plus", "pro"], n),
            "channel": random.choice(["store", "web", "app", "phone"], n),
        }
    ),
    "numbers and random words": lambda random, n: pd.DataFrame(
        {"age": random.integers(18, 80, n), "visits": random.poisson(6, n), "comment": words(random, n)}
    ),
}


def measure(n_customers: int = 400, seeds: Sequence[int] = range(5), kinds: Sequence[str] = tuple(NOISE)) -> Table:
    rows = []
    for kind in kinds:
        verdicts, proposed = [], []
        for seed in seeds:
            frame = NOISE[kind](np.random.default_rng(seed), n_customers)
            proposed.append(best_by_silhouette(frame))
            frame.insert(0, "customer_id", [f"C{number:05}" for number in range(n_customers)])
            card = studied(frame).scorecard
            assert card is not None
            verdicts.append(card.verdict)
        n_right = verdicts.count("nothing-there")
        rows.append((kind, f"{n_right} of {len(seeds)}", f"0 of {len(seeds)}", f"{median(proposed):.0f}"))
    return Table(
        f"Files of noise, {n_customers} customers each",
        ("", "Strata: nothing there", "silhouette: nothing there", "segments it proposes"),
        rows,
        "The peer is K-Means on standardised numbers with the number of segments, 2 to 10, of the best silhouette "
        "(scikit-learn). It cannot say that there are none; the last column is the median of what it proposes.",
    )


def best_by_silhouette(frame: pd.DataFrame) -> int:
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    matrix = standardised(frame)
    scores = {
        k: silhouette_score(matrix, KMeans(k, n_init=3, random_state=0).fit_predict(matrix)) for k in range(2, 11)
    }
    return max(scores, key=lambda k: scores[k])


def words(random: Random, n: int) -> list[str]:
    """Return comments of twelve words that no language has."""
    made = ["".join(random.choice(SYLLABLES, 2)) for _ in range(400)]
    return [" ".join(random.choice(made, 12)) for _ in range(n)]
