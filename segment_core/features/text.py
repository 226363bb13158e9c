"""Text: what customers wrote, read by an encoder and folded into its main directions."""

from collections.abc import Callable

import numpy as np

from segment_core.artifacts import Block, Customers, Note, Vectors
from segment_core.features.directions import main_directions
from segment_core.messages import say
from segment_core.privacy import untagged


def texts_of(customers: Customers) -> list[str]:
    """Return each customer's texts of all text columns as one, "" where there are none.

    Tags of masked data lose their numbers, which would else tell customers apart.
    """
    columns = [customers.frame[column].fillna("").map(untagged) for column in customers.named("text")]
    if not columns:
        return [""] * len(customers)
    return ["\n".join(text for text in row if text).strip() for row in zip(*columns, strict=True)]


def extract(customers: Customers, encode: Callable[[list[str]], Vectors]) -> tuple[Block, Vectors] | None:
    """Encode each distinct text once and give customers its main directions; None if nobody wrote anything.

    A customer without text stands at the centre: silence says nothing here.
    """
    texts = texts_of(customers)
    distinct = sorted({text for text in texts if text})
    if len(distinct) < 2:
        return None
    vectors = encode(distinct)
    place = {text: row for row, text in enumerate(distinct)}
    rows = np.array([place.get(text, -1) for text in texts])
    silent = rows < 0
    matrix = main_directions(vectors.matrix[rows[~silent]].astype(np.float64))
    placed = np.zeros((len(texts), matrix.shape[1]))
    placed[~silent] = matrix
    names = tuple(f"text {number + 1}" for number in range(placed.shape[1]))
    n_silent = int(silent.sum())
    notes = (Note("no-text", say("Customers without text: {n}.", n=n_silent), n_silent),) if n_silent else ()
    return Block("text", placed.astype(np.float32), names, names, customers.named("text"), notes), vectors
