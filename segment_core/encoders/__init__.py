"""Encoders: texts become vectors. Each line of the menu offers `encode(texts, options, progress)`."""

from segment_core.choices import Choice
from segment_core.encoders import automatic, endpoint, glove, glove_file, sentence_transformer, tfidf, word2vec

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
    "endpoint": Choice(
        "Model at an address (embeddings)",
        endpoint.encode,
        endpoint.EndpointOptions,
        when="Reads meaning with any model that an OpenAI-compatible server offers; masked texts go there.",
        needs=("httpx2",),
        asks=("secrets",),
    ),
}

__all__ = ["ENCODERS"]
