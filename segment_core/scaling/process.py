"""Process: one worker process as its parent sees it: started, told, heard, and ended by its own id."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

Hear = Callable[["WorkerProcess", Mapping[str, Any]], None]
Noise = Callable[[bytes], None]
Ended = Callable[["WorkerProcess", int], None]
_ROOT = Path(__file__).resolve().parents[2]
_LONGEST_LINE = 65_536


class WorkerProcess:
    """Start a worker; `hear`, `noise` and `ended` are called from threads of its own.

    `hear` gets its events, `noise` what it and its libraries print (line by line), and `ended`
    the exit code, negative for a signal, once it is gone and reaped.
    """

    def __init__(self, folder: Path, *, allow: str, hear: Hear, noise: Noise, ended: Ended) -> None:
        self._hear, self._noise, self._ended = hear, noise, ended
        self._ending = threading.Lock()
        self._telling = threading.Lock()
        # -P keeps the working directory off the module path: a customer's folder may hold a file named json.py.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-u", "-m", "segment_core.scaling.worker", "--allow", allow],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(folder),
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._noise_pump = threading.Thread(target=self._pump_noise, name="worker-noise", daemon=True)
        self._event_pump = threading.Thread(target=self._pump_events, name="worker-events", daemon=True)

    def listen(self) -> None:
        """Begin to call `hear`, `noise` and `ended`."""
        self._noise_pump.start()
        self._event_pump.start()

    def tell(self, message: Mapping[str, Any]) -> None:
        """Send a message; one that meets a worker already gone is dropped, because `ended` follows."""
        line = json.dumps(message).encode("ascii") + b"\n"
        try:
            with self._telling:
                _open(self._process.stdin).write(line)
                _open(self._process.stdin).flush()
        except (BrokenPipeError, ValueError):
            return

    def kill(self) -> None:
        """End the worker and whatever it started, at once."""
        with self._ending:
            # Not yet reaped, so the id cannot have passed to a stranger.
            if self._process.returncode is None:
                _kill_group(self._process)

    def join(self, seconds: float) -> None:
        """Wait until the worker is gone and its last words are heard."""
        self._event_pump.join(seconds)

    def _pump_events(self) -> None:
        with _open(self._process.stdout) as events:
            for line in events:
                if line.endswith(b"\n"):  # a worker that is killed may stop in the middle of a line
                    self._hear(self, json.loads(line))
        with self._ending:
            _kill_group(self._process)  # it has closed its pipe, but what it started may live on
            code = self._process.wait()
        self._noise_pump.join(1.0)  # its last words belong before the news of its end
        with suppress(BrokenPipeError):
            _open(self._process.stdin).close()
        self._ended(self, code)

    def _pump_noise(self) -> None:
        with _open(self._process.stderr) as noise:
            while line := noise.readline(_LONGEST_LINE):
                self._noise(line)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


def _environment(folder: Path) -> dict[str, str]:
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        "NUMBA_CACHE_DIR": str(folder / "numba"),
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "TOKENIZERS_PARALLELISM": "false",
    }


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
