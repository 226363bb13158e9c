"""Features: every column becomes part of one matrix, in blocks that each have a weight."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from segment_core.artifacts import Block, Customers, Role
from segment_core.features import categories, dates, numbers, text, vectors
from segment_core.features.blending import blend, default_weights

Extract = Callable[[Customers, tuple[str, ...]], Block]

BLOCKS: Mapping[str, tuple[tuple[Role, ...], Extract]] = {
    "numbers": (("number", "money", "count"), numbers.extract),
    "categories": (("category", "yes/no"), categories.extract),
    "places": (("place",), categories.extract),
    "dates": (("date",), dates.extract),
    "vectors": (("vector",), vectors.extract),
}
"""Each block of structured columns: the roles that go into it, and what makes it. Text needs an encoder besides."""


def structured(customers: Customers) -> tuple[Block, ...]:
    """Make every block that needs no encoder; a block without a usable column is left out."""
    found = []
    for name, (roles, extract) in BLOCKS.items():
        columns = customers.named(*roles)
        if columns:
            found.append(replace(extract(customers, columns), name=name))
    return tuple(block for block in found if block.matrix.shape[1])


__all__ = ["BLOCKS", "blend", "default_weights", "structured", "text"]
