"""A scripted embeddings server on loopback: vectors by the letters of a text, or whatever `mode` says."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.llm.server import Request, ScriptedServer, _send

WIDTH = 32


class EmbeddingServer(ScriptedServer):
    """Answer with a vector a text.

    Modes besides those of `ScriptedServer`: "busy" (429 twice), "shuffled" (out of order), "unnumbered" (no index),
    "short" (one vector missing), "twice" (an index twice), "ragged" (lengths differ), "narrower" (shorter vectors from
    the second batch on), "nan", "huge" (beyond single precision), "text" (vectors of words), "uncounted" (no usage),
    "half" (says how long its answer is, and stops).
    """

    def respond(self, handler: BaseHTTPRequestHandler, body: Request) -> None:
        if self.mode.isdigit():
            return _send(handler, int(self.mode), {"error": {"message": "scripted 12345"}})
        if (self.mode == "busy" and len(self.requests) <= 2) or (self.mode == "flaky" and len(self.requests) == 1):
            return _send(handler, 429 if self.mode == "busy" else 500, {}, {"Retry-After": "0"})
        if self.mode == "redirect":
            return _send(handler, 307, {}, {"Location": self.url.replace("/v1", "/elsewhere/embeddings")})
        if self.mode == "html":
            return _send(handler, 200, "<html><body>Welcome 2026</body></html>", {"Content-Type": "text/html"})
        if self.mode == "half":
            return _send(handler, 200, "{}", {"Content-Length": "5000", "Connection": "close"})
        if self.mode == "silent":
            self._wait(handler, 3600.0)
        data: list[dict[str, Any]] = [
            {"object": "embedding", "index": row, "embedding": vector(text)} for row, text in enumerate(body["input"])
        ]
        self._spoil(data)
        usage = {"prompt_tokens": 7 * len(data), "total_tokens": 7 * len(data)}
        answer: dict[str, Any] = {"object": "list", "model": body["model"], "data": data}
        return _send(handler, 200, answer if self.mode == "uncounted" else answer | {"usage": usage})

    def _spoil(self, data: list[dict[str, Any]]) -> None:
        if self.mode == "shuffled":
            data.reverse()
        elif self.mode == "short":
            data.pop()
        elif self.mode == "twice":
            data[0]["index"] = 1
        elif self.mode == "ragged":
            data[0]["embedding"].pop()
        elif self.mode in ("nan", "huge", "text"):
            data[0]["embedding"][0] = {"nan": float("nan"), "huge": 1e300, "text": "many"}[self.mode]
        for item in data:
            if self.mode == "unnumbered":
                del item["index"]
            elif self.mode == "narrower" and len(self.requests) > 1:
                item["embedding"].pop()


def vector(text: str) -> list[float]:
    """Count a text's words by their hash, so that like texts are alike."""
    counts = [0.5] * WIDTH
    for word in text.lower().split():
        counts[zlib.crc32(word.encode()) % WIDTH] += 1.0
    return counts


@contextmanager
def embedding(mode: str = "good") -> Iterator[EmbeddingServer]:
    """Serve while the block runs."""
    server = EmbeddingServer(mode)
    try:
        yield server
    finally:
        server.close()
