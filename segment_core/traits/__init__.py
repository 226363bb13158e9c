"""Traits: attitudes read from texts. Each line of the menu offers `rate(customers, options, progress)`."""

from segment_core.choices import Choice

TRAITS: dict[str, Choice] = {}

__all__ = ["TRAITS"]
