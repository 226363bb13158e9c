"""Tuning: an encoder learns the customers of a study, is compared before and after, and kept or discarded."""

from segment_core.tuning.cards import reads_english
from segment_core.tuning.costs import expected_seconds
from segment_core.tuning.running import Unfinished, asked, forget, is_same, training_folder, tune, unfinished, used_by
from segment_core.tuning.sources import (
    MOST_CLASSES,
    Source,
    labels_of,
    languages_in,
    lesson_of,
    sources,
    unfit,
    written,
)

__all__ = [
    "MOST_CLASSES",
    "Source",
    "Unfinished",
    "asked",
    "expected_seconds",
    "forget",
    "is_same",
    "labels_of",
    "languages_in",
    "lesson_of",
    "reads_english",
    "sources",
    "training_folder",
    "tune",
    "unfinished",
    "unfit",
    "used_by",
    "written",
]
