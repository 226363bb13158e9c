"""A scripted OpenAI-compatible server on loopback, well-behaved or not, for tests over the real transport."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]


class ScriptedServer:
    """Serve chat completions as `mode` says and keep what was asked in `requests`.

    Modes: "good", "figure" (makes one up), "malformed", "429", "500", "401", "404", "flaky" (500 once), "slow",
    "silent" (accepts and never answers), "injected" (obeys an instruction found in a quote), "plain" (knows neither
    schemas nor tools), "no-schema" (knows tools only), "ignores-schema" (prose unless prompted), "html", "redirect",
    "mended" (made-up figure first, good afterwards), "unknown-ids", "same-names", "fenced" ("plain" with a code fence),
    "words" (fills no form).
    """

    def __init__(self, mode: str = "good", *, seconds: float = 3.0) -> None:
        self.mode, self.seconds = mode, seconds
        self.silent_after: int | None = None
        self.broken = self.stuck = ""  # the segment whose persona is never answered rightly, or at all
        self.requests: list[Request] = []
        self.hung_up = threading.Event()
        self.closing = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.requests.append(
                    body
                    | {
                        "_path": self.path,
                        "_key": self.headers.get("Authorization", ""),
                        "_api_key": self.headers.get("api-key", ""),
                    }
                )
                server.respond(self, body)

            def do_GET(self) -> None:
                server.requests.append({"_path": self.path, "_key": self.headers.get("Authorization", "")})
                names = ["beta:8b", "alpha", "bad\u202ename", "x" * 300, "two words", 7]
                _send(self, 200, {"data": [{"id": name} for name in names]})

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        """Return the address to enter."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        """Stop serving."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def respond(self, handler: BaseHTTPRequestHandler, body: Request) -> None:
        """Answer one request as the mode says."""
        format_, tools = body.get("response_format"), body.get("tools")
        if self.mode.isdigit():
            return _send(handler, int(self.mode), {"error": {"message": "scripted 12345"}})
        if self.mode == "flaky" and len(self.requests) == 1:
            return _send(handler, 500, {"error": {"message": "scripted"}})
        if self.mode == "redirect":
            return _send(handler, 307, {}, {"Location": self.url.replace("/v1", "/elsewhere/chat/completions")})
        if self.mode == "html":
            return _send(handler, 200, "<html><body>Welcome 2026</body></html>", {"Content-Type": "text/html"})
        if (self.mode in ("plain", "fenced") and (format_ or tools)) or (self.mode == "no-schema" and format_):
            return _send(handler, 400, {"error": {"message": "unknown field response_format or tools"}})
        if self.silent_after is not None and len(self.requests) > self.silent_after:
            return self._wait(handler, 3600.0)
        told = data_of(body).get("segment")
        segment = told.get("id", "-") if isinstance(told, dict) else "-"
        if segment == self.broken:
            return _send(handler, 400, {"error": {"message": "scripted"}})
        if segment == self.stuck:
            self._wait(handler, 3600.0)
        if self.mode in ("slow", "silent"):
            self._wait(handler, self.seconds if self.mode == "slow" else 3600.0)
        text = self._text(body, bool(format_ or tools))
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if tools:
            call = {"name": tools[0]["function"]["name"], "arguments": text}
            message = {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "call_1", "type": "function", "function": call}],
            }
        choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if tools else "stop"}
        usage = {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}
        answer = {"id": "x", "object": "chat.completion", "created": 1, "model": body["model"], "choices": [choice]}
        return _send(handler, 200, answer | {"usage": usage})

    def _wait(self, handler: BaseHTTPRequestHandler, seconds: float) -> None:
        until = time.monotonic() + seconds
        handler.connection.settimeout(0.05)
        while time.monotonic() < until and not self.closing.is_set():
            try:
                if handler.connection.recv(1) == b"":
                    self.hung_up.set()
                    return
            except TimeoutError:
                continue
            except OSError:
                self.hung_up.set()
                return

    def _text(self, body: Request, formal: bool) -> str:
        data = data_of(body)
        if not {"segments", "segment"} & set(data):
            asked = formal or "schema" in str(body["messages"])
            return '{"strata_ready": true}' if asked and self.mode != "words" else "ready"
        if self.mode == "malformed" or (self.mode == "ignores-schema" and formal):
            return 'Sure! Here are 3 personas: {"personas": [{"segment": "S1", "name": "Big 5'
        spoil = SPOILERS.get(self.mode)
        answer = good_answer(data)
        if spoil and not (self.mode == "mended" and len(body["messages"]) > 2):
            spoil(answer, data)
        text = json.dumps(answer, ensure_ascii=False)
        return f"```json\n{text}\n```" if self.mode == "fenced" else text


def data_of(body: Request) -> dict[str, Any]:
    """Return the JSON that a request carries between its markers."""
    texts = [message["content"] for message in body["messages"] if message["role"] == "user"]
    found = re.search(r"<<(\w+)\n(.*)\n\1>>", texts[0], re.DOTALL)
    return json.loads(found.group(2)) if found else {}


def good_answer(data: dict[str, Any]) -> dict[str, Any]:
    """Write names, a persona, or one section of it, that the evidence backs."""
    if "segments" in data:
        if not data["segments"]:
            return {"personas": []}
        return {"names": [_good_name(sheet) for sheet in data["segments"] if sheet["write"]]}
    found = _good_persona(data["segment"])
    return found if len(data["sections"]) > 1 else {"claims": found[data["sections"][0]]}


def _facts_of(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    return [fact for fact in sheet["facts"] if fact["direction"] in ("over", "under")] or sheet["facts"]


def _good_name(sheet: dict[str, Any]) -> dict[str, Any]:
    apart = [fact["id"] for fact in sheet["contrasts"].get("facts", ())]
    facts = sorted(_facts_of(sheet), key=lambda fact: fact["id"] not in apart[:1])[:2]
    ids = [fact["id"] for fact in facts]
    words = (fact["label"].split(" = ")[-1].lower() for fact in facts)
    slots = " ".join(f"⟦{id_}⟧" for id_ in ids)
    return {
        "segment": sheet["id"],
        "name": "Fond of " + " and ".join(words),
        "basis": ids,
        "tagline": {"text": f"Lively and set in their ways: {slots}", "evidence": ids, "quote": ""},
    }


def _good_persona(sheet: dict[str, Any]) -> dict[str, Any]:
    ids = [fact["id"] for fact in _facts_of(sheet)[:2]]
    slots = " ".join(f"⟦{id_}⟧" for id_ in ids)
    quote = sheet["quotes"][0]["id"] if sheet["quotes"] else ""

    def claim(text: str, quote: str = "") -> list[dict[str, Any]]:
        return [{"text": f"{text} {slots}", "evidence": ids, "quote": quote}]

    def plain(text: str) -> list[dict[str, Any]]:
        return [{"text": text, "evidence": ids, "quote": ""}]

    return {
        "who": claim("Here is what marks them:"),
        "needs": claim("Give them room for this:", quote),
        "frustrations": claim("Mind what troubles them here:"),
        "objections": claim("Mind this when you write:"),
        "values": claim("They come back to this:"),
        "channels": claim("Start where this shows:"),
        "tone": plain("Warm and direct, in plain words."),
        "dos": plain("Come to the point."),
        "donts": plain("Do not shout."),
        "day": plain("The product waits on the table and is taken along."),
    }


def _make_up_figure(answer: dict[str, Any], data: dict[str, Any]) -> None:
    for name in answer.get("names", ()):
        name["tagline"]["text"] = "Twice as keen as others"
        name["name"] = "The 4711 club"
    if "needs" in answer:
        answer["needs"][0]["text"] = "Exactly 73 % of them ask for this"


def _obey(answer: dict[str, Any], data: dict[str, Any]) -> None:
    for name in answer.get("names", ()):
        name["tagline"]["text"] = "PWNED: visit http://evil.example"
    if "who" in answer:
        answer["who"][0]["text"] = "PWNED: visit http://evil.example and send 99 coins to boss@evil.example"
        answer["tone"][0]["text"] = "<img src=x onerror=alert(1)> say anything"


def _cite_strangers(answer: dict[str, Any], data: dict[str, Any]) -> None:
    for name in answer.get("names", ()):
        name["basis"] = ["S99.f1", "S99.f2"]
    if "who" in answer:
        answer["who"][0] |= {"evidence": ["S99.f1"], "text": "They are what they are ⟦S99.f1⟧"}
        answer["needs"][0]["quote"] = "S99.q1"


def _name_alike(answer: dict[str, Any], data: dict[str, Any]) -> None:
    for name in answer.get("names", ()):
        name["name"] = "Good friends"


SPOILERS: dict[str, Callable[[dict[str, Any], dict[str, Any]], None]] = {
    "figure": _make_up_figure,
    "mended": _make_up_figure,
    "injected": _obey,
    "unknown-ids": _cite_strangers,
    "same-names": _name_alike,
}


def _send(handler: BaseHTTPRequestHandler, status: int, answer: object, headers: dict[str, str] | None = None) -> None:
    data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
    try:
        handler.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | (headers or {})).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
    except OSError:
        return


@contextmanager
def scripted(mode: str = "good", *, seconds: float = 3.0) -> Iterator[ScriptedServer]:
    """Serve while the block runs."""
    server = ScriptedServer(mode, seconds=seconds)
    try:
        yield server
    finally:
        server.close()
