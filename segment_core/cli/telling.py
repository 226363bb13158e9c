"""Telling: what a command says: lines or one JSON object on standard output, and a bar on standard error."""

import argparse
import json
import sys
import time
from typing import Any

from segment_core.messages import Message

WIDTH = 28


class Telling:
    """Speak as was asked: with --json one object and no line, with --quiet neither line nor bar."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._json = bool(asked.json)
        self._quiet = bool(asked.quiet)
        self._started = time.perf_counter()
        self._last = ""

    def __call__(self, done: float, total: float, note: Message) -> None:
        """Draw one line on standard error: a bar on a terminal, a line a stage elsewhere."""
        if self._quiet:
            return
        share, seconds = done / total if total else 0.0, time.perf_counter() - self._started
        if sys.stderr.isatty():
            full = "█" * round(WIDTH * share)
            print(f"\r{full:░<{WIDTH}} {share:4.0%} {seconds:4.0f} s  {note!s:<48.48}", end="", file=sys.stderr)
        elif note.template != self._last:
            print(f"{share:4.0%} {seconds:4.0f} s  {note}", file=sys.stderr)
        self._last = note.template

    def done(self) -> None:
        """Leave the bar complete."""
        if sys.stderr.isatty() and not self._quiet and self._last:
            print(f"\r{'█' * WIDTH} 100% {time.perf_counter() - self._started:4.0f} s  {'':<48}", file=sys.stderr)

    def line(self, text: str) -> None:
        """Say a line to a person."""
        if not self._json and not self._quiet:
            print(text)

    def end(self, **facts: Any) -> None:
        """Say what came of it to a program."""
        if self._json:
            print(json.dumps(facts, ensure_ascii=False, allow_nan=False))
