"""Both: what texts add to tables, and tables to texts, where each alone tells only a part."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.measuring import fresh
from benchmarks.tables import Table
from segment_core.artifacts import Customers
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS
from segment_core.features import BLOCKS
from segment_core.intake import gather, read, sample, sample_tables
from segment_core.journey import collect, run
from segment_core.plan import Plan

PARTS = ("text only", "tables only", "both")
N_PLANTED = 5


TABLES = "a shop in several tables"


@dataclass(frozen=True, slots=True)
class Setting:
    """How hard the sample is made: words that are left of each text, and the share of columns that are shuffled."""

    n_words: int
    shuffled: float


SETTINGS = {
    "as it is": Setting(10_000, 0.0),
    TABLES: Setting(10_000, 0.0),
    "12 words a text, two thirds of the columns shuffled": Setting(12, 0.67),
    "4 words a text, two thirds of the columns shuffled": Setting(4, 0.67),
}


def found(setting: str, n_customers: int, seed: int, parts: Iterable[str] = PARTS) -> list[list[float]]:
    """Return the adjusted Rand index with the planted number and with an automatic one, for each of the parts."""
    from sklearn.metrics import adjusted_rand_score

    customers, planted = (shop if setting == TABLES else one_file)(setting, n_customers, seed)
    known = planted != ""  # an id without a segment belongs to nobody who was planted
    rows = []
    for part in parts:
        features = run(customers, Plan(weights=weights(part), seed=seed), until="features").features
        assert features is not None
        ways = (("kmeans", {"n_segments": N_PLANTED, "seed": seed}), ("auto", {"seed": seed}))
        cuts = [
            ALGORITHMS[name].run(features, options_from_json(ALGORITHMS[name].options, asked)) for name, asked in ways
        ]
        rows.append([float(adjusted_rand_score(planted[known], cut.labels[known])) for cut in cuts])
    return rows


def one_file(setting: str, n_customers: int, seed: int) -> tuple[Customers, np.ndarray]:
    """Return customers of the sample in one file, as hard as the setting is, and their planted segments."""
    frame, truth = sample(n_customers, seed)
    made = harder(frame, SETTINGS[setting], seed)
    customers = gather(read(made.to_csv(index=False).encode(), "customers.csv"))
    return customers, truth.loc[customers.frame.index].to_numpy()


def shop(setting: str, n_customers: int, seed: int) -> tuple[Customers, np.ndarray]:
    """Return customers of the sample in several tables, joined as is proposed, and their planted segments."""
    made, packed = sample_tables(n_customers, seed), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for name, table in made.periods["A"].items():
            folder.writestr(f"{name}.csv", table.to_csv(index=False))
    customers = collect(packed.getvalue(), "shop.zip").customers
    truth = made.truth.set_index("customer_id")["segment_a"]
    return customers, truth.reindex(customers.frame.index.astype(str)).fillna("").to_numpy()


def weights(part: str) -> dict[str, float]:
    """Leave out what is no part of it; both have the default weights."""
    if part == "text only":
        return dict.fromkeys(BLOCKS, 0.0)
    return {"text": 0.0} if part == "tables only" else {}


def harder(frame: pd.DataFrame, setting: Setting, seed: int) -> pd.DataFrame:
    """Cut texts short and shuffle some columns among customers, which keeps their look and takes their meaning."""
    random = np.random.default_rng(seed)
    made = frame.copy()
    made["review"] = [
        " ".join(text.split()[: setting.n_words]) if isinstance(text, str) else text for text in frame["review"]
    ]
    columns = [column for column in frame.columns if column not in ("customer_id", "review")]
    for column in random.permutation(columns)[: round(setting.shuffled * len(columns))]:
        made[column] = random.permutation(frame[column].to_numpy())
    return made


def measure(
    n_customers: int = 1_000, seeds: tuple[int, ...] = (0, 1, 2, 3, 4), settings: Iterable[str] = tuple(SETTINGS)
) -> Table:
    rows = []
    for setting in settings:
        results = np.array([fresh(found, setting, n_customers, seed).found for seed in seeds])  # (seed, part, way)
        for position, part in enumerate(PARTS):
            middle = (f"{results[:, position, way].mean():.3f}" for way in range(2))
            rows.append((f"{part}, {setting}", *middle))
    return Table(
        f"Planted segments found in text, tables and both (adjusted Rand index, {n_customers:,} customers)",
        ("", "K-Means, told 5 segments", "nothing told"),
        rows,
        f"Means of {len(seeds)} samples. As it is the sample is easy. The shop is a year of the other sample, with "
        "reviews and tickets in two languages. In the harder settings texts are cut short and columns, drawn at "
        "random for each sample, are shuffled among customers; nobody is told which.",
    )
