"""Asking: what a study's customers mean, as a job of the worker; a question is kept, so that it is asked once."""

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from segment_core.artifacts import Progress
from segment_core.errors import DataError
from segment_core.llm import recorded_in
from segment_core.messages import say
from segment_core.searching.index import Index, index_key, index_of
from segment_core.searching.meaning import Alike, alike
from segment_core.searching.passages import Passages, passages_of
from segment_core.stages import Keep, fingerprint, kept
from segment_core.store import Workspace
from segment_core.study import Study

ASK = "segment_core.searching.asking:ask"
OUTBOUND = "outbound"
HELD = 2
"""Studies whose sentences stay at hand in the worker between two questions."""
_held: "OrderedDict[tuple[str, str, int], tuple[Study, Passages, Index]]" = OrderedDict()


def ask(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Compare a question with all that customers wrote, and keep the answer under its key.

    `args`: workspace (path), study (id), meaning (the question).
    Returns {"key"}: `found` gives the answer.
    """
    workspace = Workspace(Path(args["workspace"]))
    asked = str(args["meaning"]).strip()
    if not asked:
        raise DataError("There is no question; write what the customers should mean.")
    progress(0.0, 1.0, say("Searching by meaning"))
    with recorded_in(workspace.folder, outbound=bool(workspace.setting(OUTBOUND, True))):
        study, passages, index = _at_hand(workspace, str(args["study"]), secrets, progress)
        key = answer_key(study, passages, asked)
        kept(
            workspace,
            key,
            Alike,
            lambda: alike(index, passages, len(study.customers), asked, progress, secrets=secrets),
        )
    progress(1.0, 1.0, say("Searching by meaning"))
    return {"key": key}


def answer_key(study: Study, passages: Passages, meaning: str) -> str:
    """Return the fingerprint under which the answer to a question is kept."""
    return fingerprint("alike", index_key(study, passages), list(study.customers.frame.index), meaning.strip())


def answer(keep: Keep, key: str) -> Alike | None:
    """Return the answer that was kept under a key, or None."""
    try:
        return kept(keep, key, Alike, _not_made)
    except LookupError:
        return None


def _not_made() -> Alike:
    raise LookupError


def _at_hand(
    workspace: Workspace, study_id: str, secrets: Mapping[str, str], progress: Progress
) -> tuple[Study, Passages, Index]:
    version = workspace.study(study_id).version
    place = (str(workspace.folder), study_id, version)
    if place in _held:
        _held.move_to_end(place)
        return _held[place]
    study = workspace.load_study(Study, study_id)
    passages = passages_of(study.customers)
    if not passages.distinct:
        raise DataError("Nobody wrote anything, so there is nothing to be alike.")
    index = index_of(study, passages, progress, keep=workspace, secrets=secrets)
    _held[place] = (study, passages, index)
    while len(_held) > HELD:
        _held.popitem(last=False)
    return _held[place]
