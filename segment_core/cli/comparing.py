"""Comparing: two runs side by side."""

import argparse
from pathlib import Path

from segment_core.cli.studies import study_of
from segment_core.cli.telling import Telling
from segment_core.comparing import Cut, compare, cut_of
from segment_core.errors import DataError


def run(asked: argparse.Namespace) -> int:
    """Say how far two runs agree, and who went where."""
    telling = Telling(asked)
    found = compare(_cut(asked.first, asked, telling), _cut(asked.second, asked, telling))
    telling.done()
    telling.line(
        f"{found.n_both} customers in both; {found.n_gone} only in the first, {found.n_new} only in the second"
    )
    telling.line(
        f"Stayed together: {found.stayed:.1%}  ·  adjusted Rand {found.ari:.2f}  ·  shared information {found.nmi:.2f}"
    )
    for row, name in enumerate(found.first):
        telling.line(name)
        for column in (-found.flows[row]).argsort(kind="stable"):
            n = int(found.flows[row, column])
            if n:
                share = n / found.flows[row].sum()
                mark = "=" if found.matched[row] == column else "→"
                telling.line(f"  {mark} {found.second[column]}: {n} ({share:.0%})")
    telling.end(
        n_both=found.n_both,
        n_gone=found.n_gone,
        n_new=found.n_new,
        stayed=found.stayed,
        adjusted_rand=found.ari,
        shared_information=found.nmi,
        first=found.first,
        second=found.second,
        flows=found.flows.tolist(),
    )
    return 0


def _cut(place: Path, asked: argparse.Namespace, telling: Telling) -> Cut:
    found = cut_of(study_of(argparse.Namespace(study=place, workspace=None, data=asked.data), telling))
    if found is None:
        raise DataError("There are no segments in {name}.", name=str(place))
    return found
