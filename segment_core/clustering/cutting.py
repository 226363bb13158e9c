"""Cutting: where a tree of groups is cut, at one height or each branch at its own; every cut parts all customers.

A cut is the nodes that are kept whole, in order. Branches are named by the way to them: "2.1" is the first part of
the second part of everybody.
"""

import heapq
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels, Tree
from segment_core.errors import OptionError

Cut = tuple[int, ...]


def parts_of(tree: Tree) -> tuple[tuple[int, ...], ...]:
    """Return for each node the nodes it falls into, in order; none for a leaf."""
    found: list[list[int]] = [[] for _ in tree.parents]
    for node, parent in enumerate(tree.parents.tolist()):
        if parent >= 0:
            found[parent].append(node)
    return tuple(map(tuple, found))


def splits(tree: Tree) -> tuple[int, ...]:
    """Return the nodes that fall apart, the highest first and never before the node they lie in."""
    parts, order = parts_of(tree), []
    waiting = [(-float(tree.ends[0]), 0)] if parts[0] else []
    while waiting:
        _, node = heapq.heappop(waiting)
        order.append(node)
        for part in parts[node]:
            if parts[part]:
                heapq.heappush(waiting, (-float(tree.ends[part]), part))
    return tuple(order)


def into(tree: Tree, n_segments: int) -> Cut:
    """Cut a tree whose nodes fall into two into `n_segments` parts, or into as many as it has."""
    return _under(tree, splits(tree)[: n_segments - 1])


def at(tree: Tree, height: float) -> Cut:
    """Cut straight across: every branch that falls apart above `height` does."""
    return _under(tree, [node for node in splits(tree) if float(tree.ends[node]) > height])


def like(tree: Tree, leaves: Labels, labels: Labels) -> Cut:
    """Cut a tree so that its parts come near to known segments of the same customers, given their leaves (n,).

    Each segment picks the branch it overlaps most (Jaccard); picked branches stay whole unless another lies inside.
    """
    counts = np.zeros((len(tree.parents), int(labels.max()) + 1))
    np.add.at(counts, (leaves, labels), 1)
    for node in range(len(counts) - 1, 0, -1):
        counts[tree.parents[node]] += counts[node]
    overlaps = counts / (counts.sum(axis=1, keepdims=True) + counts[0] - counts)
    open_: set[int] = set()
    for node in overlaps.argmax(axis=0).tolist():
        while (node := int(tree.parents[node])) >= 0:
            open_.add(node)
    return _under(tree, open_) if open_ else into(tree, 2)


def opened(tree: Tree, cut: Cut, node: int) -> Cut:
    """Let a branch of a cut fall into its parts; a leaf stays as it is."""
    parts = parts_of(tree)[node]
    return tuple(sorted({*cut, *parts} - {node})) if parts and node in cut else cut


def whole(tree: Tree, cut: Cut, node: int) -> Cut:
    """Keep a branch whole whose parts are apart in a cut; everybody stays apart."""
    inside = set(np.flatnonzero(within(tree, [node])[0]).tolist())
    return tuple(sorted({*cut, node} - (inside - {node}))) if node and inside & set(cut) else cut


def closed(tree: Tree, cut: Cut, node: int) -> Cut:
    """Keep the branch that a part of a cut lies in whole, with all that lies beside it; the root's stay apart."""
    return whole(tree, cut, max(0, int(tree.parents[node]))) if node in cut else cut


def written(tree: Tree, cut: Cut) -> str:
    """Write a cut as `read` reads it, such as "1, 2.1, 2.2"."""
    return ", ".join(name(tree, node) for node in cut)


def read(tree: Tree, text: str) -> Cut:
    """Return the cut that keeps the named branches whole, and of the rest as much as can be.

    Raises
    ------
    OptionError
        If a name is none, or there is no such branch, or one lies inside another.
    """
    kept = {named.strip(): node_of(tree, named.strip()) for named in text.split(",") if named.strip()}
    if not kept:
        raise OptionError("The cut names no branch; write some, such as 1, 2.1, 2.2.")
    open_: set[int] = set()
    for node in kept.values():
        while (node := int(tree.parents[node])) >= 0:
            open_.add(node)
    for named, node in kept.items():
        if node in open_:
            raise OptionError("The cut keeps branch {name} whole and also one inside it; name one of them.", name=named)
    return _under(tree, open_)


def node_of(tree: Tree, named: str) -> int:
    """Return the branch with this name.

    Raises
    ------
    OptionError
        If it is no name, or there is no such branch.
    """
    parts, node = parts_of(tree), 0
    for step in named.split("."):
        if not (step.isdecimal() and step.isascii() and len(step) < 4):
            raise OptionError("{name} is no branch; branches are named such as 1, 2.1, 2.2.", name=named[:80])
        if not 1 <= int(step) <= len(parts[node]):
            if not node:
                raise OptionError(
                    "There is no branch {name} in this tree; everybody falls into {n} parts.",
                    name=named[:80],
                    n=len(parts[0]),
                )
            raise OptionError(
                "There is no branch {name} in this tree; {part} falls into {n} parts.",
                name=named[:80],
                part=name(tree, node),
                n=len(parts[node]),
            )
        node = parts[node][int(step) - 1]
    return node


def name(tree: Tree, node: int) -> str:
    """Name a branch by the way to it; the root has no name."""
    steps: list[str] = []
    while (parent := int(tree.parents[node])) >= 0:
        steps.append(str(int((tree.parents[:node] == parent).sum()) + 1))
        node = parent
    return ".".join(reversed(steps))


def members(tree: Tree, cut: Cut) -> Labels:
    """Return for each node the number of the part it lies in (m,), -1 above the cut."""
    place = {node: number for number, node in enumerate(cut)}
    found = np.full(len(tree.parents), -1, dtype=np.int64)
    for node, parent in enumerate(tree.parents.tolist()):
        found[node] = place.get(node, found[parent] if parent >= 0 else -1)
    return found


def within(tree: Tree, nodes: Iterable[int]) -> NDArray[np.bool_]:
    """Tell for each of some nodes which nodes are it or lie inside it (len(nodes), m)."""
    asked = list(nodes)
    found = np.zeros((len(asked), len(tree.parents)), dtype=bool)
    found[np.arange(len(asked)), asked] = True
    for node, parent in enumerate(tree.parents.tolist()):
        if parent >= 0:
            found[:, node] |= found[:, parent]
    return found


def top(tree: Tree, most: int, cut: Cut = ()) -> Tree:
    """Keep of a tree its `most` highest parts, and what leads to the parts of a cut, numbered in the cut's order."""
    parts = parts_of(tree)
    falling = set(splits(tree)[: most - 1])
    for node in cut:
        while (node := int(tree.parents[node])) >= 0:
            falling.add(node)
    kept = sorted({0, *(part for node in falling for part in parts[node])})
    place = {node: number for number, node in enumerate(kept)}
    place[-1] = -1
    became = {node: number for number, node in enumerate(cut)}
    return Tree(
        np.array([place[int(tree.parents[node])] for node in kept], dtype=np.int64),
        tree.begins[kept],
        tree.ends[kept],
        tree.sizes[kept],
        np.array([became.get(node, -1) for node in kept], dtype=np.int64),
        tree.scale,
    )


def _under(tree: Tree, falling: Iterable[int]) -> Cut:
    """Return the highest nodes that do not fall apart."""
    open_ = set(falling)
    parts = parts_of(tree)
    return tuple(sorted(part for node in open_ for part in parts[node] if part not in open_)) or (0,)
