"""Questions about pairs: the right ones are asked, answers are learned from, and answers without sense are refused."""

import numpy as np
import pytest

from segment_core.artifacts import Labels, Pieces
from segment_core.feedback import Answer, Question, cut_into_pieces, held_out, judge, learn, questions, told_same
from segment_core.feedback.judging import at_least, stands
from tests.planted import blobs

FEATURES, TRUTH = blobs((60, 60, 60, 60), width=6)
JOINED = np.where(TRUTH == 3, 2, TRUTH).astype(np.int64)
"""Segments of which the last holds two groups."""
SPLIT = TRUTH + (np.arange(len(TRUTH)) % 2) * (TRUTH == 0) * 4
SPLIT = np.unique(SPLIT, return_inverse=True)[1].astype(np.int64)
"""Segments of which two are the halves of one group."""


def answered(pieces: Pieces, n: int, truth: Labels = TRUTH, wrong: float = 0.0) -> list[Answer]:
    random, found = np.random.default_rng(0), []
    while len(found) < n and (asked := questions(pieces, 5, found)):
        found += [
            Answer(pair.one, pair.other, bool(truth[pair.one] == truth[pair.other]) != bool(random.random() < wrong))
            for pair in asked
        ]
    return found[:n]


def right(labels: Labels, truth: Labels = TRUTH) -> bool:
    return len(set(zip(labels.tolist(), truth.tolist(), strict=True))) == len(set(truth)) == len(set(labels))


@pytest.mark.parametrize("labels", [JOINED, SPLIT])
def test_twenty_answers_mend_segments_that_hold_two_groups_or_half_a_group(labels: Labels) -> None:
    pieces = cut_into_pieces(FEATURES.matrix, labels)
    assert not right(labels)
    assert right(learn(pieces, answered(pieces, 40))[pieces.of])


def test_without_answers_nothing_is_learned() -> None:
    pieces = cut_into_pieces(FEATURES.matrix, JOINED)
    assert np.array_equal(learn(pieces, ()), pieces.segments)
    assert judge(pieces, ()).judgement == "nothing"


def test_a_piece_lies_in_one_segment_and_speakers_are_of_their_piece() -> None:
    pieces = cut_into_pieces(FEATURES.matrix, JOINED)
    assert np.array_equal(pieces.segments[pieces.of], JOINED)
    assert all(pieces.of[row] == number for number, rows in enumerate(pieces.speakers) for row in rows)
    assert [group.sum() for group in pieces.groups if group.sum() == (pieces.segments == 2).sum()]


def test_no_question_is_asked_twice_and_skipped_ones_do_not_come_back() -> None:
    pieces = cut_into_pieces(FEATURES.matrix, JOINED)
    answers = answered(pieces, 60)
    pairs = [tuple(sorted((answer.one, answer.other))) for answer in answers]
    assert len(set(pairs)) == len(pairs)
    first = questions(pieces, 3)
    later = questions(pieces, 20, skipped=first)
    assert not {(pair.one, pair.other) for pair in first} & {(pair.one, pair.other) for pair in later}


def test_a_surprising_answer_is_asked_again_of_two_others() -> None:
    pieces = cut_into_pieces(FEATURES.matrix, JOINED)
    found = next(
        pair
        for pair in questions(pieces, 20)
        if JOINED[pair.one] == JOINED[pair.other] and TRUTH[pair.one] != TRUTH[pair.other]
    )
    again = questions(pieces, 1, [Answer(found.one, found.other, False)])[0]
    assert {int(pieces.of[again.one]), int(pieces.of[again.other])} == {
        int(pieces.of[found.one]),
        int(pieces.of[found.other]),
    }
    assert (again.one, again.other) != (found.one, found.other)


def test_segments_of_one_or_two_customers_are_not_asked_about_by_the_same_two_again() -> None:
    matrix = np.vstack([FEATURES.matrix, [[90.0] * 6, [-90.0] * 6, [-90.1] * 6]]).astype(np.float32)
    pieces = cut_into_pieces(matrix, np.concatenate([TRUTH, [4, 5, 5]]).astype(np.int64))
    lone, first, second = len(TRUTH), len(TRUTH) + 1, len(TRUTH) + 2
    surprising = [Answer(lone, first, True)]
    again = questions(pieces, 1, surprising)[0]
    assert {again.one, again.other} == {lone, second}
    surprising.append(Answer(lone, second, True))
    later = questions(pieces, 400, surprising)
    pairs = {frozenset((pair.one, pair.other)) for pair in later}
    assert len(pairs) == len(later) and not pairs & {frozenset((lone, first)), frozenset((lone, second))}


def test_two_segments_are_left_whatever_is_said() -> None:
    labels = np.minimum(TRUTH, 1).astype(np.int64)
    pieces = cut_into_pieces(FEATURES.matrix, labels)
    same = [Answer(one, other, True) for one in range(0, 40, 4) for other in range(61, 240, 20)]
    assert set(learn(pieces, same).tolist()) == {0, 1}


def test_true_answers_are_kept_and_answers_of_shuffled_labels_are_not() -> None:
    pieces = cut_into_pieces(FEATURES.matrix, JOINED)
    kept = judge(pieces, answered(pieces, 40))
    assert (kept.judgement, kept.harmed) == ("keep", 0)
    assert kept.after > kept.before
    shuffled = np.random.default_rng(1).permutation(TRUTH)
    assert judge(pieces, answered(pieces, 40, shuffled)).judgement != "keep"
    assert judge(pieces, answered(pieces, 40, wrong=0.3)).judgement != "keep"


def test_each_answer_is_told_from_all_others_and_progress_can_stop_it() -> None:
    pieces = cut_into_pieces(FEATURES.matrix, JOINED)
    answers = answered(pieces, 30, wrong=0.2)
    one_by_one = [
        told_same(pieces, learn(pieces, answers[:place] + answers[place + 1 :]), answer) == answer.same
        for place, answer in enumerate(answers)
    ]
    assert held_out(pieces, answers).tolist() == one_by_one
    told: list[float] = []
    judge(pieces, answers, lambda done, total, note: told.append(done / total))
    assert len(told) == len(answers) and told == sorted(told)


def test_what_helps_surely_may_lean_on_answers_that_surely_have_sense_but_never_the_other_way_round() -> None:
    six_of_seven, nearly_all = at_least(6, 7, 0.5), at_least(47, 50, 0.7)
    assert stands(six_of_seven, nearly_all)
    assert not stands(at_least(5, 8, 0.5), nearly_all)
    assert not stands(six_of_seven, at_least(41, 50, 0.7))
    assert not stands(at_least(20, 20, 0.5), at_least(39, 50, 0.7))


def test_where_answers_were_no_surprise_less_is_asked() -> None:
    pieces = cut_into_pieces(FEATURES.matrix, JOINED)
    across = [pair for pair in questions(pieces, 200) if JOINED[pair.one] != JOINED[pair.other]][:12]
    told = [Answer(pair.one, pair.other, False) for pair in across]
    later = [pair for pair in questions(pieces, 40, told) if pieces.of[pair.one] != pieces.of[pair.other]]
    assert sum(JOINED[pair.one] == JOINED[pair.other] for pair in later) > len(later) / 2


def test_chances_are_those_of_the_binomial() -> None:
    assert at_least(0, 5, 0.7) == pytest.approx(1.0)
    assert at_least(18, 20, 0.7) == pytest.approx(0.0355, abs=1e-4)


def test_a_question_about_one_segment_alone_is_still_found() -> None:
    pieces = cut_into_pieces(FEATURES.matrix, np.zeros(len(TRUTH), dtype=np.int64))
    assert all(isinstance(pair, Question) for pair in questions(pieces, 5))
    assert right(learn(pieces, answered(pieces, 60))[pieces.of])
