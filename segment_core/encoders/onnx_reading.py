"""ONNX reading: a kept model opened for this machine."""

import os
from collections.abc import Callable
from typing import Any


def session(model: bytes) -> Any:
    """Open an ONNX model for reading with all cores this process may use, at most 8."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Left alone it counts whole cores, and where two share one it would use half of what there is.
    able: Callable[[int], Any] | None = getattr(os, "sched_getaffinity", None)
    options.intra_op_num_threads = min(8, len(able(0)) if able else os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
