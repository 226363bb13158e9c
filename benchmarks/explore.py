"""Explore: how soon the map of a million customers is painted, and what is drawn round on it is counted."""

from typing import Any

import numpy as np
import pandas as pd

from segment_core.artifacts import Clustering, Column, Customers, Features, Projection, Segment, Step
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.profiles import describe
from segment_core.study import Study

CITIES = ("Berlin", "Lisbon", "Lyon", "Madrid", "Milan", "Porto", "Prague", "Vienna")
CHANNELS = ("shop", "web", "app")
N_SEGMENTS = 8


def planted(n_customers: int, n_segments: int = N_SEGMENTS, seed: int = 0) -> Study:
    """Plant segments in customers, with a map that is made and not computed: its points lie round their segment's."""
    rng = np.random.default_rng(seed)
    truth = np.sort(rng.choice(n_segments, n_customers, p=_shares(n_segments)))
    centres = rng.normal(0, 4, (n_segments, 6))
    matrix = (centres[truth] + rng.normal(0, 1, (n_customers, 6))).astype(np.float32)
    customers, features = _customers(matrix, truth, rng), Features.of(matrix)
    angles = np.linspace(0, 2 * np.pi, n_segments, endpoint=False)
    middles = np.column_stack([np.cos(angles), np.sin(angles)]) * (6 + 3 * (np.arange(n_segments) % 3))[:, None]
    points = (middles[truth] + rng.normal(0, 1.3, (n_customers, 2))).astype(np.float32)
    clustering = _clustering(truth, rng, n_segments)
    texts = [""] * n_customers
    return Study(
        plan=Plan(),
        resolved=Plan(),
        customers=customers,
        source=f"{n_customers} customers.csv",
        features=features,
        clustering=clustering,
        projection=Projection(points, Step("umap"), 0.95),
        evidence=describe(customers, features, clustering, texts),
        run="planted",
    )


def _shares(n_segments: int) -> np.ndarray:
    weights = 1 / (2 + np.arange(n_segments))
    return weights / weights.sum()


def _customers(matrix: np.ndarray, truth: np.ndarray, rng: np.random.Generator) -> Customers:
    n = len(matrix)
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 2_000, n) + 50 * truth, unit="D")
    frame = pd.DataFrame(
        {
            "spend": np.exp(3 + matrix[:, 0] / 6).astype(np.float64).round(2),
            "orders": np.clip(matrix[:, 1].round() + 12, 0, None).astype(np.float64),
            "age": np.clip(45 + 3 * matrix[:, 2], 18, 95).astype(np.float64).round(),
            "city": pd.Series(np.array(CITIES)[(truth + rng.integers(0, 4, n)) % len(CITIES)], dtype="str"),
            "channel": pd.Series(np.array(CHANNELS)[np.digitize(matrix[:, 3], (-2.0, 2.0))], dtype="str"),
            "uses_app": (matrix[:, 5] > 0).astype(np.float64),
            "signup": days.astype("datetime64[us]"),
        },
    )
    frame.index = pd.Index([f"C{number:07d}" for number in range(n)], dtype="str", name="customer_id")
    roles: dict[str, Any] = dict(
        zip(frame.columns, ("money", "count", "number", "place", "category", "yes/no", "date"), strict=True)
    )
    columns = tuple(Column(name, role, "behavioural", say("Planted.")) for name, role in roles.items())
    return Customers(frame, columns, "customer_id", n)


def _clustering(truth: np.ndarray, rng: np.random.Generator, n_segments: int) -> Clustering:
    strengths = rng.beta(4, 2, len(truth)).astype(np.float32)
    bands = np.where(strengths < 0.2, "outlier", np.where(strengths < 0.5, "fringe", "core"))
    sizes = np.bincount(truth, minlength=n_segments)
    segments = tuple(Segment(f"S{number + 1}", int(size)) for number, size in enumerate(sizes))
    return Clustering(truth.astype(np.int64), strengths, bands, segments, Step("kmeans"))
