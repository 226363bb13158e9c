"""Grounding: figures and quotes stand by reference, and a sentence says nothing that its evidence does not carry."""

from segment_core.grounding.checks import check_claim, check_name
from segment_core.grounding.figures import figure, parts, render
from segment_core.grounding.problems import Problem
from segment_core.grounding.promises import check_copy

__all__ = ["Problem", "check_claim", "check_copy", "check_name", "figure", "parts", "render"]
