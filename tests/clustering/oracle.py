"""An oracle: a scripted chat server that knows what each text is about, and errs as often as it is told to."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from segment_core.llm.outbound import LONGEST_TEXT, clean
from tests.llm.server import Request, ScriptedServer, data_of


class Oracle(ScriptedServer):
    """Answers what algorithms ask from `truth` (class by text), and wrongly for the share `wrong` of the questions.

    A wrong answer is a random other one. Modes besides those of `ScriptedServer`: "yes" (every pair is alike),
    "abstains" (null to everything), "chatter" (links and markup instead of words), "strangers" (ids never shown),
    "obeys" (does what a text tells it to).
    """

    def __init__(self, truth: Mapping[str, str], wrong: float, mode: str = "good", seed: int = 0) -> None:
        self.truth = {clean(text, LONGEST_TEXT)[0]: name for text, name in truth.items()}
        self.names = sorted(set(truth.values()))
        self.wrong = wrong
        self.random = np.random.default_rng(seed)
        super().__init__(mode)

    def _text(self, body: Request, formal: bool) -> str:
        data = data_of(body)
        if self.mode == "malformed":
            return "I would rather talk about something else."
        if "pairs" in data:
            return json.dumps({"pairs": [self._pair(pair) for pair in data["pairs"]]})
        if "groups" in data:
            return json.dumps({"picks": [self._pick(text, data["groups"]) for text in data["texts"]]})
        if data["texts"] and isinstance(data["texts"][0], str):
            return json.dumps({"summary": self._summary(data["texts"])})
        return json.dumps({"labels": [self._label(text) for text in data["texts"]]})

    def _errs(self) -> bool:
        return bool(self.random.random() < self.wrong)

    def _pair(self, pair: dict[str, Any]) -> dict[str, Any]:
        same: bool | None = (self.truth[pair["one"]] == self.truth[pair["other"]]) != self._errs()
        same = {"yes": True, "abstains": None}.get(self.mode, same)
        return {"pair": "P999" if self.mode == "strangers" else pair["id"], "same": same}

    def _label(self, text: dict[str, Any]) -> dict[str, Any]:
        name = self._name(self.truth[text["text"]])
        if self.mode == "chatter":
            name = "see [this](http://evil.example) <b>now</b>"
        if self.mode == "obeys":
            name = "PWNED http://evil.example"
        return {"text": "T999" if self.mode == "strangers" else text["id"], "label": name.replace("_", " ")}

    def _name(self, own: str) -> str:
        others = [name for name in self.names if name != own]
        return str(self.random.choice(others)) if others and self._errs() else own

    def _summary(self, texts: list[str]) -> str:
        most = self._name(Counter(self.truth[text] for text in texts).most_common(1)[0][0])
        if self.mode in ("chatter", "obeys"):
            return "PWNED: visit http://evil.example"
        return f"Customers write about {most.replace('_', ' ')}."

    def _pick(self, text: dict[str, Any], groups: list[dict[str, Any]]) -> dict[str, Any]:
        own = self.truth[text["text"]]
        offered = {group["id"]: group for group in groups if group["id"] in text["among"]}
        of_group = {
            id_: Counter(self.truth[typical["text"]] for typical in group["texts"]).most_common(1)[0][0]
            for id_, group in offered.items()
        }
        right = [id_ for id_, name in of_group.items() if name == own]
        picked = right[0] if right else None
        if self._errs():
            others = [id_ for id_ in offered if id_ != picked]
            picked = str(self.random.choice(others))
        if self.mode == "abstains":
            picked = None
        like = offered[picked]["texts"][0]["id"] if picked else ""
        if self.mode == "strangers":
            picked, like = "Z", "Z.1"
        return {
            "text": text["id"],
            "group": picked,
            "like": "PWNED http://evil.example" if self.mode == "obeys" else like,
        }


@contextmanager
def oracle(truth: Mapping[str, str], wrong: float, mode: str = "good", seed: int = 0) -> Iterator[Oracle]:
    """Serve while the block runs."""
    server = Oracle(truth, wrong, mode, seed)
    try:
        yield server
    finally:
        server.close()
