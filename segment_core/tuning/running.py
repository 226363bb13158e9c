"""Running: a training as long work in the worker: learn, compare before and after, and lay the encoder down."""

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from segment_core.artifacts import Progress
from segment_core.choices import options_from_json
from segment_core.errors import DataError, OptionError, SegmentError
from segment_core.finetuning import RECIPES, Lesson, Tuned
from segment_core.finetuning.checkpoints import n_kept, read_curve
from segment_core.finetuning.identity import identity_of
from segment_core.llm import recorded_for
from segment_core.messages import Message, say
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.tuning import costs
from segment_core.tuning.cards import SEVERAL, card_of, reads_english
from segment_core.tuning.judging import figures
from segment_core.tuning.sources import lesson_of

TRAININGS, REQUEST = "trainings", "request.json"
LEARNING = 0.85
"""About which part of the time goes into learning; the rest into comparing."""
UNREAD = 86_400.0 * 14
"""Seconds after which a training that nobody took up again is forgotten."""


def tune(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Train an encoder on a study's texts, and lay it down with its figures to be kept or discarded.

    A training that was cancelled, or died, is taken up where it was when the same is asked for again.

    `args`: workspace (path), study (id), recipe, options, sources (codes, the one that matters first), past (ids of
    studies whose label columns are learned from besides), title (what the recipe is called, in the encoder's name).
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
        started, spent = time.perf_counter(), time.process_time()
        try:
            made: Tuned = RECIPES[recipe].run(learned, options, folder=folder, progress=learning)
        except SegmentError:  # it would end the same way again, so there is nothing to take up
            shutil.rmtree(folder, ignore_errors=True)
            raise
        own = (time.process_time() - spent) / max(time.perf_counter() - started, 1e-9)
        costs.remember(workspace, recipe, options, learned, made, own=own)
        comparing(0.0, 1.0, say("Comparing before and after"))
        n_tasks = len(codes) if recipe in SEVERAL else min(1, len(codes))
        names = (options.model, str(made.folder))
        # The same draws whatever the training's seed, so that the figures of two encoders can be compared.
        found = figures(study, learned, held, names, n_tasks=n_tasks, progress=comparing, seed=0)
    entry = workspace.study(str(args["study"]))
    title = str(args.get("title") or RECIPES[recipe].label)
    name = f"{entry.name.removesuffix('.csv')}, {title[:1].lower()}{title[1:]}"
    card = replace(
        card_of(recipe, options, learned, made, english=reads_english(workspace, options.model)),
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
    learned, held = lesson_of(study, codes, past if recipe == "meta" else ())
    return recipe, options, learned, held, codes


def training_folder(workspace: Workspace, recipe: str, lesson: Lesson, options: Any) -> Path:
    """Return where a training of this lesson with these options keeps what it has learned so far."""
    return workspace.folder / TRAININGS / identity_of(recipe, lesson, options)[:32]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A training that was stopped, or runs: what was asked for, its losses so far, and the steps written down."""

    request: Mapping[str, Any]
    seen: Mapping[str, Any]
    n_kept: int


def unfinished(workspace: Workspace, study: str) -> Mapping[str, Unfinished]:
    """Return the trainings of a study that run or wait to be taken up, by their folder's name."""
    found = {}
    for place in sorted((workspace.folder / TRAININGS).glob("*")):
        request = _requested(place)
        if request is None:
            continue
        try:
            if time.time() - place.stat().st_mtime > UNREAD:
                shutil.rmtree(place, ignore_errors=True)
            elif request.get("study") == study and request.get("recipe") in RECIPES:
                found[place.name] = Unfinished(request, read_curve(place), n_kept(place))
        except OSError:  # gone meanwhile
            continue
    return found


def is_same(workspace: Workspace, training: str, request: Mapping[str, Any]) -> bool:
    """Tell whether a training would go on where it was: texts, labels and model are still those it began with."""
    try:
        study = workspace.load_study(Study, str(request["study"]))
        recipe, options, learned, _, _ = asked(workspace, study, request)
        return training_folder(workspace, recipe, learned, options).name == training
    except (SegmentError, LookupError):
        return False


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
    """Write down what was asked for, and forget what the same request began with labels that have changed since."""
    request = {name: value for name, value in args.items() if name != "workspace"}
    for place in folder.parent.glob("*"):
        if place != folder and _requested(place) == request:
            shutil.rmtree(place, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REQUEST).write_text(json.dumps(request), encoding="ascii")


def _requested(folder: Path) -> Mapping[str, Any] | None:
    try:
        found = json.loads((folder / REQUEST).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
