"""Asking: a language model reads a question as a job of the worker; what is computed from it stays with the page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from segment_core.answering.forms import read_to_json
from segment_core.answering.modelled import ask_model
from segment_core.artifacts import Progress
from segment_core.errors import DataError
from segment_core.llm import ModelAccess, recorded_for
from segment_core.messages import say
from segment_core.store import Workspace
from segment_core.study import Study

ASK = "segment_core.answering.asking:ask"
KEY = "llm_key"


def ask(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Let a model read one question to a study; cancelling closes the request, and nothing is changed or kept.

    `args`: workspace (path), study (id), question, model ({"name", "options"}, the options being url and model).
    Returns {"study": id, "question": as written, "read": as `forms.read_from_json` takes it}.
    """
    question = str(args["question"]).strip()
    if not question:
        raise DataError("Ask a question about these customers.")
    options = args["model"]["options"]
    access = ModelAccess(str(options["url"]), str(options["model"]), secrets.get(KEY, ""))
    progress(0.0, 1.0, say("Asking a language model"))
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, str(args["study"]))
    with recorded_for(workspace, str(args["study"])):
        read = ask_model(question, study, access, progress=progress)
    return {"study": str(args["study"]), "question": question, "read": read_to_json(read)}
