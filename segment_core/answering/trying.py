"""Trying: a few questions that a study answers, to begin with."""

from segment_core.answering.asked import SEGMENTS, Asked
from segment_core.answering.vocabulary import vocabulary
from segment_core.answering.words import root
from segment_core.study import Study


def examples(study: Study) -> tuple[Asked, ...]:
    """Return a few questions that this study answers, made from its own columns."""
    by = SEGMENTS if study.clustering else ""
    names = vocabulary(study)
    found = [Asked("size", by=by)]
    number = next((one for one in names.columns if one.kind == "number" and root("spend") in one.words), None)
    number = number or next((one for one in names.columns if one.kind == "number"), None)
    if number:
        found.append(Asked("mean", number.column, by=by, top=1 if by else 0))
    category = next((one for one in names.columns if one.kind == "category"), None)
    if category:
        found.append(Asked("most_common", category.column, by=by))
    if study.customers.named("text"):
        found.append(Asked("complain", about="delivery", by=by, top=1 if by else 0))
    return tuple(found)
