"""Contrasting: text vectors learn what belongs together. Each line of the menu offers `learn(…)`."""

from segment_core.choices import Choice
from segment_core.contrasting import head

CONTRASTS: dict[str, Choice] = {
    "head": Choice(
        "Projection head",
        head.learn,
        head.HeadOptions,
        when="You know what belongs together, such as texts of one customer or one label, and want texts compared so.",
    ),
}

is_better = head.is_better

__all__ = ["CONTRASTS", "is_better"]
