"""ONNX smoothing: wide-ranging activations lend their range to the weights, so that rounding costs less."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.encoders.onnx_reading import session

STRENGTH = 0.6
"""How much of an activation's range moves into the weights, 0 to 1 (0.5 in the paper); measured."""


def smooth(path: Path, out: Path, texts: Sequence[Sequence[int]]) -> list[str]:
    """Scale each input of a product down and its weights up, channel by channel (SmoothQuant, Xiao et al. 2023).

    The model says the same as before; only the ranges differ. `texts` are lists of word pieces that the ranges are
    measured on. Returns the names of products that bring a feed-forward part back from its width, first layer first.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(path))
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    products: dict[str, list[Any]] = {}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights and len(weights[node.input[1]].dims) == 2:
            products.setdefault(node.input[0], []).append(node)
    ranges = _ranges(path, list(products), texts)
    nodes: list[Any] = []
    scaled: set[str] = set()
    for node in model.graph.node:
        name = node.input[0] if node.input else ""
        group = products.get(name, [])
        if node not in group:
            nodes.append(node)
            continue
        if name not in scaled:
            scaled.add(name)
            scale = _scale(ranges[name], [numpy_helper.to_array(weights[other.input[1]]) for other in group])
            model.graph.initializer.append(numpy_helper.from_array(1 / scale, f"{name}_scale"))
            nodes.append(helper.make_node("Mul", [name, f"{name}_scale"], [f"{name}_smooth"], f"{name}_smoothing"))
            for other in group:
                tensor = weights[other.input[1]]
                tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor) * scale[:, None], tensor.name))
        changed = onnx.NodeProto()
        changed.CopyFrom(node)
        changed.input[0] = f"{name}_smooth"
        nodes.append(changed)
    returns = [node for node in nodes if node.op_type == "MatMul" and _narrows(weights.get(node.input[1]))]
    names = [str(node.name) for node in returns]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(out))
    return names


def _narrows(tensor: Any) -> bool:
    return tensor is not None and len(tensor.dims) == 2 and tensor.dims[0] > tensor.dims[1]


def _ranges(path: Path, names: list[str], texts: Sequence[Sequence[int]]) -> dict[str, NDArray[np.float32]]:
    """Return the largest absolute value of each channel of the named tensors, over some texts."""
    import onnx

    model = onnx.load(str(path))
    model.graph.output.extend([onnx.ValueInfoProto(name=name) for name in names])
    run = session(model.SerializeToString()).run
    found: dict[str, NDArray[np.float32]] = {}
    for pieces in texts:
        ids = np.array([pieces], dtype=np.int64)
        for name, values in zip(
            names, run(names, {"input_ids": ids, "attention_mask": np.ones_like(ids)}), strict=True
        ):
            widest = np.abs(values).max(axis=(0, 1))
            found[name] = np.maximum(found[name], widest) if name in found else widest
    return found


def _scale(activations: NDArray[np.float32], weights: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    widest = np.max([np.abs(matrix).max(axis=1) for matrix in weights], axis=0)
    scale = np.maximum(activations, 1e-5) ** STRENGTH / np.maximum(widest, 1e-5) ** (1 - STRENGTH)
    return np.asarray(scale / np.exp(np.log(scale).mean()), dtype=np.float32)
