"""Exporting: a study becomes files that other tools read."""

from segment_core.exporting.booklet import personas_html, personas_markdown
from segment_core.exporting.brief import brief_docx, brief_html, brief_markdown
from segment_core.exporting.consent import contactable, has_permissions, withheld
from segment_core.exporting.contents import contents_csv, contents_html, contents_markdown
from segment_core.exporting.documents import personas_json, scorecard_json
from segment_core.exporting.tables import as_csv, measures_csv, projection_csv, segments_csv, segments_table

__all__ = [
    "as_csv",
    "brief_docx",
    "brief_html",
    "brief_markdown",
    "contactable",
    "contents_csv",
    "contents_html",
    "contents_markdown",
    "has_permissions",
    "measures_csv",
    "personas_html",
    "personas_json",
    "personas_markdown",
    "projection_csv",
    "scorecard_json",
    "segments_csv",
    "segments_table",
    "withheld",
]
