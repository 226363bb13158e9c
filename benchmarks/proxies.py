"""Proxies: planted columns that segments follow a little; are they found, and is anything found where nothing is?"""

from collections.abc import Sequence

import numpy as np

from benchmarks.tables import Table
from segment_core.artifacts import Clustering, Column, Customers, Features, Segment, Step
from segment_core.messages import say
from segment_core.profiles import audit

SHARES = (0.4, 0.3, 0.2, 0.1)
"""Sizes of the four planted segments."""
N_OTHERS = 4
"""Sensitive columns that have nothing to do with the segments, audited beside the planted one."""


def measure(n_customers: int = 2_000, n_draws: int = 100, planted: Sequence[float] = (0.0, 0.1, 0.2, 0.3)) -> Table:
    rows = []
    for value in planted:
        found = np.array([_once(n_customers, value, seed) for seed in range(n_draws)], dtype=float)
        warned, told, peer, inside, false = found.mean(axis=0)
        rows.append((f"{value:.1f}", f"{told:.0%}", f"{warned:.0%}", f"{peer:.0%}", f"{inside:.0%}", f"{false:.1%}"))
    return Table(
        f"Planted proxies: a yes/no column among {n_customers:,} customers in four segments, {n_draws} draws a row",
        (
            "Cramér's V planted",
            "found",
            "warned of",
            "chi-square (SciPy)",
            "V in its interval",
            "other columns warned of",
        ),
        rows,
        f"{N_OTHERS} columns without any association are audited beside the planted one. Found: adjusted chance below "
        "5 % (Benjamini–Hochberg over all columns). Warned of: found, and at least small in Cohen's words. The peer "
        "asks the planted column alone, without counting the others, and knows no size.",
    )


def _once(n: int, value: float, seed: int) -> tuple[bool, bool, bool, bool, float]:
    from scipy.stats import chi2_contingency

    random = np.random.default_rng([seed, round(100 * value)])
    customers, clustering, features = plant(n, value, random)
    found = {column.column: column for column in audit(customers, features, clustering).columns}
    association = found["planted"].association
    assert association is not None
    counts = np.zeros((len(SHARES), 2))
    np.add.at(counts, (clustering.labels, customers.frame["planted"].to_numpy(dtype=int)), 1)
    peer = float(chi2_contingency(counts).pvalue)
    false = np.mean([found[f"other {number}"].flagged for number in range(N_OTHERS)])
    return (
        found["planted"].flagged,
        association.adjusted < 0.05,
        peer < 0.05,
        association.low <= value + 1e-9 and value <= association.high + 1e-9,
        float(false),
    )


def plant(n: int, value: float, random: np.random.Generator) -> tuple[Customers, Clustering, Features]:
    """Make customers with a yes/no column of which segments tell exactly this Cramér's V, on average."""
    import pandas as pd

    shares = np.array(SHARES)
    labels = random.choice(len(shares), n, p=shares)
    # Shares of yes that differ by segment: their spread over segments is V, in standard deviations of a coin.
    lean = np.array([1.0, -1.0, 0.5, -2.0])
    lean -= shares @ lean
    lean /= float(np.sqrt(shares @ lean**2))
    columns = {"planted": (random.random(n) < 0.5 + 0.5 * value * lean[labels]).astype(float)}
    columns |= {f"other {number}": random.integers(0, 2, n).astype(float) for number in range(N_OTHERS)}
    frame = pd.DataFrame(columns, index=pd.Index([f"C{number:05}" for number in range(n)], dtype="str"))
    described = tuple(Column(name, "yes/no", "none", say("Made.")) for name in columns)
    counts = np.bincount(labels, minlength=len(shares))
    clustering = Clustering(
        labels,
        np.ones(n, dtype=np.float32),
        np.full(n, "core"),
        tuple(Segment(f"S{number + 1}", int(count)) for number, count in enumerate(counts)),
        Step("planted"),
    )
    matrix = np.eye(len(shares))[labels] * 4 + random.normal(size=(n, len(shares)))
    return Customers(frame, described, "id", n), clustering, Features.of(matrix)
