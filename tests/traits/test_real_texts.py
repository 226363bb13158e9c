"""Texts that people really wrote: the word lists agree with their stars and labels."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from segment_core.traits.lexicon import rate_all

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def auc(texts: pd.Series, good: pd.Series) -> float:
    from sklearn.metrics import roc_auc_score

    ratings, _ = rate_all(texts.tolist())
    return float(roc_auc_score(good, [ratings[text][0].score if ratings[text] else 0.0 for text in texts]))


def test_english_reviews_agree_with_their_stars() -> None:
    path = DATA / "womens_reviews" / "Womens Clothing E-Commerce Reviews.csv.zip"
    if not path.is_file():
        pytest.skip("the real files are not beside the repository")
    with zipfile.ZipFile(path) as archive, archive.open(path.name.removesuffix(".zip")) as file:
        frame = pd.read_csv(file).dropna(subset=["Review Text"])
    clear = frame[frame["Rating"].isin([1, 2, 5])].sample(1500, random_state=0)
    assert auc(clear["Review Text"], clear["Rating"] == 5) >= 0.92


def test_chinese_reviews_agree_with_their_labels() -> None:
    path = DATA / "zh_waimai" / "waimai_10k.csv"
    if not path.is_file():
        pytest.skip("the real files are not beside the repository")
    frame = pd.read_csv(path).sample(2500, random_state=0)
    assert auc(frame["review"], frame["label"] == 1) >= 0.89
