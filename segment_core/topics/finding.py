"""Finding: what every algorithm for topics does around its own fit: choose a number, fit, and assign all texts."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Note, Progress, Step, Topics
from segment_core.messages import Message, say
from segment_core.topics.choosing import choose
from segment_core.topics.corpus import Corpus, require_texts
from segment_core.topics.settling import settle

MOST_FITTED = 10_000
"""Texts in which topics are looked for; all others are assigned to what was found."""
AT_ONCE = 1_000

Rows = NDArray[np.int64]
Assign = Callable[[Rows], NDArray[np.float64]]


class Fit(Protocol):
    """An algorithm's own part."""

    def __call__(self, rows: Rows, n_topics: int, seed: int, progress: Progress) -> Assign:
        """Find `n_topics` in some of a corpus' texts, and return what gives any of its texts their shares."""
        ...


def find(
    corpus: Corpus, fit: Fit, *, step: Callable[[int], Step], n_topics: int | None, seed: int, progress: Progress
) -> Topics:
    """Find topics with an algorithm's own `fit`; without `n_topics` their number is chosen first.

    `step` makes the line of the menu with its options, once the number of topics is known.

    Raises
    ------
    OptionError
        If there are fewer different texts than topics.
    """
    from threadpoolctl import threadpool_limits

    require_texts(corpus, n_topics or 2)
    # Threads add up their parts in the order they finish; one thread gives the same sums every time.
    with threadpool_limits(limits=1):
        if n_topics is None:
            n_topics, reason = choose(corpus, fit, seed, _part(progress, 0.1, 0.6))
        else:
            reason = say("{k} topics, as asked for, in {n:,} texts.", k=n_topics, n=len(corpus))
        n_fitted, shares = _shares(corpus, fit, n_topics, seed, progress)
    topics = settle(corpus, shares, step(n_topics), reason, _notes(n_fitted, len(corpus)))
    progress(1, 1, say("Topics found: {k}", k=len(topics.topics)))
    return topics


def reading(progress: Progress) -> Progress:
    """Return a progress for the reading of the texts, which comes before all else."""
    return _part(progress, 0.0, 0.1)


def _shares(corpus: Corpus, fit: Fit, n_topics: int, seed: int, progress: Progress) -> tuple[int, NDArray[np.float64]]:
    rows = np.arange(len(corpus))
    fitted = rows
    if len(rows) > MOST_FITTED:
        fitted = np.sort(np.random.default_rng(seed).choice(rows, MOST_FITTED, replace=False))
    assign = fit(fitted, n_topics, seed, _part(progress, 0.6, 0.9))
    found = []
    for start in range(0, len(rows), AT_ONCE):
        progress(0.9 + 0.1 * start / len(rows), 1, say("Giving {n:,} texts their topics", n=len(rows)))
        found.append(assign(rows[start : start + AT_ONCE]))
    return len(fitted), np.vstack(found)


def _part(progress: Progress, start: float, stop: float) -> Progress:
    def inner(done: float, total: float, note: Message) -> None:
        progress(start + (stop - start) * done / max(total, 1e-9), 1, note)

    return inner


def _notes(n_fitted: int, n_texts: int) -> tuple[Note, ...]:
    if n_fitted == n_texts:
        return ()
    message = say(
        "Topics were looked for in {n:,} of {all:,} texts; the others got theirs afterwards.", n=n_fitted, all=n_texts
    )
    return (Note("sampled", message, n_fitted),)
