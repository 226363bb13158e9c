"""Carrying: a study packed into a capsule, and a capsule opened."""

import argparse

from segment_core import capsules
from segment_core.cli.files import folder, write_results
from segment_core.cli.running import facts
from segment_core.cli.studies import calls_of, study_of
from segment_core.cli.telling import Telling


def pack(asked: argparse.Namespace) -> int:
    """Write a study as a capsule."""
    telling = Telling(asked)
    study = study_of(asked, telling)
    packed = capsules.pack(study, asked.file, rows=asked.rows, ledger=calls_of(asked), progress=telling)
    telling.done()
    for line in packed.manifest["left_out"]:
        telling.line(f"· {line}")
    telling.line(f"Written to {packed.path}: {packed.n_bytes:,} bytes, labels {packed.labels_sha256[:16]}…")
    hashes = {"data_sha256": packed.manifest["data"]["sha256"], "labels_sha256": packed.labels_sha256}
    telling.end(file=str(packed.path), n_bytes=packed.n_bytes, with_rows=bool(asked.rows), **hashes)
    return 0


def unpack(asked: argparse.Namespace) -> int:
    """Make a folder of a capsule, as if it had been run here."""
    telling = Telling(asked)
    study = study_of(asked, telling)
    telling.done()
    folder(asked.out)
    written = write_results(study, asked.out, everyone=asked.everyone)
    found = facts(study)
    telling.line(f"{found['n_customers']} customers, {found['n_segments']} segments, labels {found['labels_sha256']}")
    telling.line(f"Written to {asked.out}: {', '.join(written)}")
    telling.end(**found, folder=str(asked.out), files=written)
    return 0
