"""Command line: the same journey without a browser."""

import json
import sys
from collections.abc import Sequence

from segment_core.cli.asking import parser
from segment_core.errors import SegmentError

__all__ = ["main", "parser"]

MENDABLE, STOPPED = 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code, see `asking.EXIT_CODES`. An error is one sentence on standard error."""
    asked = parser().parse_args(arguments)
    try:
        return int(asked.do(asked))
    except SegmentError as error:
        if getattr(asked, "json", False):
            print(json.dumps({"error": str(error), "exit": MENDABLE}, ensure_ascii=False))
        print(f"\n{error}" if sys.stderr.isatty() else str(error), file=sys.stderr)
        return MENDABLE
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return STOPPED
