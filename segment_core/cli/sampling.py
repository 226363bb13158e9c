"""Sampling: the bundled sample as a file to try things on."""

import argparse

from segment_core.cli.files import write
from segment_core.cli.telling import Telling
from segment_core.errors import OptionError
from segment_core.intake import sample, sample_csv, sample_tables, sample_zip


def run(asked: argparse.Namespace) -> int:
    """Write the sample, and what was planted in it."""
    tables = asked.file.suffix.lower() == ".zip"
    if asked.period and not tables:
        raise OptionError(
            "Only the sample of several tables has periods; {name} would have to end in .zip.", name=str(asked.file)
        )
    write(asked.file, sample_zip(asked.period or "A") if tables else sample_csv())
    if asked.truth:
        truth = sample_tables().truth if tables else sample()[1].reset_index()
        write(asked.truth, truth.to_csv(index=False, lineterminator="\n").encode())
    Telling(asked).end(file=str(asked.file), truth=str(asked.truth) if asked.truth else None)
    return 0
