"""Sending: what a search by meaning would send to a server that reads the study's texts, before it does."""

from dataclasses import dataclass

from segment_core.llm import ModelAccess, Outbound, example
from segment_core.searching.index import MOST, index_key, reader
from segment_core.searching.passages import Passages
from segment_core.stages import stage_key
from segment_core.store import Workspace
from segment_core.study import Study

SERVER = "endpoint"
N_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes to a server before the first question: at most so many texts and characters, and a call as it is made.

    `example` holds JSON; the texts in it are the shortest, the longest, and some between.
    """

    n_texts: int
    n_characters: int
    example: Outbound


def server(study: Study) -> ModelAccess | None:
    """Return the server that reads this study's texts and every question, without its key; None where none does."""
    step = reader(study, "")
    if step.name != SERVER:
        return None
    return ModelAccess(str(step.options.get("url", "")), str(step.options.get("model", "")))


def is_read(workspace: Workspace, study: Study, passages: Passages) -> bool:
    """Tell whether every sentence was read before, so that only the question is left to read."""
    return workspace.has_array(stage_key(index_key(study, passages)))


def sending(study: Study, passages: Passages) -> Sending:
    """Count what the study's server would be sent before the first question, and write a call out.

    Raises
    ------
    ModelError
        If the address cannot be one.
    """
    access = server(study)
    if access is None:
        return Sending(0, 0, Outbound("", "", 0))
    longest = int(dict(reader(study, "").options).get("longest", 2000))
    lengths = sorted(min(len(text), longest) for text in passages.distinct)
    by_length = sorted(passages.distinct, key=lambda text: (len(text), text))
    last = len(by_length) - 1
    places = sorted({round(step * last / (N_SHOWN - 1)) for step in range(N_SHOWN)}) if by_length else []
    said = example([by_length[place] for place in places], access, longest=longest)
    return Sending(min(len(lengths), MOST), sum(lengths[-MOST:]), said)
