"""Running: a training as long work in the worker: learn, compare before and after, and lay the encoder down."""

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from segment_core.artifacts import Note, Progress, Step
from segment_core.choices import options_from_json, options_to_json
from segment_core.encoders.models import contents, folder_of
from segment_core.errors import DataError, OptionError
from segment_core.finetuning import RECIPES, Lesson, Tuned
from segment_core.finetuning.checkpoints import read_curve
from segment_core.finetuning.identity import data_hash, identity_of, versions
from segment_core.finetuning.lessons import MOST_LABELLED
from segment_core.language import languages_of
from segment_core.llm import recorded_for
from segment_core.messages import Message, say
from segment_core.store import EncoderCard, Workspace
from segment_core.study import Study
from segment_core.tuning import costs
from segment_core.tuning.judging import figures
from segment_core.tuning.sources import lesson_of

TRAININGS, REQUEST = "trainings", "request.json"
LEARNING = 0.85
"""About which part of the time goes into learning; the rest into comparing."""
MOST_POINTS = 300
SEVERAL = ("multitask",)
"""Recipes that are measured on all of their columns."""
UNREAD = 86_400.0 * 14
"""Seconds after which a training that nobody took up again is forgotten."""


def tune(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Train an encoder on a study's texts, and lay it down with its figures to be kept or discarded.

    A training that was cancelled, or died, is taken up where it was when the same is asked for again.

    `args`: workspace (path), study (id), recipe, options, sources (codes, the one that matters first), past (ids of
    studies whose label columns are learned from besides).
    Returns {"study": id, "encoder": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, args["study"])
    recipe, options, learned, held, codes = asked(workspace, study, args)
    folder = training_folder(workspace, recipe, learned, options)
    _note_request(folder, args)

    def learning(done: float, total: float, note: Message) -> None:
        progress(LEARNING * done / max(1.0, total), 1.0, note)

    def comparing(done: float, total: float, note: Message) -> None:
        progress(LEARNING + (1 - LEARNING) * done / max(1.0, total), 1.0, note)

    progress(0.0, 1.0, say("Getting ready to learn"))
    with recorded_for(workspace, str(args["study"])):
        made: Tuned = RECIPES[recipe].run(learned, options, folder=folder, progress=learning)
        costs.remember(workspace, recipe, options, learned, made.seconds)
        comparing(0.0, 1.0, say("Comparing before and after"))
        n_tasks = len(codes) if recipe in SEVERAL else min(1, len(codes))
        seed = int(options.seed)
        names = (options.model, str(made.folder))
        found = figures(study, learned, held, names, n_tasks=n_tasks, progress=comparing, seed=seed)
    entry = workspace.study(str(args["study"]))
    name = f"{entry.name.removesuffix('.csv')}, {RECIPES[recipe].label.lower()}"
    card = replace(
        _card(recipe, options, learned, made),
        name=workspace.encoders.free_name(name),
        study=entry.id,
        n_held_out=len(set(held.everything()) - set(learned.everything())),
        figures=found,
    )
    encoder = workspace.encoders.add(made.folder, card)
    shutil.rmtree(folder, ignore_errors=True)
    return {"study": args["study"], "encoder": encoder}


def asked(
    workspace: Workspace, study: Study, args: Mapping[str, Any]
) -> tuple[str, Any, Lesson, Lesson, tuple[str, ...]]:
    """Return the recipe, its options, what is learned and what held out, and the codes of the sources.

    Raises
    ------
    OptionError
        If there is no such recipe, or an option is out of its limits.
    DataError
        If a source or a study is gone, or nothing can be learned from it.
    """
    recipe = str(args["recipe"])
    if recipe not in RECIPES:
        raise OptionError("There is no recipe {name}; there are: {names}.", name=recipe, names=", ".join(RECIPES))
    options: Any = options_from_json(RECIPES[recipe].options, args.get("options") or {})
    codes = tuple(map(str, args.get("sources") or ()))
    past = [workspace.load_study(Study, str(id_)) for id_ in args.get("past") or ()]
    learned, held = lesson_of(study, codes, past if recipe == "meta" else (), options.seed)
    return recipe, options, learned, held, codes


def training_folder(workspace: Workspace, recipe: str, lesson: Lesson, options: Any) -> Path:
    """Return where a training of this lesson with these options keeps what it has learned so far."""
    return workspace.folder / TRAININGS / identity_of(recipe, lesson, options)[:32]


def unfinished(workspace: Workspace, study: str) -> Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return the trainings of a study that wait to be taken up: what was asked for and the losses so far, by folder."""
    found = {}
    for place in sorted((workspace.folder / TRAININGS).glob("*")):
        try:
            request = json.loads((place / REQUEST).read_text(encoding="ascii"))
            if time.time() - place.stat().st_mtime > UNREAD:
                shutil.rmtree(place, ignore_errors=True)
            elif request.get("study") == study and request.get("recipe") in RECIPES:
                found[place.name] = (request, read_curve(place))
        except (OSError, ValueError, AttributeError):
            continue
    return found


def forget(workspace: Workspace, training: str) -> None:
    """Forget a training that waits to be taken up."""
    place = workspace.folder / TRAININGS / Path(training).name
    if place.parent == workspace.folder / TRAININGS and (place / REQUEST).is_file():
        shutil.rmtree(place, ignore_errors=True)


def used_by(workspace: Workspace, encoder: str) -> tuple[str, ...]:
    """Return the names of the studies whose plan reads texts with an encoder."""
    return tuple(entry.name for entry in workspace.studies() if _mentions(workspace, entry.id, encoder))


def _mentions(workspace: Workspace, study: str, encoder: str) -> bool:
    try:
        return workspace.mentions(study, f"kept:{encoder}")
    except DataError:  # deleted meanwhile
        return False


def _note_request(folder: Path, args: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    request = {name: value for name, value in args.items() if name != "workspace"}
    (folder / REQUEST).write_text(json.dumps(request), encoding="ascii")


def _card(recipe: str, options: Any, learned: Lesson, made: Tuned) -> EncoderCard:
    """Say where an encoder comes from; what it is worth is told when it was measured."""
    texts = learned.everything()
    languages = sorted({language for language in languages_of(list(texts[:2_000])) if language})
    stride = max(1, -(-len(made.losses) // MOST_POINTS))
    return EncoderCard(
        name="",
        base=options.model,
        base_hash=contents(str(folder_of(options.model))),
        data_hash=data_hash(learned),
        recipe=Step(recipe, options_to_json(options)),
        study="",
        learned_from=tuple(dict.fromkeys(task.name for task in learned.tasks)),
        n_texts=len(texts),
        n_held_out=0,
        figures=(),
        seconds=round(made.seconds, 1),
        losses=tuple(round(loss, 5) for loss in made.losses[::stride]),
        versions=dict(versions()),
        languages=tuple(languages),
        notes=(*made.notes, *_notes(options.model, languages), *_capped(learned)),
    )


def _notes(model: str, languages: list[str]) -> tuple[Note, ...]:
    others = [language for language in languages if language != "en"]
    if model != "all-MiniLM-L6-v2" or not others:
        return ()
    told = say(
        "Some texts are not in English ({languages}), the only language that the bundled model was taught: it learns "
        "them from pieces of words, and less well.",
        languages=", ".join(others),
    )
    return (Note("english-only", told, len(others), "warning"),)


def _capped(learned: Lesson) -> tuple[Note, ...]:
    most = max((len(task.texts) for task in learned.tasks), default=0)
    if most <= MOST_LABELLED:
        return ()
    told = say("Of {n:,} labelled texts {most:,} were learned from, spread evenly.", n=most, most=MOST_LABELLED)
    return (Note("capped", told, most - MOST_LABELLED),)
