"""Pairs: which texts belong together: of one customer, of one label, or one text said twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Floats, Labels
from segment_core.errors import OptionError
from segment_core.privacy import untagged

Encode = Callable[[Sequence[str]], Floats]

MOST_CUSTOMERS, MOST_OF_ONE, MOST_TEXTS = 1_500, 3, 2_000
"""Customers whose single texts are read besides, texts of each, and texts that are said in other words."""
MOST_LABELLED = 20_000
FEWEST = 60
"""Texts, or customers with two, that something can be learned from and still be tested on others."""
FEWEST_OF_A_LABEL = 10
CROPPED, DROPPED, FEWEST_WORDS = 0.6, 0.15, 4


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """Texts with what they belong to: vectors (n, d), and as numbers (n,) their group, their owner and the text itself.

    Texts of one group are positives of each other. All texts of an owner are learned from, or none.
    """

    matrix: Floats
    groups: Labels
    owners: Labels
    texts: Labels

    def at(self, rows: NDArray[np.bool_] | Labels) -> "Items":
        """Keep some of the texts."""
        return Items(self.matrix[rows], self.groups[rows], self.owners[rows], self.texts[rows])


def of_one_customer(
    customers: Customers, texts: Sequence[str], vectors: Floats, encode: Encode, random: np.random.Generator
) -> Items:
    """Pair the different texts that a customer wrote, one by one as they were before they were joined.

    Raises
    ------
    OptionError
        If there are too few customers with two different texts.
    """
    said = customers.said if customers.said is not None else pd.DataFrame({"customer": [], "text": []})
    written = pd.DataFrame({"customer": said["customer"], "text": [untagged(text) for text in said["text"]]})
    written = written[written["text"] != ""].drop_duplicates().sort_values(["customer", "text"])
    counts = written["customer"].value_counts()
    several = np.array(sorted(counts.index[counts > 1]), dtype=object)
    if len(several) < FEWEST:
        raise OptionError(
            "Only {found} customers have two different texts; {needed} are needed to learn from. Choose another kind "
            "of pairs.",
            found=len(several),
            needed=FEWEST,
        )
    if len(several) > MOST_CUSTOMERS:
        several = np.sort(random.choice(several, MOST_CUSTOMERS, replace=False))
    kept = written[written["customer"].isin(set(several.tolist()))]
    shuffled = kept.iloc[random.permutation(len(kept))]
    kept = shuffled.groupby("customer", sort=True).head(MOST_OF_ONE).sort_values(["customer", "text"])
    distinct, numbers = np.unique(kept["text"].to_numpy(dtype=object), return_inverse=True)
    owners = np.unique(kept["customer"].to_numpy(dtype=object), return_inverse=True)[1]
    matrix = _vectors_of(distinct.tolist(), texts, vectors, encode)
    return Items(matrix[numbers], owners.astype(np.int64), owners.astype(np.int64), numbers.astype(np.int64))


def of_one_label(
    customers: Customers, texts: Sequence[str], vectors: Floats, column: str, random: np.random.Generator
) -> Items:
    """Pair the texts of customers with the same value in `column`.

    Raises
    ------
    OptionError
        If the column has no labels, or too few customers with texts have one.
    """
    able = customers.named("category", "yes/no", "place")
    if column not in able:
        raise OptionError(
            "There is no column {name} of categories to learn from; there are: {names}.",
            name=column[:80] or "-",
            names=", ".join(able)[:400] or "-",
        )
    place = {text: row for row, text in enumerate(texts)}
    rows = np.array([place.get(text, -1) for text in written_by(customers)], dtype=np.int64)
    labels = customers.frame[column].astype(object)
    known = (rows >= 0) & labels.notna().to_numpy() & (labels != "").to_numpy()
    counts = labels[known].value_counts()
    usable = known & labels.isin(counts.index[counts >= FEWEST_OF_A_LABEL]).to_numpy()
    owners = np.flatnonzero(usable)
    if len(owners) < FEWEST or labels[usable].nunique() < 2:
        raise OptionError(
            "Column {name} leaves {found} customers with a text and a value that {few} share; at least {needed} with "
            "two values are needed.",
            name=column,
            found=len(owners),
            few=FEWEST_OF_A_LABEL,
            needed=FEWEST,
        )
    if len(owners) > MOST_LABELLED:
        owners = np.sort(random.choice(owners, MOST_LABELLED, replace=False))
    groups = np.unique(labels.iloc[owners].astype(str).to_numpy(dtype=object), return_inverse=True)[1]
    return Items(vectors[rows[owners]], groups.astype(np.int64), owners.astype(np.int64), rows[owners])


def of_one_text(texts: Sequence[str], vectors: Floats, encode: Encode, random: np.random.Generator) -> Items:
    """Pair a text with the same text cropped and thinned out; a sample, because the second has to be read.

    Raises
    ------
    OptionError
        If there are too few texts.
    """
    if len(texts) < FEWEST:
        raise OptionError(
            "There are {found} different texts; {needed} are needed to learn from.", found=len(texts), needed=FEWEST
        )
    chosen = np.arange(len(texts))
    if len(texts) > MOST_TEXTS:
        chosen = np.sort(random.choice(len(texts), MOST_TEXTS, replace=False))
    again = encode([thinned(texts[int(row)], random) for row in chosen])
    both = np.concatenate([chosen, chosen])
    return Items(np.vstack([vectors[chosen], again]).astype(np.float32), both, both, both)


def thinned(text: str, random: np.random.Generator) -> str:
    """Crop a text to a stretch of its words and leave some out; characters, where words are not set apart."""
    if not text:
        return text
    words, glue = text.split(), " "
    if len(words) < FEWEST_WORDS:
        words, glue = list(text), ""
    length = max(1, round(len(words) * random.uniform(CROPPED, 1.0)))
    start = int(random.integers(len(words) - length + 1))
    stretch = words[start : start + length]
    kept = [word for word, luck in zip(stretch, random.random(length), strict=True) if luck >= DROPPED]
    return glue.join(kept or stretch)


def written_by(customers: Customers) -> list[str]:
    """Return each customer's texts of all text columns as one, "" where there are none, as the encoder read them."""
    columns = [customers.frame[column].fillna("").map(untagged) for column in customers.named("text")]
    if not columns:
        return [""] * len(customers)
    return ["\n".join(text for text in row if text).strip() for row in zip(*columns, strict=True)]


def _vectors_of(wanted: Sequence[str], texts: Sequence[str], vectors: Floats, encode: Encode) -> Floats:
    place = {text: row for row, text in enumerate(texts)}
    matrix = np.zeros((len(wanted), vectors.shape[1]), dtype=np.float32)
    there = [number for number, text in enumerate(wanted) if text in place]
    matrix[there] = vectors[[place[wanted[number]] for number in there]]
    lacking = [number for number, text in enumerate(wanted) if text not in place]
    if lacking:
        matrix[lacking] = encode([wanted[number] for number in lacking])
    return matrix
