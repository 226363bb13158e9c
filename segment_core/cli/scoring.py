"""Scoring: new customers put into the segments of a study that is there."""

import argparse

from segment_core.capsules import place
from segment_core.cli.files import source, write
from segment_core.cli.studies import study_of
from segment_core.cli.telling import Telling
from segment_core.exporting import segments_csv, withheld


def run(asked: argparse.Namespace) -> int:
    """Write the new customers with their segments."""
    telling = Telling(asked)
    study = study_of(asked, bare=True)
    placed = place(study, *source(asked.files), telling)
    telling.done()
    data = segments_csv(placed.study, columns=asked.columns, more=placed.more, consent=not asked.everyone)
    write(asked.out, data)
    missing = None if asked.everyone else withheld(placed.study.customers)
    notes = [*placed.notes, *([missing] if missing else [])]
    lines = [f"{'!' if note.level == 'warning' else '·'} {note.message}" for note in notes]
    for line in lines:
        telling.line(line)
    clustering = placed.study.clustering
    assert clustering is not None
    n = len(placed.study.customers)
    n_withheld = missing.count if missing else 0
    told = f"Written to {asked.out}" if not n_withheld else f"{n - n_withheld} of them written to {asked.out}"
    telling.line(f"{n} customers placed in {clustering.n_segments} segments. {told}")
    sizes = {segment.id: segment.size for segment in clustering.segments}
    telling.end(file=str(asked.out), n_customers=n, n_withheld=n_withheld, sizes=sizes, notes=lines)
    return 0
