"""Entering: a capsule that somebody was given becomes a study of the workspace, as a long job."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from segment_core import runs
from segment_core.artifacts import Progress
from segment_core.capsules.opening import reopen, unpack
from segment_core.llm import recorded_in
from segment_core.messages import say
from segment_core.store import Workspace, new_run
from segment_core.tasks import summary


def enter(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Open a capsule and keep its study; the capsule itself is not kept.

    Nothing is sent anywhere meanwhile: traits that a model elsewhere read from texts cannot be made again this way.

    `args`: workspace (path), capsule (upload id), data (upload id of the file it was made of, or None).
    Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    progress(0.0, 1.0, say("Checking the capsule"))
    given = workspace.upload(str(args["capsule"]))
    try:
        capsule = unpack(given.path)
        data = workspace.upload(str(args["data"])) if args.get("data") else None
        with recorded_in(workspace.folder, outbound=False):
            study = reopen(capsule, data.path if data else None, progress, name=data.name if data else "")
    finally:
        workspace.delete_upload(given.id)
    study, upload = replace(study, run=new_run()), data.id if data else ""
    id_ = workspace.new_study(study.source or given.name)
    kept = summary(study, upload) | {"made_with": capsule.manifest["made_with"]}
    version = workspace.save_study(id_, study, summary=kept)
    runs.remember(workspace, id_, study, upload, version)
    return {"study": id_}
