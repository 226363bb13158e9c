"""Balance, difference in value and coherence of words: by hand, and where chance alone speaks."""

import numpy as np
import pytest

from segment_core.artifacts import Clustering, Features, Step
from segment_core.clustering.membership import settle
from segment_core.metrics import METRICS
from tests.planted import typed

N = 300
LABELS = np.arange(N) % 3


def never(*_: object) -> None:
    raise AssertionError("nothing is cut anew")


def settled(labels: np.ndarray) -> tuple[Features, Clustering]:
    features = Features.of(labels[:, None] + np.random.default_rng(0).normal(size=(len(labels), 1)))
    return features, settle(features, labels, Step("made"))


def test_balance_by_hand() -> None:
    uneven, smallest = METRICS["balance"].run(*settled(np.repeat([0, 1], [75, 25])), never)
    assert uneven.value == pytest.approx(-(0.75 * np.log2(0.75) + 0.25 * np.log2(0.25)), abs=1e-4)
    assert smallest.value == 0.25
    assert METRICS["balance"].run(*settled(LABELS), never)[0].value == 1.0


def test_where_chance_alone_speaks_the_difference_in_value_is_nought_and_never_below() -> None:
    random = np.random.default_rng(0)
    features, clustering = settled(LABELS)
    for column in (random.lognormal(3, 1, N), np.full(N, 5.0)):
        scores = METRICS["value_difference"].run(features, clustering, never, values={"spend": column})
        assert all(0.0 <= score.value < 0.02 for score in scores)


def test_money_that_segments_tell_apart_scores_and_the_strongest_column_is_named() -> None:
    random = np.random.default_rng(0)
    features, clustering = settled(LABELS)
    values = {"spend": LABELS * 50 + random.normal(size=N), "fees": random.normal(size=N)}
    overall, *parts = METRICS["value_difference"].run(features, clustering, never, values=values)
    assert overall.value == pytest.approx(0.45, abs=0.06)
    assert "spend" in str(overall.meaning)
    assert [part.segment for part in parts] == ["S1", "S2", "S3"]
    assert METRICS["value_difference"].run(features, clustering, never, values={}) == ()


def test_words_that_meet_cohere_and_words_dealt_out_do_not() -> None:
    random = np.random.default_rng(0)
    topics = ["late parcel courier damaged box", "soft wool colour bright dress", "coupon cheap price sale offer"]
    together = [" ".join(random.choice(topics[label].split(), 4)) for label in LABELS]
    anywhere = [" ".join(random.choice(" ".join(topics).split(), 4)) for _ in LABELS]
    features, clustering = settled(LABELS)
    found = [
        METRICS["term_coherence"].run(features, clustering, never, customers=typed({"note": "text"}, note=notes))
        for notes in (together, anywhere)
    ]
    assert found[0][0].value > 0.2
    assert not found[1] or found[1][0].value < 0.05
    assert METRICS["term_coherence"].run(features, clustering, never, customers=typed({"a": "number"}, a=[1.0])) == ()
