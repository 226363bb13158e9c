"""Ways: how texts became features, kept so that texts which come later become features the same way."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Floats, Progress, Reading, Step, Way, silent
from segment_core.choices import options_from_json
from segment_core.encoders import ENCODERS, FOLDS, TRAINED_ON_CORPUS, contents
from segment_core.encoders.folding import with_pairs
from segment_core.features.directions import directions_of
from segment_core.language import words

BY_WORDS, STUDENT, ELSEWHERE = "tfidf", "student", "endpoint"
FEWEST_TEXTS = 20
"""Texts from which a mean tells of nobody."""
FEWEST_USERS = 5
"""Texts in which a word must stand to be kept."""


def ways_of(
    features: Features,
    texts: Sequence[str],
    vectors: Floats,
    languages: Sequence[str | None],
    readings: Sequence[Reading],
    *,
    progress: Progress = silent,
) -> tuple[Way, ...]:
    """Return the way of each language whose texts more can be read like.

    There is none where the reader learned from these very texts, but for words, whose part in the vectors is known;
    and none where texts would go to another machine. A student's texts are read by the model that it imitates.
    """
    block = next((share for share in features.blocks if share.name == "text"), None)
    if block is None:
        return ()
    spoken = np.array(languages, dtype=object)
    parts: list[tuple[str, NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]] = []
    own_vectors = _apart(vectors, spoken, readings)
    for language in sorted({one for one in languages if one is not None}):
        rows = np.flatnonzero(spoken == language).astype(np.int64)
        if len(rows) > 1 and own_vectors[language].shape[1]:
            parts.append((language, rows, *directions_of(own_vectors[language][rows].astype(np.float64))))
    made_by = {reading.language: reading.made_by for reading in readings}
    found, start = [], block.start
    for language, rows, middle, turns in parts:
        own = slice(start, start + turns.shape[1])
        start = own.stop
        if len(rows) < FEWEST_TEXTS or not _kept(made_by[language]):
            continue
        # A block is only stretched when it is blended, and by the same for all of its columns.
        raw, placed = (own_vectors[language][rows] - middle) @ turns, features.matrix[rows, own].astype(np.float64)
        stretched = turns * float((raw * placed).sum() / (raw**2).sum())
        terms, brought = _words([texts[row] for row in rows.tolist()], made_by[language], progress)
        if brought is not None and not len(terms):
            continue
        step = made_by[language]
        digest = "".join(contents(value) for value in step.options.values() if isinstance(value, str))
        both = middle.astype(np.float32), stretched.astype(np.float32)
        found.append(Way(language, step, own.start, *both, digest, terms, brought))
    return tuple(found)


def _apart(vectors: Floats, spoken: NDArray[Any], readings: Sequence[Reading]) -> dict[str, Floats]:
    """Return the dimensions of each language, which lie side by side in the order of the readings."""
    written = [reading.language for reading in readings if (spoken == reading.language).any()]
    used = {one: np.flatnonzero(vectors[spoken == one].any(axis=0)) for one in written}
    starts = [0, *(int(used[one][0]) if len(used[one]) else vectors.shape[1] for one in written[1:])]
    stops = [*starts[1:], vectors.shape[1]]
    return {one: vectors[:, start:stop] for one, start, stop in zip(written, starts, stops, strict=True)}


def _kept(step: Step) -> bool:
    return step.name in (BY_WORDS, STUDENT) or step.name not in (*TRAINED_ON_CORPUS, ELSEWHERE)


def _words(texts: Sequence[str], step: Step, progress: Progress) -> tuple[tuple[str, ...], Floats | None]:
    """Return the words that several texts hold and what each brings into a vector; None where a model reads."""
    if step.name != BY_WORDS:
        return (), None
    distinct = sorted(set(texts))
    options: Any = options_from_json(ENCODERS[BY_WORDS].options, dict(step.options))
    fold = FOLDS[BY_WORDS](distinct, options, progress)[1]
    users = Counter(term for text in distinct for term in set(with_pairs(words(text))))
    kept = [row for row, term in enumerate(fold.terms) if users[term] >= FEWEST_USERS]
    return tuple(fold.terms[row] for row in kept), fold.brought[kept]
