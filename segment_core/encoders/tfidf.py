"""TF-IDF + SVD: texts by the words they share, the floor that needs no model and knows every language."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Floats, Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders.folding import Fold, with_pairs
from segment_core.language import words
from segment_core.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class TfidfOptions:
    """Options of the word encoder."""

    n_dimensions: int = option(100, "Dimensions", low=2, high=500, help="How many themes the words are folded into.")
    seed: int = option(0, "Random seed", low=0)


def encode(texts: Sequence[str], options: TfidfOptions = TfidfOptions(), progress: Progress = silent) -> Vectors:
    """Weigh words by how rare they are and fold them into themes (latent semantic analysis, Deerwester 1990).

    Texts without a single known word become the zero vector. The vectors have length 1 otherwise,
    so Euclidean distance ranks as cosine does.

    Returns
    -------
    Vectors
        Matrix (n_texts, d), d at most `n_dimensions` and never more than the texts can carry.
    """
    made_by = Step("tfidf", options_to_json(options))
    reason = say("Read by their words: TF-IDF + SVD, {n:,} texts.", n=len(texts))
    return Vectors(fold(texts, options, progress)[0], made_by, reason)


def fold(
    texts: Sequence[str], options: TfidfOptions = TfidfOptions(), progress: Progress = silent
) -> tuple[Floats, Fold]:
    """Return the matrix that `encode` returns, and what reads more texts into the same space."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    progress(0, 1, say("Weighing the words of {n:,} texts", n=len(texts)))
    tokens = [with_pairs(words(text)) for text in texts]
    n_known = len({token for found in tokens for token in found})
    if n_known == 0:
        return np.zeros((len(texts), 1), dtype=np.float32), Fold.none()
    rare = 2 if len(texts) >= 200 else 1
    vectorizer = TfidfVectorizer(analyzer=_as_is, sublinear_tf=True, min_df=rare, max_features=50_000)
    try:
        weights = vectorizer.fit_transform(tokens)
    except ValueError:  # every word occurs in one text only
        weights = vectorizer.set_params(min_df=1).fit_transform(tokens)
    progress(0.5, 1, say("Folding {n:,} words into themes", n=weights.shape[1]))
    n_dimensions = min(options.n_dimensions, weights.shape[1] - 1, len(texts) - 1)
    themes = np.eye(weights.shape[1])
    if n_dimensions < 2:
        matrix = np.asarray(weights.todense())
    else:
        svd = TruncatedSVD(n_dimensions, random_state=options.seed)
        with np.errstate(invalid="ignore"):  # texts that are all the same have no variance to explain
            matrix = svd.fit_transform(weights)
        themes = svd.components_.T
    progress(1, 1, say("Texts read"))
    brought = (vectorizer.idf_[:, None] * themes).astype(np.float32)
    terms = tuple(vectorizer.get_feature_names_out().tolist())
    return normalize(matrix).astype(np.float32), Fold(terms, brought, paired=True)


def _as_is(tokens: list[str]) -> list[str]:
    return tokens
