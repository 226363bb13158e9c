"""Profiles: what is special about each segment, as an evidence sheet that personas and pages cite."""

from segment_core.profiles.alike import Curve, Lookalikes, lookalikes
from segment_core.profiles.contrasts import contrast
from segment_core.profiles.likeness import Reason, likeness
from segment_core.profiles.proxies import audit
from segment_core.profiles.sheet import compare, describe

__all__ = ["Curve", "Lookalikes", "Reason", "audit", "compare", "contrast", "describe", "likeness", "lookalikes"]
