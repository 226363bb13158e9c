"""Graphs: where each customer stands among all that customers have in common, as a block."""

import numpy as np

from segment_core.artifacts import Block, Graph


def extract(graph: Graph) -> Block:
    """Turn a graph's customer vectors into a block, centred; who shares nothing stands at the centre.

    `columns` are the customer columns behind the graph, aspects of texts not counted.
    """
    matrix = graph.matrix.astype(np.float64)
    linked = np.linalg.norm(matrix, axis=1) > 0
    centred = np.zeros_like(matrix)
    if linked.any():
        centred[linked] = matrix[linked] - matrix[linked].mean(axis=0)
    names = tuple(f"graph {number + 1}" for number in range(matrix.shape[1]))
    columns = tuple(dict.fromkeys(str(name) for name in graph.nodes["column"].drop_duplicates() if name))
    return Block("graph", centred.astype(np.float32), names, names, columns, graph.notes)
