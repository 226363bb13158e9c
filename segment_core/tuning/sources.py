"""Sources: what of a study an encoder can learn from: label columns, columns of the file, moods, and the segments."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from segment_core.errors import DataError
from segment_core.features.text import texts_of
from segment_core.finetuning import Lesson, Task
from segment_core.labelling import values
from segment_core.language import LEAST_OF_A_LANGUAGE, languages_of
from segment_core.study import Study

Kind = Literal["label", "column", "mood", "segments"]
MOST_CLASSES, MOST_LEVELS = 200, 10
MOODS = (("bad", -0.2), ("neither", 0.2), ("good", 2.0))
"""Moods from -1 to 1, each up to a bound."""
MOST_LOOKED_AT = 2_000
SHARE = 0.25
"""Of the texts, which part is held out to be measured on."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that names a label for customers: how many have one, and how many different ones there are."""

    code: str
    kind: Kind
    name: str
    n: int
    n_classes: int


def sources(study: Study) -> tuple[Source, ...]:
    """Return what could be learned from; only customers who wrote something count."""
    found = (_source(study, code, kind, name) for code, (kind, name) in _codes(study).items())
    return tuple(source for source, n_able in found if 2 <= source.n_classes <= MOST_CLASSES and n_able > 1)


def unfit(study: Study) -> tuple[Source, ...]:
    """Return label columns, and columns of the file, that cannot be learned: too many labels, or too few texts each."""
    able = {source.code for source in sources(study)}
    return tuple(
        _source(study, code, kind, name)[0]
        for code, (kind, name) in _codes(study).items()
        if code not in able and kind in ("label", "column")
    )


def written(study: Study) -> tuple[str, ...]:
    """Return what customers wrote, each text once, sorted."""
    return tuple(sorted({*texts_of(study.customers)} - {""}))


def labels_of(study: Study, code: str) -> list[str]:
    """Return each customer's label, "" where there is none.

    Raises
    ------
    DataError
        If the study has no such source.
    """
    if code not in _codes(study):
        raise DataError("What was to be learned from is not in this study any more. Choose again.")
    kind, _, name = code.partition(":")
    if kind == "segments":
        assert study.clustering is not None
        ids = [segment.id for segment in study.clustering.segments]
        return [ids[label] if 0 <= label < len(ids) else "" for label in study.clustering.labels]
    if kind == "label":
        column = next(column for column in study.labels if column.name == name)
        return ["" if pd.isna(label) else str(label) for label in values(column, study.customers, _segments(study))]
    if kind == "mood":
        assert study.traits is not None
        scores = study.traits.scores[:, study.traits.names.index("sentiment")]
        return ["" if np.isnan(score) else next(mood for mood, bound in MOODS if score <= bound) for score in scores]
    return ["" if pd.isna(value) else _shown(value) for value in study.customers.frame[name]]


def lesson_of(study: Study, codes: Sequence[str], past: Sequence[Study] = ()) -> tuple[Lesson, Lesson]:
    """Return what to learn from, and what is held out to be measured on: no text is in both.

    Every source is a task; `past` studies give their label columns besides.

    Raises
    ------
    DataError
        If nobody wrote anything, or a source is gone.
    """
    texts = texts_of(study.customers)
    if not any(texts):
        raise DataError("Nobody wrote anything, so an encoder has nothing to learn.")
    learned, held = [], []
    for code in codes:
        rows = [(text, label) for text, label in zip(texts, labels_of(study, code), strict=True) if text and label]
        name = _codes(study)[code][1]
        learned.append(_task(name, [row for row in rows if not is_held(row[0])]))
        held.append(_task(name, [row for row in rows if is_held(row[0])]))
    kept = tuple(text for text in texts if text and not is_held(text))
    for other in past:
        spoken = texts_of(other.customers)
        for column in other.labels:
            rows = list(zip(spoken, labels_of(other, f"label:{column.name}"), strict=True))
            learned.append(_task(column.name, [row for row in rows if all(row) and not is_held(row[0])]))
    return Lesson(tuple(learned), kept), Lesson(tuple(held), tuple(text for text in texts if text))


def languages_in(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that a twentieth of the texts are in; of more than two thousand so many are looked at."""
    found = languages_of(list(texts[:: max(1, len(texts) // MOST_LOOKED_AT)]))
    sizes = Counter(language for language in found if language)
    return tuple(sorted(language for language, n in sizes.items() if n >= LEAST_OF_A_LANGUAGE * len(found)))


def is_held(text: str) -> bool:
    """Tell whether a text is held out: the same text always is or is not, whoever wrote it, in every training.

    Were it drawn anew, by a seed, an encoder that starts from a kept one would be measured on what that one learned.
    """
    digest = hashlib.sha256(f"0\0{text}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "little") < SHARE * 2**32


def _task(name: str, rows: Sequence[tuple[str, str]]) -> Task:
    return Task(name, tuple(text for text, _ in rows), tuple(label for _, label in rows))


def _source(study: Study, code: str, kind: Kind, name: str) -> tuple[Source, int]:
    """Return a source, and how many of its labels have two texts."""
    labels = labels_of(study, code)
    known = [label for label, text in zip(labels, texts_of(study.customers), strict=True) if label and text]
    sizes = Counter(known)
    return Source(code, kind, name, len(known), len(sizes)), sum(size > 1 for size in sizes.values())


def _codes(study: Study) -> Mapping[str, tuple[Kind, str]]:
    found: dict[str, tuple[Kind, str]] = {f"label:{column.name}": ("label", column.name) for column in study.labels}
    customers = study.customers
    for name in customers.named("category", "yes/no", "place"):
        found[f"column:{name}"] = ("column", name)
    for name in customers.named("number", "count"):
        levels = customers.frame[name].dropna()
        if 2 <= levels.nunique() <= MOST_LEVELS and bool((levels % 1 == 0).all()):  # ratings, such as stars
            found[f"column:{name}"] = ("column", name)
    if study.traits is not None and "sentiment" in study.traits.names:
        found["mood:"] = ("mood", "sentiment")
    if study.clustering is not None:
        found["segments:"] = ("segments", "segments")
    return found


def _segments(study: Study) -> Sequence[str]:
    if study.clustering is None:
        return ()
    ids = [segment.id for segment in study.clustering.segments]
    return [ids[label] if 0 <= label < len(ids) else "" for label in study.clustering.labels]


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
