"""Composition: texts by language, optional blocks, and what need not be made again."""

import dataclasses
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.spatial.distance import pdist

from segment_core import stages
from segment_core.artifacts import Block, Note, Step, Vectors, silent
from segment_core.composition import Composed, compose
from segment_core.encoders import ENCODERS
from segment_core.errors import OptionError
from segment_core.features import BLOCKS, MADE, NAMES
from segment_core.intake import sample
from segment_core.language import FEWEST_OF_A_LANGUAGE
from segment_core.messages import say
from segment_core.plan import MENUS, Plan
from tests.planted import customers_of

ENGLISH = [
    f"The {thing} was {how} and the {other} came {when}."
    for thing in ("parcel", "jacket", "lamp") for how in ("fine", "broken", "late")
    for other in ("bill", "answer", "driver") for when in ("soon", "never")
]  # fmt: skip
CHINESE = [
    f"{thing}很{how}，{other}来得{when}。"
    for thing in ("包裹", "外套", "台灯") for how in ("不错", "糟糕", "便宜")
    for other in ("账单", "客服", "司机") for when in ("很快", "太晚")
]  # fmt: skip
WORDS = Plan(encoder=Step("tfidf", {"n_dimensions": 20}))


class Kept:
    """Keeps arrays in memory."""

    def __init__(self) -> None:
        self.arrays: dict[str, NDArray[Any]] = {}

    def array(self, key: str) -> NDArray[Any] | None:
        return self.arrays.get(key)

    def keep_array(self, key: str, array: NDArray[Any]) -> None:
        self.arrays[key] = array.copy()


def written(texts: list[str]) -> Any:
    frame = pd.DataFrame({"id": [f"C{n:03}" for n in range(len(texts))], "age": range(20, 20 + len(texts))})
    return customers_of(frame.assign(review=texts))


def widths(composed: Composed) -> dict[str, int]:
    return {share.name: share.stop - share.start for share in composed.features.blocks}


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text("parcel 0 0 1\njacket 1 1 0\nlate 1 0 0\nbroken 0 1 0\n")
    return path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which lines of which menus are run."""
    found: list[str] = []
    for family in ("encoder", "topics", "graph", "traits"):
        for name, line in list(MENUS[family].items()):

            def counted(*args: Any, of: Any = line.run, said: str = f"{family}.{name}", **more: Any) -> Any:
                found.append(said)
                return of(*args, **more)

            monkeypatch.setitem(MENUS[family], name, dataclasses.replace(line, run=counted))
    return found


def test_each_language_is_read_by_whoever_reads_it() -> None:
    composed = compose(written(ENGLISH + CHINESE))
    assert {reading.language: reading.n_texts for reading in composed.readings} == {"en": 54, "zh": 54}
    english, chinese = (next(r for r in composed.readings if r.language == name) for name in ("en", "zh"))
    assert english.made_by.name != chinese.made_by.name
    assert "Chinese" in str(chinese.reason)
    share = next(share for share in composed.features.blocks if share.name == "text")
    part = composed.features.matrix[:, share.start : share.stop]
    assert not ((part[:54] != 0).any(axis=0) & (part[54:] != 0).any(axis=0)).any()


def test_too_few_texts_of_a_language_are_silence_and_that_is_said() -> None:
    few = CHINESE[: FEWEST_OF_A_LANGUAGE - 1]
    composed = compose(written(ENGLISH + few))
    assert [reading.language for reading in composed.readings] == ["en"]
    (note,) = (note for note in composed.features.notes if note.code == "rare-language")
    assert (note.count, note.level) == (len(few), "warning")
    share = next(share for share in composed.features.blocks if share.name == "text")
    assert (composed.features.matrix[len(ENGLISH) :, share.start : share.stop] == 0).all()


def test_a_text_too_short_to_tell_goes_with_the_most_frequent_language() -> None:
    composed = compose(written([*ENGLISH, "ok", "👍"]))
    assert [(reading.language, reading.n_texts) for reading in composed.readings] == [("en", len(ENGLISH) + 2)]


def test_an_encoder_that_was_chosen_reads_everything_at_once(calls: list[str]) -> None:
    composed = compose(written(ENGLISH + CHINESE), WORDS)
    assert calls == ["encoder.tfidf"]
    assert [reading.n_texts for reading in composed.readings] == [108]


def test_the_bundled_model_is_never_silently_used_for_other_languages() -> None:
    texts = ENGLISH[:6] + CHINESE[:5]
    plan = Plan(encoder=Step("sentence_transformer"))
    (note,) = (note for note in compose(written(texts), plan).features.notes if note.code == "english-only")
    assert (note.count, note.level) == (5, "warning")
    assert not [note for note in compose(written(ENGLISH[:8]), plan).features.notes if note.code == "english-only"]


def test_nothing_is_made_that_the_plan_does_not_ask_for(calls: list[str]) -> None:
    composed = compose(written(ENGLISH), WORDS.having(weights={"text": 0.0}))
    assert calls == []
    assert composed.readings == ()
    assert composed.topics is composed.graph is composed.traits is composed.contrast is None
    assert set(widths(composed)) == {"numbers"}


def test_topics_need_vectors_even_where_the_text_block_counts_nothing(calls: list[str]) -> None:
    plan = WORDS.having(topics=Step("nmf", {"n_topics": 3}), weights={"text": 0.0})
    composed = compose(written(ENGLISH), plan)
    assert calls == ["encoder.tfidf", "topics.nmf"]
    assert "text" not in widths(composed)
    assert widths(composed)["topics"] == 3
    assert all(set(topic.typical) <= {f"C{n:03}" for n in range(54)} for topic in composed.topics.topics)
    assert any(topic.typical for topic in composed.topics.topics)


def test_a_block_of_weight_0_is_not_made(calls: list[str]) -> None:
    plan = WORDS.having(traits=Step("lexicon"), weights={"traits": 0.0})
    assert compose(written(ENGLISH), plan).traits is None
    assert calls == ["encoder.tfidf"]


def test_another_weight_makes_nothing_again(calls: list[str]) -> None:
    plan = WORDS.having(topics=Step("nmf", {"n_topics": 3}), graph=Step("spectral"), traits=Step("lexicon"))
    customers, kept = customers_of(sample(80)[0]), Kept()
    first = compose(customers, plan, keep=kept)
    assert sorted(calls) == ["encoder.tfidf", "graph.spectral", "topics.nmf", "traits.lexicon"]
    calls.clear()
    made = [key for key in kept.arrays if kept.arrays[key].dtype == float]
    assert len(made) == 4
    kept.arrays |= {key: np.array([123.456]) for key in made}  # as if each had taken that long
    second = compose(customers, plan.having(weights={"text": 3.0, "topics": 0.1}), keep=kept)
    assert calls == []
    assert [second.seconds[name] for name in ("text", "topics", "graph", "traits")] == [123.46] * 4
    assert first.topics.topics == second.topics.topics
    pd.testing.assert_frame_equal(first.graph.edges, second.graph.edges)
    assert not np.array_equal(first.features.matrix, second.features.matrix)
    compose(customers, plan.having(topics=Step("nmf", {"n_topics": 4})), keep=kept)
    assert calls == ["topics.nmf"]


def test_equal_weights_are_equal_influence_of_every_block_there_is() -> None:
    frame = sample(100)[0]
    vectors = np.random.default_rng(0).normal(size=(len(frame), 16)).round(3)
    customers = customers_of(frame.assign(vector=[str(row.tolist()) for row in vectors]))
    plan = WORDS.having(topics=Step("nmf", {"n_topics": 3}), graph=Step("spectral"), traits=Step("lexicon"))
    features = compose(customers, plan.having(weights=dict.fromkeys(NAMES, 1.0))).features
    assert [share.name for share in features.blocks] == [*NAMES[:6], "topics", "graph", "traits"]
    apart = [np.mean(pdist(features.matrix[:, one.start : one.stop], "sqeuclidean")) for one in features.blocks]
    assert np.array(apart) / np.mean(pdist(features.matrix, "sqeuclidean")) == pytest.approx([1 / 9] * 9, rel=0.01)


def test_only_what_is_made_of_vectors_is_made_again_by_another_encoder(calls: list[str]) -> None:
    plan = WORDS.having(topics=Step("nmf", {"n_topics": 3}), graph=Step("spectral"), traits=Step("lexicon"))
    customers, kept = customers_of(sample(80)[0]), Kept()
    compose(customers, plan, keep=kept)
    calls.clear()
    compose(customers, plan.having(encoder=Step("tfidf", {"n_dimensions": 10})), keep=kept)
    assert calls == ["encoder.tfidf", "topics.nmf"]
    calls.clear()
    compose(customers, plan.having(weights={"text": 0.0, "topics": 0.0}), keep=kept)
    assert calls == []


def test_another_file_at_the_same_path_is_read_anew(calls: list[str], word_file: Path) -> None:
    plan, customers, kept = Plan(encoder=Step("glove_file", {"path": str(word_file)})), written(ENGLISH), Kept()
    first = compose(customers, plan, keep=kept)
    word_file.write_text("parcel 1 0 0\njacket 0 1 0\nlate 0 0 1\nbroken 1 1 0\n")
    second = compose(customers, plan, keep=kept)
    assert calls == ["encoder.glove_file"] * 2
    assert not np.array_equal(first.features.matrix, second.features.matrix)


def test_what_another_version_made_is_made_again(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    customers, kept = written(ENGLISH), Kept()
    compose(customers, WORDS, keep=kept)
    monkeypatch.setattr(stages, "made_with", lambda: "another version")
    compose(customers, WORDS, keep=kept)
    assert calls == ["encoder.tfidf"] * 2


def test_a_column_set_aside_by_hand_leaves_a_graph_that_was_kept() -> None:
    lists = ["; ".join(part) for part in permutations(("lamp", "rug", "vase", "sofa", "desk"), 3)]
    frame = pd.DataFrame({"id": [f"C{n:03}" for n in range(60)], "age": range(20, 80), "basket": lists})
    customers, kept = customers_of(frame), Kept()
    sides = [
        dataclasses.replace(column, role="ignore", aside=aside) if column.name == "basket" else column
        for aside in ("unique", "") for column in customers.columns
    ]  # fmt: skip
    n = len(customers.columns)
    by_itself, by_hand = (dataclasses.replace(customers, columns=tuple(part)) for part in (sides[:n], sides[n:]))
    plan = Plan(graph=Step("spectral"))
    assert "basket" in set(compose(by_itself, plan, keep=kept).graph.nodes["column"])
    assert "basket" not in set(compose(by_hand, plan, keep=kept).graph.nodes["column"])


def test_more_texts_are_read_with_the_key_and_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    line = MENUS["encoder"]["endpoint"]

    def read(texts: Any, options: Any, progress: Any = silent, *, secrets: Any) -> Vectors:
        keys.append(secrets.get("llm_key", ""))
        progress(0, 1, say("Reading"))
        random = [np.random.default_rng(sum(map(ord, text))).normal(size=8) for text in texts]
        return Vectors(np.array(random, dtype=np.float32), Step("endpoint", {}), say("Read."))

    monkeypatch.setitem(MENUS["encoder"], "endpoint", dataclasses.replace(line, run=read))
    plan = Plan(encoder=Step("endpoint"), contrast=Step("head", {"n_steps": 20}))
    compose(customers_of(sample(120)[0]), plan, secrets={"llm_key": "k"})
    assert keys == ["k", "k"]


def test_what_the_readers_say_is_said_where_texts_only_count_by_their_topics() -> None:
    plan = Plan(topics=Step("nmf", {"n_topics": 3}), weights={"text": 0.0})
    composed = compose(written(ENGLISH + CHINESE[: FEWEST_OF_A_LANGUAGE - 1]), plan)
    assert [note.code for note in composed.features.notes if note.code == "rare-language"] == ["rare-language"]


def test_why_a_block_is_empty_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    why = Note("rare-traits", say("Hardly anybody speaks of them."), 3)
    empty = Block("traits", np.zeros((len(ENGLISH), 0), dtype=np.float32), (), (), (), (why,))
    monkeypatch.setitem(MADE, "traits", MADE["traits"]._replace(extract=lambda made: empty))
    composed = compose(written(ENGLISH), WORDS.having(traits=Step("lexicon")))
    assert "traits" not in widths(composed)
    assert why in composed.features.notes


def test_what_was_kept_and_cannot_be_read_is_made_again(calls: list[str]) -> None:
    customers, kept = written(ENGLISH), Kept()
    compose(customers, WORDS, keep=kept)
    kept.arrays = {key: np.zeros(7, dtype=np.uint8) for key in kept.arrays}
    compose(customers, WORDS, keep=kept)
    assert calls == ["encoder.tfidf"] * 2


def test_what_a_failed_model_left_is_not_kept(monkeypatch: pytest.MonkeyPatch, calls: list[str]) -> None:
    line = MENUS["traits"]["lexicon"]

    def failed(*args: Any, **more: Any) -> Any:
        made = line.run(*args, **more)
        return dataclasses.replace(made, notes=(Note("model-failed", say("It was silent."), 1, "warning"),))

    monkeypatch.setitem(MENUS["traits"], "lexicon", dataclasses.replace(line, run=failed))
    customers, kept, plan = written(ENGLISH), Kept(), WORDS.having(traits=Step("lexicon"))
    compose(customers, plan, keep=kept)
    compose(customers, plan, keep=kept)
    assert calls.count("traits.lexicon") == 2
    assert calls.count("encoder.tfidf") == 1


def test_where_nobody_wrote_anything_topics_and_traits_are_left_out(calls: list[str]) -> None:
    plan = WORDS.having(topics=Step("nmf"), traits=Step("lexicon"), graph=Step("spectral"))
    composed = compose(customers_of(sample(60)[0].drop(columns="review")), plan)
    assert calls == ["graph.spectral"]
    assert composed.topics is composed.traits is None
    told = [str(note.message) for note in composed.features.notes if note.code == "no-texts"]
    assert ["topics" in told[0], "traits" in told[1], len(told)] == [True, True, 2]


def test_progress_only_grows_and_ends() -> None:
    told: list[float] = []
    plan = WORDS.having(topics=Step("nmf", {"n_topics": 3}), traits=Step("lexicon"))
    composed = compose(written(ENGLISH), plan, lambda done, total, note: told.append(done / total))
    assert told == sorted(told)
    assert 0.8 < told[-1] <= 1 + 1e-9
    assert list(composed.seconds) == [*BLOCKS, "text", "topics", "traits", "blend"]


def test_what_must_read_more_texts_refuses_an_encoder_that_cannot() -> None:
    plan = WORDS.having(contrast=Step("head", {"positives": "same text in other words"}))
    with pytest.raises(OptionError, match="any text into the same space"):
        compose(customers_of(sample(200)[0]), plan)


def test_what_was_learned_from_a_column_takes_the_place_of_the_frozen_vectors(calls: list[str]) -> None:
    plan = WORDS.having(contrast=Step("head", {"positives": "same label", "column": "household", "n_steps": 40}))
    customers, kept = customers_of(sample(300)[0]), Kept()
    composed = compose(customers, plan, keep=kept)
    assert composed.contrast is not None
    assert set(composed.contrast.before) == set(composed.contrast.after)
    calls.clear()
    again = compose(customers, plan, keep=kept)
    assert calls == []
    np.testing.assert_array_equal(composed.features.matrix, again.features.matrix)


def test_the_menu_of_encoders_is_the_plans() -> None:
    assert MENUS["encoder"] is ENCODERS


def test_where_all_wrote_the_same_topics_are_left_out_and_traits_are_read() -> None:
    plan = Plan(topics=Step("nmf"), traits=Step("lexicon"), graph=Step("spectral"))
    customers = written(ENGLISH[:30])
    said = customers.frame["review"].mask(customers.frame["review"].notna(), "The delivery was late.")
    customers = dataclasses.replace(customers, frame=customers.frame.assign(review=said))
    composed = compose(customers, plan)
    assert composed.topics is None and composed.traits is not None
    assert [str(note.message) for note in composed.features.notes if note.code == "no-texts"] == [
        "No topics were looked for, because everybody who wrote anything wrote the same."
    ]
