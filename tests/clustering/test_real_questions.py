"""Real questions to a bank (Banking77): an oracle that is mostly right raises accuracy, a poor one never lowers it."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from segment_core.artifacts import Features, Labels, Share
from segment_core.clustering import Speech, kmeans, labelled
from segment_core.clustering.asking import Asker
from segment_core.clustering.boundary import Sheets, border
from segment_core.clustering.opinion import Hearing
from segment_core.clustering.textspace import TextSpace
from segment_core.encoders import ENCODERS
from segment_core.features.directions import main_directions
from segment_core.suggesting import SuggestingOptions
from tests.clustering.conversations import accuracy
from tests.clustering.oracle import oracle

INTENTS = (
    "card_arrival",
    "card_delivery_estimate",
    "card_not_working",
    "lost_or_stolen_card",
    "declined_card_payment",
    "card_payment_not_recognised",
    "pending_card_payment",
    "reverted_card_payment?",
)
A_CLASS = 40


@dataclass(frozen=True, eq=False)
class Questions:
    """Features of the questions, the speech, the intents by number, and by text."""

    features: Features
    speech: Speech
    truth: Labels
    of_text: Mapping[str, str]


@pytest.fixture(scope="module")
def asked() -> Questions:
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "banking77" / "test.csv"
    if not path.is_file():
        pytest.skip("the real files are not beside the repository")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    of_text = {
        row["text"]: name for name in INTENTS for row in [row for row in rows if row["category"] == name][:A_CLASS]
    }
    texts = sorted(of_text)
    encoder = ENCODERS["sentence_transformer"]
    vectors = encoder.run(texts, encoder.options()).matrix
    placed = main_directions(vectors.astype(np.float64)).astype(np.float32)
    names = tuple(f"text {number + 1}" for number in range(placed.shape[1]))
    features = Features(placed, names, names, (Share("text", 0, placed.shape[1], 1.0, ("text",)),))
    truth = np.array([INTENTS.index(of_text[text]) for text in texts], dtype=np.int64)
    speech = Speech(tuple(texts), vectors, lambda more: encoder.run(more, encoder.options()).matrix)
    return Questions(features, speech, truth, of_text)


def start(asked: Questions) -> Labels:
    return kmeans.labels_of(asked.features, kmeans.KMeansOptions(n_segments=len(INTENTS)))


def by_labels(asked: Questions, wrong: float) -> float:
    with oracle(asked.of_text, wrong) as server:
        options = labelled.LabelledOptions(n_segments=len(INTENTS), url=server.url, model="oracle")
        return accuracy(asked.truth, labelled.cluster(asked.features, options, speech=asked.speech).labels)


def by_opinion(asked: Questions, wrong: float) -> float:
    labels = start(asked)
    space = TextSpace.of(asked.features, asked.speech)
    assert space is not None
    with oracle(asked.of_text, wrong) as server:
        options = SuggestingOptions(url=server.url, model="oracle")
        asker = Asker.of(options, {}, lambda done, total, note: None)
        found = border(space, labels)
        heard = Hearing(asker, space, found, Sheets.of(space, found.own, {}), 0).hear()
    followed = labels.copy()
    for row, pick in heard.moves.items():
        followed[space.of_customer == row] = pick.segment
    return accuracy(asked.truth, followed)


def test_an_oracle_right_in_19_of_20_raises_accuracy(asked: Questions) -> None:
    before = accuracy(asked.truth, start(asked))
    assert by_labels(asked, 0.05) > before + 0.05
    assert by_opinion(asked, 0.05) > before


def test_an_oracle_wrong_in_three_of_ten_never_lowers_it(asked: Questions) -> None:
    before = accuracy(asked.truth, start(asked))
    assert by_labels(asked, 0.3) >= before
    assert by_opinion(asked, 0.3) >= before
