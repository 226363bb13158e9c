"""Cards: where an encoder comes from, and what of the texts and labels it could not learn, or learned less well."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from segment_core.artifacts import Note, Step
from segment_core.choices import options_to_json
from segment_core.encoders.models import BUNDLED, contents, folder_of
from segment_core.finetuning import Lesson, Task, Tuned
from segment_core.finetuning.fewshot import drawn
from segment_core.finetuning.identity import data_hash, versions
from segment_core.finetuning.lessons import MOST_LABELLED, first_task
from segment_core.messages import say
from segment_core.store import KEPT, EncoderCard, Workspace
from segment_core.tuning.sources import languages_in

SEVERAL, FREE, ALONE = ("multitask",), ("unsupervised",), ("supervised", "transfer")
"""Recipes that learn, and are measured on, all of their columns; those that look at no label; and at one column."""
MOST_POINTS, MOST_NAMED = 300, 8


def card_of(recipe: str, options: Any, learned: Lesson, made: Tuned, *, english: bool) -> EncoderCard:
    """Say where an encoder comes from, which may be one for `english` alone; its worth is told when it was measured."""
    texts = learned_from(recipe, options, learned)
    languages = languages_in(texts)
    told = () if recipe in FREE else learned.tasks if recipe in SEVERAL else learned.tasks[:1]
    stride = max(1, -(-len(made.losses) // MOST_POINTS))
    return EncoderCard(
        name="",
        base=options.model,
        base_hash=contents(str(folder_of(options.model))),
        data_hash=data_hash(Lesson((), learned.everything()) if recipe in FREE else learned),
        recipe=Step(recipe, options_to_json(options)),
        study="",
        learned_from=() if recipe in FREE else tuple(dict.fromkeys(task.name for task in learned.tasks)),
        n_texts=len(texts),
        n_held_out=0,
        figures=(),
        seconds=round(made.seconds, 1),
        losses=tuple(round(loss, 5) for loss in made.losses[::stride]),
        versions=dict(versions()),
        languages=languages,
        notes=(*made.notes, *(_foreign(languages) if english else ()), *_told(told)),
    )


def learned_from(recipe: str, options: Any, learned: Lesson) -> tuple[str, ...]:
    """Return the texts that a recipe learns from, each once, sorted: not all look at texts without labels."""
    if recipe in FREE or (recipe == "supervised" and options.guesses):
        return learned.everything()
    if recipe == "fewshot":
        return tuple(sorted({*drawn(first_task(learned), options.n_labels, options.seed).texts}))
    tasks = learned.tasks[:1] if recipe in ALONE else learned.tasks
    return tuple(sorted({text for task in tasks for text in task.texts}))


def reads_english(workspace: Workspace, model: str) -> bool:
    """Tell whether a model is the bundled one, which was taught English alone, or a kept encoder that began as it."""
    cards = workspace.encoders.all()
    for _ in range(len(cards) + 1):
        card = cards.get(model.removeprefix(KEPT)) if model.startswith(KEPT) else None
        if card is None:
            break
        model = card.base
    return model == BUNDLED


def _foreign(languages: Sequence[str]) -> tuple[Note, ...]:
    others = [language for language in languages if language != "en"]
    if not others:
        return ()
    told = say(
        "Some texts are not in English ({languages}), the only language that the bundled model was taught: it learns "
        "them from pieces of words, and less well.",
        languages=", ".join(others),
    )
    return (Note("english-only", told, len(others), "warning"),)


def _told(tasks: Sequence[Task]) -> tuple[Note, ...]:
    """Say what of the labels was not learned from: those beyond the most, and those with a single text."""
    notes = []
    most = max((len(task.texts) for task in tasks), default=0)
    if most > MOST_LABELLED:
        told = say("Of {n:,} labelled texts {most:,} were learned from, spread evenly.", n=most, most=MOST_LABELLED)
        notes.append(Note("capped", told, most - MOST_LABELLED))
    for task in tasks:
        sizes = Counter(label for _, label in set(zip(task.texts, task.labels, strict=True)))
        alone = sorted(label for label, size in sizes.items() if size == 1)
        if alone:
            told = say(
                "{column}: labels left out because only one text was there to learn them from: {labels}.",
                column=task.name,
                labels=", ".join(alone[:MOST_NAMED]) + (", …" if len(alone) > MOST_NAMED else ""),
            )
            notes.append(Note("alone", told, len(alone)))
    return tuple(notes)
