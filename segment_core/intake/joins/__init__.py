"""Joins: several tables become one table of customers, along links that are measured before anything is joined."""

from segment_core.intake.joins.links import Link, Proposal

__all__ = ["Link", "Proposal"]
