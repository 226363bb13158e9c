"""Runs: what a study was before: remembered when it is run, listed, compared and restored."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from segment_core.artifacts import Progress, Step
from segment_core.comparing import Comparison, Cut, compare, cut_of
from segment_core.errors import DataError
from segment_core.feedback import shaping
from segment_core.improving.renaming import caught_up
from segment_core.journey import audited
from segment_core.labelling import carried, carried_answers, carried_edits, carried_groups, same_ids
from segment_core.measuring import unbranched
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.stages import made_with
from segment_core.store import RunEntry, StudyEntry, Workspace, new_run
from segment_core.study import Study

FEWEST, MOST = 2, 40
"""Segments that a tree can be asked for; cut branch by branch it may give others."""


def settle(workspace: Workspace, study_id: str, study: Study, saved: StudyEntry) -> None:
    """Let the run that a study belongs to hold all that was edited since, before the study is replaced by another.

    `saved` is the entry of the version that `study` was read from. A study whose run is not kept, as when the process
    that made it died, or it was made before runs were kept, is entered as one.
    """
    if study.clustering is None:
        return
    whole = facts(study, str(saved.summary.get("upload", ""))) | {"made_with": saved.summary.get("made_with")}
    own = next((run for run in workspace.runs(study_id) if _made(run, study, whole)), None)
    if own is None:
        workspace.keep_run(study_id, study.run or new_run(), cut_of(study), summary=whole, version=saved.version)
    elif own.version < saved.version:
        workspace.refresh_run(study_id, own.id, cut_of(study), version=saved.version)


def _made(run: RunEntry, study: Study, whole: Mapping[str, Any]) -> bool:
    """Tell whether a run made a study; one that names none can only be what is shown, if that was cut the same way."""
    if study.run:
        return run.id == study.run
    return run.current and all(run.summary.get(name) == whole[name] for name in ("algorithm", "options"))


def remember(workspace: Workspace, study_id: str, study: Study, upload: str, version: int) -> None:
    """Keep a study that was saved as this version as a run; without segments it is none, and no run is shown then."""
    if study.clustering is None:
        workspace.open_run(study_id, None)
        return
    workspace.keep_run(study_id, study.run, cut_of(study), summary=facts(study, upload), version=version)


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
        "n_edits": len(shaping(study.edits[: study.replay.n_edits])) if study.replay else 0,
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
    columns and stay as they are, and so do the marks of what is sensitive and what may change.

    `args`: workspace (path), study (id), run (id).
    Returns {"study": id}.
    """
    from segment_core.tasks import run_study, summary

    workspace, study_id = Workspace(Path(args["workspace"])), str(args["study"])
    progress(0.0, 1.0, say("Restoring the run"))
    entry = workspace.run(study_id, str(args["run"]))
    now, saved = workspace.study_and_entry(Study, study_id)
    upload = saved.summary.get("upload")
    if upload != entry.summary.get("upload"):
        made = _elsewhere(Plan.from_json(entry.summary["plan"]), int(entry.summary["n_segments"]))
        plan = made.having(sensitive=now.plan.sensitive, mutable=now.plan.mutable).to_json()
        asked = {"workspace": args["workspace"], "upload": upload, "plan": plan, "study": study_id}
        return run_study(asked, secrets, progress)
    settle(workspace, study_id, now, saved)
    found = workspace.load_run(Study, study_id, entry.id)
    if found.clustering is None:
        raise DataError("This run is no longer kept; choose another one.")
    found = _marked(caught_up(replace(with_own(found, now), run=entry.id), found.edits), now)
    kept = summary(found, str(upload)) | {"made_with": entry.summary.get("made_with")}
    workspace.save_study(study_id, found, summary=kept)
    workspace.open_run(study_id, entry.id)
    progress(1.0, 1.0, say("The run is back"))
    return {"study": study_id}


def with_own(study: Study, before: Study) -> Study:
    """Take over what is the analyst's own: labels, groups, edits and campaigns belong to no run.

    Of a run whose customers were told apart by another column, what was said of those ids then is its own.
    """
    then, now = before.customers, study.customers
    if not same_ids(then, now) and (study.edits or study.labels or study.groups or study.answers):
        return study.having(campaigns=before.campaigns)
    return study.having(
        labels=tuple(carried(column, then, now) for column in before.labels),
        groups=carried_groups(before.groups, then, now),
        edits=carried_edits(before.edits, then, now),
        campaigns=before.campaigns,
        answers=carried_answers(before.answers, then, now),
        receipts=before.receipts,
    )


def _marked(study: Study, before: Study) -> Study:
    """Take over which columns are sensitive and which may change; the audit is of those that are sensitive now."""
    marks = {"sensitive": before.plan.sensitive, "mutable": before.plan.mutable}
    return audited(replace(study, plan=study.plan.having(**marks)))


def _elsewhere(plan: Plan, n_segments: int) -> Plan:
    """Return a plan for other customers, whose tree has other branches by the same names."""
    step = plan.clustering
    return plan.having(clustering=Step(step.name, unbranched(step.options, min(max(n_segments, FEWEST), MOST))))
