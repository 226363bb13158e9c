"""Profiles: what is special about each segment, as an evidence sheet that personas and pages cite."""

from segment_core.profiles.contrasts import contrast
from segment_core.profiles.sheet import compare, describe

__all__ = ["compare", "contrast", "describe"]
