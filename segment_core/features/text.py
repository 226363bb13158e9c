"""Text: what customers wrote, read by an encoder and folded into its main directions."""

import numpy as np

from segment_core.artifacts import Block, Customers, Floats, Note
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


def extract(customers: Customers, matrix: Floats, languages: list[str | None]) -> Block | None:
    """Give customers the main directions of their vectors (n_customers, d); None where fewer than two wrote anything.

    A customer without text (language None) stands at the centre: silence says nothing here. Each language has
    directions and a centre of its own, so that what language somebody writes in does not set them apart.
    """
    spoken = np.array(languages, dtype=object)
    groups = [np.flatnonzero(spoken == language) for language in sorted({one for one in languages if one is not None})]
    parts = [(rows, main_directions(matrix[rows].astype(np.float64))) for rows in groups if len(rows) > 1]
    width = sum(part.shape[1] for _, part in parts)
    if not width:
        return None
    placed, start = np.zeros((len(customers), width)), 0
    for rows, part in parts:
        placed[rows, start : start + part.shape[1]] = part
        start += part.shape[1]
    names = tuple(f"text {number + 1}" for number in range(width))
    n_silent = languages.count(None)
    notes = (Note("no-text", say("Customers without text: {n}.", n=n_silent), n_silent),) if n_silent else ()
    return Block("text", placed.astype(np.float32), names, names, customers.named("text"), notes)
