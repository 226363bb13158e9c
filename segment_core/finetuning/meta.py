"""Meta-learning: past label sets teach an encoder to learn from few labels; then it learns a new set from a handful."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Progress, silent
from segment_core.choices import option
from segment_core.encoders.models import BUNDLED
from segment_core.errors import DataError
from segment_core.finetuning.engine import Course, hill, train
from segment_core.finetuning.fewshot import drawn
from segment_core.finetuning.identity import identity_of
from segment_core.finetuning.lessons import Lesson, Tuned, checked, first_task
from segment_core.finetuning.opening import Model
from segment_core.finetuning.pupils import SHARPNESS, Pupil, contrastive

METHODS = ("prototypes", "Reptile")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaOptions:
    """Options of meta-learning."""

    model: str = option(
        BUNDLED, "Start from", offers="encoders", help="The bundled model, an encoder that was kept, or a folder."
    )
    method: str = option(
        "prototypes",
        "Learns to learn by",
        among=METHODS,
        help="Prototypes: texts must find the middle of their label. Reptile: weights move to where learning went.",
    )
    n_episodes: int = option(150, "Episodes", low=1, high=20_000, help="Small tasks drawn from past label sets.")
    n_classes: int = option(12, "Labels in an episode", low=2, high=200, help="Drawn anew for each episode.")
    n_shots: int = option(5, "Labels known of each", low=1, high=50, help="In episodes, and of the new set at the end.")
    n_asked: int = option(3, "Texts asked of each", low=1, high=50, help="In an episode, to see what was learned.")
    n_inner: int = option(3, "Steps within an episode", low=1, high=20, help="By Reptile.")
    n_adapting: int = option(60, "Steps on the new labels", low=0, high=20_000, help="After all episodes; 0 is none.")
    rate: float = option(
        5e-5, "Learning rate", low=1e-7, high=1e-2, step=1e-5, help="How far each step goes, at its highest."
    )
    temperature: float = option(
        0.07, "Temperature", low=0.01, high=1.0, help="Of the contrast: the lower, the more the nearest texts count."
    )
    max_length: int = option(128, "Longest text, word pieces", low=8, high=512, help="Longer texts are read up to it.")
    seed: int = option(0, "Random seed", low=0)


def tune(lesson: Lesson, options: MetaOptions = MetaOptions(), *, folder: Path, progress: Progress = silent) -> Tuned:
    """Draw episodes from past label sets, then adapt to the first task with a few labels of each class.

    - prototypes (Snell et al. 2017): texts asked about are classified by the mean vector of the known ones.
    - Reptile (Nichol et al. 2018): a few plain steps on an episode, after which the weights move towards their end;
      the difference serves as the gradient.

    Past label sets are the tasks behind the first. Where there are none, episodes are drawn from the first task's own
    labels: that is no help for what is new, only more practice.

    Raises
    ------
    DataError
        If the first task cannot be learned.
    """
    target = first_task(lesson)
    model = Model(options.model, options.max_length)
    past = _past(lesson, model) or [Pupil(model, target)]
    adapted = Pupil(model, drawn(target, max(2, options.n_shots), options.seed))
    n_steps = options.n_episodes + options.n_adapting

    def adapt(dice: np.random.Generator) -> Any:
        rows = adapted.fill(dice, 2 * options.n_classes + 40)
        return contrastive(adapted.vectors(rows), adapted.targets(rows), options.temperature)

    def loss(step: int, dice: np.random.Generator) -> Any:
        if step >= options.n_episodes:
            return adapt(dice)
        return prototypes(past[int(dice.integers(len(past)))], options, dice)

    def reptile(step: int, dice: np.random.Generator) -> float:
        if step >= options.n_episodes:
            lost = adapt(dice)
            lost.backward()
            return float(lost.detach())
        return _reptile(model, past[int(dice.integers(len(past)))], options, dice)

    def share(step: int) -> float:
        if step >= options.n_episodes:
            return hill(step - options.n_episodes, options.n_adapting)
        return hill(step, options.n_episodes)

    course = Course(
        model,
        n_steps,
        options.rate,
        options.seed,
        loss,
        gradients=reptile if options.method == "Reptile" else None,
        share=share,
    )
    return train(course, identity_of("meta", lesson, options), folder, progress)


def _past(lesson: Lesson, model: Model) -> list[Pupil]:
    found = []
    for task in lesson.tasks[1:]:
        try:
            found.append(Pupil(model, checked(task)))
        except DataError:  # a past label set of which nothing can be learned is no loss
            continue
    return found


def prototypes(pupil: Pupil, options: MetaOptions, dice: np.random.Generator) -> Any:
    """Return the loss of an episode: texts asked about against the middles of their labels' known texts."""
    import torch

    rows = pupil.draw(dice, options.n_classes, options.n_shots + options.n_asked)
    codes = pupil.codes[rows]
    classes, own = np.unique(codes, return_inverse=True)
    asked = np.zeros(len(rows), dtype=bool)
    for number in range(len(classes)):
        places = np.flatnonzero(own == number)
        # Of a label with few texts half are asked about: what is known of it must not be what is asked.
        asked[places[: max(1, min(options.n_asked, len(places) // 2))]] = True
    found = pupil.vectors(rows)
    member = torch.nn.functional.one_hot(torch.from_numpy(own[~asked]), len(classes)).float().to(found.device)
    middles = torch.nn.functional.normalize(member.T @ found[torch.from_numpy(~asked)], dim=1)
    scores = SHARPNESS * found[torch.from_numpy(asked)] @ middles.T
    return torch.nn.functional.cross_entropy(scores, torch.from_numpy(own[asked]).to(found.device))


def _reptile(model: Model, pupil: Pupil, options: MetaOptions, dice: np.random.Generator) -> float:
    """Take plain steps on an episode, put the weights back, and leave the way they went as the gradient."""
    import torch

    weights = [weight for weight in model.net.parameters() if weight.requires_grad]
    start = [weight.detach().clone() for weight in weights]
    rows = pupil.draw(dice, options.n_classes, options.n_shots + options.n_asked)
    inner, lost = torch.optim.SGD(weights, lr=0.02), []
    for _ in range(options.n_inner):
        inner.zero_grad(set_to_none=True)
        loss = contrastive(pupil.vectors(rows), pupil.targets(rows), options.temperature)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        inner.step()
        lost.append(float(loss.detach()))
    with torch.no_grad():
        for weight, before in zip(weights, start, strict=True):
            moved = before - weight
            weight.copy_(before)
            weight.grad = moved
    return lost[0]
