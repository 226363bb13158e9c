"""Joins: several tables become one table of customers."""

from segment_core.intake.joins.links import Link

__all__ = ["Link"]
