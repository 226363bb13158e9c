"""Traits: how far attitudes read by the word lists agree with stars, labels and what was planted."""

import time
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from benchmarks.tables import Table
from segment_core.artifacts import Traits
from segment_core.intake import gather, read, sample, sample_tables, sample_zip
from segment_core.journey import collect
from segment_core.profiles.contradictions import ANGRY, contradictions
from segment_core.traits.lexicon import rate, rate_all
from segment_core.traits.moods import language_of_text

DATA = Path(__file__).parents[2] / "shared" / "data"
WOMENS = DATA / "womens_reviews" / "Womens Clothing E-Commerce Reviews.csv.zip"
WAIMAI = DATA / "zh_waimai" / "waimai_10k.csv"
PLANTED = (
    ("price_sensitivity", "bargain hunters"),
    ("family_focus", "family planners"),
    ("quality_seeking", "quality lovers"),
    ("style_seeking", "quality lovers"),
    ("gift_giving", "young gift givers"),
    ("novelty_seeking", "young gift givers"),
    ("convenience", "family planners, young gift givers"),
    ("service_need", "let down"),
)
Row = tuple[str, str, str, str]


def measure(n_customers: int = 3000) -> Table:
    rows = [*stars(), *real(), *planted(n_customers), *against_the_wallet()]
    return Table(
        "Attitudes read from texts by the word lists",
        ("", "n", "AUC", "Spearman"),
        rows,
        "AUC: the chance that of one who is so and one who is not, the first has the higher score. Traits among those "
        "who speak of them, and in brackets among all, silence taken as the lowest. The word lists were written in "
        "the knowledge of the invented shop. The women's clothing and food delivery reviews are real: no list was made "
        "from them, but some dozens of their sentences were looked at for false alarms.",
    )


def stars() -> list[Row]:
    reviews = sample_tables().tables["reviews"]
    language = reviews["text"].map(language_of_text)
    found = []
    for code, name in (("en", "English"), ("zh", "Chinese")):
        own = reviews[language == code]
        points = own["stars"].astype(int)
        clear = points != 3
        mood = pd.Series(moods(own["text"].tolist()), index=own.index)
        found.append(
            (
                f"Sentiment: shop reviews in {name}, 4–5 against 1–2 stars",
                f"{len(own):,}",
                f"{roc_auc_score(points[clear] >= 4, mood[clear]):.3f}",
                f"{mood.corr(points, method='spearman'):.2f}",
            )
        )
    return found


def real() -> list[Row]:
    found: list[Row] = []
    if WOMENS.is_file():
        with zipfile.ZipFile(WOMENS) as archive, archive.open(WOMENS.name.removesuffix(".zip")) as file:
            frame = pd.read_csv(file).dropna(subset=["Review Text"])
        found.append(
            labelled("women's clothing, 5 against 1–2 stars", frame["Review Text"], frame["Rating"], (1, 2), 5)
        )
    if WAIMAI.is_file():
        frame = pd.read_csv(WAIMAI)
        found.append(labelled("Chinese food delivery, good against bad", frame["review"], frame["label"], (0,), 1))
    return found


def labelled(name: str, texts: pd.Series, truth: pd.Series, low: tuple[int, ...], high: int) -> Row:
    started = time.perf_counter()
    mood = pd.Series(moods(texts.tolist()), index=texts.index)
    speed = len(texts) / (time.perf_counter() - started)
    clear = truth.isin([*low, high])
    return (
        f"Sentiment: {name} (real; {speed:,.0f} texts a second)",
        f"{len(texts):,}",
        f"{roc_auc_score(truth[clear] == high, mood[clear]):.3f}",
        f"{mood.corr(truth, method='spearman'):.2f}",
    )


def planted(n_customers: int) -> list[Row]:
    frame, truth = sample(n_customers)
    customers = gather(read(frame.to_csv(index=False).encode(), "sample.csv"))
    table = as_table(rate(customers), customers.frame.index)
    segment = truth.reindex(table.index)
    said = table["sentiment"].notna()
    found = [("Sentiment, low: let down", f"{said.sum():,}", one(segment == "let down", -table["sentiment"]), "")]
    for trait, name in PLANTED:
        known, so = table[trait].notna(), segment.isin(name.split(", "))
        everybody = one(so[said], table[trait][said].fillna(-1.0))
        cell = f"{one(so, table[trait])} ({everybody})"
        found.append((f"{trait.replace('_', ' ').capitalize()}: {name}", f"{known.sum():,}", cell, ""))
    return found


def against_the_wallet() -> list[Row]:
    found: list[Row] = []
    truth = sample_tables().truth.set_index("customer_id")
    for period in "AB":
        customers = collect(sample_zip(period), "shop.zip").customers
        ranking = contradictions(customers, rate(customers))
        angry = ranking[ranking["direction"] == ANGRY].set_index("customer")["score"]
        wrong = truth[f"contradicts_{period.lower()}"].reindex(customers.frame.index) == "yes"
        score = roc_auc_score(wrong, angry.reindex(customers.frame.index).fillna(0.0))
        first = wrong[angry.index[: wrong.sum()]].mean()
        n = int(wrong.sum())
        name = f"Words contradict wallet, shop in year {period} ({n} planted; of the first {n}: {first:.0%})"
        found.append((name, f"{len(customers):,}", f"{score:.3f}", ""))
    return found


def moods(texts: list[str]) -> np.ndarray:
    ratings, _ = rate_all(texts)
    return np.array([ratings[text][0].score if ratings[text] else 0.0 for text in texts])


def as_table(traits: Traits, ids: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(traits.scores.astype(np.float64), index=ids, columns=list(traits.names))


def one(truth: pd.Series, values: pd.Series) -> str:
    known = values.notna()
    if truth[known].nunique() < 2:  # nobody else speaks of it
        return "–"
    return f"{roc_auc_score(truth[known], values[known]):.3f}"
