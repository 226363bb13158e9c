"""Answers about pairs in a study: asked, learned from, kept as edits, and given by a model that agrees."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from segment_core import measuring
from segment_core.artifacts import Clustering, PairAnswer, Receipt, silent
from segment_core.clustering.kmeans import KMeansOptions, labels_of
from segment_core.clustering.membership import settle
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.feedback import Answer, cut_into_pieces, judge, kappa, learn, questions, replay
from segment_core.improving.modelled import (
    ModelledOptions,
    agrees,
    answered_by_model,
    examples_and_test,
    letter,
    to_be_tested,
)
from segment_core.improving.pairs import agreement, answered, next_pairs, pieces_of, said, unmodelled, unsaid
from segment_core.improving.receipts import discarded, kept, moves_of, receipt_of, standing
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
    assert standing(made, made.receipts[0])[0] and made.edits[0].author == "Ada"
    assert not standing(taken_back(made), made.receipts[0])[0]
    assert standing(said_again(taken_back(made)), made.receipts[0])[0]


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


def test_what_a_receipt_tells_is_what_its_edits_do_also_where_many_segments_change(joined: Study) -> None:
    matrix, index = joined.features.matrix, joined.customers.frame.index
    truth = np.unique(sample(N)[1].reindex(index.astype(str)), return_inverse=True)[1]
    for seed in (9, 11):
        found = labels_of(joined.features, KMeansOptions(n_segments=12, seed=seed))
        cut = settle(joined.features, found, joined.clustering.made_by, reasons=(), trials=())
        pieces = cut_into_pieces(matrix, cut.labels)
        answers: list[Answer] = []
        while len(answers) < 30:
            pairs = questions(pieces, 5, answers)
            answers += [Answer(pair.one, pair.other, bool(truth[pair.one] == truth[pair.other])) for pair in pairs]
        study, places = replace(joined, clustering=cut), learn(pieces, answers)
        moves = moves_of(study, pieces, places)
        made = kept(replace(study, receipts=(Receipt("", "r1", 30, 0, "keep", 0, 1, 9, 0, 0, 0, moves),)), 0)
        done = replay(cut.labels, index, matrix, made.edits)
        assert done.missed == ()
        both = set(zip(done.labels.tolist(), places[pieces.of].tolist(), strict=True))
        assert len(both) == len(set(done.labels.tolist())) == len(set(places[pieces.of].tolist()))


def test_segments_keep_their_number_by_whom_they_hold(joined: Study) -> None:
    pieces = joined.pieces
    one, other = (np.flatnonzero(pieces.segments == segment) for segment in (0, 1))
    places = pieces.segments.copy()
    # All of the first join the second, most of which goes elsewhere: what is told is that some of the second move.
    places[one], places[other[1:]] = 1, joined.clustering.n_segments
    moves = moves_of(joined, pieces, places)
    assert [(move.start, move.end, move.whole) for move in moves] == [("S2", "S1", False)]
    assert len(moves[0].customers) == pieces.sizes[other[0]]


def test_edits_of_a_receipt_that_were_taken_back_do_not_stand(told: Study, receipt: Receipt) -> None:
    made = kept(replace(told, receipts=(receipt,)), 0, "Ada")
    assert {edit.author for edit in made.edits} == {"Ada"}
    assert standing(made, made.receipts[0]) == (1, 1)
    assert standing(taken_back(made), made.receipts[0]) == (0, 1)


def test_too_few_answers_say_how_many_are_needed(joined: Study) -> None:
    with pytest.raises(DataError, match="There are 0 answers, and 8 are needed"):
        receipt_of(joined)


def test_the_last_answer_can_be_taken_back_and_a_skipped_pair_does_not_come_back(joined: Study) -> None:
    ((one, other),) = next_pairs(joined)
    skipped = said(joined, one, other, None)
    assert answered(skipped) == [] and next_pairs(skipped) != [(one, other)]
    assert unsaid(skipped).answers == ()
    assert next_pairs(unsaid(skipped)) == [(one, other)]


def test_everybody_takes_back_their_own_answers(joined: Study) -> None:
    first, second = next_pairs(joined, 2)
    both = said(said(joined, *first, True, "Ada"), *second, False, "Ben")
    assert [one.author for one in unsaid(both, "Ada").answers] == ["Ben"]
    assert [one.author for one in unsaid(both).answers] == ["Ada"]
    assert unsaid(both, "Cleo") == both


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
        self.unsure = False

    def _text(self, body: Request, formal: bool) -> str:
        data = data_of(body)
        if self.until is not None and len(self.shown) >= self.until:
            return "I had rather not."
        self.shown.append(data)
        entries = []
        for pair in data.get("pairs", ()):
            one, other = (self.by_facts[json.dumps(pair[side], sort_keys=True)] for side in ("one", "other"))
            same = self.analyst.same(one, other) != self.contrary
            cannot = self.unsure and len(self.shown) > 7 and pair["id"] != "P1"
            entries.append({"pair": pair["id"], "same": None if cannot else same})
        return json.dumps({"pairs": entries})


def as_request(letter: object) -> Request:
    return {"messages": [{"role": "user", "content": str(letter)}]}


def asked(
    study: Study,
    *,
    contrary: bool = False,
    until: int | None = None,
    unsure: bool = False,
    stop: bool = False,
    keep: Any = lambda made: None,
) -> tuple[Study, PairServer]:
    server = PairServer(Analyst(study), contrary=contrary)
    server.until, server.unsure = None if stop else until, unsure
    ids = study.customers.frame.index.astype(str).tolist()
    both = list(zip(ids[::2], ids[1::2], strict=True))
    pairs = data_of(as_request(letter(study, both, ())))["pairs"]
    for pair, (one, other) in zip(pairs, both, strict=True):
        server.by_facts |= {json.dumps(pair["one"], sort_keys=True): one}
        server.by_facts |= {json.dumps(pair["other"], sort_keys=True): other}

    def progress(done: float, total: float, note: object) -> None:
        if stop and until is not None and len(server.shown) >= until:
            raise Cancelled

    try:
        options = ModelledOptions(url=server.url, model="m", n_pairs=10, timeout=120.0)
        return answered_by_model(study, options, progress, keep=keep), server
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


def test_what_a_model_answered_before_it_was_stopped_is_kept_and_can_be_dropped(told: Study) -> None:
    kept_until_then: list[Study] = []
    with pytest.raises(Cancelled):
        asked(told, until=3, stop=True, keep=kept_until_then.append)
    (made,) = kept_until_then
    assert 10 <= sum(answer.by_model for answer in made.answers) <= 15
    assert unmodelled(made).answers == told.answers


def test_what_is_shown_first_is_what_is_sent_first(told: Study) -> None:
    _, server = asked(told)
    pairs = to_be_tested(told, "m")[:5]
    assert server.shown[0] == data_of(as_request(letter(told, pairs, examples_and_test(told)[0])))


def test_pairs_that_a_model_cannot_tell_are_asked_about_once(told: Study) -> None:
    made, server = asked(told, unsure=True)
    alone = [json.dumps([pair["one"], pair["other"]]) for data in server.shown[7:] for pair in data["pairs"]]
    assert len(alone) == 10 and len(set(alone)) == 10
    assert len(answered(made)) - len(answered(made, by_model=False)) < 10


def test_no_text_of_a_sensitive_column_is_sent(told: Study) -> None:
    pairs, column = to_be_tested(told, "m"), told.customers.named("text")[0]
    wrote = [pair["one"]["wrote"] for pair in data_of(as_request(letter(told, pairs, ())))["pairs"]]
    hidden = replace(told, plan=replace(told.plan, sensitive={column: True}))
    shown = data_of(as_request(letter(hidden, pairs, ())))["pairs"]
    assert any(wrote) and not any(pair[side]["wrote"] for pair in shown for side in ("one", "other"))


def test_a_model_is_tested_first_and_has_to_be_named(joined: Study, told: Study) -> None:
    with pytest.raises(DataError, match="answer 16 or more yourself"):
        answered_by_model(joined, ModelledOptions(url="http://127.0.0.1:1/v1", model="m"))
    with pytest.raises(OptionError, match="No language model"):
        answered_by_model(told, ModelledOptions())


def test_kappa_of_chance_is_nothing() -> None:
    assert kappa([True, True, False, False], [True, False, True, False]) == 0.0
    assert kappa([True, True], [True, True]) is None
    assert kappa([], []) is None
