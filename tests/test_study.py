"""A study: replacing a part drops what was made from it, and nothing else."""

import dataclasses

import pytest

from segment_core.messages import say
from segment_core.study import MADE_FROM, Study

TEXTS = {"readings", "contrast", "topics", "graph", "traits"}
CUT = {
    "replay",
    "scorer",
    "scorecard",
    "evidence",
    "audit",
    "attention",
    "twins",
    "suggestions",
    "recommendations",
    "pieces",
    "personas",
    "contents",
    "history",
}
AFTER = {"found", "clustering", "ladder", "projection", "sweep", *CUT}
PARTS = (*sorted(TEXTS), "features", *sorted(AFTER))
NEVER = {
    "found",
    "contrast",
    "topics",
    "graph",
    "traits",
    "attention",
    "twins",
    "ladder",
    "sweep",
    "suggestions",
    "recommendations",
    "pieces",
    "contents",
    "history",
}
"""What this study does not hold."""


@pytest.mark.parametrize(
    "part, gone",
    [
        ("customers", {*TEXTS, "features", *AFTER}),
        ("readings", {"contrast", "topics", "features", *AFTER}),
        ("traits", {"features", *AFTER}),
        ("features", {*AFTER}),
        ("clustering", CUT),
        ("found", {"found", "clustering", *CUT}),
        ("projection", set()),
        ("scorecard", set()),
        ("evidence", {"personas", "contents", "history"}),
        ("personas", set()),
        ("plan", set()),
        ("seconds", set()),
        ("labels", set()),
    ],
)
def test_what_was_made_from_a_replaced_part_is_dropped(part: str, gone: set[str], small_study: Study) -> None:
    changed = small_study.having(**{part: getattr(small_study, part)})
    never = NEVER - gone
    assert {name for name in PARTS if getattr(changed, name) is None} - never == gone


def test_parts_given_together_stay(small_study: Study) -> None:
    changed = small_study.having(clustering=small_study.clustering, evidence=small_study.evidence)
    assert changed.evidence is small_study.evidence
    assert changed.scorecard is changed.personas is None


def test_the_table_names_fields_that_exist_and_misses_none() -> None:
    fields = {field.name for field in dataclasses.fields(Study)}
    assert set(MADE_FROM) | {source for sources in MADE_FROM.values() for source in sources} <= fields
    assert set(MADE_FROM) == set(PARTS)


def test_the_first_study_is_not_changed(small_study: Study) -> None:
    small_study.having(features=None)
    assert small_study.personas is not None


def test_history_holds_what_was_before_and_forgets_the_oldest(small_study: Study) -> None:
    study = small_study
    for number in range(60):
        study = study.remembering(say("Edited {n}", n=number))
    assert study.history is not None
    assert [version.note.values["n"] for version in study.history] == list(range(10, 60))
    assert study.history[-1].personas is small_study.personas
    assert small_study.history is None
