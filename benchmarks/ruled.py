"""Ruled data: customers whose segments are known to be rules, with noise and missing values."""

import numpy as np
import pandas as pd

from segment_core.artifacts import Clustering, Column, Customers, Labels, Role, Segment, Step
from segment_core.labelling.rules import Mask
from segment_core.messages import say

ROLES: dict[str, Role] = {
    "spend": "money",
    "orders": "count",
    "age": "number",
    "joined": "date",
    "app": "yes/no",
    "channel": "category",
    "city": "place",
    "review": "text",
    "noise 1": "number",
    "noise 2": "category",
    "noise 3": "count",
    "consent": "consent",
    "code": "ignore",
}
CITIES = ("Rome", "Oslo", "Bern", "Kyiv", "Lima", "Cairo", "Paris", "L'Aquila")


def ruled(
    n: int = 2000, seed: int = 0, *, noise: float = 0.05, missing: float = 0.02
) -> tuple[Customers, dict[str, Mask]]:
    """Make customers and groups of them (n,), each a rule of two to four conditions on columns of many kinds.

    Of `noise` of the customers it is dealt out anew who is in a group; of each column `missing` cells are blanked.
    """
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "spend": random.lognormal(5, 1, n).round(2),
            "orders": random.poisson(4, n).astype(float),
            "age": random.integers(18, 85, n).astype(float),
            "joined": pd.to_datetime("2019-01-01") + pd.to_timedelta(random.integers(0, 2000, n), unit="D"),
            "app": random.integers(0, 2, n).astype(float),
            "channel": random.choice(["app", "web", "store", "phone"], n, p=[0.3, 0.35, 0.25, 0.1]),
            "city": random.choice(CITIES, n),
            "review": random.choice(["All fine.", "Très déçu, late again", "Late parcel", "", "Good value"], n),
            "noise 1": random.normal(size=n),
            "noise 2": random.choice(list("abcdef"), n),
            "noise 3": random.poisson(2, n).astype(float),
            "consent": random.choice(["yes", "no"], n),
            "code": [f"K{number}" for number in random.integers(0, 10**6, n)],
        }
    )
    groups = _rules(frame)
    for name, group in groups.items():
        moved = random.random(n) < noise
        own = group.copy()
        own[moved] = random.permutation(own[moved])
        groups[name] = own
    for name in frame.columns[:11]:
        cells = frame[name].astype(object) if frame[name].dtype == "str" else frame[name]
        blank = random.random(n) < missing
        frame[name] = cells.mask(blank, "" if name == "review" else None)
    return customers(frame), groups


def _rules(frame: pd.DataFrame) -> dict[str, Mask]:
    late = frame["review"].str.lower().str.contains("late")
    spend, orders, age = frame["spend"], frame["orders"], frame["age"]
    found = {
        "two": (spend >= 180) & frame["channel"].isin(["app", "web"]),
        "three": (age >= 30) & (age < 60) & (frame["app"] == 1) & (frame["channel"] != "phone"),
        "words": late & (orders >= 3),
        "dates": (frame["joined"] >= "2020-07-01") & (orders <= 5) & (spend < 200),
        "four": (orders <= 6) & (frame["city"] != "Oslo") & (spend >= 60) & (age < 50),
    }
    return {name: rule.to_numpy(dtype=bool) for name, rule in found.items()}


def customers(frame: pd.DataFrame) -> Customers:
    """Make customers of typed columns."""
    found = frame.copy()
    found.index = pd.Index([f"C{number:06}" for number in range(len(found))], dtype="str")
    described = tuple(Column(name, ROLES[name], "none", say("Given.")) for name in found.columns)
    return Customers(found, described, "customer_id", len(found))


def cut(labels: Labels) -> Clustering:
    """Make segments of labels as they are."""
    n = len(labels)
    sizes = np.bincount(labels)
    segments = tuple(Segment(f"S{number + 1}", int(size)) for number, size in enumerate(sizes))
    return Clustering(labels, np.ones(n, np.float32), np.full(n, "core"), segments, Step("made"))
