"""Retries: which failures are worth another try, and how long to wait before it."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from segment_core.artifacts import Progress
from segment_core.messages import Message, say

FIRST_WAIT, LONGEST_OWN_WAIT = 0.5, 20.0
LONGEST_ASKED_WAIT = 600.0
POLL_SECONDS = 0.1
_BUSY = (408, 409, 429)
_NOT_OFFERED, _OVERLOADED = 501, 503


def is_passing(status: int | None) -> bool:
    """Tell whether a status may pass by itself: the server is busy or has a bad moment."""
    return status is not None and (status in _BUSY or (status >= 500 and status != _NOT_OFFERED))


def is_reset(error: BaseException | None) -> bool:
    """Tell whether a connection that stood broke off, whatever library says so; one refused at once did not stand."""
    from httpx2 import ReadError, RemoteProtocolError, WriteError

    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, ReadError | WriteError | RemoteProtocolError | ConnectionResetError):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False


def wait_before(tried: int, asked: str, *, seed: str = "", first: float | None = None) -> float:
    """Return the seconds to wait after so many tries: twice as long each time, or as long as the server asked for.

    `asked` is its Retry-After, in seconds or as a date. `seed`, some hexadecimal digits of what is sent, spreads calls
    that failed together by up to a quarter; the same call always waits the same time.
    """
    own = min(LONGEST_OWN_WAIT, (FIRST_WAIT if first is None else first) * 2.0 ** (tried - 1))
    spread = 1 + (int(seed[:4], 16) / 65535 / 4 if seed else 0)
    return max(own * spread, _asked_for(asked))


def sit_out(seconds: float, host: str, progress: Progress, status: int | None = 429) -> None:
    """Wait, telling why: `status` is None where no answer came. Cancelling is heard within a tenth of a second."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        progress(seconds - left, seconds, _told(host, status, int(left) + 1))
        time.sleep(min(POLL_SECONDS, left))


def _told(host: str, status: int | None, seconds: int) -> Message:
    if status is None:
        return say("The connection to {host} broke off; trying again in {seconds} s.", host=host, seconds=seconds)
    if status in (*_BUSY, _OVERLOADED):
        return say("The server {host} is busy; trying again in {seconds} s.", host=host, seconds=seconds)
    return say(
        "The server {host} answered with the error {status}; trying again in {seconds} s.",
        host=host,
        status=status,
        seconds=seconds,
    )


def _asked_for(header: str) -> float:
    text = header.strip()
    try:
        found = float(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            return 0.0
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        found = (moment - datetime.now(UTC)).total_seconds()
    return min(LONGEST_ASKED_WAIT, found) if found > 0 else 0.0
