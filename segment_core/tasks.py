"""Tasks: what the worker process can be asked to do, by name. Arguments and results are JSON."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from segment_core import runs
from segment_core.artifacts import Customers, Edit, Personas, Progress
from segment_core.errors import Cancelled, DataError
from segment_core.improving.applying import settled
from segment_core.journey import collect, run
from segment_core.labelling import carried_edits
from segment_core.llm import recorded_for
from segment_core.messages import say
from segment_core.naming import Keeping
from segment_core.naming.keeping import note_of
from segment_core.personas.prompt import PARTS
from segment_core.plan import MENUS, Plan
from segment_core.stages import made_with
from segment_core.store import Overtaken, Workspace, new_run
from segment_core.study import Study

COLLECTING = 0.05
"""About which part of a run goes into reading the file and gathering the customers."""


def run_study(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Take an upload through the whole journey and keep the study.

    `args`: workspace (path), upload (id), plan (JSON text), study (id to replace, or None), until ("features" to
    stop there; None goes all the way).
    Returns {"study": id}. Names and what the analyst wrote stay with their segments.
    """
    workspace = Workspace(Path(args["workspace"]))
    upload = workspace.upload(args["upload"])
    plan = Plan.from_json(args["plan"])
    progress(0.0, 1.0, say("Reading the file"))

    def first(done: float, total: float, note: Any) -> None:
        progress(COLLECTING * done / total, 1.0, note)

    def later(done: float, total: float, note: Any) -> None:
        progress(COLLECTING + (1 - COLLECTING) * done / total, 1.0, note)

    replaced, until = args.get("study"), args.get("until")
    before, version = _reusable(workspace, replaced, upload.id, plan)
    customers = before.customers if before else collect(upload.path, upload.name, plan, first).customers
    # A study that is new has no id before it is there; its calls are entered under that of its file.
    edits = _said(workspace, replaced, before, customers)
    with recorded_for(workspace, replaced or upload.id):
        study = run(
            customers,
            plan,
            later,
            source=upload.name,
            keep=workspace,
            secrets=secrets,
            until=until,
            before=before,
            edits=edits,
        )
    study = replace(study, run=new_run() if study.clustering else "")
    if replaced is None:
        id_ = workspace.new_study(upload.name)
        kept, version = study, workspace.save_study(id_, study, summary=summary(study, upload.id))
    else:
        id_ = replaced
        kept, version = _in_place(workspace, id_, study, upload.id, (before, version))
    runs.remember(workspace, id_, kept, upload.id, version)
    return {"study": id_}


def _in_place(
    workspace: Workspace, id_: str, made: Study, upload: str, read: tuple[Study | None, int]
) -> tuple[Study, int]:
    """Keep a study in place of another; return it as kept, with its version. `read` is what was read, and its version.

    Edits made while it was being made count, and belong to the run that they were made in.
    """
    before, version = read
    while True:
        saved = workspace.study(id_)
        if before is not None and saved.version == version:
            latest = before
        else:
            latest, saved = workspace.study_and_entry(Study, id_)
        runs.settle(workspace, id_, latest, saved)
        study = settled(made, latest)
        if before is not None and study.features is before.features:
            study = replace(study, sweep=latest.sweep)
        try:
            return study, workspace.save_study(id_, study, summary=summary(study, upload), after=saved.version)
        except Overtaken:  # somebody said something in this very moment: that is to be kept too
            continue


def write_personas(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Write the personas of a study anew, all or those of some segments, whole or one part; the analyst's words stay.

    Each persona is in the study as soon as it is finished, and stays there if this is cancelled or dies.

    `args`: workspace (path), study (id), personas ({"name", "options"}), only (segment ids; [] is all), part ("" for
    everything, "name", or a section).
    Returns {"study": id, "same": whether all was written and not a word is new}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, args["study"])
    if study.evidence is None:
        raise DataError("There are no segments yet. Find segments first.")
    step = Plan.from_json(_json({"personas": args["personas"]})).personas
    only, part = tuple(args.get("only") or ()), str(args.get("part") or "")
    if part not in PARTS:
        raise DataError("There is no part of a persona named {part}.", part=part)
    choice, options = MENUS["personas"][step.name], study.plan.having(personas=step).options("personas")
    keeping = Keeping(workspace, str(args["study"]), step, part, note_of(part, only))

    def told(done: float, total: float, note: Any) -> None:
        keeping.tick()
        progress(done, total, note)

    given = {"known": study.personas, "keep": keeping.keep}
    asked = {name: given[name] for name in choice.asks}
    try:
        with recorded_for(workspace, str(args["study"])):
            made: Personas = choice.run(
                study.evidence, options, secrets=secrets, progress=told, only=only, part=part, **asked
            )
    except Cancelled:
        keeping.flush()
        raise
    keeping.save(made)
    return {"study": args["study"], "same": keeping.same and all(note.code != "model-failed" for note in made.notes)}


def warm(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Compile and load what the first journey would otherwise wait for, UMAP above all."""
    from segment_core.artifacts import Features
    from segment_core.encoders import full
    from segment_core.projection import project_umap

    random = np.random.default_rng(0)
    project_umap(Features.of(random.normal(size=(400, 8))), progress=progress)
    full.tried(["The delivery was late."])
    return {}


def summary(study: Study, upload: str) -> dict[str, Any]:
    """Return what lists of studies show: customers, segments, verdict, the upload, program and run it came from."""
    return {
        "upload": upload,
        "n_customers": len(study.customers),
        "n_segments": study.clustering.n_segments if study.clustering else 0,
        "verdict": study.scorecard.verdict if study.scorecard else "",
        "made_with": made_with(),
        "run": study.run,
    }


def _reusable(workspace: Workspace, study_id: str | None, upload: str, plan: Plan) -> tuple[Study | None, int]:
    """Return the study to be replaced if its customers are those that would be gathered now, by this very program.

    With it comes its version.
    """
    if study_id is None:
        return None, 0
    kept = workspace.study(study_id).summary
    if kept.get("upload") != upload or kept.get("made_with") != made_with():
        return None, 0
    before, saved = workspace.study_and_entry(Study, study_id)
    return (before, saved.version) if before.plan.intake() == plan.intake() else (None, 0)


def _said(workspace: Workspace, study_id: str | None, before: Study | None, customers: Customers) -> tuple[Edit, ...]:
    """Return the ledger of the study to be replaced, as far as it speaks of these customers."""
    if study_id is None:
        return ()
    latest = before or workspace.load_study(Study, study_id)
    return carried_edits(latest.edits, latest.customers, customers)


def _json(found: Any) -> str:
    import json

    return json.dumps(found)
