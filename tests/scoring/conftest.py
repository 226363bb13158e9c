"""Planted customers with columns of every kind, and studies of them by algorithms that cut in unlike ways."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Clustering, Customers, Features, Scorer
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS
from segment_core.features import blend, structured
from segment_core.scoring import fit
from tests.planted import typed

ROLES = {
    "age": "number",
    "spend": "money",
    "orders": "count",
    "rating": "number",
    "plan": "category",
    "shop": "category",
    "app": "yes/no",
    "city": "place",
    "joined": "date",
}
N = 400
CUTS = {
    "kmeans": {"n_segments": 4},
    "hierarchical": {"n_segments": 4},
    "mixture": {"n_segments": 3},
    "spectral": {"n_segments": 4},
    "gower": {"n_segments": 4},
}
Made = tuple[Customers, Features, Clustering, Scorer]


def planted(n: int = N, seed: int = 0) -> Customers:
    """Make customers of three kinds, with gaps, a heavy tail, rare levels and whole numbers."""
    random = np.random.default_rng(seed)
    kind = random.integers(0, 3, n)
    made = typed(
        ROLES,
        age=np.round(random.normal(np.array([30, 45, 60])[kind], 6)),
        spend=np.round(random.lognormal(np.array([3, 5, 6])[kind], 0.8), 2),
        orders=random.poisson(np.array([2, 9, 4])[kind]).astype(float),
        rating=np.round(random.normal(np.array([3, 4, 2])[kind], 0.6), 1),
        plan=np.array(["basic", "plus", "pro"], dtype=object)[np.where(random.random(n) < 0.8, kind, 0)],
        shop=np.array([f"shop {int(place)}" for place in np.minimum(random.geometric(0.1, n), 30)], dtype=object),
        app=(random.random(n) < np.array([0.1, 0.9, 0.5])[kind]).astype(float),
        city=random.choice(["Rome", "Lyon", "Ghent"], n).astype(object),
        joined=pd.Timestamp("2020-01-01") + pd.to_timedelta(random.integers(0, 2000, n), unit="D"),
    )
    for name in made.frame.columns:
        made.frame.loc[random.random(n) < 0.04, name] = None
    return made


def cut(customers: Customers, name: str) -> Made:
    """Cut customers by an algorithm, and fit a scorer to it."""
    features = blend(structured(customers))
    choice = ALGORITHMS[name]
    clustering = choice.run(features, options_from_json(choice.options, CUTS[name]))
    return customers, features, clustering, fit(customers, features, clustering)


@pytest.fixture(scope="session")
def customers() -> Customers:
    return planted()


@pytest.fixture(scope="session", params=CUTS)
def made(request: pytest.FixtureRequest, customers: Customers) -> Made:
    """Return customers as each algorithm cut them."""
    return cut(customers, request.param)


@pytest.fixture(scope="session")
def by_kmeans(customers: Customers) -> Made:
    return cut(customers, "kmeans")
