"""Searching: thirty questions with known answers, every encoder's questions, and promises of words and order."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from benchmarks.search import Asked, asked, by_kind
from segment_core.artifacts import Column, Condition, Customers, Query, Step, silent
from segment_core.encoders import FOLDS
from segment_core.errors import DataError, OptionError
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.searching import (
    Passages,
    alike,
    answer,
    answer_key,
    as_conditions,
    ask,
    base_key,
    cut_of,
    find,
    index_of,
    passages_of,
    quotes,
    scored,
    sending,
)
from segment_core.searching.passages import LONGEST
from segment_core.store import Workspace
from segment_core.study import Study
from tests.llm.embedding_server import embedding
from tests.search_questions import QUESTIONS, shop

COMPLAINTS = [
    "The refund never came. I wrote five times.",
    "Lovely lamp for the hallway.",
    "My parcel was late again! Café CRÈME mug arrived broken.",
    "Still waiting for the refund.",
    "The lamp is fine, the hallway is bright.",
]


def people(texts: list[str] = COMPLAINTS, **columns: list) -> Customers:
    frame = pd.DataFrame({"review": texts, **columns}, index=[f"c{n}" for n in range(len(texts))])
    known = [Column("review", "text", "psychographic", say("-"))]
    known += [
        Column(name, "money" if isinstance(cells[0], float) else "category", "behavioural", say("-"))
        for name, cells in columns.items()
    ]
    return Customers(frame, tuple(known), "id", len(texts))


def study_of(customers: Customers, encoder: Step) -> Study:
    plan = Plan(encoder=encoder)
    return Study(plan, plan, customers, "x")


@pytest.fixture(scope="module")
def thirty() -> list[Asked]:
    return asked(300, 500)


def test_every_question_is_there_and_most_have_answers(thirty) -> None:
    assert len(thirty) == len(QUESTIONS) == 30
    assert sum(one.n > 0 for one in thirty) >= 28


def test_words_and_filters_find_exactly_who_answers(thirty) -> None:
    for one in thirty:
        if one.kind in ("words", "filter"):
            assert one.ours == (1.0, 1.0), one.question.query


def test_meaning_and_combinations_keep_their_bounds(thirty) -> None:
    found = by_kind(thirty)
    _, recall, precision, peer_recall, peer_precision = found["meaning"]
    assert recall >= 0.55 and precision >= 0.33
    assert recall > peer_recall and precision > peer_precision
    _, recall, precision, *_ = found["meaning zh"]
    assert recall >= 0.55 and precision >= 0.6
    _, recall, precision, *_ = found["combined"]
    assert recall >= 0.7 and precision >= 0.65


@pytest.mark.parametrize("name", [*FOLDS, "onnx_int8"])
def test_every_kind_of_encoder_reads_a_question(name: str, tmp_path) -> None:
    customers = shop(120)
    options = {}
    if name == "glove_file":
        words = sorted({word for text in customers.frame["review"] for word in text.lower().split()})
        random = np.random.default_rng(0)
        lines = [f"{word} {' '.join(f'{x:.3f}' for x in random.normal(size=8))}" for word in words]
        (tmp_path / "words.txt").write_text("\n".join(lines))
        options = {"path": str(tmp_path / "words.txt")}
    passages = passages_of(customers)
    index = index_of(study_of(customers, Step(name, options)), passages, silent, secrets={})
    question = passages.distinct[7]
    found = alike(index, passages, len(customers), question, silent, secrets={})
    said = {passages.distinct[found.sentence[row]] for row in found.order[:3]}
    assert question in said


@pytest.mark.parametrize("name", ["tfidf", "word2vec", "glove"])
def test_a_text_folded_in_lies_where_the_encoder_put_it(name: str) -> None:
    texts = list(passages_of(shop(100)).distinct)
    from segment_core.encoders import ENCODERS

    matrix, fold = FOLDS[name](texts, ENCODERS[name].options(), silent)
    assert np.array_equal(matrix, ENCODERS[name].run(texts, ENCODERS[name].options(), silent).matrix)
    again = fold.read(texts[:20])
    assert np.allclose(np.sum(again * matrix[:20], axis=1), 1.0, atol=1e-3)


def test_a_question_that_the_model_does_not_read_is_told() -> None:
    customers = people()
    passages = passages_of(customers)
    warned = {}
    for name in ("onnx_int8", "tfidf"):
        index = index_of(study_of(customers, Step(name)), passages, silent, secrets={})
        for question in (
            "谁在抱怨送货太慢？",
            "Wer beschwert sich über die späte Lieferung?",
            "refund",
            "who waits too long?",
        ):
            notes = alike(index, passages, len(customers), question, silent, secrets={}).notes
            warned[name, question[:3]] = [note.code for note in notes]
    foreign = ["foreign-question"]
    assert [warned["onnx_int8", start] for start in ("谁在抱", "Wer", "ref", "who")] == [foreign, foreign, [], []]
    assert not any(codes for (name, _), codes in warned.items() if name == "tfidf")


def test_a_question_without_a_known_word_finds_nobody() -> None:
    customers = people()
    passages = passages_of(customers)
    index = index_of(study_of(customers, Step("tfidf")), passages, silent, secrets={})
    found = alike(index, passages, 5, "xyzzy", silent, secrets={})
    assert found.cut == 0 and not len(found.order)
    assert find(customers, Query(meaning="xyzzy"), alike=found).ids == ()


def test_row_order_does_not_matter() -> None:
    customers = shop(80)
    mixed = replace(customers, frame=customers.frame.iloc[::-1], said=customers.said.iloc[::-1])
    answers = []
    for one in (customers, mixed):
        passages = passages_of(one)
        index = index_of(study_of(one, Step("tfidf")), passages, silent, secrets={})
        near = alike(index, passages, len(one), "refund", silent, secrets={})
        answers.append(dict(zip(one.frame.index, near.similarity.tolist(), strict=True)))
    assert answers[0] == pytest.approx(answers[1], abs=1e-5)


def test_the_answer_is_kept_and_found_again(tmp_path, monkeypatch) -> None:
    workspace = Workspace(tmp_path)
    study = study_of(people(), Step("tfidf"))
    id_ = workspace.new_study("x")
    workspace.save_study(id_, study, summary={})
    args = {"workspace": str(tmp_path), "study": id_, "meaning": " the  refund "}
    base = base_key(study, passages_of(study.customers))
    assert answer(workspace, answer_key(base, "the refund")) is None
    made = ask(args, {}, silent)
    assert made["key"] == answer_key(base, "the refund")
    monkeypatch.setattr("segment_core.searching.asking.alike", None)  # nothing is compared twice
    ask(args, {}, silent)
    found = answer(workspace, made["key"])
    assert found is not None
    assert {study.customers.frame.index[row] for row in found.order[:2]} == {"c0", "c3"}


def test_all_parts_must_be_met_and_meaning_takes_the_nearest() -> None:
    customers = people(spend=[10.0, 20.0, 30.0, 40.0, 50.0])
    passages = passages_of(customers)
    index = index_of(study_of(customers, Step("tfidf")), passages, silent, secrets={})
    near = alike(index, passages, 5, "refund", silent, secrets={})
    assert find(customers, Query(meaning="refund", n_nearest=2), alike=near).ids == tuple(
        customers.frame.index[near.order[:2]]
    )
    both = Query(meaning="refund", n_nearest=2, conditions=(Condition("spend", ">", ("30",)),))
    assert find(customers, both, alike=near).ids == ("c3",)
    assert find(customers, replace(both, words="waiting"), alike=near).ids == ("c3",)
    assert find(customers, replace(both, words="lamp"), alike=near).ids == ()
    assert find(customers, Query()).ids == ()
    with pytest.raises(OptionError):
        find(customers, Query(meaning="refund"))


def test_words_ignore_case_and_accents_and_the_rarer_ranks_first() -> None:
    customers = people(["cafe cafe cafe", "A Café in a very long text " + "on and on " * 30, "refund"])
    met, score = scored(customers, "CAFÉ")
    assert met.tolist() == [True, True, False]
    assert score[0] > score[1] > score[2]
    assert scored(customers, '"very long"')[0].tolist() == [False, True, False]
    assert scored(people(["味道不错，送得很快", "太慢了"]), "送得")[0].tolist() == [True, False]
    assert not scored(customers, "  ")[0].any()


def test_quotes_say_where_and_mark_what_was_asked() -> None:
    customers = people(city=["Rome", "Rome", "Oslo", "Oslo", "Rome"])
    passages = passages_of(customers)
    (quote,) = quotes(customers, passages, Query(words="creme"), ["c2"])
    assert [quote.text[start:end] for start, end in quote.places] == ["CRÈME"]
    assert (quote.column, quote.customer) == ("review", "c2")
    (quote,) = quotes(customers, passages, Query(words="oslo"), ["c3"])
    assert (quote.column, quote.text) == ("city", "Oslo")
    index = index_of(study_of(customers, Step("tfidf")), passages, silent, secrets={})
    near = alike(index, passages, 5, "late parcel", silent, secrets={})
    (quote,) = quotes(customers, passages, Query(meaning="late parcel"), ["c2"], near)
    assert [quote.text[start:end] for start, end in quote.places] == ["My parcel was late again!"]


def test_what_can_be_said_as_conditions_is() -> None:
    customers = people(city=["Rome", "lamp", "Oslo", "Oslo", "Rome"])
    refund = Query(words="refund")
    assert as_conditions(customers, refund, find(customers, refund).ids) == (
        Condition("review", "contains", ("refund",)),
    )
    lamp = Query(words="lamp hallway")  # in no single column for everybody found
    mixed = people(["hallway", "lamp hallway"], city=["lamp", "Oslo"])
    assert as_conditions(mixed, lamp, find(mixed, lamp).ids) is None
    assert as_conditions(customers, Query(meaning="refund"), ["c0"]) is None


def test_the_cut_is_halfway_between_those_who_surely_are_and_the_middle() -> None:
    similarity = np.concatenate([np.full(30, 0.8), np.full(170, 0.1), np.full(5, -1.0)]).astype(np.float32)
    assert cut_of(similarity) == 30
    assert cut_of(np.full(4, -1.0, dtype=np.float32)) == 0
    assert cut_of(np.array([0.3], dtype=np.float32)) == 1


def test_a_sentence_without_an_end_is_cut() -> None:
    found: Passages = passages_of(people(["word " * (2 * LONGEST + 1), "好" * 400]))
    assert max(len(piece.split()) for piece in found.distinct) == LONGEST
    assert max(len(piece) for piece in found.distinct if "好" in piece) == 150


def test_of_too_many_sentences_some_are_drawn_and_that_is_said(monkeypatch) -> None:
    monkeypatch.setattr("segment_core.searching.index.MOST", 4)
    customers = people()
    passages = passages_of(customers)
    index = index_of(study_of(customers, Step("tfidf")), passages, silent, secrets={})
    assert sum(len(part.rows) for part in index.parts) == 4
    (note,) = [note for note in index.notes if note.code == "not-searched"]
    assert note.count == len(passages.distinct) - 4


def test_a_server_is_not_sent_every_text_unless_that_was_shown(tmp_path) -> None:
    with embedding() as server:
        workspace = Workspace(tmp_path)
        there = {"url": server.url, "model": "m", "longest": 2000, "batch_size": 64, "timeout": 20.0}
        study = study_of(people(), Step("endpoint", there))
        id_ = workspace.new_study("x")
        workspace.save_study(id_, study, summary={})
        args = {"workspace": str(tmp_path), "study": id_, "meaning": "the refund"}
        with pytest.raises(DataError):
            ask(args, {}, silent)
        assert not server.requests
        ask({**args, "send": True}, {}, silent)
        told = sending(study, passages_of(study.customers))
        sent = [text for request in server.requests for text in request["input"]][:-1]
        assert (told.n_texts, told.n_characters) == (len(sent), sum(map(len, sent)))
