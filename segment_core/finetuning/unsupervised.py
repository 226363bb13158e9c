"""Unsupervised: an encoder reads the texts themselves, without any label: SimCSE, masked words, or TSDAE."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Progress, silent
from segment_core.choices import option
from segment_core.encoders.models import BUNDLED
from segment_core.errors import DataError
from segment_core.finetuning.engine import Course, train
from segment_core.finetuning.identity import identity_of
from segment_core.finetuning.lessons import Lesson, Tuned
from segment_core.finetuning.opening import Model
from segment_core.finetuning.pupils import Reader, same_text
from segment_core.finetuning.restoring import Decoder, MaskedHead, hide, thinned

METHODS = ("SimCSE", "masked words", "TSDAE")
FEWEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsupervisedOptions:
    """Options of training without labels."""

    model: str = option(
        BUNDLED, "Start from", offers="encoders", help="The bundled model, an encoder that was kept, or a folder."
    )
    method: str = option(
        "SimCSE",
        "Learns by",
        among=METHODS,
        help="SimCSE reads each text twice and finds it again among others; masked words are guessed from the rest; "
        "TSDAE writes a text again from its vector.",
    )
    n_steps: int = option(200, "Steps", low=1, high=50_000, help="How many batches it learns from.")
    batch_size: int = option(64, "Texts in a step", low=2, high=1024, help="How many texts are read at once.")
    rate: float = option(
        2e-5, "Learning rate", low=1e-7, high=1e-2, step=1e-5, help="How far each step goes, at its highest."
    )
    hidden: float = option(
        0.15,
        "Share of words hidden",
        low=0.05,
        high=0.9,
        help="By masked words; TSDAE leaves out four times as many, at most nine in ten. SimCSE hides none.",
    )
    max_length: int = option(128, "Longest text, word pieces", low=8, high=512, help="Longer texts are read up to it.")
    seed: int = option(0, "Random seed", low=0)


def tune(
    lesson: Lesson, options: UnsupervisedOptions = UnsupervisedOptions(), *, folder: Path, progress: Progress = silent
) -> Tuned:
    """Learn from all texts of a lesson without looking at a label.

    - SimCSE (Gao et al. 2021): two readings of a text differ by dropout alone and must find each other.
    - masked words (Devlin et al. 2019): words hidden in a text are guessed from those around them.
    - TSDAE (Wang et al. 2021): a text with words left out becomes a vector, from which a decoder writes all of it.

    An encoder that was made for sentences gains little or nothing from this, and can lose: look at the measures.

    Raises
    ------
    DataError
        If there are fewer than four different texts.
    """
    texts = lesson.everything()
    if len(texts) < FEWEST:
        raise DataError(
            "Learning without labels needs {n} different texts; there are {found}.", n=FEWEST, found=len(texts)
        )
    reached = options.n_steps * options.batch_size
    if len(texts) > reached:  # the others would never come up
        drawn = np.sort(np.random.default_rng([options.seed, 17]).choice(len(texts), reached, replace=False))
        texts = tuple(texts[int(row)] for row in drawn)
    model = Model(options.model, options.max_length)
    pieces = model.pieces(texts)
    reader = Reader(pieces, options.batch_size, options.seed)
    heads: dict[str, Any] = {}
    losses: dict[str, Callable[..., Callable[[int, np.random.Generator], Any]]] = {
        "SimCSE": _simcse,
        "masked words": _masked,
        "TSDAE": _tsdae,
    }
    loss = losses[options.method](model, pieces, reader, heads, options)
    course = Course(model, options.n_steps, options.rate, options.seed, loss, heads=heads)
    return train(course, identity_of("unsupervised", lesson, options), folder, progress)


def _simcse(
    model: Model, pieces: Sequence[list[int]], reader: Reader, heads: dict[str, Any], options: UnsupervisedOptions
) -> Callable[[int, np.random.Generator], Any]:
    def loss(step: int, dice: np.random.Generator) -> Any:
        batch = [pieces[row] for row in reader.rows(step)]
        both = model.vectors([*batch, *batch])
        return same_text(both[: len(batch)], both[len(batch) :], 0.05)

    return loss


def _masked(
    model: Model, pieces: Sequence[list[int]], reader: Reader, heads: dict[str, Any], options: UnsupervisedOptions
) -> Callable[[int, np.random.Generator], Any]:
    head = MaskedHead(model, options.seed)
    heads["words"] = head.network

    def loss(step: int, dice: np.random.Generator) -> Any:
        batch = model.batch([pieces[row] for row in reader.rows(step)])
        shown, places = hide(batch, model, options.hidden, dice)
        return head.loss(model.states(shown)[places], batch["input_ids"][places])

    return loss


def _tsdae(
    model: Model, pieces: Sequence[list[int]], reader: Reader, heads: dict[str, Any], options: UnsupervisedOptions
) -> Callable[[int, np.random.Generator], Any]:
    head = Decoder(model, options.seed)
    heads["decoder"] = head.network
    share = min(0.9, 4 * options.hidden)

    def loss(step: int, dice: np.random.Generator) -> Any:
        batch = [pieces[row] for row in reader.rows(step)]
        vectors = model.vectors([thinned(ids, share, model, dice) for ids in batch])
        return head.loss(vectors, model.batch(batch))

    return loss
