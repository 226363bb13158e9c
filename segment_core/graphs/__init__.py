"""Graphs: customers by what they have in common. Each line offers `embed(customers, options, progress)`."""

from segment_core.choices import Choice

GRAPHS: dict[str, Choice] = {}

__all__ = ["GRAPHS"]
