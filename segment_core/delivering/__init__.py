"""Delivering: customers of a study leave as a file that another tool takes."""

from segment_core.delivering.keeping import KeptFile, clean, delete, export, kept_files
from segment_core.delivering.request import ENDINGS, MIMES, Delivered, Delivery
from segment_core.delivering.sheets import sheet_of
from segment_core.delivering.writing import MOST_HASHED, deliver, n_asked, preview, recognisable

__all__ = [
    "ENDINGS",
    "MIMES",
    "MOST_HASHED",
    "Delivered",
    "Delivery",
    "KeptFile",
    "clean",
    "delete",
    "deliver",
    "export",
    "kept_files",
    "n_asked",
    "preview",
    "recognisable",
    "sheet_of",
]
