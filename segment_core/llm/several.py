"""Several: a few calls to a language model at once, each kept as soon as it is answered."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from threading import Event
from typing import TypeVar

from segment_core.artifacts import Progress, silent
from segment_core.errors import Cancelled, MissingExtraError, ModelError
from segment_core.messages import Message, say

T = TypeVar("T")

AT_ONCE = 4
POLL_SECONDS = 0.2


def several(
    works: Sequence[Callable[[Progress], T]],
    *,
    at_once: int = AT_ONCE,
    done: Callable[[int, T], None] = lambda number, made: None,
    progress: Progress = silent,
) -> list[T | ModelError | MissingExtraError]:
    """Do works that wait for a server side by side; return what each made, or why it failed, in their order.

    A work is called with a progress of its own, to be called often. `done` is told of each work that succeeded as soon
    as it did, in this thread: what is kept there survives whatever happens to the others. Calls made by the works are
    entered in the ledger of this thread's block.

    Raises
    ------
    Cancelled
        If `progress` raised it; the works under way then end at their next call of their own progress.
    """
    stop = Event()
    found: list[T | ModelError | MissingExtraError | None] = [None] * len(works)

    def tell(n_done: int) -> None:
        progress(n_done, len(works), say("Answers of the model: {done} of {n}", done=n_done, n=len(works)))

    with ThreadPoolExecutor(max(1, min(at_once, len(works))), thread_name_prefix="model") as pool:
        waiting: dict[Future[T], int] = {
            pool.submit(copy_context().run, work, _until(stop)): number for number, work in enumerate(works)
        }
        try:
            while waiting:
                tell(len(works) - len(waiting))
                for future in wait(waiting, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED).done:
                    number = waiting.pop(future)
                    try:
                        made = future.result()
                    except (ModelError, MissingExtraError) as error:
                        found[number] = error
                    else:
                        found[number] = made
                        done(number, made)
            tell(len(works))
        finally:
            stop.set()
            for future in waiting:
                future.cancel()
    return [made for made in found if made is not None]


def _until(stop: Event) -> Progress:
    """Return a progress that ends its work once the others are to stop."""

    def told(done: float, total: float, note: Message) -> None:
        if stop.is_set():
            raise Cancelled

    return told
