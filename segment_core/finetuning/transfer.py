"""Transfer: weights tuned elsewhere learn these labels with most of them held still: frozen, thawed slowly, or LoRA."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from segment_core.artifacts import Progress, silent
from segment_core.choices import option
from segment_core.encoders.models import BUNDLED
from segment_core.extras import need
from segment_core.finetuning.engine import Course, train
from segment_core.finetuning.identity import identity_of
from segment_core.finetuning.lessons import Lesson, Tuned, first_task
from segment_core.finetuning.opening import Model
from segment_core.finetuning.pupils import Pupil, new_head
from segment_core.finetuning.supervised import labelled

METHODS = ("LoRA", "thaw gradually", "freeze")
THAWED_BY = 0.6
"""Part of the steps after which all layers that will thaw have thawed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOptions:
    """Options of transfer."""

    model: str = option(
        BUNDLED, "Start from", offers="encoders", help="The bundled model, an encoder that was kept, or a folder."
    )
    method: str = option(
        "LoRA",
        "What may change",
        among=METHODS,
        help="LoRA adds small changes to every layer; freezing lets the last layers learn alone; thawing lets them "
        "learn from the last to the first, one after the other.",
    )
    layers: int = option(2, "Layers that learn", low=1, high=96, help="By freezing: so many of the last ones.")
    rank: int = option(16, "Rank", low=1, high=256, help="By LoRA: how much each layer may change.")
    n_steps: int = option(240, "Steps", low=1, high=20_000, help="How many batches it learns from.")
    batch_size: int = option(64, "Texts in a step", low=4, high=1024, help="More labels meet in a larger batch.")
    rate: float = option(
        2e-4,
        "Learning rate",
        low=1e-7,
        high=1e-1,
        step=1e-5,
        help="How far each step goes, at its highest; LoRA takes five times it.",
    )
    temperature: float = option(
        0.07, "Temperature", low=0.01, high=1.0, help="Of the contrast: the lower, the more the nearest texts count."
    )
    max_length: int = option(128, "Longest text, word pieces", low=8, high=512, help="Longer texts are read up to it.")
    seed: int = option(0, "Random seed", low=0)


def tune(
    lesson: Lesson, options: TransferOptions = TransferOptions(), *, folder: Path, progress: Progress = silent
) -> Tuned:
    """Learn the first task's labels while most of what the weights knew stays as it was.

    - LoRA (Hu et al. 2022) learns a product of two thin matrices beside each layer, which is merged into it at the end.
    - thaw gradually (Howard & Ruder 2018): the last layer learns first, the ones before it join one by one.
    - freeze: only the last `layers` learn.

    Raises
    ------
    DataError
        If there are not two labels with two texts each.
    MissingExtraError
        If LoRA is asked for and peft is not installed.
    """
    task = first_task(lesson)
    model = Model(options.model, options.max_length)
    pupil = Pupil(model, task)
    head = new_head(model.width, pupil.n_classes, options.seed)
    rate, before, merge = options.rate, None, None
    if options.method == "LoRA":
        rate, merge = 5 * options.rate, _with_lora(model, options)
    elif options.method == "freeze":
        _hold(model, options.layers)
    else:
        before = _thawing(model, options.n_steps)
    course = Course(
        model,
        options.n_steps,
        rate,
        options.seed,
        labelled(pupil, head, "both", options.temperature, options.batch_size),
        heads={"head": head},
        before=before,
        after=merge,
    )
    return train(course, identity_of("transfer", lesson, options), folder, progress)


def _with_lora(model: Model, options: TransferOptions) -> Callable[[], None]:
    """Put small matrices beside each layer; return what merges them at the end."""
    need("peft")
    import torch
    from peft import LoraConfig, get_peft_model

    asked = LoraConfig(
        r=options.rank, lora_alpha=options.rank, lora_dropout=0.0, target_modules="all-linear", bias="none"
    )
    with warnings.catch_warnings(), torch.random.fork_rng(devices=[]):
        warnings.simplefilter("ignore", FutureWarning)  # peft still asks transformers by a name that has changed
        torch.manual_seed(options.seed)
        found = get_peft_model(model.transformer, asked)

    def merge() -> None:
        found.merge_and_unload()

    return merge


def _blocks(model: Model) -> list[tuple[int, Any]]:
    """Return all weights with the number of their layer; 0 are those ahead of the first."""
    numbered = []
    last = 0
    for name, weight in model.net.named_parameters():
        place = re.search(r"\.(?:layers?|h|block)\.(\d+)\.", name)
        numbered.append((int(place.group(1)) + 1 if place else None, weight, "embed" in name))
        last = max(last, numbered[-1][0] or 0)
    # What stands behind the layers, such as a pooling or a last norm, goes with the last one.
    return [(number if number is not None else 0 if early else last, weight) for number, weight, early in numbered]


def _hold(model: Model, n_layers: int) -> None:
    found = _blocks(model)
    last = max(number for number, _ in found)
    for number, weight in found:
        weight.requires_grad_(number > last - n_layers)


def _thawing(model: Model, n_steps: int) -> Callable[[int], None]:
    found = _blocks(model)
    last = max(number for number, _ in found)

    def before(step: int) -> None:
        n_thawed = 1 + int(last * min(1.0, step / max(1.0, THAWED_BY * n_steps)))
        for number, weight in found:
            weight.requires_grad_(number > last - n_thawed)

    return before
