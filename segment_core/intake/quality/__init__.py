"""Quality: what is wrong with the customers before anything is made of them, and what to do about it."""

from segment_core.intake.quality.remedies import Remedy

__all__ = ["Remedy"]
