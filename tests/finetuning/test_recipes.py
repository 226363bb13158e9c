"""Every recipe: what it promises of planted labels, and that a training taken up again ends as an unbroken one."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from segment_core.artifacts import silent
from segment_core.choices import options_from_json
from segment_core.errors import Cancelled, DataError, ModelError
from segment_core.finetuning import RECIPES, Lesson, Task, Tuned
from segment_core.finetuning.engine import Course, train
from segment_core.finetuning.opening import Model, read_with
from segment_core.messages import Message
from segment_core.tuning.costs import texts_read
from tests.finetuning.conftest import written

SMALL: dict[str, dict[str, Any]] = {
    "supervised": {"n_steps": 16, "batch_size": 16, "rate": 5e-3},
    "unsupervised": {"n_steps": 16, "batch_size": 16, "rate": 3e-3},
    "transfer": {"n_steps": 24, "batch_size": 16, "rate": 2e-3},
    "multitask": {"n_steps": 20, "batch_size": 24, "rate": 5e-3},
    "meta": {"n_episodes": 12, "n_adapting": 16, "n_classes": 4, "n_shots": 4, "n_asked": 2, "rate": 5e-3},
    "fewshot": {"n_steps": 16, "n_pairs": 16, "rate": 5e-3},
}
VARIANTS = [
    *((name, {}) for name in RECIPES),
    ("supervised", {"loss": "head", "guesses": 0.0}),
    ("unsupervised", {"method": "masked words"}),
    ("unsupervised", {"method": "TSDAE"}),
    ("transfer", {"method": "freeze", "layers": 1}),
    ("transfer", {"method": "thaw gradually", "rate": 1e-2}),
    ("meta", {"method": "Reptile"}),
]
RESUMED = [
    ("supervised", {}),  # remembers what it guessed
    ("unsupervised", {"method": "TSDAE"}),  # has a network beside
    ("transfer", {}),  # merges at the end
    ("meta", {}),  # has two hills of rates
]
SEPARATE = [
    *((name, {}) for name in ("supervised", "multitask", "meta", "fewshot")),
    ("transfer", {"method": "thaw gradually", "rate": 1e-2}),  # LoRA leaves random words random
]


class Stop:
    """Progress that cancels after so many reports of a step."""

    def __init__(self, after: int) -> None:
        self.left, self.notes = after, []

    def __call__(self, done: float, total: float, note: Message) -> None:
        self.notes.append(str(note))
        if not note.template.startswith("Learning"):
            return
        self.left -= 1
        if self.left == 0:
            raise Cancelled


def options_of(name: str, tiny: Path, **more: Any) -> Any:
    return options_from_json(RECIPES[name].options, {**SMALL[name], "model": str(tiny), "max_length": 16, **more})


def weights(folder: Path) -> dict[str, np.ndarray]:
    return load_file(str(next(folder.rglob("model.safetensors"))))


def separation(matrix: np.ndarray, labels: list[str]) -> float:
    """Return how much nearer texts of one label are to each other than to others."""
    near = matrix @ matrix.T
    alike = np.array(labels)[:, None] == np.array(labels)[None]
    return float(near[alike & ~np.eye(len(near), dtype=bool)].mean() - near[~alike].mean())


@pytest.fixture(scope="session")
def trained(tiny: Path, lesson: Lesson, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Tuned]:
    """Return what trains by a recipe, once for all tests that look at the same training."""

    @cache
    def train(name: str, more: str = "{}") -> Tuned:
        options = options_of(name, tiny, **json.loads(more))
        return RECIPES[name].run(lesson, options, folder=tmp_path_factory.mktemp(name))

    return train


@pytest.mark.parametrize(("name", "more"), VARIANTS, ids=str)
def test_every_way_of_learning_lowers_its_loss_and_saves_a_whole_model(
    name: str, more: dict[str, Any], tiny: Path, trained: Callable[..., Tuned]
) -> None:
    made = trained(name, json.dumps(more))
    assert np.mean(made.losses[-4:]) < np.mean(made.losses[:3]) or name == "meta"  # each episode is another task
    one = weights(made.folder)
    assert one.keys() == weights(tiny).keys()
    assert any(not np.array_equal(one[key], weights(tiny)[key]) for key in one)


@pytest.mark.parametrize(("name", "more"), RESUMED, ids=str)
def test_a_training_taken_up_again_ends_as_an_unbroken_one(
    name: str, more: dict[str, Any], tiny: Path, lesson: Lesson, tmp_path: Path, trained: Callable[..., Tuned]
) -> None:
    whole = trained(name, json.dumps(more))
    options, done = options_of(name, tiny, **more), 2 * len(whole.losses) // 3
    with pytest.raises(Cancelled):
        RECIPES[name].run(lesson, options, folder=tmp_path, progress=Stop(done))
    stop, threads = Stop(10_000), torch.get_num_threads()
    torch.set_num_threads(threads + 1)  # whatever ran in this process before
    again = RECIPES[name].run(lesson, options, folder=tmp_path, progress=stop)
    torch.set_num_threads(threads)
    steps = [note for note in stop.notes if note.startswith("Learning")]
    assert len(steps) == len(whole.losses) - done  # what was done is not done again
    assert again.losses == whole.losses
    one, other = weights(whole.folder), weights(again.folder)
    assert all(np.array_equal(one[key], other[key]) for key in one)


@pytest.mark.parametrize(("name", "more"), SEPARATE, ids=str)
def test_planted_labels_are_better_told_apart_in_texts_never_seen(
    name: str, more: dict[str, Any], tiny: Path, trained: Callable[..., Tuned]
) -> None:
    made = trained(name, json.dumps(more))
    texts, topics, moods = written(40, 3)
    before, after = read_with(str(tiny), texts), read_with(str(made.folder), texts)
    assert separation(after, topics) > 1.5 * separation(before, topics) + 0.02
    if name == "multitask":
        assert separation(after, moods) > 1.5 * separation(before, moods)
        assert set(made.parts) == {"topic", "mood"}


@pytest.mark.parametrize(("name", "more"), VARIANTS, ids=str)
def test_as_many_texts_are_gone_through_as_the_estimate_counts(
    name: str, more: dict[str, Any], tiny: Path, lesson: Lesson, trained: Callable[..., Tuned]
) -> None:
    made = trained(name, json.dumps(more))
    assert texts_read(name, options_of(name, tiny, **more), lesson) == pytest.approx(made.n_texts, rel=0.1)


def test_few_labelled_texts_make_small_batches(tiny: Path, tmp_path: Path) -> None:
    few = Lesson((Task("kind", ("my card", "the card", "my app", "the app"), ("card", "card", "app", "app")),))
    options = options_of("transfer", tiny, batch_size=64, n_steps=3)
    assert texts_read("transfer", options, few) == 12
    assert RECIPES["transfer"].run(few, options, folder=tmp_path).n_texts == 12


def test_a_loss_that_is_no_number_ends_the_training_with_a_word_on_the_rate(tiny: Path, tmp_path: Path) -> None:
    model = Model(str(tiny), 16)
    pieces = model.pieces(["my card is late", "the app"])
    course = Course(model, 3, 1e-3, 0, lambda step, dice: model.vectors(pieces).sum() * (float("nan") if step else 1.0))
    with pytest.raises(ModelError, match=r"At step 2 .* lower learning rate"):
        train(course, "identity", tmp_path, silent)


def test_masking_texts_in_which_the_model_knows_no_word_teaches_nothing(tiny: Path, tmp_path: Path) -> None:
    unknown = Lesson((), tuple(f"xq{number}" for number in range(6)))
    options = options_of("unsupervised", tiny, method="masked words", n_steps=2)
    assert set(RECIPES["unsupervised"].run(unknown, options, folder=tmp_path).losses) == {0.0}


def test_the_order_of_rows_does_not_matter_and_a_damaged_checkpoint_is_passed_over(
    tiny: Path, lesson: Lesson, tmp_path: Path
) -> None:
    options = options_of("fewshot", tiny, n_steps=4)
    whole = RECIPES["fewshot"].run(lesson, options, folder=tmp_path / "whole")
    turned = Lesson(
        tuple(Task(task.name, task.texts[::-1], task.labels[::-1]) for task in lesson.tasks), lesson.texts[::-1]
    )
    with pytest.raises(Cancelled):
        RECIPES["fewshot"].run(turned, options, folder=tmp_path / "other", progress=Stop(2))
    tensors = next((tmp_path / "other").rglob("tensors.safetensors"))
    tensors.write_bytes(b"\x80\x04pickled?")
    again = RECIPES["fewshot"].run(turned, options, folder=tmp_path / "other")
    assert again.losses == whole.losses
    assert not list((tmp_path / "other").rglob("*.pt")) and not list((tmp_path / "other").rglob("*.bin"))


def test_what_cannot_be_learned_is_said(tiny: Path, tmp_path: Path) -> None:
    alone = Lesson((Task("kind", ("one", "two", "three"), ("a", "a", "b")),), ("one", "two"))
    for name, said in (
        ("supervised", "kind cannot be learned"),
        ("multitask", "needs two that can be learned"),
        ("unsupervised", "needs 4 different texts"),
    ):
        with pytest.raises(DataError, match=said):
            RECIPES[name].run(alone, options_of(name, tiny), folder=tmp_path)
    with pytest.raises(DataError, match="there are none"):
        RECIPES["fewshot"].run(Lesson(), options_of("fewshot", tiny), folder=tmp_path)
