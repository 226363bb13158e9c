"""Quality: what is wrong with the customers before anything is made of them, and what to do about it."""

from segment_core.intake.quality.findings import Finding
from segment_core.intake.quality.inspecting import inspect
from segment_core.intake.quality.mending import MENDED, REMEDIES, SKIPPED, mend
from segment_core.intake.quality.remedies import Remedy

__all__ = ["MENDED", "REMEDIES", "SKIPPED", "Finding", "Remedy", "inspect", "mend"]
