"""Command line: the same journey without a browser."""

import io
import os
import sys
from collections.abc import Sequence

from segment_core.cli.asking import Wrong, parser
from segment_core.cli.telling import written
from segment_core.errors import SegmentError

__all__ = ["main", "parser"]

MENDABLE, STOPPED, UNHEARD = 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code, see `asking.EXIT_CODES`. An error is one sentence on standard error.

    Raises
    ------
    SystemExit
        If the options are wrong, or only help was asked for.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read what is said has gone, as `head` does; what is left has to go somewhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNHEARD


def _run(given: Sequence[str]) -> int:
    try:
        asked = parser().parse_args(given)
        code = int(asked.do(asked))
    except Wrong as error:
        _failed(error.message, as_json="--json" in given)
        raise
    except SegmentError as error:
        _failed(str(error), as_json="--json" in given)
        print(f"\n{error}" if sys.stderr.isatty() else str(error), file=sys.stderr)
        code = MENDABLE
    sys.stdout.flush()
    return code


def _failed(message: str, *, as_json: bool) -> None:
    if as_json:
        print(written({"error": message, "exit": MENDABLE}))
