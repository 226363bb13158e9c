"""Retries: what passes by itself is waited for, longer each time or as long as asked; what does not is told at once."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from segment_core.errors import Cancelled
from segment_core.llm.retries import is_passing, is_reset, sit_out, wait_before


def test_waiting_grows_and_follows_the_server_within_reason() -> None:
    assert [wait_before(tried, "") for tried in (1, 2, 3)] == [0.5, 1.0, 2.0]
    assert wait_before(1, "3") == 3.0
    assert wait_before(1, "9999999") == 600.0
    assert [wait_before(1, asked) for asked in ("nan", "-4", "soon", "")] == [0.5] * 4
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert 25 < wait_before(1, soon) <= 30


def test_calls_that_failed_together_are_spread_the_same_way_each_time() -> None:
    waits = [wait_before(2, "", seed=seed) for seed in ("0000", "7fff", "ffff")]
    assert waits == sorted(waits) and waits[0] == 1.0 and waits[-1] == 1.25


@pytest.mark.parametrize(("status", "passes"), [(408, 1), (409, 1), (429, 1), (500, 1), (529, 1), (501, 0), (401, 0)])
def test_which_statuses_may_pass(status: int, passes: int) -> None:
    assert is_passing(status) is bool(passes)


def test_a_broken_connection_is_told_from_one_refused() -> None:
    from httpx2 import ConnectError, ReadError

    try:
        try:
            raise ReadError("gone")
        except ReadError as inner:
            raise RuntimeError from inner
    except RuntimeError as error:
        assert is_reset(error)
    assert not is_reset(ConnectError("refused"))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (429, "The server h is busy; trying again in 1 s."),
        (503, "The server h is busy; trying again in 1 s."),
        (500, "The server h answered with the error 500; trying again in 1 s."),
        (None, "The connection to h broke off; trying again in 1 s."),
    ],
)
def test_a_wait_says_what_happened(status: int | None, said: str) -> None:
    told = []
    sit_out(0.01, "h", lambda done, total, note: told.append(str(note)), status)
    assert set(told) == {said}


def test_cancel_is_heard_while_waiting() -> None:
    told = []

    def stop(done: float, total: float, note: object) -> None:
        told.append(str(note))
        raise Cancelled

    with pytest.raises(Cancelled):
        sit_out(60.0, "h", stop)
    assert told == ["The server h is busy; trying again in 60 s."]
