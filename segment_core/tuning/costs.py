"""Costs: about how long a training takes, from what it reads and how quick this machine was the last time."""

import json
from pathlib import Path
from typing import Any

from segment_core.encoders.models import source_of
from segment_core.errors import SegmentError
from segment_core.finetuning import Lesson
from segment_core.store import Workspace

SPEED, PACE = "training_speed", 8e10
"""The setting that keeps how many operations a second the last training did, and what is assumed before there is one:
two cores without company, measured with the bundled model."""
LETTERS, MARKS = 4.3, 2.0
"""Letters of a word piece, about, and marks that a tokenizer adds to each text."""
TRAINING, READING = 3.0, 1.0
"""Times a text is gone through: to learn it takes the way back too, which is twice the way there."""
WIDTH, LAYERS = 384, 6
TELLING = 20.0
"""Seconds that a training must have taken to tell how quick the machine is: a short one is all overhead."""
OVERHEAD = 15.0
"""Seconds for loading, measuring and saving."""


def expected_seconds(workspace: Workspace, recipe: str, options: Any, lesson: Lesson, n_measured: int) -> float:
    """Estimate the seconds of a training, with reading `n_measured` texts before and after it.

    Nothing is loaded: operations are counted from the options, the length of the texts and the model's size.
    """
    pace = float(workspace.setting(SPEED, PACE)) or PACE
    texts = lesson.everything()
    long = float(options.max_length)
    pieces = sum(min(long, len(text) / LETTERS + MARKS) for text in texts) / max(1, len(texts))
    passes = TRAINING * texts_read(recipe, options) + READING * (2 * n_measured + guessed(recipe, options, lesson))
    return OVERHEAD + passes * pieces * per_piece(options.model) / pace


def texts_read(recipe: str, options: Any) -> float:
    """Return how many texts a training learns from, counting each as often as it comes up."""
    if recipe == "fewshot":
        return float(options.n_steps * 2 * options.n_pairs)
    if recipe == "meta":
        n_each = options.n_classes * (options.n_shots + options.n_asked)
        inner = options.n_inner if options.method == "Reptile" else 1
        return float(options.n_episodes * n_each * inner + options.n_adapting * (2 * options.n_classes + 40))
    twice = 2 if recipe == "unsupervised" and options.method == "SimCSE" else 1
    return float(options.n_steps * options.batch_size * twice)


def guessed(recipe: str, options: Any, lesson: Lesson) -> float:
    """Return how many texts are read once besides, to guess their labels."""
    if recipe != "supervised" or not options.guesses:
        return 0.0
    return float(min(20_000, len(lesson.everything())))


def per_piece(model: str) -> float:
    """Return about how many operations a model needs for one word piece, from its own description."""
    config = _config(model)
    width = _number(config, ("hidden_size", "d_model", "n_embd", "dim"), WIDTH)
    layers = _number(config, ("num_hidden_layers", "n_layer", "n_layers", "num_layers"), LAYERS)
    return 2.0 * 12.0 * layers * width * width


def remember(workspace: Workspace, recipe: str, options: Any, lesson: Lesson, seconds: float) -> None:
    """Keep how quick this machine was, for the next estimate."""
    texts = lesson.everything()
    pieces = sum(min(options.max_length, len(text) / LETTERS + MARKS) for text in texts) / max(1, len(texts))
    passes = TRAINING * texts_read(recipe, options) + guessed(recipe, options, lesson)
    if seconds >= TELLING:
        workspace.keep_setting(SPEED, passes * pieces * per_piece(options.model) / seconds)


def _config(model: str) -> dict[str, Any]:
    try:
        folder = Path(source_of(model))
        places = (folder / "config.json", folder / "0_Transformer" / "config.json")
        found = json.loads(next(place for place in places if place.is_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError, StopIteration, SegmentError):  # asked for before it is there: the usual size
        return {}
    return found if isinstance(found, dict) else {}


def _number(config: dict[str, Any], names: tuple[str, ...], usual: int) -> int:
    found = (config.get(name) for name in names)
    return next((number for number in found if isinstance(number, int) and number > 0), usual)
