"""Answers about pairs in a study: asked, learned from, kept as edits, and given by a model that agrees."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from segment_core import measuring
from segment_core.artifacts import Clustering, PairAnswer, Receipt, silent
from segment_core.clustering.membership import settle
from segment_core.errors import DataError, OptionError
from segment_core.feedback import judge, kappa
from segment_core.improving.modelled import ModelledOptions, agrees, answered_by_model, letter
from segment_core.improving.pairs import agreement, answered, next_pairs, pieces_of, said, unsaid
from segment_core.improving.receipts import discarded, kept, moves_of, receipt_of, stands
from segment_core.improving.recording import recorded, said_again, taken_back
from segment_core.improving.shaping import shaped
from segment_core.intake import sample
from segment_core.metrics import METRICS
from segment_core.study import Study
from tests.llm.server import Request, ScriptedServer, data_of

N = 300


class Analyst:
    """Knows the sample's planted segments."""

    def __init__(self, study: Study, wrong: float = 0.0) -> None:
        self._truth = sample(N)[1]
        self._random, self._wrong = np.random.default_rng(0), wrong

    def same(self, one: str, other: str) -> bool:
        return bool(self._truth[one] == self._truth[other]) != bool(self._random.random() < self._wrong)

    def answers(self, study: Study, n: int) -> Study:
        while len(study.answers) < n and (pairs := next_pairs(study, 5)):
            for one, other in pairs:
                study = said(study, one, other, self.same(one, other), "Ada")
        return study


@pytest.fixture(scope="module")
def joined(small_study: Study) -> Study:
    """Return a study two of whose planted segments are one."""
    truth = sample(N)[1].reindex(small_study.customers.frame.index.astype(str))
    numbers = np.unique(truth, return_inverse=True)[1]
    labels = np.where(numbers == numbers.max(), 0, numbers).astype(np.int64)
    found: Clustering = small_study.clustering
    made = settle(small_study.features, labels, found.made_by, reasons=(), trials=())
    study = replace(small_study, clustering=made, run="r1", answers=(), receipts=(), edits=())
    return replace(study, pieces=pieces_of(replace(study, pieces=None)))


@pytest.fixture(scope="module")
def told(joined: Study) -> Study:
    return Analyst(joined).answers(joined, 40)


@pytest.fixture(scope="module")
def _few_metrics() -> Iterator[None]:
    """Measure by two metrics of the menu: drawing other customers again and again costs seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "METRICS", {name: METRICS[name] for name in ("silhouette", "balance")})
        yield


@pytest.fixture(scope="module")
def receipt(told: Study, _few_metrics: None) -> Receipt:
    return receipt_of(told)


def test_a_receipt_measures_before_anything_changes_and_keeping_it_splits_the_segment(
    told: Study, receipt: Receipt
) -> None:
    assert (receipt.judgement, receipt.n_answers, receipt.n_by_model) == ("keep", 40, 0)
    assert receipt.after > receipt.before and receipt.helped > receipt.harmed == 0
    assert {move.end for move in receipt.moves} == {"N1"}
    assert {score.name: score.before != score.after for score in receipt.scores}["silhouette"]
    with_receipt = replace(told, receipts=(receipt,))
    made = kept(with_receipt, 0, "Ada")
    assert [edit.what for edit in made.edits] == ["split"]
    assert made.receipts[0].decided == "kept"
    assert set(made.edits[0].customers) == {id_ for move in receipt.moves for id_ in move.customers}
    after = shaped(made.clustering, made.customers.frame.index, made.features, made.edits, made.plan.outliers)
    assert after.clustering.n_segments == told.clustering.n_segments + 1
    scores, _ = measuring.measured(made.features, after, 0, silent, {})
    then = {(score.name, score.space): score.value for score in scores if not score.segment}
    assert {(one.name, one.space): one.after for one in receipt.scores} == pytest.approx(then)


def test_a_receipt_is_of_its_moves_alone_and_says_when_they_were_taken_back(told: Study, receipt: Receipt) -> None:
    waits = recorded(told, "merge", segment="S1", others=("S2",))
    assert receipt_of(waits).scores == receipt.scores
    made = kept(replace(told, receipts=(receipt,)), 0, "Ada")
    assert stands(made, made.receipts[0]) and made.edits[0].author == "Ada"
    assert not stands(taken_back(made), made.receipts[0])
    assert stands(said_again(taken_back(made)), made.receipts[0])


def test_answers_that_contradict_each_other_are_refused(joined: Study) -> None:
    made = Analyst(joined, wrong=0.4).answers(joined, 40)
    assert judge(made.pieces, answered(made)).judgement != "keep"


def test_a_receipt_of_other_segments_cannot_be_kept(told: Study, receipt: Receipt) -> None:
    with pytest.raises(DataError, match="made anew"):
        kept(replace(told, receipts=(receipt,), run="r2"), 0)
    aside = discarded(replace(told, receipts=(receipt,)), 0)
    assert (aside.receipts[0].decided, aside.edits, aside.answers) == ("discarded", (), told.answers)


def test_a_segment_that_only_got_another_number_moves_nobody(joined: Study) -> None:
    pieces, new = joined.pieces, joined.clustering.n_segments
    renumbered = np.where(pieces.segments == 0, new, pieces.segments)
    assert moves_of(joined, pieces, renumbered) == ()
    torn = pieces.segments.copy()
    torn[np.flatnonzero(pieces.segments == 0)] = [new, *[new + 1] * (int((pieces.segments == 0).sum()) - 1)]
    assert {(move.start, move.whole) for move in moves_of(joined, pieces, torn)} == {("S1", False)}


def test_too_few_answers_say_how_many_are_needed(joined: Study) -> None:
    with pytest.raises(DataError, match="There are 0 answers, and 8 are needed"):
        receipt_of(joined)


def test_the_last_answer_can_be_taken_back_and_a_skipped_pair_does_not_come_back(joined: Study) -> None:
    ((one, other),) = next_pairs(joined)
    skipped = said(joined, one, other, None)
    assert answered(skipped) == [] and next_pairs(skipped) != [(one, other)]
    assert unsaid(skipped).answers == ()
    assert next_pairs(unsaid(skipped)) == [(one, other)]


def test_customers_who_are_gone_are_left_out(joined: Study) -> None:
    gone = replace(joined, answers=(PairAnswer("nobody", joined.customers.frame.index[0], True, "now"),))
    assert answered(gone) == [] and next_pairs(gone)


class PairServer(ScriptedServer):
    """Says of pairs what an analyst would, or the contrary."""

    def __init__(self, analyst: Analyst, *, contrary: bool = False) -> None:
        super().__init__()
        self.analyst, self.contrary = analyst, contrary
        self.shown: list[dict[str, Any]] = []
        self.by_facts: dict[str, str] = {}
        self.until: int | None = None

    def _text(self, body: Request, formal: bool) -> str:
        data = data_of(body)
        if self.until is not None and len(self.shown) >= self.until:
            return "I had rather not."
        self.shown.append(data)
        entries = []
        for pair in data.get("pairs", ()):
            one, other = (self.by_facts[json.dumps(pair[side], sort_keys=True)] for side in ("one", "other"))
            entries.append({"pair": pair["id"], "same": self.analyst.same(one, other) != self.contrary})
        return json.dumps({"pairs": entries})


def asked(
    study: Study, *, contrary: bool = False, until: int | None = None, keep: Any = lambda made: None
) -> tuple[Study, PairServer]:
    server = PairServer(Analyst(study), contrary=contrary)
    server.until = until
    ids = study.customers.frame.index.astype(str).tolist()
    both = list(zip(ids[::2], ids[1::2], strict=True))
    sealed = str(letter(study, both, ()))
    pairs = data_of({"messages": [{"role": "user", "content": sealed}]})["pairs"]
    for pair, (one, other) in zip(pairs, both, strict=True):
        server.by_facts |= {json.dumps(pair["one"], sort_keys=True): one}
        server.by_facts |= {json.dumps(pair["other"], sort_keys=True): other}
    try:
        options = ModelledOptions(url=server.url, model="m", n_pairs=10, timeout=120.0)
        return answered_by_model(study, options, keep=keep), server
    finally:
        server.close()


def test_a_model_that_agrees_answers_the_rest_and_its_answers_are_marked(told: Study) -> None:
    made, server = asked(told)
    found, n = agreement(made)
    assert found == 1.0 and n == 34
    new = [answer for answer in made.answers if answer.by_model]
    assert len(new) == 44 and {answer.author for answer in new} == {"model:m"}
    assert len(answered(made)) - len(answered(made, by_model=False)) == 10
    shown = json.dumps(server.shown)
    assert "@" not in shown.replace("[EMAIL", "") and len(server.shown[0]["examples"]) == 6


def test_a_model_that_does_not_agree_answers_nothing_beyond_its_test(told: Study) -> None:
    made, _ = asked(told, contrary=True)
    found, n = agreement(made)
    assert found < 0 and not agrees(made, 0.2)
    assert sum(answer.by_model for answer in made.answers) == n == 34


def test_what_a_model_answered_before_it_failed_is_kept(told: Study) -> None:
    kept_until_then: list[Study] = []
    with pytest.raises(DataError, match="stopped answering"):
        asked(told, until=2, keep=kept_until_then.append)
    (made,) = kept_until_then
    assert 0 < sum(answer.by_model for answer in made.answers) <= 10


def test_a_model_is_tested_first_and_has_to_be_named(joined: Study, told: Study) -> None:
    with pytest.raises(DataError, match="answer 16 or more yourself"):
        answered_by_model(joined, ModelledOptions(url="http://127.0.0.1:1/v1", model="m"))
    with pytest.raises(OptionError, match="No language model"):
        answered_by_model(told, ModelledOptions())


def test_kappa_of_chance_is_nothing() -> None:
    assert kappa([True, True, False, False], [True, False, True, False]) == 0.0
    assert kappa([True, True], [True, True]) is None
    assert kappa([], []) is None
