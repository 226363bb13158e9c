"""Intake: files become customers. Bytes become tables, columns get roles, tables are joined, rows become customers."""

from segment_core.intake.assembling import Assembled, Choices, assemble
from segment_core.intake.bundling import bundle, unbundle
from segment_core.intake.gathering import gather, require_features
from segment_core.intake.reading import ReadingOptions, read, read_all
from segment_core.intake.roles import suggest
from segment_core.intake.samples import SampleTables, sample, sample_csv, sample_tables, sample_zip

__all__ = [
    "Assembled",
    "Choices",
    "ReadingOptions",
    "SampleTables",
    "assemble",
    "bundle",
    "gather",
    "read",
    "read_all",
    "require_features",
    "sample",
    "sample_csv",
    "sample_tables",
    "sample_zip",
    "suggest",
    "unbundle",
]
