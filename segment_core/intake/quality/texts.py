"""Texts: the same text from many customers, and texts in several languages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers
from segment_core.intake.quality.changing import Flags, ids_of, with_cells
from segment_core.intake.quality.duplicates import twins
from segment_core.intake.quality.findings import N_CUSTOMERS, Finding, severity, shorten
from segment_core.intake.quality.remedies import Remedy
from segment_core.language import CJK, language_of
from segment_core.messages import say

Groups = NDArray[np.int64]

ALIKE = 0.9
"""Share of letters in common from which two texts are copies."""
LEAST_WORDS = 8
"""Shorter texts, such as "very good", are said by many who mean them."""
MIXED = 0.15
"""Share of texts in another language than the most frequent one that is worth a word."""
TELLING = 12
"""Words from which a text shows its language."""
LOOKED_AT = 400
LONGEST = 1000
"""Letters of a text that are compared."""

_WORD = re.compile(r"[^\W_]+")
_WORD_OR_SIGN = re.compile(rf"{CJK.pattern}|[^\W_]+?(?={CJK.pattern}|[\W_]|$)")
_ROWS, _BANDS = 5, 6
_PRIME = np.uint64(4_294_967_291)
_SEED = 20_26


def copied(customers: Customers) -> Iterator[Finding]:
    """Find texts that several customers share, word for word or nearly."""
    for name, copies in _copies(customers, customers.named("text")):
        cells = customers.frame[name].fillna("")
        n = int(copies.sum())
        if n:
            yield Finding(
                "copied-texts",
                severity(0.8, n / max(int((cells != "").sum()), 1)),
                say(
                    "{column}: texts that are copies of another customer's, word for word or nearly: {n}. What is "
                    "said by template would make segments of its own.",
                    column=name,
                    n=n,
                ),
                n,
                (name,),
                shorten(cells[copies].value_counts(sort=False).sort_values(ascending=False, kind="stable").index),
                ids_of(customers, copies, N_CUSTOMERS),
                Remedy("blank-copied-texts", (name,)),
                say("Keep one copy of each"),
                say("Takes {column} of {n} customers as not written; the customers stay.", column=name, n=n),
            )


def languages(customers: Customers) -> Iterator[Finding]:
    """Tell where texts are written in several languages."""
    for name in customers.named("text"):
        texts = sorted(
            {text[:LONGEST] for text in customers.frame[name].fillna("") if _is_long(text[:LONGEST], TELLING)}
        )
        looked = texts[:: max(1, len(texts) // LOOKED_AT)]
        if len(looked) < 20:
            continue
        found = pd.Series([language_of([text]) for text in looked]).value_counts(normalize=True)
        minority = 1 - float(found.max())
        if minority >= MIXED:
            shares = {language: f"{float(found.get(language, 0)):.0%}" for language in ("en", "zh", "other")}
            message = say(
                "{column}: texts are in several languages (English {en}, Chinese {zh}, other {other}). With an "
                "encoder of one language, segments may split by language: choose one that reads all of them.",
                column=name,
                **shares,
            )
            n = round(minority * int((customers.frame[name].fillna("") != "").sum()))
            yield Finding("mixed-languages", severity(0.5, minority), message, n, (name,))


def blank_copied_texts(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Blank all but the first of texts that are copies of one another, in the customers' own order."""
    cells: dict[str, pd.Series[str]] = {}
    n, said = 0, customers.said
    for name, copies in _copies(customers, [name for name in customers.named("text") if name in names]):
        texts = customers.frame[name].fillna("")
        cells[name] = texts.mask(copies, "")
        n += int(copies.sum())
        if said is not None:
            gone = (said["column"] == name) & said["customer"].isin(texts.index[copies])
            said = said[~gone].reset_index(drop=True)
    return replace(with_cells(customers, cells), said=said), n


def _is_long(text: str, n_words: int = LEAST_WORDS) -> bool:
    return len(text.split()) >= n_words or len(CJK.findall(text)) >= 2 * n_words


def _copies(customers: Customers, names: Sequence[str]) -> Iterator[tuple[str, Flags]]:
    """Flag in each column the texts whose like came before.

    The text of a customer who is another's duplicate goes the way of that one's: it is no finding of its own, and
    the two stay alike.
    """
    if not names:
        return
    doubled, firsts = twins(customers)
    for name in names:
        keys = customers.frame[name].fillna("").map(_key).mask(doubled, "")
        counted = keys != ""
        same = (counted & keys.duplicated()).to_numpy(dtype=bool, copy=True)
        rows = np.flatnonzero((counted & ~keys.duplicated()).to_numpy(dtype=bool))
        same[rows[_near(keys.iloc[rows].tolist())]] = True
        yield name, np.asarray(np.where(doubled, same[firsts], same))


def _key(text: str) -> str:
    """Reduce a text to its words; a text too short to count becomes nothing."""
    text = text[:LONGEST]
    return " ".join(text.casefold().split()) if _is_long(text) else ""


def _near(texts: list[str]) -> Flags:
    """Flag each text that is nearly one before it (MinHash with banding, Broder 1997; then compared letter by letter).

    Candidates are the neighbours in each bucket of equal hashes, so the work grows with the number of texts
    and not with its square.
    """
    flags = np.zeros(len(texts), dtype=bool)
    if len(texts) < 2:
        return flags
    signatures = _signatures(texts)
    while True:  # with a copy gone, texts that stood on either side of it become neighbours
        left = np.flatnonzero(~flags)
        found = _alike([texts[row] for row in left], signatures[left])
        if not found.any():
            return flags
        flags[left[found]] = True


def _alike(texts: list[str], signatures: NDArray[np.uint64]) -> Flags:
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    pairs = _candidates(texts, signatures)
    alike = cpdist(
        [texts[row] for row in pairs[:, 0]],
        [texts[row] for row in pairs[:, 1]],
        scorer=Indel.normalized_similarity,
        score_cutoff=ALIKE,
    )
    pairs = pairs[np.asarray(alike) >= ALIKE]
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(texts), len(texts)))
    _, groups = connected_components(graph, directed=False)
    _, firsts = np.unique(groups, return_index=True)
    flags = np.ones(len(texts), dtype=bool)
    flags[firsts] = False
    return flags


def _candidates(texts: list[str], signatures: NDArray[np.uint64]) -> Groups:
    """Return pairs of positions (n, 2) that share a bucket: its first, and the one before in the alphabet."""
    order = np.argsort(np.asarray(texts, dtype=object), kind="stable")
    found = []
    for band in range(_BANDS):
        rows = signatures[order, band * _ROWS : (band + 1) * _ROWS]
        buckets = pd.util.hash_pandas_object(pd.DataFrame(rows), index=False).to_numpy()
        members = pd.Series(order).groupby(buckets)
        firsts, before = members.transform("min").to_numpy(), members.shift(1).fillna(-1).to_numpy(dtype=np.int64)
        found.append(np.column_stack([firsts, order])[firsts != order])
        found.append(np.column_stack([before, order])[before >= 0])
    pairs = np.sort(np.concatenate(found), axis=1)
    return np.asarray(np.unique(pairs, axis=0), dtype=np.int64)


def _words(text: str) -> list[str]:
    found: list[str] = (_WORD_OR_SIGN if CJK.search(text) else _WORD).findall(text)
    return found


def _signatures(texts: list[str]) -> NDArray[np.uint64]:
    from sklearn.feature_extraction.text import HashingVectorizer

    reader = HashingVectorizer(
        tokenizer=_words, token_pattern=None, lowercase=False, norm=None, n_features=2**24, alternate_sign=False
    )
    words = reader.transform(texts)
    words.sort_indices()
    random = np.random.default_rng(_SEED)
    hashes = words.indices.astype(np.uint64)
    starts = words.indptr[:-1]
    found = np.empty((len(texts), _ROWS * _BANDS), dtype=np.uint64)
    for number in range(found.shape[1]):
        scale, shift = random.integers(1, int(_PRIME), size=2, dtype=np.uint64)
        found[:, number] = np.minimum.reduceat((hashes * scale + shift) % _PRIME, starts)
    return found
