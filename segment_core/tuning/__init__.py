"""Tuning: an encoder learns the customers of a study, is compared before and after, and kept or discarded."""

from segment_core.tuning.costs import expected_seconds
from segment_core.tuning.running import Unfinished, asked, forget, is_same, training_folder, tune, unfinished, used_by
from segment_core.tuning.sources import Source, labels_of, lesson_of, sources

__all__ = [
    "Source",
    "Unfinished",
    "asked",
    "expected_seconds",
    "forget",
    "is_same",
    "labels_of",
    "lesson_of",
    "sources",
    "training_folder",
    "tune",
    "unfinished",
    "used_by",
]
