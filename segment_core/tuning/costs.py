"""Costs: about how long a training takes, from what it reads and how quick this machine was the last time."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from segment_core.encoders.models import source_of
from segment_core.errors import SegmentError
from segment_core.finetuning import Lesson, Task, Tuned
from segment_core.language import CJK
from segment_core.store import Workspace

SPEED, PACE = "training_speed", 1.5e11
"""The setting that keeps how many operations a second the last training did, and what is assumed before there is one:
two cores without company (one does 1.2e11 with the bundled model, by the time of its own that it took)."""
LETTERS, MARKS = 4.3, 2.0
"""Letters of a word piece, about, and marks that a tokenizer adds to each text; a Chinese character is a piece."""
TRAINING, READING = 3.0, 1.0
"""Times a text is gone through: to learn it takes the way back too, which is twice the way there."""
WIDTH, LAYERS, VOCABULARY = 384, 6, 30_522
STEPPING = 700.0
"""Operations that would take as long as a step needs for each weight, however few texts it has: the optimiser goes
through all of them, which keeps the memory busy (0.15 s of one core with the bundled model)."""
TELLING, OWN = 20.0, 0.6
"""Seconds that a training must have taken to tell how quick the machine is, as a short one is all overhead; and of
them those of a processor: with fewer the machine was busy with other things, and will be quicker."""
OVERHEAD = 15.0
"""Seconds for loading, measuring and saving."""


def expected_seconds(workspace: Workspace, recipe: str, options: Any, lesson: Lesson, n_measured: int) -> float:
    """Estimate the seconds of a training, with reading `n_measured` texts before and after it.

    Nothing is loaded: operations are counted from the options, the length of the texts, how many of each label there
    are, and the model's size.
    """
    pace = float(workspace.setting(SPEED, PACE)) or PACE
    work = _work(recipe, options, lesson, texts_read(recipe, options, lesson))
    work += READING * 2 * n_measured * _pieces(options, lesson) * per_piece(options.model)
    return OVERHEAD + work / pace


def texts_read(recipe: str, options: Any, lesson: Lesson) -> float:
    """Return how many texts a training learns from, counting each as often as it comes up.

    A batch holds no text of a label twice, so that few labelled texts make small batches.
    """
    if recipe == "unsupervised":
        each = min(options.batch_size, len(lesson.everything()))
        return float(options.n_steps * each * (2 if options.method == "SimCSE" else 1))
    if recipe == "fewshot":
        return float(options.n_steps * 2 * options.n_pairs)
    sizes = [_sizes(task) for task in lesson.tasks] or [[1]]
    if recipe == "meta":
        past = sizes[1:] or sizes
        each = sum(_drawn(own, options.n_classes, options.n_shots + options.n_asked) for own in past) / len(past)
        inner = options.n_inner if options.method == "Reptile" else 1
        few = [min(size, max(2, options.n_shots)) for size in sizes[0]]
        return float(options.n_episodes * each * inner + options.n_adapting * _filled(few, 2 * options.n_classes + 40))
    if recipe == "multitask":
        n_at_once = max(1, min(len(sizes), options.batch_size // 8))
        each = sum(_filled(own, options.batch_size // n_at_once) for own in sizes) / len(sizes)
        return float(options.n_steps * each * n_at_once)
    known = _filled(sizes[0], options.batch_size)
    if not guessed(recipe, options, lesson):
        return float(options.n_steps * known)
    return float(options.n_steps * (known + options.batch_size) / 2)  # half way there are enough


def n_steps(recipe: str, options: Any) -> int:
    """Return how many steps a training takes."""
    return int(options.n_episodes + options.n_adapting if recipe == "meta" else options.n_steps)


def guessed(recipe: str, options: Any, lesson: Lesson) -> float:
    """Return how many texts are read once besides, to guess their labels."""
    if recipe != "supervised" or not options.guesses or not set(lesson.texts) - _texts(lesson.tasks[:1]):
        return 0.0
    return float(min(20_000, len(lesson.everything())))


def per_piece(model: str) -> float:
    """Return about how many operations a model needs for one word piece, from its own description."""
    return 2.0 * _in_layers(_config(model))


def remember(workspace: Workspace, recipe: str, options: Any, lesson: Lesson, made: Tuned, *, own: float) -> None:
    """Keep how quick this machine was, for the next estimate; `own` are a processor's seconds in each that went by."""
    if made.seconds >= TELLING and own >= OWN:
        workspace.keep_setting(SPEED, _work(recipe, options, lesson, made.n_texts) / made.seconds)


def _work(recipe: str, options: Any, lesson: Lesson, n_texts: float) -> float:
    """Return the operations of learning alone."""
    config = _config(options.model)
    passes = TRAINING * n_texts + guessed(recipe, options, lesson)
    weights = _in_layers(config) + _number(config, ("vocab_size",), VOCABULARY) * _width(config)
    return passes * _pieces(options, lesson) * 2.0 * _in_layers(config) + n_steps(recipe, options) * STEPPING * weights


def _pieces(options: Any, lesson: Lesson) -> float:
    """Return about how many word pieces a text has."""
    texts, long = lesson.everything(), float(options.max_length)
    found = 0.0
    for text in texts:
        n_characters = len(CJK.findall(text))
        found += min(long, n_characters + (len(text) - n_characters) / LETTERS + MARKS)
    return found / max(1, len(texts))


def _sizes(task: Task) -> list[int]:
    """Return how many texts each label has that can be learned."""
    sizes = Counter(label for _, label in set(zip(task.texts, task.labels, strict=True)))
    return [size for size in sizes.values() if size > 1] or [1]


def _drawn(sizes: Sequence[int], n_classes: int, n_each: int) -> float:
    """Return how many texts a batch has of so many labels with so many texts each, as far as there are."""
    return min(n_classes, len(sizes)) * sum(min(n_each, size) for size in sizes) / len(sizes)


def _filled(sizes: Sequence[int], batch_size: int) -> float:
    """Return how many texts a batch of about so many has."""
    n_classes = min(len(sizes), max(2, batch_size // 2))
    return _drawn(sizes, n_classes, max(2, batch_size // n_classes))


def _texts(tasks: Sequence[Task]) -> set[str]:
    return {text for task in tasks for text in task.texts}


def _config(model: str) -> dict[str, Any]:
    try:
        folder = Path(source_of(model))
        places = (folder / "config.json", folder / "0_Transformer" / "config.json")
        found = json.loads(next(place for place in places if place.is_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError, StopIteration, SegmentError):  # asked for before it is there: the usual size
        return {}
    return found if isinstance(found, dict) else {}


def _in_layers(config: dict[str, Any]) -> float:
    """Return about how many weights all layers have."""
    return (
        12.0 * _number(config, ("num_hidden_layers", "n_layer", "n_layers", "num_layers"), LAYERS) * _width(config) ** 2
    )


def _width(config: dict[str, Any]) -> int:
    return _number(config, ("hidden_size", "d_model", "n_embd", "dim"), WIDTH)


def _number(config: dict[str, Any], names: tuple[str, ...], usual: int) -> int:
    found = (config.get(name) for name in names)
    return next((number for number in found if isinstance(number, int) and number > 0), usual)
