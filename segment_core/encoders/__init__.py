"""Encoders: texts become vectors. Each line of the menu offers `encode(texts, options, progress)`."""

from segment_core.choices import Choice
from segment_core.encoders import automatic, onnx_int8, sentence_transformer, static, student, tfidf, transformer
from segment_core.encoders.models import BUNDLED

ENCODERS: dict[str, Choice] = {
    "auto": Choice(
        "Automatic",
        automatic.encode,
        automatic.AutomaticOptions,
        when="Measures how long the full model would take; a student of it reads where that is over a minute.",
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
    "onnx_int8": Choice(
        "Full model, quick form (ONNX)",
        onnx_int8.encode,
        onnx_int8.OnnxOptions,
        when="All but the full model's vectors, several times quicker on a processor; prepared once, in a few seconds.",
        needs=("onnxruntime", "onnx", "transformers"),
    ),
    "student": Choice(
        "Student of the full model",
        student.encode,
        student.StudentOptions,
        when="For many texts: the full model reads a sample, and a light model learns to read the rest as it does.",
        needs=("sentence_transformers",),
    ),
    "static": Choice(
        "Static vectors (distilled)",
        static.encode,
        static.StaticOptions,
        when="Tens of thousands of short texts a second; knows what words mean, but not how they stand together.",
        needs=("model2vec", "skeletoken"),
    ),
    "transformer": Choice(
        "Transformer, by layers",
        transformer.encode,
        transformer.TransformerOptions,
        when="For those who want to choose: any BERT, XLNet, T5 or GPT-2, its hidden layers and how they are pooled.",
        needs=("torch", "transformers"),
    ),
}

TRAINED_ON_CORPUS = ("tfidf", "student")
"""Encoders whose space depends on all texts they are given: more texts cannot be read into it later."""

__all__ = ["BUNDLED", "ENCODERS", "TRAINED_ON_CORPUS"]
