"""Grounding: figures and quotes stand by reference, and a sentence says nothing that its evidence does not carry."""

from segment_core.grounding.checks import Problem, check_claim, check_name
from segment_core.grounding.figures import figure, parts, render

__all__ = ["Problem", "check_claim", "check_name", "figure", "parts", "render"]
