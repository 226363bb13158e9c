"""Traits: attitudes read from texts. Each line of the menu offers `rate(customers, options, progress)`."""

from segment_core.choices import Choice
from segment_core.traits import classifier, lexicon, model
from segment_core.traits.prompt import ModelOptions, letters_of
from segment_core.traits.rubric import OF_ASPECT, RUBRIC, SENTIMENT, Criterion, criterion

TRAITS: dict[str, Choice] = {
    "lexicon": Choice(
        "Word lists",
        lexicon.rate,
        lexicon.LexiconOptions,
        when="Always works, in seconds, in English and Chinese, and nothing leaves the machine. Misses irony.",
    ),
    "classifier": Choice(
        "Sentiment model (transformers)",
        classifier.rate,
        classifier.ClassifierOptions,
        when="When you have a sentiment model for your language on this machine; aspects and traits stay with the "
        "word lists.",
        needs=("transformers", "torch"),
    ),
    "model": Choice(
        "Language model",
        model.rate,
        ModelOptions,
        when="For the finest reading, with a model on this machine or a service you have a key for. It answers by "
        "the rubric only; what breaks it is refused, and the word lists fill the gap.",
        needs=("pydantic_ai", "openai"),
        asks=("secrets",),
    ),
}

__all__ = [
    "OF_ASPECT",
    "RUBRIC",
    "SENTIMENT",
    "TRAITS",
    "Criterion",
    "ModelOptions",
    "criterion",
    "letters_of",
]
