"""Scripted servers on loopback that speak as Anthropic and Google do, for tests over the real transport."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.llm.server import ScriptedServer, _send

ANSWER = '{"strata_ready": true, "personas": []}'


class NativeServer(ScriptedServer):
    """Serve "anthropic" or "google" as `mode` says.

    Modes: "good", a status, "redirect", "html", "silent", "no-schema" (knows tools only), "plain" (knows neither),
    "busy" (429 with Retry-After once), "reset" (breaks off once).
    """

    def __init__(self, protocol: str, mode: str = "good") -> None:
        super().__init__(mode)
        self.protocol = protocol
        self.headers: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        """Return the address to enter."""
        return f"{self.protocol}+{super().url.removesuffix('/v1')}"

    def respond(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        """Answer one request as the mode says."""
        self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        google = self.protocol == "google"
        form = body.get("generationConfig", {}).get("responseJsonSchema") if google else None
        form = form or (None if google else body.get("output_config", {}).get("format"))
        tools = body.get("tools")
        refusal = {"error": {"type": "invalid_request_error", "message": "scripted 12345", "status": "X", "code": 1}}
        if self.mode.isdigit():
            return _send(handler, int(self.mode), refusal)
        if self.mode == "busy" and len(self.requests) == 1:
            return _send(handler, 429, refusal, {"Retry-After": "1"})
        if self.mode == "reset" and len(self.requests) == 1:
            handler.connection.close()
            return None
        if self.mode == "redirect":
            return _send(handler, 307, {}, {"Location": "/elsewhere"})
        if self.mode == "html":
            return _send(handler, 200, "<html>Welcome 2026</html>", {"Content-Type": "text/html"})
        if self.mode == "silent":
            self._wait(handler, 3600.0)
            return None
        if (self.mode == "plain" and (form or tools)) or (self.mode == "no-schema" and form):
            return _send(handler, 400, refusal)
        return _send(handler, 200, self._google(tools) if google else self._anthropic(body, tools))

    def _anthropic(self, body: dict[str, Any], tools: Any) -> dict[str, Any]:
        part: dict[str, Any] = {"type": "text", "text": ANSWER}
        if tools:
            part = {"type": "tool_use", "id": "toolu_1", "name": tools[0]["name"], "input": json.loads(ANSWER)}
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": [part],
            "stop_reason": "tool_use" if tools else "end_turn",
            "stop_sequence": None,
            "usage": {"input_tokens": 12, "output_tokens": 8},
        }

    def _google(self, tools: Any) -> dict[str, Any]:
        part: dict[str, Any] = {"text": ANSWER}
        if tools:
            name = tools[0]["functionDeclarations"][0]["name"]
            part = {"functionCall": {"name": name, "args": json.loads(ANSWER)}}
        return {
            "candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}],
            "usageMetadata": {"promptTokenCount": 12, "candidatesTokenCount": 8, "totalTokenCount": 20},
            "modelVersion": "m",
        }


@contextmanager
def native(protocol: str, mode: str = "good") -> Iterator[NativeServer]:
    """Serve while the block runs."""
    server = NativeServer(protocol, mode)
    try:
        yield server
    finally:
        server.close()
