"""ONNX reading: a kept model opened for this machine, and texts read side by side."""

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 8


def session(model: bytes) -> Any:
    """Open an ONNX model that reads on one core, so that several batches can be read side by side."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Adding up and normalising in one step is slower here than in two: a sixth to a fifth of the whole time (measured).
    apart = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"], disabled_optimizers=apart)


def side_by_side(work: Callable[[Sequence[int]], T], batches: Sequence[Sequence[int]]) -> Generator[T, None, None]:
    """Yield the results of some work on each batch in order, done on all cores this process may use, at most 8.

    A batch a core is quicker than all cores on one batch: these wait for each other after every step. Close
    the generator to drop what has not begun.
    """
    able: Callable[[int], Any] | None = getattr(os, "sched_getaffinity", None)
    pool = ThreadPoolExecutor(min(MOST, len(able(0)) if able else os.cpu_count() or 1))
    try:
        yield from pool.map(work, batches)
    finally:
        pool.shutdown(cancel_futures=True)
