"""Guessing: half way, an encoder labels the texts that have no label, and goes on with those it is surest of."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from segment_core.artifacts import Floats, Labels, Progress
from segment_core.messages import Message, say

if TYPE_CHECKING:
    from segment_core.finetuning.engine import Course
    from segment_core.finetuning.pupils import Pupil

MOST = 20_000
"""Texts that are guessed at most: more would only take longer."""
STRENGTH = 10.0


def guesses(
    pupil: "Pupil", texts: Sequence[str], spare: Sequence[str], course: "Course", *, share: float, progress: Progress
) -> Callable[[int], None]:
    """Return what a course calls ahead of each step: half way it guesses, and the pupil learns from both then on.

    `texts` are the labelled ones, `spare` those without a label. The guesses are part of the course's memory, so that
    a training taken up again need not, and does not, guess anew.
    """
    spare = _some(spare, course.seed)
    known = False

    def before(step: int) -> None:
        nonlocal known
        if known or step < course.n_steps // 2:
            return
        if "guesses" not in course.memory:

            def told(done: float, total: float, note: Message) -> None:
                progress(step, course.n_steps, say("Guessing labels: {done:,} of {n:,} texts", done=done, n=total))

            read = course.model.read([*texts, *spare], told)
            found = surest(read[: len(texts)], pupil.codes, read[len(texts) :], share)
            import torch

            course.memory["guesses"] = torch.from_numpy(found)
        codes = np.asarray(course.memory["guesses"].cpu().numpy())
        rows = np.flatnonzero(codes >= 0)
        pupil.learn_also([spare[int(row)] for row in rows], codes[rows])
        known = True

    return before


def surest(known: Floats, codes: Labels, unknown: Floats, share: float) -> Labels:
    """Return the code of each unknown text, -1 but for the share of each label's texts that the guess is surest of.

    By label, because a label that is easy to tell would else take all the room.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(known, codes)
    sure: Any = model.predict_proba(unknown)
    found = np.full(len(unknown), -1, dtype=np.int64)
    guess = sure.argmax(axis=1)
    for code in range(sure.shape[1]):
        own = np.flatnonzero(guess == code)
        best = own[np.argsort(-sure[own, code], kind="stable")][: round(share * len(own))]
        found[best] = model.classes_[code]
    return found


def _some(spare: Sequence[str], seed: int) -> Sequence[str]:
    if len(spare) <= MOST:
        return spare
    kept = np.sort(np.random.default_rng([seed, 5]).choice(len(spare), MOST, replace=False))
    return [spare[int(row)] for row in kept]
