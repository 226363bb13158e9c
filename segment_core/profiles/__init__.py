"""Profiles: what is special about each segment, as an evidence sheet that personas and pages cite."""

from segment_core.profiles.drivers import facts
from segment_core.profiles.sheet import compare, describe

__all__ = ["compare", "describe", "facts"]
