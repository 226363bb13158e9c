"""Contrasting: text vectors learn what belongs together. Each line of the menu offers `learn(…)`."""

from segment_core.choices import Choice

CONTRASTS: dict[str, Choice] = {}

__all__ = ["CONTRASTS"]
