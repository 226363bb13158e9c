"""Student sight: what a light model sees of a text without reading it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats
from segment_core.encoders.models import folder_of, loading
from segment_core.encoders.sentence_parts import recipe_of, tokenizer_of

THEMES = 150
OPENING_WEIGHT = 3.0
"""How much the opening counts beside the other parts, each 1."""
EMBEDDINGS = ("embeddings.word_embeddings.weight", "embed_tokens.weight", "shared.weight", "wte.weight")


@dataclass(frozen=True, slots=True)
class Sight:
    """Weighed word pieces, sparse (n_texts, n_pieces), and all that is dense, (n_texts, d); each part of length 1."""

    sparse: Any
    dense: Floats


def seen(
    texts: Sequence[str], learned: NDArray[np.int64], model: str, openings: Floats | None = None, seed: int = 0
) -> Sight:
    """Look at texts as word pieces, as the mean of the model's own vectors of these, and as themes of the corpus.

    Pieces and pairs of pieces are weighed by sublinear TF-IDF over the `learned` texts: what does not occur there
    cannot be learned, and would only shorten the rest. Themes (latent semantic analysis) are of all texts.
    """
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfTransformer

    folder = folder_of(model)
    tokenizer = tokenizer_of(folder, model, recipe_of(folder, model))
    pieces = [found.ids for found in tokenizer.encode_batch(list(texts), add_special_tokens=False)]
    counts = _counted(pieces, tokenizer.get_vocab_size())
    terms = _with_pairs(pieces, counts, learned)
    often = np.asarray((terms[learned] > 0).sum(axis=0)).ravel() > 1
    weigh = TfidfTransformer(sublinear_tf=True).fit(terms[learned][:, often])
    known = weigh.transform(terms[:, often]).astype(np.float32)
    parts = []
    vectors = _own_vectors(folder, model)
    if vectors is not None and len(vectors) >= counts.shape[1]:
        damped = counts.copy()
        damped.data = 1 + np.log(damped.data)
        parts.append(np.asarray(damped @ vectors[: counts.shape[1]]))
    n_themes = min(THEMES, known.shape[1] - 1, len(texts) - 1)
    if n_themes >= 2:
        spread = TfidfTransformer(sublinear_tf=True).fit_transform(counts).astype(np.float32)
        parts.append(TruncatedSVD(n_themes, random_state=seed).fit_transform(spread))
    dense = [_centred(part) for part in parts]
    if openings is not None:
        dense.append(OPENING_WEIGHT**0.5 * _centred(openings))
    joined = np.hstack(dense) if dense else np.zeros((len(texts), 1))
    return Sight(csr_matrix(known), joined.astype(np.float32))


def _counted(pieces: Sequence[Sequence[int]], n_pieces: int) -> Any:
    from scipy.sparse import csr_matrix

    lengths = np.array([len(found) for found in pieces])
    columns = np.fromiter((piece for found in pieces for piece in found), dtype=np.int64, count=int(lengths.sum()))
    rows = np.repeat(np.arange(len(pieces)), lengths)
    counts = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(pieces), n_pieces))
    counts.sum_duplicates()
    return counts


def _with_pairs(pieces: Sequence[Sequence[int]], counts: Any, learned: NDArray[np.int64]) -> Any:
    """Add columns for pairs of neighbouring pieces, those that occur in the learned texts."""
    from scipy.sparse import csr_matrix, hstack

    lengths = np.array([max(0, len(found) - 1) for found in pieces])
    rows = np.repeat(np.arange(len(pieces)), lengths)
    pairs = np.fromiter(
        (one * counts.shape[1] + two for found in pieces for one, two in pairwise(found)),
        dtype=np.int64,
        count=int(lengths.sum()),
    )
    known = np.unique(pairs[np.isin(rows, learned)])
    if not len(known):
        return counts
    columns = np.minimum(np.searchsorted(known, pairs), len(known) - 1)
    kept = known[columns] == pairs
    values = np.ones(int(kept.sum()), dtype=np.float32)
    found = csr_matrix((values, (rows[kept], columns[kept])), shape=(len(pieces), len(known)))
    found.sum_duplicates()
    return hstack([counts, found], format="csr")


def _own_vectors(folder: Path, name: str) -> Floats | None:
    """Return the model's input embeddings, (n_pieces, d), where they are in one file under a known name."""
    from safetensors import safe_open

    path = folder / "model.safetensors"
    if not path.is_file():
        return None
    with loading(name), safe_open(path, framework="numpy") as weights:
        named = [key for key in weights.keys() if key.endswith(EMBEDDINGS)]  # noqa: SIM118 - it is no dict
        return np.asarray(weights.get_tensor(named[0]), dtype=np.float32) if named else None


def _centred(matrix: NDArray[Any]) -> NDArray[Any]:
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    shifted = matrix / np.maximum(length, 1e-12)
    shifted = shifted - shifted.mean(axis=0)
    return np.asarray(shifted / np.maximum(np.linalg.norm(shifted, axis=1, keepdims=True), 1e-12))
