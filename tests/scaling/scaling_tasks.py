"""Tasks that behave well, badly and very badly; a worker of the tests imports them by name."""

import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from segment_core.errors import Cancelled, DataError
from segment_core.messages import Message, say

Parts = dict[str, Any]
Progress = Callable[[Any, Any, Message], None]  # not from artifacts, which brings pandas: these workers start fast


def add(args: Parts, secrets: Parts, progress: Progress) -> Parts:
    return {"sum": args["a"] + args["b"], "pid": os.getpid()}


def nothing(args: Parts, secrets: Parts, progress: Progress) -> None:
    return None


def steps(args: Parts, secrets: Parts, progress: Progress) -> Parts:
    for number in range(args["n"]):
        progress(number, args["n"], say("Step {n} of {name}", n=number, name=args.get("name", "")))
        time.sleep(args["seconds"])
    return {"n": args["n"]}


def tidies(args: Parts, secrets: Parts, progress: Progress) -> None:
    try:
        while True:
            progress(1, 2, say("Working"))
            time.sleep(0.02)
    except Cancelled:
        time.sleep(0.8)
        Path(args["file"]).write_text("kept")
        raise


def burst(args: Parts, secrets: Parts, progress: Progress) -> None:
    for number in range(20_000):
        progress(number, 20_000, say("Step {n}", n=number))
    progress(1, 2, say("A long silence begins"))
    time.sleep(0.5)


def odd_progress(args: Parts, secrets: Parts, progress: Progress) -> None:
    import numpy as np

    progress(np.float32(3), 0, say("{n}", n=np.int64(4)))
    progress(5, 2, say("{n} {x}", n=float("nan"), x="\udcff"))
    time.sleep(0.3)


def data_error(args: Parts, secrets: Parts, progress: Progress) -> None:
    raise DataError("The file {name} has {n} columns.", name="<b>{x}</b>.csv", n=1)


def bug(args: Parts, secrets: Parts, progress: Progress) -> None:
    raise ZeroDivisionError("a very particular bug")


def leave(args: Parts, secrets: Parts, progress: Progress) -> None:
    sys.exit(3)


def no_memory(args: Parts, secrets: Parts, progress: Progress) -> None:
    raise MemoryError


def not_json(args: Parts, secrets: Parts, progress: Progress) -> Parts:
    return {"what": object()}


def numbers(args: Parts, secrets: Parts, progress: Progress) -> Parts:
    import numpy as np

    return {"a": np.float64(0.5), "b": np.int64(3), "c": float("inf")}


def noisy(args: Parts, secrets: Parts, progress: Progress) -> Parts:
    print("printed by python")  # noqa: T201 - noise is the point
    print('{"type": "done", "id": "fake", "result": {}}')  # noqa: T201 - noise is the point
    os.write(1, b"written to descriptor 1")
    subprocess.run([sys.executable, "-c", "print('printed by a child')"], check=True)
    sys.stderr.write("a warning\n")
    return {"read": sys.stdin.read(), "descriptor": os.read(0, 10).decode()}


def sleep(args: Parts, secrets: Parts, progress: Progress) -> None:
    _here(args)
    time.sleep(100)


def hold(args: Parts, secrets: Parts, progress: Progress) -> None:
    _here(args)
    re.match(r"(a+)+$", "a" * 60 + "b")  # minutes in C with the interpreter lock held


def child(args: Parts, secrets: Parts, progress: Progress) -> None:
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
    _here(args, started.pid)
    time.sleep(100)


def swallow(args: Parts, secrets: Parts, progress: Progress) -> None:
    try:
        while True:
            progress(1, 2, say("Going on"))
            time.sleep(0.01)
    except Cancelled as error:
        raise RuntimeError("a library wraps what its callback raises") from error


def abort(args: Parts, secrets: Parts, progress: Progress) -> None:
    sys.stderr.write("last words\n")
    os.abort()


def orphan(args: Parts, secrets: Parts, progress: Progress) -> None:
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
    _here(args, started.pid)
    os.abort()


def killed(args: Parts, secrets: Parts, progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def tell_all(args: Parts, secrets: Parts, progress: Progress) -> Parts:
    key = secrets["llm_key"]
    print(f"printed {key}")  # noqa: T201 - noise is the point
    os.write(2, f"written {key}\n".encode())
    logging.getLogger("client").warning("logged %s", key)
    progress(1, 2, say("Asking with {key}", key=key))
    time.sleep(0.7)
    if args["how"] == "error":
        raise DataError("The key {key} was refused.", key=f"Bearer {key}")
    if args["how"] == "bug":
        raise ValueError(f"no good: {key}")
    if args["how"] == "abort":
        os.abort()
    return {"echo": [f"<{key}>"], "right": key == args["expected"][::-1]}


def environment(args: Parts, secrets: Parts, progress: Progress) -> Parts:
    oom = Path("/proc/self/oom_score_adj")
    return {
        "environment": dict(os.environ),
        "folder": str(Path.cwd()),
        "path": sys.path,
        "oom": oom.read_text() if oom.exists() else "",
    }


def slow_warm(args: Parts, secrets: Parts, progress: Progress) -> None:
    progress(1, 2, say("warming"))
    time.sleep(1.0)


def broken_warm(args: Parts, secrets: Parts, progress: Progress) -> None:
    raise ValueError("cannot warm")


def deadly_warm(args: Parts, secrets: Parts, progress: Progress) -> None:
    os.abort()


def _here(args: Parts, pid: int | None = None) -> None:
    if "pid_file" in args:
        path = Path(args["pid_file"])
        path.with_suffix(".new").write_text(f"{os.getpid()} {pid or 0}")
        path.with_suffix(".new").replace(path)
