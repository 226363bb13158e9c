"""Texts whose topics are known: each draws most of its words from one vocabulary of its own."""

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from segment_core.encoders import tfidf

VOCABULARIES = (
    "delivery late parcel courier waiting tracking shipped doorstep driver postponed lost depot",
    "refund charged invoice card payment billing twice money bank fee statement deducted",
    "jacket fabric soft colour sleeve warm cotton stitched fits size waist zipper",
    "app login crash password update screen button freezes loading version account error",
    "breakfast coffee waiter menu dessert tasty soup kitchen table spicy chef portion",
)
CHINESE = (
    "配送 骑手 送餐 超时 迟到 等待 订单 电话 小时 地址",
    "味道 好吃 米饭 牛肉 鸡腿 口味 新鲜 分量 汤汁 蔬菜",
    "价格 优惠 红包 便宜 退款 发票 付款 划算 活动 涨价",
)
SHARED = ("really", "bought", "again", "today", "week", "store")


class Planted(NamedTuple):
    """Texts (n,), their vectors (n, d), the vocabulary each was drawn from (n,), and the vocabularies."""

    texts: list[str]
    vectors: NDArray[np.float32]
    truth: NDArray[np.int64]
    vocabularies: list[list[str]]


def plant(vocabularies: tuple[str, ...], n: int, seed: int = 0, shared: tuple[str, ...] = SHARED) -> Planted:
    """Write `n` texts of eight words, of which one may be anybody's."""
    random = np.random.default_rng(seed)
    words = [vocabulary.split() for vocabulary in vocabularies]
    weights = np.arange(len(words), 0, -1) + 2.0
    truth = random.choice(len(words), n, p=weights / weights.sum())
    texts = [" ".join([*random.choice(words[topic], 7), random.choice(shared)]) for topic in truth]
    vectors = tfidf.encode(texts, tfidf.TfidfOptions(n_dimensions=20)).matrix
    return Planted(texts, vectors, truth, words)


def purity(truth: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """Return the part of texts whose topic is the one that most texts of their found topic have."""
    both = np.zeros((truth.max() + 1, found.max() + 1))
    np.add.at(both, (truth, found), 1)
    return float(both.max(axis=0).sum() / len(truth))


@pytest.fixture(scope="session")
def three() -> Planted:
    return plant(VOCABULARIES[:3], 300)


@pytest.fixture(scope="session")
def five() -> Planted:
    return plant(VOCABULARIES, 500, seed=1)


@pytest.fixture(scope="session")
def chinese() -> Planted:
    return plant(CHINESE, 300, seed=2, shared=("今天", "昨天", "晚上"))
