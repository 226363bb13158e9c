"""Asking: what a study's customers mean, as a job of the worker; a question is kept, so that it is asked once."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from segment_core.artifacts import Progress
from segment_core.errors import DataError
from segment_core.llm import recorded_for
from segment_core.messages import say
from segment_core.searching.index import Index, index_key, index_of
from segment_core.searching.meaning import Alike, alike
from segment_core.searching.passages import Passages, passages_of
from segment_core.searching.sending import is_read, server
from segment_core.stages import Keep, fingerprint, kept
from segment_core.store import Workspace
from segment_core.study import Study

ASK = "segment_core.searching.asking:ask"
HELD = 2
"""Studies whose sentences stay at hand in the worker between two questions."""


@dataclass(frozen=True, slots=True, eq=False)
class _AtHand:
    study: Study
    passages: Passages
    index: Index
    base: str


_held: OrderedDict[tuple[str, str, int], _AtHand] = OrderedDict()


def ask(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Compare a question with all that customers wrote, and keep the answer under its key.

    `args`: workspace (path), study (id), meaning (the question), and send (whether a server may be sent every text,
    which somebody was shown; without it a server is sent questions only).
    Returns {"key"}: `answer` gives the answer.
    """
    workspace = Workspace(Path(args["workspace"]))
    asked = " ".join(str(args["meaning"]).split())
    if not asked:
        raise DataError("There is no question; write what the customers should mean.")
    progress(0.0, 1.0, say("Searching by meaning"))
    with recorded_for(workspace, str(args["study"])):
        at_hand = _at_hand(workspace, str(args["study"]), secrets, progress, send=bool(args.get("send")))
        key = answer_key(at_hand.base, asked)
        n_customers = len(at_hand.study.customers)
        kept(
            workspace,
            key,
            Alike,
            lambda: alike(at_hand.index, at_hand.passages, n_customers, asked, progress, secrets=secrets),
        )
    progress(1.0, 1.0, say("Searching by meaning"))
    return {"key": key}


def base_key(study: Study, passages: Passages) -> str:
    """Return the fingerprint of all that decides an answer but the question; it takes a while for many texts."""
    return fingerprint("alike", index_key(study, passages), list(study.customers.frame.index))


def answer_key(base: str, meaning: str) -> str:
    """Return the fingerprint under which the answer to a question is kept; `base` is the study's `base_key`."""
    return fingerprint(base, " ".join(meaning.split()))


def answer(keep: Keep, key: str) -> Alike | None:
    """Return the answer that was kept under a key, or None."""
    try:
        return kept(keep, key, Alike, _not_made)
    except LookupError:
        return None


def _not_made() -> Alike:
    raise LookupError


def _at_hand(
    workspace: Workspace, study_id: str, secrets: Mapping[str, str], progress: Progress, *, send: bool
) -> _AtHand:
    place = (str(workspace.folder), study_id, workspace.study(study_id).version)
    if place in _held:
        _held.move_to_end(place)
        return _held[place]
    study = workspace.load_study(Study, study_id)
    passages = passages_of(study.customers)
    if not passages.distinct:
        raise DataError("Nobody wrote anything, so there is nothing to be alike.")
    base = base_key(study, passages)
    # Labels and names change a study's version, but not what its customers wrote.
    same = next((held for held in _held.values() if held.base == base), None)
    if not (same or send) and server(study) is not None and not is_read(workspace, study, passages):
        raise DataError("The texts would go to a server first; search again, and you are shown what is sent.")
    index = same.index if same else index_of(study, passages, progress, keep=workspace, secrets=secrets)
    _held[place] = _AtHand(study, passages, index, base)
    while len(_held) > HELD:
        _held.popitem(last=False)
    return _held[place]
