"""Several calls at once: each kept as soon as it is answered, one failure loses one, cancel ends all."""

import threading
import time

import pytest

from segment_core.artifacts import Progress
from segment_core.errors import Cancelled, ModelError
from segment_core.llm import several
from segment_core.messages import Message, say


def test_works_run_side_by_side_and_answer_in_their_order() -> None:
    meeting = threading.Barrier(3, timeout=10)

    def work(number: int) -> int:
        meeting.wait()  # passes only if three are under way at once
        return number

    works = [lambda progress, number=number: work(number) for number in range(3)]
    assert several(works, at_once=3) == [0, 1, 2]


def test_one_failure_loses_one_and_the_others_are_kept_at_once() -> None:
    kept: dict[int, str] = {}

    def work(progress: Progress, number: int) -> str:
        if number == 9:
            raise ModelError("It broke.")
        return f"S{number}"

    works = [lambda progress, number=number: work(progress, number) for number in range(10)]
    found = several(works, done=kept.__setitem__)
    assert kept == {number: f"S{number}" for number in range(9)}
    assert isinstance(found[9], ModelError)


def test_cancel_ends_the_works_under_way() -> None:
    ended = threading.Event()

    def work(progress: Progress) -> None:
        try:
            while True:
                progress(0, 1, say("Waiting"))
                time.sleep(0.01)
        finally:
            ended.set()

    calls = []

    def told(done: float, total: float, note: Message) -> None:
        calls.append(done)
        if len(calls) > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        several([work, work], progress=told)
    assert ended.wait(5)


def test_an_error_of_ours_is_not_swallowed() -> None:
    def broken(progress: Progress) -> None:
        raise KeyError("ours")

    with pytest.raises(KeyError):
        several([broken])
