"""Planted data: customers whose segments are known, and customers who are known to have none."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from segment_core.artifacts import Column, Customers, Features, Labels, Role
from segment_core.intake import gather, read
from segment_core.messages import say

N_NOISE = 400
SYLLABLES = [
    first + last for first in ("ba", "de", "fi", "go", "lu", "mi", "no", "pa") for last in ("lan", "mer", "vo")
]


def blobs(sizes: Sequence[int] = (90, 60, 40), width: int = 5, seed: int = 0) -> tuple[Features, Labels]:
    """Make groups far apart, in mixed order, and the group of each customer (n,)."""
    random = np.random.default_rng(seed)
    truth = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    centres = 8.0 * np.eye(len(sizes), width)
    return Features.of(centres[truth] + random.normal(size=(len(truth), width))), truth


def cloud(n: int = 300, width: int = 5, seed: int = 0) -> Features:
    """Make one normal cloud without any groups."""
    return Features.of(np.random.default_rng(seed).normal(size=(n, width)))


def csv_of(frame: pd.DataFrame) -> bytes:
    """Write a file of customers."""
    return frame.to_csv(index=False).encode()


def customers_of(frame: pd.DataFrame) -> Customers:
    """Read a frame the way an uploaded file is read."""
    return gather(read(csv_of(frame), "made.csv"))


def typed(roles: dict[str, Role], **columns: object) -> Customers:
    """Make customers of typed columns without a file."""
    frame = pd.DataFrame(columns)
    frame.index = pd.Index([f"C{number:04}" for number in range(len(frame))], dtype="str")
    described = tuple(Column(name, roles[name], "none", say("Given.")) for name in frame.columns)
    return Customers(frame, described, "customer_id", len(frame))


def noise(kind: str, seed: int = 3) -> pd.DataFrame:
    """Make a file in which no column has anything to do with any other."""
    random = np.random.default_rng(seed)
    frame = NOISE[kind](random)
    frame.insert(0, "customer_id", [f"C{number:04}" for number in range(len(frame))])
    return frame


def _words(random: np.random.Generator) -> list[str]:
    return [" ".join(random.choice(SYLLABLES, 12)) for _ in range(N_NOISE)]


def _mixed(random: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "income": random.normal(5e4, 1e4, N_NOISE).round(),
            "tariff": random.choice(["basic", "plus", "pro"], N_NOISE),
            "joined": (np.datetime64("2020-01-01") + random.integers(0, 1500, N_NOISE)).astype(str),
            "age": random.integers(18, 80, N_NOISE),
        }
    )


NOISE: dict[str, Callable[[np.random.Generator], pd.DataFrame]] = {
    "normal": lambda random: pd.DataFrame(random.normal(size=(N_NOISE, 6)), columns=list("abcdef")),
    "uniform": lambda random: pd.DataFrame(random.uniform(size=(N_NOISE, 5)), columns=list("abcde")),
    "lognormal": lambda random: pd.DataFrame(
        random.lognormal(3, 1, (N_NOISE, 4)).round(2), columns=["spend", "income", "basket", "refunds"]
    ),
    "categories": lambda random: pd.DataFrame(
        {f"choice {k}": random.choice(list("ABCDE")[:k], N_NOISE) for k in (2, 3, 4, 5)}
    ),
    "mixed with dates": _mixed,
    "texts of random words": lambda random: pd.DataFrame({"comment": _words(random)}),
    "one column": lambda random: pd.DataFrame({"spend": random.normal(100, 20, N_NOISE).round(2)}),
}
