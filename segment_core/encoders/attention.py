"""Attention: which words of a text a transformer looks at, and which words it looks at in each segment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Attended, AttentionWords, Progress, silent
from segment_core.choices import option
from segment_core.encoders.architectures import Batch, Transformer, batch_of, layers_of, load, run, tokenized
from segment_core.encoders.models import BUNDLED
from segment_core.encoders.spans import spans
from segment_core.errors import DataError, OptionError
from segment_core.extras import need
from segment_core.language import language_of, words
from segment_core.messages import say

METHODS = ("received", "rollout")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionOptions:
    """Options of looking into a model."""

    model: str = option(
        BUNDLED,
        "Model",
        offers="encoders",
        help="The bundled English model, the name of another one, or the path of its folder.",
    )
    method: str = option(
        "received",
        "Method",
        among=METHODS,
        help="received: how much the other pieces look at a word in the chosen layers. rollout: the same followed "
        "through all layers, from the text to the result.",
    )
    layers: str = option(
        "last", "Layers", help="last, last four, first and last, all, or numbers such as -1,-4. Rollout takes all."
    )
    heads: str = option("all", "Heads", help="all, or numbers from 1, such as 1,5; several are averaged.")
    max_length: int = option(256, "Longest text, word pieces", low=8, high=512, help="Longer texts are read up to it.")
    batch_size: int = option(8, "Batch size", low=1, high=64, help="Texts read at once; more needs more memory.")


def attend(
    texts: Sequence[str], options: AttentionOptions = AttentionOptions(), progress: Progress = silent
) -> tuple[Attended, ...]:
    """Weigh the words of each text by the attention of a transformer.

    Heads are averaged. "received" is the mean attention that a piece gets from all pieces that can see it, over the
    chosen layers; "rollout" multiplies the layers, each mixed half and half with what passes it by (Abnar & Zuidema
    2020). Word pieces are added up to words; the tokenizer's own marks and punctuation are dropped, and weights add
    up to 1 over the words of a text. Attention shows where a model looked, not why a customer is in a segment: other
    weights can lead to the same result (Jain & Wallace 2019).

    Returns
    -------
    tuple of Attended
        In the order of the texts, with customer "".

    Raises
    ------
    DataError
        If the bundled model, which reads English, is given texts in another language.
    OptionError
        If the model has no such layer or head.
    ModelError
        If the model cannot be loaded.
    """
    progress(0, max(1, len(texts)), say("Looking into texts: {done:,} of {n:,}", done=0, n=len(texts)))
    need("transformers")
    _check_language(texts, options.model)
    model = load(options.model)
    layers = layers_of("all" if options.method == "rollout" else options.layers, model.n_layers, first=1)
    pieces = tokenized(texts, model, options.max_length) if texts else []
    order = sorted(range(len(texts)), key=lambda row: (-len(pieces[row].ids), texts[row]))
    found: dict[int, Attended] = {}
    for start in range(0, len(order), options.batch_size):
        progress(start, len(texts), say("Looking into texts: {done:,} of {n:,}", done=start, n=len(texts)))
        rows = order[start : start + options.batch_size]
        batch = batch_of([pieces[row] for row in rows], model)
        looks = _looks(batch, model, options, layers)
        for place, row in enumerate(rows):
            found[row] = _by_words(texts[row], looks[place], batch, place)
    progress(1, 1, say("Texts looked into"))
    return tuple(found[row] for row in range(len(texts)))


def summed(
    attended: Sequence[Attended], segments: Sequence[str], *, min_texts: int = 3, n_words: int = 15
) -> tuple[AttentionWords, ...]:
    """Add up what a model looked at over the texts of each segment: "the words the model looked at".

    Each text counts the same, however long. Words are compared in lower case, fillers are left out, and so are words
    in fewer than `min_texts` of a segment's texts. At most `n_words` are kept, in the order of how much more of the
    attention a word gets in the segment than among all texts.

    `segments` names the segment of each text, in the order of `attended`; "" is none, and counts among all texts only.
    """
    everywhere = _sums(attended)
    found = []
    for segment in sorted(set(segments) - {""}):
        inside = [text for text, where in zip(attended, segments, strict=True) if where == segment]
        sums = _sums(inside)
        rows = [
            (word, share, share / even, share / everywhere[word][0], count)
            for word, (share, even, count) in sums.items()
            if count >= min_texts
        ]
        rows.sort(key=lambda row: (-row[1] * float(np.log(row[3])), -row[1], row[0]))
        top = rows[:n_words]
        columns: Any = tuple(zip(*top, strict=True)) if top else ((), (), (), (), ())
        n_texts = sum(bool(text.words) for text in inside)
        found.append(AttentionWords(segment, n_texts, *columns))
    return tuple(found)


def _check_language(texts: Sequence[str], model: str) -> None:
    language = language_of(texts)
    if model != BUNDLED or not texts or language == "en":
        return
    if language == "zh":
        raise DataError(
            "These texts are in Chinese, and the bundled model reads English. Name a model that reads them."
        )
    raise DataError(
        "These texts do not look English, and the bundled model reads English. Name a model that reads them."
    )


def _looks(batch: Batch, model: Transformer, options: AttentionOptions, layers: tuple[int, ...]) -> NDArray[np.float64]:
    """Return how much each piece of each text is looked at (n, pieces)."""
    found = run(batch, model, output_attentions=True).attentions
    heads = _heads(options.heads, int(found[0].shape[1]))
    there = batch.mask > 0
    steps = [found[layer - 1].float().cpu().numpy()[:, heads].mean(axis=1).astype(np.float64) for layer in layers]
    # What fills up a batch neither looks nor is looked at.
    steps = [step * there[:, :, None] * there[:, None, :] for step in steps]
    if options.method == "rollout":
        whole = np.eye(there.shape[1])[None] * there[:, :, None]
        for step in steps:
            mixed = 0.5 * step + 0.5 * np.eye(there.shape[1])[None] * there[:, :, None]
            whole = (mixed / np.maximum(mixed.sum(axis=2, keepdims=True), 1e-12)) @ whole
        return np.asarray(whole.sum(axis=1))
    mean = np.mean(steps, axis=0)
    # A model that reads from left to right shows its early pieces to more others: each counts by those that can see it.
    causal = not np.triu(mean, 1).any()
    seers = there[:, ::-1].cumsum(axis=1)[:, ::-1] if causal else there.sum(axis=1, keepdims=True)
    return np.asarray(mean.sum(axis=1) / np.maximum(seers, 1))


def _heads(asked: str, n_heads: int) -> list[int]:
    if asked.strip().lower() == "all":
        return list(range(n_heads))
    try:
        found = sorted({int(number) for number in asked.split(",")})
    except ValueError:
        found = []
    if not found or found[0] < 1 or found[-1] > n_heads:
        raise OptionError("Heads are {asked}; ask for all, or numbers from 1 to {n}.", asked=asked, n=n_heads)
    return [number - 1 for number in found]


def _by_words(text: str, looks: NDArray[np.float64], batch: Batch, place: int) -> Attended:
    """Add up pieces to the words they lie in, by where both stand in the text."""
    use = (batch.mask[place] > 0) & ~batch.special[place] & (batch.ends[place] > batch.starts[place])
    read = int(batch.ends[place][use].max(initial=0))
    cut = bool(batch.cut[place])
    here = [(start, end) for start, end in spans(text) if not cut or end <= read]
    starts = np.array([start for start, _ in here], dtype=np.int64)
    ends = np.array([end for _, end in here], dtype=np.int64)
    weights = np.zeros(len(here))
    for piece in np.flatnonzero(use) if here else ():
        # Some tokenizers count the space before a word to its first piece.
        shared = np.minimum(ends, batch.ends[place][piece]) - np.maximum(starts, batch.starts[place][piece])
        shared = np.maximum(shared, 0)
        if shared.any():
            weights += looks[piece] * shared / shared.sum()
    total = weights.sum()
    weights = weights / total if total > 0 else weights
    said = tuple(text[start:end] for start, end in here)
    return Attended("", text, said, tuple(starts.tolist()), tuple(weights.tolist()), cut)


def _sums(attended: Sequence[Attended]) -> dict[str, tuple[float, float, int]]:
    """Return, for each word, its mean share of the attention, its mean even share, and the texts it is in."""
    looked: dict[str, float] = defaultdict(float)
    even: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    some = [text for text in attended if text.words]
    for text in some:
        telling = [bool(words(word)) for word in text.words]
        for word, weight, tells in zip(text.words, text.weights, telling, strict=True):
            if tells:
                looked[word.lower()] += weight
                even[word.lower()] += 1 / len(text.words)
        for word in {word.lower() for word, tells in zip(text.words, telling, strict=True) if tells}:
            count[word] += 1
    return {word: (looked[word] / len(some), even[word] / len(some), count[word]) for word in sorted(looked)}


def named(attended: Sequence[Attended], customers: Sequence[str]) -> tuple[Attended, ...]:
    """Return what was looked at with the customers who wrote it."""
    return tuple(replace(text, customer=customer) for text, customer in zip(attended, customers, strict=True))
