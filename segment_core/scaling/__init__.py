"""Scaling: how a step grows beyond the moment and the process it was asked in."""

from segment_core.scaling.jobs import Jobs
from segment_core.scaling.status import JobStatus

__all__ = ["JobStatus", "Jobs"]
