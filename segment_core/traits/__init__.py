"""Traits: attitudes read from texts. Each line of the menu offers `rate(customers, options, progress)`."""

from segment_core.choices import Choice
from segment_core.traits import lexicon
from segment_core.traits.rubric import OF_ASPECT, RUBRIC, SENTIMENT, Criterion, criterion

TRAITS: dict[str, Choice] = {
    "lexicon": Choice(
        "Word lists",
        lexicon.rate,
        lexicon.LexiconOptions,
        when="Always works, in seconds, in English and Chinese, and nothing leaves the machine. Misses irony.",
    ),
}

__all__ = ["OF_ASPECT", "RUBRIC", "SENTIMENT", "TRAITS", "Criterion", "criterion"]
