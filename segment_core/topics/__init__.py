"""Topics: what customers write about. Each line of the menu offers `discover(texts, vectors, options, progress)`."""

from segment_core.choices import Choice

TOPICS: dict[str, Choice] = {}

__all__ = ["TOPICS"]
