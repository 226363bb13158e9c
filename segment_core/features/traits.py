"""Traits: attitudes read from texts, each on one scale, as a block."""

import numpy as np

from segment_core.artifacts import Block, Note, Traits
from segment_core.messages import say

LEAST_KNOWN = 0.05
"""Share of customers of whom a trait must be known: what nearly all are silent about tells few apart."""


def extract(traits: Traits) -> Block:
    """Put each trait on mean 0 and variance 1 among those of whom it is known; the others are at the centre.

    Silence says nothing here. Traits that are known of fewer than one customer in twenty, or are the same for
    all, are left out, with a note.
    """
    made, names, rare = [], [], []
    for place, name in enumerate(traits.names):
        values = traits.scores[:, place].astype(np.float64)
        known = np.isfinite(values)
        if known.sum() < max(2, LEAST_KNOWN * len(values)):
            rare.append(name)
            continue
        centred = values - values[known].mean()
        spread = float(centred[known].std())
        if spread <= 1e-9:
            continue
        made.append(np.where(known, centred / spread, 0.0))
        names.append(name)
    matrix = np.column_stack(made) if made else np.zeros((len(traits.scores), 0))
    columns = tuple(sorted(set(traits.quotes["column"]))) if "column" in traits.quotes else ()
    notes: tuple[Note, ...] = ()
    if rare:
        message = say("Traits left out, because few customers speak of them: {names}.", names=", ".join(rare))
        notes = (Note("rare-traits", message, len(rare)),)
    return Block("traits", matrix.astype(np.float32), tuple(names), tuple(names), columns, notes)
