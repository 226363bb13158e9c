"""Print the tables in README as Markdown: all of them, or those that are named."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence

from benchmarks import (
    alike,
    banking,
    behaviour,
    both,
    canaries,
    clustering,
    encoders,
    explore,
    exports,
    grounding,
    holdouts,
    hostile,
    maps,
    names,
    noise,
    pairs,
    proxies,
    quality,
    questions,
    reading,
    recommendations,
    rules,
    search,
    standins,
    traits,
    tuning,
    verdicts,
    why,
)
from benchmarks.tables import Table

BENCHMARKS: dict[str, Callable[[], Table]] = {
    "reading": reading.measure,
    "maps": maps.measure,
    "recluster": clustering.measure,
    "encoders": encoders.measure,
    "standins": standins.measure,
    "banking": banking.measure,
    "both": both.measure,
    "quality": quality.measure,
    "noise": noise.measure,
    "verdicts": verdicts.measure,
    "behaviour": behaviour.measure,
    "traits": traits.measure,
    "why": why.measure,
    "proxies": proxies.measure,
    "alike": alike.measure,
    "explore": explore.measure,
    "rules": rules.measure,
    "search": search.measure,
    "exports": exports.measure,
    "grounding": grounding.measure,
    "holdouts": holdouts.measure,
    "hostile": hostile.measure,
    "canaries": canaries.measure,
    "names": names.measure,
    "questions": questions.measure,
    "recommendations": recommendations.measure,
    "pairs": pairs.measure,
    "receipts": pairs.receipts,
    "tuning": tuning.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(BENCHMARKS)} (default: all)")
    asked = parser.parse_args(arguments).names or list(BENCHMARKS)
    if unknown := set(asked) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(BENCHMARKS)}")
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}.\n")
    for name in asked:
        print(BENCHMARKS[name](), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
