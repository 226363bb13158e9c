"""Loop: one thread with one event loop, because a client shared by threads breaks when each brings its own loop."""

import threading
import time
from collections.abc import Coroutine
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from segment_core.artifacts import Progress
from segment_core.messages import Message

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

POLL_SECONDS = 0.2


class LoopThread:
    """A daemon thread that runs coroutines for everybody in the process."""

    def __init__(self) -> None:
        import asyncio

        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="llm-loop", daemon=True).start()

    def run(self, work: Coroutine[Any, Any, T], *, seconds: float, progress: Progress, note: Message) -> T:
        """Wait for a coroutine, telling `progress` five times a second how much of the time has gone.

        The coroutine is cancelled, and its socket closed, as soon as `progress` raises or time is up.

        Raises
        ------
        TimeoutError
            If it takes longer than `seconds`.
        """
        import asyncio

        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return self._wait(future, seconds, progress, note)
        finally:
            future.cancel()

    def _wait(self, future: "Future[T]", seconds: float, progress: Progress, note: Message) -> T:
        start = time.monotonic()
        while True:
            gone = time.monotonic() - start
            progress(min(gone, seconds), seconds, note)
            if gone >= seconds:
                raise TimeoutError
            try:
                return future.result(timeout=min(POLL_SECONDS, max(seconds - gone, 0.01)))
            except TimeoutError:
                if future.done():
                    raise


@cache
def loop_thread() -> LoopThread:
    """Return the process's one loop thread, started when first asked for."""
    return LoopThread()
