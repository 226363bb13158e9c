"""Profiles: what is special about each segment, as an evidence sheet that personas and pages cite."""

from segment_core.profiles.proxies import audit
from segment_core.profiles.sheet import compare, describe

__all__ = ["audit", "compare", "describe"]
