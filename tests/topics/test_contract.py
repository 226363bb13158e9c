"""What every way to find topics promises, whatever it looks at."""

import json
import time

import numpy as np
import pytest

from segment_core.artifacts import Topics, silent
from segment_core.choices import options_from_json, options_to_json
from segment_core.encoders import tfidf
from segment_core.errors import Cancelled, DataError, OptionError, SegmentError
from segment_core.messages import Message
from segment_core.topics import TOPICS, embedding, finding
from segment_core.topics.corpus import LONGEST_READ, read
from tests.topics.conftest import Planted, purity

every_algorithm = pytest.mark.parametrize("name", TOPICS)


def discover(name: str, texts: list[str], vectors: np.ndarray | None, **options: object) -> Topics:
    return TOPICS[name].run(texts, vectors, TOPICS[name].options(**options))


def ones(texts: list[str]) -> np.ndarray:
    """Return vectors that tell distinct texts apart."""
    place = {text: row for row, text in enumerate(sorted(set(texts)))}
    return np.eye(len(place), max(2, len(place)), dtype=np.float32)[[place[text] for text in texts]]


@every_algorithm
@pytest.mark.parametrize("planted", ["three", "five", "chinese"])
def test_planted_topics_are_found(name: str, planted: str, request: pytest.FixtureRequest) -> None:
    made: Planted = request.getfixturevalue(planted)
    found = discover(name, made.texts, made.vectors, n_topics=len(made.vocabularies))
    assert len(found.topics) == len(made.vocabularies)
    assert purity(made.truth, found.shares.argmax(axis=1)) >= 0.9
    for topic in found.topics:
        words = {word for term in topic.terms[:5] for word in term.split()}
        assert any(words <= set(vocabulary) for vocabulary in made.vocabularies), words


@every_algorithm
@pytest.mark.parametrize("planted", ["three", "five"])
def test_the_number_of_planted_topics_is_found(name: str, planted: str, request: pytest.FixtureRequest) -> None:
    made: Planted = request.getfixturevalue(planted)
    found = discover(name, made.texts, made.vectors)
    assert len(found.topics) == len(made.vocabularies), str(found.reason)
    assert str(len(made.vocabularies)) in str(found.reason)


@every_algorithm
def test_shares_add_up_to_one_or_to_nothing(name: str, three: Planted) -> None:
    texts = ["", *three.texts, "  \n"]
    vectors = np.vstack([np.zeros((1, 20)), three.vectors, np.zeros((1, 20))]).astype(np.float32)
    found = discover(name, texts, vectors, n_topics=3)
    total = found.shares.sum(axis=1)
    assert found.shares.dtype == np.float32 and found.shares.shape == (302, 3)
    assert (found.shares >= 0).all()
    np.testing.assert_allclose(total[1:-1], 1.0, atol=1e-5)
    assert total[0] == total[-1] == 0
    assert next(note for note in found.notes if note.code == "no-text").count == 2


@every_algorithm
def test_topics_are_numbered_by_size(name: str, five: Planted) -> None:
    found = discover(name, five.texts, five.vectors, n_topics=5)
    sizes = [topic.size for topic in found.topics]
    assert sizes == sorted(sizes, reverse=True)
    assert [topic.id for topic in found.topics] == ["T1", "T2", "T3", "T4", "T5"]
    assert sizes == np.bincount(found.shares.argmax(axis=1)).tolist()
    assert sum(topic.share for topic in found.topics) == pytest.approx(1.0, abs=1e-4)
    np.testing.assert_allclose([topic.share for topic in found.topics], found.shares.mean(axis=0), atol=1e-5)


@every_algorithm
def test_terms_do_not_repeat_each_other(name: str, five: Planted) -> None:
    texts = [
        f"late delivery {text}" if topic == 0 else text for text, topic in zip(five.texts, five.truth, strict=True)
    ]
    for topic in discover(name, texts, five.vectors, n_topics=5).topics:
        words = [word for term in topic.terms for word in term.split()]
        assert words and len(words) == len(set(words))


@every_algorithm
@pytest.mark.parametrize("n_topics", [3, None])
def test_the_order_of_rows_does_not_matter(name: str, n_topics: int | None, three: Planted) -> None:
    order = np.random.default_rng(5).permutation(len(three.texts))
    straight = discover(name, three.texts, three.vectors, n_topics=n_topics)
    mixed = discover(name, [three.texts[row] for row in order], three.vectors[order], n_topics=n_topics)
    np.testing.assert_array_equal(mixed.shares, straight.shares[order])
    assert mixed.topics == straight.topics and mixed.reason == straight.reason


@every_algorithm
def test_the_same_options_give_the_same_topics_and_survive_json(name: str, three: Planted) -> None:
    found = discover(name, three.texts, three.vectors, seed=3)
    assert found.made_by.name == name and found.made_by.options["n_topics"] == len(found.topics)
    options = options_from_json(TOPICS[name].options, json.loads(json.dumps(found.made_by.options)))
    again = TOPICS[name].run(three.texts, three.vectors, options)
    np.testing.assert_array_equal(again.shares, found.shares)
    assert again.topics == found.topics
    assert options_to_json(options) == dict(found.made_by.options)


@every_algorithm
def test_nothing_given_is_changed(name: str, three: Planted) -> None:
    texts, vectors = list(three.texts), three.vectors.copy()
    vectors.flags.writeable = False
    discover(name, texts, vectors, n_topics=3)
    assert texts == three.texts
    np.testing.assert_array_equal(vectors, three.vectors)


@every_algorithm
def test_tags_of_masked_data_are_no_words(name: str, three: Planted) -> None:
    tagged = [
        f"[NAME {row % 7}] {text} [EMAIL 12]" if topic == 0 else text
        for row, (text, topic) in enumerate(zip(three.texts, three.truth, strict=True))
    ]
    said = " ".join(term for topic in discover(name, tagged, three.vectors, n_topics=3).topics for term in topic.terms)
    assert "name" not in said.split() and "email" not in said.split()


@every_algorithm
@pytest.mark.parametrize("texts", [[], ["", " "], ["Fine."] * 30, ["12", "!?", "7"]])
def test_texts_without_topics_are_refused(name: str, texts: list[str]) -> None:
    with pytest.raises(DataError):
        discover(name, texts, ones(texts) if texts else np.zeros((0, 2), dtype=np.float32))


@every_algorithm
def test_more_topics_than_texts_are_refused(name: str) -> None:
    texts = ["late parcel", "warm jacket", "warm jacket", "app crash"] * 4
    with pytest.raises(OptionError, match="there are 3"):
        discover(name, texts, ones(texts), n_topics=4)


@every_algorithm
@pytest.mark.parametrize("n", [2, 3, 7])
def test_a_handful_of_texts_gives_topics_or_a_reason(name: str, n: int) -> None:
    texts = [f"parcel number {word}" for word in ("one", "seven", "zero", "many", "lost", "late", "blue", "red")[:n]]
    try:
        found = discover(name, texts, ones(texts))
    except SegmentError as error:
        assert str(error)
    else:
        assert found.topics and all(topic.size for topic in found.topics)
        assert set(np.round(found.shares.sum(axis=1), 5)) <= {0.0, 1.0}


@every_algorithm
def test_forty_topics_of_few_texts_are_fewer_but_sound(name: str, three: Planted) -> None:
    found = discover(name, three.texts[:60], three.vectors[:60], n_topics=40)
    assert 1 <= len(found.topics) <= 40 and all(topic.size > 0 for topic in found.topics)
    n_dropped = sum(note.count for note in found.notes if note.code == "empty-topic")
    assert name == "embedding" or len(found.topics) + n_dropped == 40


@every_algorithm
def test_an_endless_text_in_one_cell_survives(name: str, three: Planted) -> None:
    texts = [*three.texts, "endless parcel " * 700_000]
    vectors = np.vstack([three.vectors, three.vectors[:1]])
    started = time.perf_counter()
    found = discover(name, texts, vectors, n_topics=3)
    assert time.perf_counter() - started < 20
    assert purity(three.truth, found.shares[:-1].argmax(axis=1)) >= 0.9
    assert next(note for note in found.notes if note.code == "long-text").count == 1


@every_algorithm
@pytest.mark.parametrize("n_topics", [3, None])
def test_progress_runs_to_the_end(name: str, n_topics: int | None, three: Planted) -> None:
    told: list[tuple[float, float, Message]] = []
    TOPICS[name].run(
        three.texts, three.vectors, TOPICS[name].options(n_topics=n_topics), lambda *said: told.append(said)
    )
    fractions = [done / total for done, total, _ in told]
    assert fractions == sorted(fractions) and fractions[-1] == 1.0 and len(told) > 5
    assert all(str(note) for _, _, note in told)


@every_algorithm
@pytest.mark.parametrize("stop_at", [0, 3, 8])
def test_progress_can_stop_the_work(name: str, stop_at: int, three: Planted) -> None:
    told = []

    def stop(done: float, total: float, note: Message) -> None:
        told.append(done)
        if len(told) > stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        TOPICS[name].run(three.texts, three.vectors, TOPICS[name].options(), stop)


def test_embedding_topics_without_vectors_ask_for_an_encoder(three: Planted) -> None:
    with pytest.raises(OptionError, match="Choose an encoder"):
        discover("embedding", three.texts, None)


@every_algorithm
def test_many_texts_are_assigned_to_topics_found_in_some(
    name: str, five: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_FITTED", 200)
    monkeypatch.setattr(finding, "AT_ONCE", 64)
    found = discover(name, five.texts, five.vectors, n_topics=5)
    assert purity(five.truth, found.shares.argmax(axis=1)) >= 0.9
    assert next(note for note in found.notes if note.code == "sampled").count == 200


def test_a_share_promises_what_it_keeps(three: Planted) -> None:
    mixed = [f"{one} {other}" for one, other in zip(three.texts, three.texts[1:] + three.texts[:1], strict=True)]
    made = tfidf.encode(mixed, tfidf.TfidfOptions(n_dimensions=20)).matrix
    clear = discover("embedding", three.texts, three.vectors, n_topics=3).shares.max(axis=1)
    blurred = discover("embedding", mixed, made, n_topics=3).shares.max(axis=1)
    assert embedding.LEAST <= blurred.mean() < clear.mean() <= embedding.MOST + 0.01
    assert (blurred < 0.8).mean() > 0.2, "a text about two topics has shares in both"


def test_another_loss_finds_the_planted_topics_too(three: Planted) -> None:
    found = discover("nmf", three.texts, None, n_topics=3, loss="kullback-leibler")
    assert purity(three.truth, found.shares.argmax(axis=1)) >= 0.9


def test_an_endless_text_counts_no_more_than_a_long_one() -> None:
    corpus = read(["warm jacket", "late parcel", "endless " * 100_000], None, silent)
    assert corpus.counts.matrix.max() <= LONGEST_READ / len("endless ") + 1


@pytest.mark.parametrize("name", ["nmf", "lda"])
def test_a_text_without_a_counted_word_has_no_topic(name: str, three: Planted) -> None:
    found = discover(name, [*three.texts, "12 !?", "unheard"], None, n_topics=3)
    assert found.shares[-2:].sum() == 0
    assert next(note for note in found.notes if note.code == "no-words").count == 2
