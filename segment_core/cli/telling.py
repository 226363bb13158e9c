"""Telling: what a command says: lines or one JSON object on standard output, and on a terminal a bar beside it."""

import argparse
import json
import math
import sys
import time
from collections.abc import Mapping
from typing import Any

from segment_core.messages import Message

WIDTH = 28


class Telling:
    """Speak as was asked: with --json one object and no line, with --quiet neither line nor bar."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._json = bool(asked.json)
        self._quiet = bool(asked.quiet)
        self._started = time.perf_counter()
        self._drawn = False

    def __call__(self, done: float, total: float, note: Message) -> None:
        """Draw a bar on standard error where that is a terminal, and nothing elsewhere: errors stand alone there."""
        if self._quiet or not sys.stderr.isatty():
            return
        share, seconds = done / total if total else 0.0, time.perf_counter() - self._started
        full = "█" * round(WIDTH * share)
        print(f"\r{full:░<{WIDTH}} {share:4.0%} {seconds:4.0f} s  {note!s:<48.48}", end="", file=sys.stderr, flush=True)
        self._drawn = True

    def done(self) -> None:
        """Leave the bar complete."""
        if self._drawn:
            print(f"\r{'█' * WIDTH} 100% {time.perf_counter() - self._started:4.0f} s  {'':<48}", file=sys.stderr)

    def line(self, text: str) -> None:
        """Say a line to a person."""
        if not self._json and not self._quiet:
            print(text)

    def end(self, **facts: Any) -> None:
        """Say what came of it to a program."""
        if self._json:
            print(written(facts))


def written(facts: Mapping[str, Any]) -> str:
    """Return one line of JSON in letters that standard output has; numbers that are none are null."""
    plain = {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in facts.items()
    }
    narrow = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") != "utf8"
    return json.dumps(plain, ensure_ascii=narrow, allow_nan=False)
