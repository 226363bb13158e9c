"""Samples: an invented shop to try everything with, as one file of customers or as several tables over two years."""

from segment_core.intake.samples.one_file import sample, sample_csv
from segment_core.intake.samples.tables import SampleTables, sample_tables
from segment_core.intake.samples.zipped import sample_zip

__all__ = ["SampleTables", "sample", "sample_csv", "sample_tables", "sample_zip"]
