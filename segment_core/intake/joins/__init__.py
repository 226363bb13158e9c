"""Joins: several tables become one table of customers, along links that are measured before anything is joined."""

from segment_core.intake.joins.arranging import Arrangement, Place
from segment_core.intake.joins.keys import stem
from segment_core.intake.joins.links import Link, Proposal
from segment_core.intake.joins.proposing import measure, propose

__all__ = ["Arrangement", "Link", "Place", "Proposal", "measure", "propose", "stem"]
