"""Maps: the first map in a new process, as an analyst waits for it, against umap-learn as it comes."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.measuring import fresh, median
from benchmarks.tables import Table
from segment_core.artifacts import Features
from segment_core.features import blend, structured
from segment_core.intake import gather, read, sample
from segment_core.projection import project_umap

Kind = Callable[[str, str], None]


def ours(path: str, checked: str) -> None:
    np.save(checked, project_umap(Features.of(np.load(path))).points)


def peer(path: str, checked: str) -> None:
    import umap

    np.save(checked, umap.UMAP().fit_transform(np.load(path)))


def measure(sizes: tuple[int, ...] = (2_000, 10_000), n_runs: int = 3) -> Table:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for n_customers in sizes:
            path, points = Path(folder) / "features.npy", Path(folder) / "points.npy"
            features = features_of(n_customers)
            np.save(path, features.matrix)
            found = _by_turns(path, points, n_runs, features)
            for name, kind in (("Strata", ours), ("umap-learn, defaults", peer)):
                seconds, trust = found[kind]
                cells = (f"{seconds:.0f}", f"{seconds / found[peer][0]:.2f}", f"{trust:.3f}")
                rows.append((f"{name}, {n_customers:,} customers", *cells))
    return Table(
        "First map in a new process",
        ("", "seconds", "ratio", "trustworthiness"),
        rows,
        "Import and compilation included. Trustworthiness (10 neighbours, the same 2,000 customers for both) says how "
        "far neighbours on the map are neighbours in truth. Strata starts from PCA and exact neighbours, and repeats "
        f"with the same seed; the defaults do not. Medians of {n_runs} processes.",
    )


def _by_turns(path: Path, points: Path, n_runs: int, features: Features) -> dict[Kind, tuple[float, float]]:
    seconds: dict[Kind, list[float]] = {ours: [], peer: []}
    trusts: dict[Kind, list[float]] = {ours: [], peer: []}
    for _ in range(n_runs):
        for kind in (ours, peer):
            seconds[kind].append(fresh(kind, str(path), str(points)).seconds)
            trusts[kind].append(trust(features.matrix, np.load(points)))
    return {kind: (median(seconds[kind]), median(trusts[kind])) for kind in (ours, peer)}


def trust(matrix: np.ndarray, points: np.ndarray) -> float:
    from sklearn.manifold import trustworthiness

    rows = np.random.default_rng(0).permutation(len(matrix))[:2_000]
    return float(trustworthiness(matrix[rows].astype(np.float64), points[rows], n_neighbors=10))


def features_of(n_customers: int) -> Features:
    """Return the features of sample customers, without texts."""
    frame, _ = sample(n_customers)
    return blend(structured(gather(read(frame.to_csv(index=False).encode(), "sample.csv"))))
