"""Intake: files become customers. Bytes become a table, columns get roles, rows become customers."""

from segment_core.intake.gathering import gather
from segment_core.intake.reading import ReadingOptions, read, read_all
from segment_core.intake.roles import suggest
from segment_core.intake.sampling import sample, sample_csv

__all__ = ["ReadingOptions", "gather", "read", "read_all", "sample", "sample_csv", "suggest"]
