"""Naming: names and handwriting stay with their segments, over runs and while a writer is at work."""

from segment_core.naming.carrying import carried
from segment_core.naming.keeping import Keeping
from segment_core.naming.matching import matched
from segment_core.naming.merging import merged

__all__ = ["Keeping", "carried", "matched", "merged"]
