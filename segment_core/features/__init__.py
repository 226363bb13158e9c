"""Features: every column becomes part of one matrix, in blocks that each have a weight."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from segment_core.artifacts import LEARNED_BLOCKS, Block, Customers, Graph, Role, Topics, Traits
from segment_core.features import categories, dates, graphs, numbers, text, topics, traits, vectors
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

NAMES: tuple[str, ...] = tuple(dict.fromkeys((*BLOCKS, *LEARNED_BLOCKS)))
"""Every block there can be, in the order in which they stand side by side."""


class Made(NamedTuple):
    """A block that is made of an artifact of another step: the artifact's class, and what turns it into a block."""

    artifact: type
    extract: Callable[[Any], Block]


MADE: Mapping[str, Made] = {
    "topics": Made(Topics, topics.extract),
    "graph": Made(Graph, graphs.extract),
    "traits": Made(Traits, traits.extract),
}
"""Each block that a step of its own makes; each is off unless the plan names a line of that step's menu."""


def structured(customers: Customers, names: Sequence[str] = tuple(BLOCKS)) -> tuple[Block, ...]:
    """Make these of the blocks that need no encoder; a block without a usable column is left out."""
    found = []
    for name in names:
        roles, extract = BLOCKS[name]
        columns = customers.named(*roles)
        if columns:
            found.append(replace(extract(customers, columns), name=name))
    return tuple(block for block in found if block.matrix.shape[1])


__all__ = ["BLOCKS", "MADE", "NAMES", "blend", "default_weights", "structured", "text"]
