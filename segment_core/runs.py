"""Runs: what a study was before: remembered when it is run, listed, compared and restored."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from segment_core.artifacts import Progress
from segment_core.comparing import Comparison, Cut, compare, cut_of
from segment_core.errors import DataError
from segment_core.labelling import carried
from segment_core.messages import say
from segment_core.stages import made_with
from segment_core.store import RunEntry, Workspace
from segment_core.study import Study


def settle(workspace: Workspace, study_id: str, study: Study) -> None:
    """Let the run that a study shows hold all that was edited since, before the study is replaced by another.

    A study that was made before runs were kept is entered as one.
    """
    if study.clustering is None:
        return
    if not any(run.current for run in workspace.runs(study_id)):
        kept = workspace.study(study_id).summary
        known = {"made_with": kept.get("made_with")}
        workspace.keep_run(study_id, cut_of(study), summary=facts(study, str(kept.get("upload", ""))) | known)
        return
    workspace.refresh_run(study_id, cut_of(study))


def remember(workspace: Workspace, study_id: str, study: Study, upload: str) -> None:
    """Keep a study that was just saved as a run; without segments it is none, and no run is shown then."""
    if study.clustering is None:
        workspace.open_run(study_id, None)
        return
    workspace.keep_run(study_id, cut_of(study), summary=facts(study, upload))


def facts(study: Study, upload: str) -> dict[str, Any]:
    """Return what lists of runs show, and the plan that makes the same segments again."""
    card = study.scorecard
    return {
        "upload": upload,
        "made_with": made_with(),
        "plan": study.resolved.to_json(),
        "asked": study.plan.to_json(),
        "algorithm": study.resolved.clustering.name,
        "options": dict(study.resolved.clustering.options),
        "automatic": study.plan.clustering.name == "auto",
        "n_customers": len(study.customers),
        "n_segments": study.clustering.n_segments if study.clustering else 0,
        "verdict": card.verdict if card else "",
        "stability": card.value("stability") if card else None,
        "silhouette": card.value("silhouette") if card else None,
        "seconds": round(sum(study.seconds.values()), 2),
    }


def run_before(runs: tuple[RunEntry, ...]) -> RunEntry | None:
    """Return the run that was shown before the present one: what undo goes back to, and again forth from."""
    return max((run for run in runs if not run.current), key=lambda run: run.opened, default=None)


def compared(workspace: Workspace, study_id: str, first: str, second: str) -> Comparison:
    """Compare two runs of a study, or raise `DataError` where one is no longer kept."""
    return compare(*(workspace.cut_of_run(Cut, study_id, run) for run in (first, second)))


def restore(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Show a run again just as it was left: segments, scorecard, evidence, and personas with what was written by hand.

    Where the study's file is another one by now, the run's plan is run on that instead. Labels are the analyst's own
    columns and stay as they are.

    `args`: workspace (path), study (id), run (id).
    Returns {"study": id}.
    """
    from segment_core.tasks import run_study, summary

    workspace, study_id = Workspace(Path(args["workspace"])), str(args["study"])
    progress(0.0, 1.0, say("Restoring the run"))
    entry = workspace.run(study_id, str(args["run"]))
    now = workspace.load_study(Study, study_id)
    upload = workspace.study(study_id).summary.get("upload")
    if upload != entry.summary.get("upload"):
        asked = {"workspace": args["workspace"], "upload": upload, "plan": entry.summary["plan"], "study": study_id}
        return run_study(asked, secrets, progress)
    settle(workspace, study_id, now)
    found = workspace.load_run(Study, study_id, entry.id)
    if found.clustering is None:
        raise DataError("This run is no longer kept; choose another one.")
    labels = tuple(carried(column, now.customers, found.customers) for column in now.labels)
    found = replace(found, labels=labels)
    kept = summary(found, str(upload)) | {"made_with": entry.summary.get("made_with")}
    workspace.save_study(study_id, found, summary=kept)
    workspace.open_run(study_id, entry.id)
    progress(1.0, 1.0, say("The run is back"))
    return {"study": study_id}
