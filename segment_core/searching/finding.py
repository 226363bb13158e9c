"""Finding: the customers who meet a query's words, meaning and conditions, ranked, and what they said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segment_core.artifacts import Condition, Customers, Floats, Query
from segment_core.errors import OptionError
from segment_core.labelling import apply_rule, operations
from segment_core.labelling.rules import SEARCHED, folded, wanted_in
from segment_core.privacy import untagged
from segment_core.searching.meaning import Alike
from segment_core.searching.passages import Passages
from segment_core.searching.words import places, scored
from segment_core.traits.writings import sentences


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Who was found, best first: ids and how well each matches.

    `score_kind` says what the scores are: "similarity" (cosine, at most 1), "words" (BM25), or "" where there is only a
    filter, and everybody matches alike; then ids stand in the customers' order. `n_alike` customers are alike in
    meaning, whatever else was asked.
    """

    ids: tuple[str, ...]
    scores: Floats
    score_kind: str
    n_alike: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """What a customer said: the text, where it stands, and the places in it (from, to) that were asked for.

    `table` and `row` (from 1, 0 where unknown) tell the data row.
    """

    customer: str
    column: str
    table: str
    row: int
    text: str
    places: tuple[tuple[int, int], ...]


def find(customers: Customers, query: Query, *, alike: Alike | None = None, segments: Sequence[str] = ()) -> Found:
    """Return the customers who meet all parts of a query that are not empty.

    Meaning is met by the `n_nearest` most like customers of all, or as many as the rule of `cut_of` says where that is
    0; the other parts then leave some of these. An empty query finds nobody.

    Raises
    ------
    OptionError
        If a condition does not fit its column or cannot be read, or a meaning is asked for without its answer.
    """
    n = len(customers)
    met = np.ones(n, dtype=bool)
    rank, kind = np.zeros(n, dtype=np.float32), ""
    if query.conditions:
        met &= apply_rule(customers, query.conditions, segments)
    if query.words.strip():
        in_whom, rank = scored(customers, query.words)
        met &= in_whom
        kind = "words"
    n_alike = 0
    if query.meaning.strip():
        if alike is None:
            raise OptionError("What the customers mean was not asked yet; search again.")
        n_alike = query.n_nearest or alike.cut
        nearest = np.zeros(n, dtype=bool)
        nearest[alike.order[:n_alike]] = True
        met &= nearest
        n_alike = int(nearest.sum())
        rank, kind = alike.similarity, "similarity"
    if not (query.conditions or kind):
        met[:] = False
    rows = np.flatnonzero(met)
    rows = rows[np.argsort(-rank[rows], kind="stable")]
    ids = tuple(customers.frame.index[rows].astype(str))
    return Found(ids, rank[rows].astype(np.float32), kind, n_alike)


def as_conditions(
    customers: Customers, query: Query, ids: Sequence[str], segments: Sequence[str] = ()
) -> tuple[Condition, ...] | None:
    """Say a query as plain conditions that mean exactly the customers it found, `ids`; None where that cannot be done.

    Meaning is no condition. Words are one where they were all found in the same column.
    """
    if query.meaning.strip() or not ids:
        return None
    if not query.words.strip():
        return query.conditions
    for name in reversed(customers.named(*SEARCHED)):  # texts mostly come last
        if "contains" not in operations(customers, name):
            continue
        said = (Condition(name, "contains", (query.words.strip(),)), *query.conditions)
        met = customers.frame.index[apply_rule(customers, said, segments)].astype(str)
        if set(met) == set(ids):
            return said
    return None


def quotes(
    customers: Customers, passages: Passages, query: Query, ids: Sequence[str], alike: Alike | None = None
) -> tuple[Quote, ...]:
    """Return for each of some customers the text that best shows why they were found; none where nothing does.

    With a meaning it is the text of the most like sentence, which is marked where no words are; else the text that
    holds most of the words, or the cell that holds them. Ask it for those that are shown, not for all.
    """
    wanted = wanted_in(query.words)
    rows = customers.frame.index.astype(str).get_indexer(pd.Index(list(ids)))
    owned = _texts_of(passages, set(ids))
    by_meaning = alike is not None and bool(query.meaning.strip())
    found: list[Quote | None] = []
    for id_, row in zip(ids, rows.tolist(), strict=True):
        own = owned.get(id_, [])
        if by_meaning and alike is not None and alike.text[row] >= 0:
            text = int(alike.text[row])
            written = str(passages.texts["text"].iloc[text])
            marks = places(written, wanted) or _sentence(written, passages.distinct[alike.sentence[row]])
            found.append(_quote(passages, text, marks))
        elif wanted:
            found.append(_worded(passages, own, wanted) or _in_a_cell(customers, row, wanted))
        elif own:
            found.append(_quote(passages, own[0], ()))
    return tuple(quote for quote in found if quote is not None)


def _texts_of(passages: Passages, ids: set[str]) -> dict[str, list[int]]:
    owned: dict[str, list[int]] = {}
    owners = passages.texts["customer"].astype(str).to_numpy(dtype=object)
    for place, owner in enumerate(owners):
        if owner in ids:
            owned.setdefault(owner, []).append(place)
    return owned


def _quote(passages: Passages, text: int, marks: Sequence[tuple[int, int]]) -> Quote:
    row = passages.texts.iloc[text]
    return Quote(
        str(row["customer"]), str(row["column"]), str(row["table"]), int(row["row"]), str(row["text"]), tuple(marks)
    )


def _sentence(written: str, passage: str) -> list[tuple[int, int]]:
    """Return where the sentence that a passage was cut from stands; the passage lacks the numbers of masked tags."""
    for sentence in sentences(written):
        if passage in untagged(sentence):
            part = passage if passage in sentence else sentence
            return places(written, [folded(part)])[:1]
    return []


def _worded(passages: Passages, own: Sequence[int], wanted: Sequence[str]) -> Quote | None:
    best, most = None, 0
    for text in own:
        written = str(passages.texts["text"].iloc[text])
        held = sum(bool(places(written, [word])) for word in wanted)
        if held > most:
            best, most = _quote(passages, text, places(written, wanted)), held
    return best


def _in_a_cell(customers: Customers, row: int, wanted: Sequence[str]) -> Quote | None:
    for name in customers.named(*SEARCHED):
        cell = customers.frame[name].iloc[row]
        marks = places(cell, wanted) if isinstance(cell, str) else []
        if marks:
            id_ = str(customers.frame.index[row])
            return Quote(id_, name, customers.column(name).table, 0, str(cell), tuple(marks))
    return None
