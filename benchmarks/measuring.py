"""Measuring: seconds and memory of a function, each time in a process of its own."""

import importlib
import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """What a function returned, the seconds it took, and by how many megabytes it raised the memory's peak."""

    found: Any
    seconds: float
    megabytes: float


def fresh(function: Callable[..., Any], *args: Any) -> Run:
    """Run a function of a module here in a new process; arguments and result are JSON."""
    asked = [f"{function.__module__}:{function.__name__}", json.dumps(args)]
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.measuring", *asked]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(f"{asked[0]} failed:\n{made.stderr[-2000:]}")
    return Run(**json.loads(made.stdout.splitlines()[-1]))


def in_turn(n_runs: int, functions: Sequence[Callable[..., Any]], *args: Any) -> list[list[Run]]:
    """Run functions by turns, so that whatever else the machine does meets all of them alike."""
    runs: list[list[Run]] = [[] for _ in functions]
    for _ in range(n_runs):
        for found, function in zip(runs, functions, strict=True):
            found.append(fresh(function, *args))
    return runs


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def main() -> None:
    name, args = sys.argv[1], json.loads(sys.argv[2])
    module, _, function = name.partition(":")
    # Imports at the top of the module are not measured; those inside the function are.
    run = getattr(importlib.import_module(module), function)
    before = _megabytes("VmRSS")
    started = time.perf_counter()
    found = run(*args)
    seconds = time.perf_counter() - started
    grown = _megabytes("VmHWM") - before
    print(json.dumps({"found": found, "seconds": seconds, "megabytes": grown}))


def _megabytes(kind: str) -> float:
    """Return memory in use (VmRSS) or its peak (VmHWM); not ru_maxrss, which a new process inherits from its parent."""
    status = Path("/proc/self/status")
    if not status.exists():  # only Linux tells
        return math.nan
    line = next(line for line in status.read_text().splitlines() if line.startswith(kind))
    return int(line.split()[1]) / 2**10


if __name__ == "__main__":
    main()
