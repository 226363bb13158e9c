"""Intake: files become customers. Bytes become a table, columns get roles, rows become customers."""

from segment_core.intake.gathering import gather
from segment_core.intake.reading import ReadingOptions, read
from segment_core.intake.roles import suggest
from segment_core.intake.samples import SampleTables, sample, sample_csv, sample_tables, sample_zip

__all__ = [
    "ReadingOptions",
    "SampleTables",
    "gather",
    "read",
    "sample",
    "sample_csv",
    "sample_tables",
    "sample_zip",
    "suggest",
]
