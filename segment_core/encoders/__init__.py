"""Encoders: texts become vectors. Each line of the menu offers `encode(texts, options, progress)`."""

from collections.abc import Callable

from segment_core.artifacts import Floats
from segment_core.choices import Choice
from segment_core.encoders import (
    automatic,
    endpoint,
    glove,
    glove_file,
    onnx_int8,
    sentence_transformer,
    static,
    student,
    tfidf,
    transformer,
    word2vec,
)
from segment_core.encoders.folding import Fold
from segment_core.encoders.models import BUNDLED, contents, languages_read, unread

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
    "word2vec": Choice(
        "Word company (Word2Vec)",
        word2vec.encode,
        word2vec.Word2VecOptions,
        when="Learns from your own texts which words are used alike; needs a few thousand of them, in any language.",
        needs=("gensim",),
    ),
    "glove": Choice(
        "Word counts (GloVe)",
        glove.encode,
        glove.GloveOptions,
        when="Learns from how often words of your own texts meet; best for tens of thousands of texts.",
    ),
    "glove_file": Choice(
        "Pre-trained words (file)",
        glove_file.encode,
        glove_file.GloveFileOptions,
        when="Takes word vectors from a GloVe or word2vec file: meaning in any language that you have a file for.",
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
    "endpoint": Choice(
        "Model at an address (embeddings)",
        endpoint.encode,
        endpoint.EndpointOptions,
        when="Reads meaning with any model that an OpenAI-compatible server offers; masked texts go there.",
        needs=("httpx2",),
        asks=("secrets",),
    ),
}

TRAINED_ON_CORPUS = ("tfidf", "word2vec", "glove", "glove_file", "student")
"""Encoders whose space depends on all texts they are given: more texts cannot be read into it later."""

FOLDS: dict[str, Callable[..., tuple[Floats, Fold]]] = {
    "tfidf": tfidf.fold,
    "word2vec": word2vec.fold,
    "glove": glove.fold,
    "glove_file": glove_file.fold,
}
"""Those of them that know how each word moves a text, so that a short text can be laid among the others all the same:
`fold(texts, options, progress)` returns what `encode` does as a matrix, and a `Fold`."""

__all__ = ["BUNDLED", "ENCODERS", "FOLDS", "TRAINED_ON_CORPUS", "Fold", "contents", "languages_read", "unread"]
