"""Recording: what an analyst says becomes an entry of the ledger, and is done at once where nothing is made anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from segment_core.artifacts import Edit
from segment_core.artifacts.edits import EditKind
from segment_core.errors import DataError, OptionError
from segment_core.feedback import VERDICTS, counting, to_redo, to_undo, witnessed
from segment_core.improving.colouring import PLACES, places
from segment_core.improving.renaming import named_as, rests_on, segment_of, tidied, unnamed
from segment_core.study import Study

MOST_APART = 12
"""Customers who can be told apart at once: each of them needs a segment of their own."""
LONGEST_NAME = 60
FROM_ANSWERS, BY_FEATURES = "answers", "kmeans"
"""What the value of an edit begins with that was learned from answers, or came of a cut by features; then how many."""
NEEDED = {"move": 1, "split": 1, "together": 2, "apart": 2}


def recorded(
    study: Study,
    what: EditKind,
    *,
    customers: Sequence[str] = (),
    segment: str = "",
    others: Sequence[str] = (),
    value: str = "",
    part: str = "",
    author: str = "",
) -> Study:
    """Return the study with one more entry in its ledger; a name, a colour or a verdict counts at once.

    Who is in which segment stays as it is until the edits are replayed: see `improving.applying`.

    Raises
    ------
    DataError
        If there are no segments.
    OptionError
        If it names no customer or segment where it has to, or cannot be done at all.
    """
    if study.clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    named = tuple(dict.fromkeys((segment, *others) if segment else ()))
    value = tidied(value)
    _require(study, what, tuple(customers), named, value)
    ids = study.clustering.ids
    some, sizes = witnessed(study.customers.frame.index, {name: ids == name for name in named})
    edit = Edit(
        what,
        tuple(map(str, customers)),
        segment,
        study.run,
        datetime.now(UTC).isoformat(timespec="seconds"),
        author,
        tuple(others),
        value,
        part,
        some,
        sizes,
        _before(study, what, segment),
    )
    return named_as(replace(study, edits=(*study.edits, edit)), edit)


def taken_back(study: Study, author: str = "") -> Study:
    """Return the study with an entry that takes back the latest edit that counts; as it is where there is none.

    What was said in one go, such as a cut in three parts, goes in one. A name is as it was before, unless it was
    changed otherwise since.
    """
    for place in to_undo(study.edits):
        study = unnamed(_again(study, "undo", author), study.edits[place])
    return study


def said_again(study: Study, author: str = "") -> Study:
    """Return the study with an entry that says again what the latest undo took back; as it is where there is none."""
    for place in to_redo(study.edits):
        study = named_as(_again(study, "redo", author), study.edits[place])
    return study


def verdicts(study: Study) -> dict[tuple[str, str], Edit]:
    """Return the verdict that counts on each segment, and with "persona" on its persona, by segment id and part."""
    found = {}
    for _, edit in counting(study.edits):
        segment = segment_of(study, edit) if edit.what == "verdict" else None
        if segment is not None:
            found[segment, edit.part] = edit
    return found


def _require(study: Study, what: EditKind, customers: Sequence[str], named: Sequence[str], value: str) -> None:
    assert study.clustering is not None
    there = {segment.id for segment in study.clustering.segments}
    missing = [name for name in named if name not in there]
    if missing:
        raise OptionError("There is no segment {name}.", name=", ".join(missing))
    if what not in ("split", "together", "apart") and not named:
        raise OptionError("This edit has to name a segment.")
    if len(set(customers)) < NEEDED.get(what, 0):
        raise OptionError("Choose customers first: {needed} or more.", needed=NEEDED[what])
    left = len(there) - (len(named) - 1 if what == "merge" else what == "delete")
    if what in ("merge", "delete") and left < 2:
        raise OptionError("Less than two segments would be left.")
    if what == "merge" and len(named) < 2:
        raise OptionError("Choose another segment to merge with.")
    if what == "apart" and len(set(customers)) > MOST_APART:
        raise OptionError(
            "At most {most} customers can be kept apart at once; these are {n}.", most=MOST_APART, n=len(set(customers))
        )
    if what == "split":
        _require_rest(study, customers)
    if what == "rename" and not 0 < len(value) <= LONGEST_NAME:
        raise OptionError("A name has 1 to {most} characters.", most=LONGEST_NAME)
    if what == "recolour" and value not in map(str, range(PLACES)):
        raise OptionError("There are {n} colours; {value} is none of them.", n=PLACES, value=value[:20])
    if what == "verdict" and value not in VERDICTS:
        raise OptionError("A verdict is one of {known}.", known=", ".join(VERDICTS))


def _require_rest(study: Study, customers: Sequence[str]) -> None:
    assert study.clustering is not None
    inside = study.customers.frame.index.isin(list(customers))
    if not inside.any():
        raise OptionError("None of these customers is in the study.")
    own = np.unique(study.clustering.labels[inside])
    if len(own) == 1 and inside.sum() == study.clustering.segments[int(own[0])].size:
        raise OptionError("These customers are a segment of their own already.")


def _before(study: Study, what: EditKind, segment: str) -> dict[str, str]:
    persona = study.personas.of(segment) if study.personas else None
    if what == "rename" and persona is not None:
        rests = rests_on(persona, study.evidence)
        return {"name": persona.name, "author": persona.name_author, "rests": rests}
    if what == "recolour" and study.clustering is not None:
        ids = [found.id for found in study.clustering.segments]
        return {"place": str(places(study)[ids.index(segment)])}
    return {}


def _again(study: Study, what: EditKind, author: str) -> Study:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return replace(study, edits=(*study.edits, Edit(what, (), "", study.run, at, author)))
