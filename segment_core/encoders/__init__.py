"""Encoders: texts become vectors. Each line of the menu offers `encode(texts, options, progress)`."""

from segment_core.choices import Choice
from segment_core.encoders import automatic, sentence_transformer, tfidf

ENCODERS: dict[str, Choice] = {
    "auto": Choice(
        "Automatic",
        automatic.encode,
        automatic.AutomaticOptions,
        when="Measures how long the full model would take, and reads with it when that is under a minute.",
    ),
    "tfidf": Choice(
        "Words (TF-IDF + SVD)",
        tfidf.encode,
        tfidf.TfidfOptions,
        when="Fast and in any language: customers are alike when they use the same words.",
    ),
    "sentence_transformer": Choice(
        "Full model (sentence-transformers)",
        sentence_transformer.encode,
        sentence_transformer.SentenceTransformerOptions,
        when="Reads meaning, not just words; the bundled model reads English and takes longer.",
        needs=("sentence_transformers",),
    ),
}

TRAINED_ON_CORPUS = ("tfidf",)
"""Encoders whose space depends on all texts they are given: more texts cannot be read into it later."""

__all__ = ["ENCODERS", "TRAINED_ON_CORPUS"]
