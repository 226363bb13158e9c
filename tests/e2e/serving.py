"""Serving: the real app over a workspace, started as an analyst starts it and ended by its own id."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"


_HUNG_UP = re.compile(
    r"Exception in ASGI application\n"
    r"(?:(?!.*(?:Exception in ASGI application|segment_core/|/pages/|app\.py)).*\n)*?"
    r"starlette\.websockets\.WebSocketDisconnected: Cannot call \"send\" once a close message has been sent\.\n"
)
"""What Streamlit's server writes where a browser leaves, as a refresh does, while its connection is being opened."""


def faults(log: str) -> str:
    """Return a server's log without browsers that hung up, or "" where no exception is left in it."""
    left = _HUNG_UP.sub("", log)
    return left if "Traceback" in left else ""


class Server:
    """Serve the app on a free port of this machine; it may be ended and started again."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self._log = workspace.with_suffix(".log")
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        """Everything the server printed."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {
            "server.headless": "true",
            "server.port": str(self.port),
            "server.address": HOST,
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": "false",
        }
        found = {"STRATA_WORKSPACE": str(self.workspace), "HF_HUB_OFFLINE": "1"}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", *(f"--{k}={v}" for k, v in settings.items())],
                cwd=ROOT,
                env=os.environ | found,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._await()

    def stop(self) -> None:
        """End the server as a service manager does; its worker must follow by itself."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(20)
        self._process = None

    def _await(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).close()
                return
            time.sleep(0.1)
        raise TimeoutError(f"The app did not start:\n{self.log}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port
