"""Applying: the edits that wait are replayed on the segments of a study, as a job that keeps it as a new run."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from segment_core import runs
from segment_core.artifacts import Clustering, Features, Note, Progress, Step, silent
from segment_core.clustering.kmeans import KMeansOptions, labels_of
from segment_core.clustering.membership import require_customers
from segment_core.comparing import Cut
from segment_core.composition import Composed
from segment_core.errors import DataError
from segment_core.feedback import counting, known, shaping, waiting
from segment_core.improving.colouring import carried as colours
from segment_core.improving.recording import BY_FEATURES, recorded
from segment_core.improving.renaming import caught_up, renamed, segment_of
from segment_core.improving.shaping import shaped
from segment_core.journey import finished, given_to
from segment_core.laddering import kept
from segment_core.messages import say
from segment_core.naming import carried, matched
from segment_core.stages import Clock
from segment_core.store import Overtaken, Workspace, new_run
from segment_core.study import Study

SHARES = {"clustering": 0.1, "scorecard": 0.6, "evidence": 0.2, "audit": 0.05, "personas": 0.05}
FEWEST, MOST = 2, 10
"""Parts that a segment can be split into."""


def apply(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Replay the ledger of a study on its segments as found, and make anew what is made of segments.

    Features and map stay; names, handwriting and colours stay with their segments. Nothing is asked of a language
    model: what one wrote of a segment that stays the same is kept, others get the built-in writer's words.

    `args`: workspace (path), study (id), split (None, or {"segment", "parts", "seed", "author"}: cut a segment by
    its features, and record that first).
    Returns {"study": id}.
    """
    workspace, study_id = Workspace(Path(args["workspace"])), str(args["study"])
    progress(0.0, 1.0, say("Replaying the edits"))
    study, saved = workspace.study_and_entry(Study, study_id)
    if args.get("split"):
        study = replace(study, edits=parted(study, **args["split"]).edits)
        workspace.save_study(study_id, study, summary=dict(saved.summary), after=saved.version)
    made = applied(study, progress)
    while True:
        try:
            _keep(workspace, study_id, study, made)
            return {"study": study_id}
        except Overtaken:  # somebody said something in this very moment: that is to be kept too
            continue


def _keep(workspace: Workspace, study_id: str, study: Study, made: Study) -> None:
    """Keep a study that was made of another as a new run, with what was edited while it was made: that waits."""
    latest, saved = workspace.study_and_entry(Study, study_id)
    if latest.run != study.run:
        raise DataError("The segments were made anew meanwhile. Apply the edits again.")
    runs.settle(workspace, study_id, latest, saved)
    then, same, pairs = _as_then(workspace, study_id, made, latest), _same(made, latest), heirs(made, latest)
    if then is not None:  # what was written since is of segments that are no more, but for those that are the same
        made, pairs = then, {new: old for new, old in pairs.items() if new in same}
    made = settled(made, latest, whole=same, pairs=pairs)
    from segment_core.tasks import summary

    made = replace(made, run=new_run())
    upload = str(saved.summary.get("upload", ""))
    version = workspace.save_study(study_id, made, summary=summary(made, upload), after=saved.version)
    runs.remember(workspace, study_id, made, upload, version)


def applied(study: Study, progress: Progress = silent) -> Study:
    """Return a study whose segments are those found with its ledger replayed, and all that is made of them.

    Raises
    ------
    DataError
        If there are no segments.
    """
    clustering, features = study.clustering, study.features
    if clustering is None or features is None:
        raise DataError("There are no segments yet. Find segments first.")
    clock = Clock(progress, SHARES)
    with clock.stage("clustering") as told:
        told(0, 1, say("Replaying the edits"))
        made = shaped(
            study.found or clustering, study.customers.frame.index, features, study.edits, study.plan.outliers
        )
    given = given_to(study.customers, Composed(features, study.readings or ()), None)
    clean = study.having(clustering=made.clustering)
    return finished(clean, made, clock, given, writer=_writer(study))


def settled(
    made: Study, before: Study, whole: frozenset[str] = frozenset(), pairs: Mapping[str, str] | None = None
) -> Study:
    """Let segments that were just made keep what is theirs of the study before: names, handwriting, colours, labels.

    Of those in `whole` all that was written stays, as far as it still holds; `pairs` are as in `naming.carried`.
    """
    found = matched(before, made) if pairs is None else pairs
    pairs = {new: old for new, old in found.items() if not _named_otherwise(made, before, new, old)}
    made = kept(runs.with_own(made, before), before)
    made = renamed(carried(made, before, whole=whole, pairs=pairs), tuple(pairs))
    made = _without(made, before)
    return replace(made, colours=colours(made, before, pairs))


def _without(made: Study, before: Study) -> Study:
    """Tell how many edits were left behind, where customers are told apart by another column now."""
    n = len(counting(before.edits))
    if made.edits or not n or made.personas is None:
        return made
    said = say(
        "Customers are told apart differently now, so edits were left behind: {n}. Restore the run before, under Runs "
        "on the Segments page, to have them again.",
        n=n,
    )
    notes = (*made.personas.notes, Note("edits-left", said, n, "warning"))
    return made.having(personas=replace(made.personas, notes=notes))


def _named_otherwise(made: Study, before: Study, new: str, old: str) -> bool:
    """Tell whether the ledger has the name of a segment before for another segment now than the one it became."""
    persona = before.personas.of(old) if before.personas else None
    if persona is None or persona.name_author != "analyst":
        return False
    named = [edit for _, edit in counting(before.edits) if edit.what == "rename" and edit.value == persona.name]
    homes = {home for edit in named if (home := segment_of(made, edit)) is not None}
    return bool(homes) and new not in homes


def heirs(made: Study, before: Study) -> Mapping[str, str]:
    """Return the segment before for each segment now that has one: others were merged into that which was named.

    All else is as `naming.matched` has it.
    """
    pairs = dict(matched(before, made))
    if made.clustering is None:
        return pairs
    index, labels, segments = made.customers.frame.index, made.clustering.labels, made.clustering.segments
    said = dict(shaping(before.edits))
    for place in waiting(before.edits, before.replay.n_edits if before.replay else 0):
        edit = said.get(place)
        if edit is None or edit.what != "merge" or edit.run != before.run:
            continue
        label = known(edit, edit.segment, index, labels, alike=False)
        if label is not None:
            pairs = {new: old for new, old in pairs.items() if old != edit.segment}
            pairs[segments[label].id] = edit.segment
    return pairs


def parted(study: Study, segment: str, parts: int = 2, seed: int = 0, author: str = "") -> Study:
    """Return the study with a segment split in parts by its customers' features (K-Means), as entries of the ledger.

    The largest part stays the segment; each other one is a split.

    Raises
    ------
    OptionError
        If fewer different customers are in it than parts are asked for.
    """
    clustering, features = study.clustering, study.features
    if clustering is None or features is None:
        raise DataError("There are no segments yet. Find segments first.")
    rows = np.flatnonzero(clustering.ids == segment)
    inside = Features.of(features.matrix[rows]) if len(rows) else None
    if inside is None:
        raise DataError("There is no segment {name}.", name=segment)
    parts = min(max(int(parts), FEWEST), MOST)
    require_customers(inside, at_least=parts)
    labels = labels_of(inside, KMeansOptions(n_segments=parts, seed=int(seed)))
    ids = study.customers.frame.index[rows].astype(str)
    sizes = np.bincount(labels, minlength=parts)
    firsts = {label: min(ids[labels == label]) for label in range(parts)}
    for label in sorted(range(parts), key=lambda label: (-sizes[label], firsts[label]))[1:]:
        said = f"{BY_FEATURES}, {parts}"
        study = recorded(
            study, "split", customers=sorted(ids[labels == label]), segment=segment, value=said, author=author
        )
    return study


def _as_then(workspace: Workspace, study_id: str, made: Study, latest: Study) -> Study | None:
    """Return the study with all that was written in the latest run that had these very segments, as after an undo.

    Names that were given or taken back since are as the ledger has them now.
    """
    if made.clustering is None:
        return None
    labels, ids = made.clustering.labels, made.customers.frame.index.to_numpy().astype(str)
    for run in workspace.runs(study_id):
        if run.summary.get("n_segments") != made.clustering.n_segments:
            continue
        cut = workspace.cut_of_run(Cut, study_id, run.id)
        if np.array_equal(cut.labels, labels) and np.array_equal(cut.customers, ids):
            then = workspace.load_run(Study, study_id, run.id)
            if then.evidence == made.evidence and then.personas is not None:
                made = replace(made, personas=then.personas, contents=then.contents, edits=latest.edits, run=then.run)
                return caught_up(made, then.edits)
    return None


def _writer(study: Study) -> Step:
    """Return the built-in writer, in the language that the personas have."""
    step = study.plan.personas
    if step.name == "builtin":
        return step
    language = step.options.get("language")
    return Step("builtin", {"language": language} if language else {})


def _same(study: Study, before: Study) -> frozenset[str]:
    """Return the segments that have exactly the customers of the one they were."""
    now, then = study.clustering, before.clustering
    if now is None or then is None or not study.customers.frame.index.equals(before.customers.frame.index):
        return frozenset()
    sizes = {segment.id: segment.size for segment in then.segments}
    return frozenset(
        new
        for new, old in matched(before, study).items()
        if bool((now.ids[then.ids == old] == new).all()) and _size(now, new) == sizes[old]
    )


def _size(clustering: Clustering, segment: str) -> int:
    return next(found.size for found in clustering.segments if found.id == segment)
