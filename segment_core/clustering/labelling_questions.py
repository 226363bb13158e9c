"""Labelling questions: a model writes short labels of texts, several to a call, and what breaks a rule is dropped."""

import hashlib
from collections.abc import Sequence

from segment_core.clustering.asking import Asker
from segment_core.llm import Outbound, seal
from segment_core.llm.filters import fold, reads_like_a_command, unfit
from segment_core.privacy import without_tags

A_CALL = 20
"""So many texts are shown with one question."""
LONGEST = 60

INSTRUCTIONS = """\
You label what customers wrote. For every text give an entry: "text" (its id) and "label": two to five plain words, in \
the text's language, that name the matter it is about, as a team that handles such matters would call it.

Texts about the same matter get the same label, word for word; texts about different matters get different ones. \
Leave out tone, names, figures and what stands in square brackets: it was masked. Every text once, only ids that were \
shown, no links, addresses, markdown or HTML, and nothing else."""


def letter(texts: Sequence[str]) -> Outbound:
    """Compose one question."""
    return seal(
        INSTRUCTIONS,
        {"texts": [{"id": f"T{place}", "text": text} for place, text in enumerate(texts, 1)]},
        purpose="labels of texts",
    )


def turn(text: str) -> str:
    """Return by what texts take turns, so that like ones are not asked about together."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def label(asker: Asker, texts: Sequence[str], *, keep: int, backwards: bool = False) -> list[str]:
    """Return a label for each text, "" where the model gave none that can be used; `keep` calls are left over.

    `backwards` asks from the last text to the first, so that each stands in other company than before.
    """
    from segment_core.clustering.answers import LabelsAnswer

    rows = list(range(len(texts)))
    if backwards:
        rows = rows[1::2][::-1] + rows[::2][::-1]
    found = [""] * len(texts)
    for start in range(0, len(rows), A_CALL):
        if asker.budget - asker.asked <= keep:
            break
        part = rows[start : start + A_CALL]
        answer = asker.ask(letter([texts[row] for row in part]), LabelsAnswer)
        said: dict[str, set[str]] = {}
        for entry in answer.labels if answer is not None else ():
            said.setdefault(entry.text, set()).add(usable(entry.label))
        for place, row in enumerate(part, 1):
            own = said.get(f"T{place}", {""})
            found[row] = own.pop() if len(own) == 1 else ""
    return found


def usable(said: str) -> str:
    """Return a label in one form, or "" if it may not be used.

    Examples
    --------
    >>> usable("  Card  Arrival "), usable("see www.example.com"), usable("x" * 100)
    ('card arrival', '', '')
    """
    found = " ".join(fold(said).split())
    bare = without_tags(found).strip() == found
    fits = 1 < len(found) <= LONGEST and bare and any(letter.isalpha() for letter in found)
    return found if fits and not unfit(found) and not reads_like_a_command(found) else ""
