"""Meaning: how like a question each customer's texts are, and from where on they are alike at all."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Note, Progress
from segment_core.encoders import languages_read
from segment_core.language import CJK, languages_of
from segment_core.messages import say
from segment_core.searching.index import Index, Part
from segment_core.searching.passages import Passages

NOTHING = -1.0
"""The similarity of customers who wrote nothing that could be compared."""
BEST = 0.6
"""How much a text's best sentence counts; the rest is the text as a whole."""
N_FEEDBACK = 5
N_SURELY = 10
"""The so manieth most like customer stands for those who surely are."""
FEWEST_WORDS = 4
CJK_PARTS = ("zh", "ja", "ko")


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """How like a question customers are: `similarity` (n,), -1 where nothing was compared, and the sentence that is.

    `text` (n,) is the row in `Passages.texts` of the most like sentence, and `sentence` (n,) its row in
    `Passages.distinct`; both -1 where there is none. `cut` is how many are alike by the rule of `cut_of`.
    """

    similarity: Floats
    text: NDArray[np.int64]
    sentence: NDArray[np.int64]
    cut: int
    notes: tuple[Note, ...] = ()

    @property
    def order(self) -> NDArray[np.int64]:
        """Return the rows of all customers who could be compared, the most like first; ties by their row."""
        order = np.argsort(-self.similarity, kind="stable")
        return order[: int((self.similarity > NOTHING).sum())]


def alike(
    index: Index,
    passages: Passages,
    n_customers: int,
    question: str,
    progress: Progress,
    *,
    secrets: Mapping[str, str],
) -> Alike:
    """Compare a question with every sentence, and customers by their best sentence and the text that it stands in.

    Similarities are cosines after what all sentences share is taken away. The question is read once more
    together with its five nearest sentences (relevance feedback, Rocchio 1971), which turns "postage is dear" towards
    how these customers say it. A customer counts .6 of the best sentence and .4 of the mean of its text's.
    A question in Chinese, Japanese or Korean is compared with texts in such a language only, where languages are
    read apart.
    """
    n_texts = len(passages.texts)
    best = np.full(len(passages.distinct), NOTHING, dtype=np.float32)
    mean = np.zeros(n_texts, dtype=np.float64)
    spoken = _spoken(index.parts, question)
    for part in spoken:
        asked = part.ask(question, secrets, progress)
        if np.any(asked):  # else it holds no word that these texts know
            toward = _toward(part, asked)
            best[part.rows] = _cosines(part, toward)
            mean += _whole(part, toward, passages)
    own = best[passages.sentence_of]
    scored = np.where(own > NOTHING, BEST * own + (1 - BEST) * mean[passages.text_of], NOTHING)
    return _by_customer(scored, passages, n_customers, (*index.notes, *_foreign(spoken, question)))


def cut_of(similarity: Floats) -> int:
    """Return how many customers are alike: those nearer to the tenth most like one than to the middle of all who wrote.

    Of the rules tried (knee of the curve, Otsu's threshold, a mixture of two normals, deviations above the mean, part
    of the largest) it agreed best with who answers questions to the sample.
    """
    known = np.sort(similarity[similarity > NOTHING].astype(np.float64))[::-1]
    if not len(known):
        return 0
    surely, middle = known[min(N_SURELY, len(known)) - 1], float(np.median(known))
    return max(1, int((known > (surely + middle) / 2).sum()))


def _spoken(parts: tuple[Part, ...], question: str) -> list[Part]:
    """Return the parts that a question can be compared with."""
    if len(parts) < 2:
        return list(parts)
    in_characters = bool(CJK.search(question))
    found = [part for part in parts if (part.language in CJK_PARTS) == in_characters]
    return found or list(parts)


def _foreign(parts: list[Part], question: str) -> tuple[Note, ...]:
    """Warn of a question in a language that the model does not read; few words seldom tell the language."""
    (language,) = languages_of([question])
    if not language or not (CJK.search(question) or len(question.split()) >= FEWEST_WORDS):
        return ()
    known = [languages_read(str(part.made_by.options.get("model", ""))) for part in parts]
    if not parts or any(read is None or language in read for read in known):
        return ()
    message = say(
        "This question does not look English, and the model that read the texts reads English: ask in English."
    )
    return (Note("foreign-question", message, level="warning"),)


def _toward(part: Part, asked: Floats) -> Floats:
    """Turn a question towards the sentences nearest to it."""
    nearest = np.argsort(-_cosines(part, asked), kind="stable")[:N_FEEDBACK]
    return _unit(_unit(asked) + _unit(_centred(part, nearest).mean(axis=0)))


def _cosines(part: Part, toward: Floats) -> Floats:
    step = 65_536
    found = [_centred(part, slice(start, start + step)) @ toward for start in range(0, len(part.rows), step)]
    return np.concatenate(found).astype(np.float32)


def _centred(part: Part, rows: slice | NDArray[np.int64]) -> Floats:
    moved = part.matrix[rows].astype(np.float32) - part.centre
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _whole(part: Part, toward: Floats, passages: Passages) -> NDArray[np.float64]:
    """Return the cosine of each text's mean sentence with a direction, 0 where this part holds none of it."""
    from scipy.sparse import csr_array

    n_texts = len(passages.texts)
    row_of = np.full(len(passages.distinct), -1, dtype=np.int64)
    row_of[part.rows] = np.arange(len(part.rows))
    own = row_of[passages.sentence_of]
    here = own >= 0
    held = csr_array(
        (np.ones(int(here.sum()), dtype=np.float32), (passages.text_of[here], own[here])),
        shape=(n_texts, len(part.rows)),
    )
    found = np.zeros(n_texts)
    step = 16_384
    vectors = _centred(part, slice(None))
    for start in range(0, n_texts, step):
        sums = held[start : start + step] @ vectors
        found[start : start + step] = (sums @ toward) / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
    return found


def _by_customer(scored: NDArray[np.float64], passages: Passages, n_customers: int, notes: tuple[Note, ...]) -> Alike:
    similarity = np.full(n_customers, NOTHING, dtype=np.float32)
    text, sentence = (np.full(n_customers, -1, dtype=np.int64) for _ in range(2))
    order = np.argsort(scored, kind="stable")  # the best comes last and stays
    rows = passages.customer_of[order]
    similarity[rows] = scored[order]
    text[rows], sentence[rows] = passages.text_of[order], passages.sentence_of[order]
    silent = similarity <= NOTHING
    text[silent], sentence[silent] = -1, -1
    return Alike(similarity, text, sentence, cut_of(similarity), notes)


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)
