"""A scripted server that rates texts, well or badly, over the transport of tests/llm."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.llm.server import Request, ScriptedServer, data_of

BREAKS = ("unknown-text", "unknown-criterion", "too-high", "foreign-quote", "no-sentiment", "twice", "chatter")


class Rater(ScriptedServer):
    """Rates every text: sentiment 4 and loyalty 3, each with its first sentence.

    Modes besides those of `ScriptedServer`: those in `BREAKS` do that to the first text; "first" fails every call but
    the first.
    """

    def respond(self, handler: Any, body: Request) -> None:
        if self.mode == "first" and len(self.requests) > 1:
            was, self.mode = self.mode, "500"
            super().respond(handler, body)
            self.mode = was
            return
        super().respond(handler, body)

    def _text(self, body: Request, formal: bool) -> str:
        data = data_of(body)
        if self.mode == "malformed":
            return "I would rather talk about something else."
        entries = [
            {
                "text": text["id"],
                "scores": [
                    {"criterion": "sentiment", "score": 4, "quote": text["sentences"][0]["id"]},
                    {"criterion": "loyalty", "score": 3, "quote": text["sentences"][0]["id"]},
                    {"criterion": "gift_giving", "score": None, "quote": ""},
                ],
            }
            for text in data["texts"]
        ]
        spoil(entries, self.mode)
        return json.dumps({"texts": entries}, ensure_ascii=False)


def spoil(entries: list[dict[str, Any]], mode: str) -> None:
    first = entries[0]
    score = first["scores"][1]
    if mode == "unknown-text":
        first["text"] = "T99"
    elif mode == "unknown-criterion":
        score["criterion"] = "wealth"
    elif mode == "too-high":
        score["score"] = 99
    elif mode == "foreign-quote":
        score["quote"] = entries[1]["scores"][0]["quote"]
    elif mode == "no-sentiment":
        first["scores"] = first["scores"][1:]
    elif mode == "twice":
        entries.append(dict(first))
    elif mode == "chatter":
        score["quote"] = "PWNED: visit http://evil.example"


@contextmanager
def rater(mode: str = "good", *, seconds: float = 3.0) -> Iterator[Rater]:
    """Serve while the block runs."""
    server = Rater(mode, seconds=seconds)
    try:
        yield server
    finally:
        server.close()
