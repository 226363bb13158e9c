"""Packing: a study becomes one file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from segment_core.artifacts import Progress, silent
from segment_core.capsules import archive
from segment_core.capsules.hashing import print_of
from segment_core.capsules.hiding import hidden
from segment_core.capsules.manifest import manifest_of
from segment_core.errors import DataError
from segment_core.llm.ledger import Sent
from segment_core.messages import say
from segment_core.store import records
from segment_core.study import Study


@dataclass(frozen=True, slots=True)
class Packed:
    """A capsule that was written: where, its size in bytes, and what it says of itself."""

    path: Path
    n_bytes: int
    manifest: Mapping[str, Any]

    @property
    def labels_sha256(self) -> str:
        """Return the hash of who is in which segment."""
        return str(self.manifest["labels_sha256"])


def pack(
    study: Study,
    path: Path,
    *,
    rows: bool = False,
    ledger: Iterable[Sent] | None = None,
    progress: Progress = silent,
) -> Packed:
    """Write a study as a capsule; with `rows` the customers themselves, their ids and words go into it too.

    Without, it holds no customer's row, text or id: see `hiding.left_out`, which the manifest repeats. Its hashes
    show damage and careless changes; they are no signature, and do not tell who wrote it.

    Raises
    ------
    DataError
        If there are no segments yet, or the file cannot be written.
    """
    if study.clustering is None or study.scorer is None:
        raise DataError("There are no segments yet. Find segments first.")

    def hashing(done: float, total: float, note: Any) -> None:
        progress(0.4 * done / total, 1.0, note)

    data = print_of(study.customers, hashing)
    kept = study if rows else hidden(study, data.key)
    manifest = manifest_of(study, kept, data, rows=rows, ledger=ledger)
    progress(0.5, 1.0, say("Packing the study"))
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "study"
        records.save(kept, folder)
        progress(0.7, 1.0, say("Packing the study"))
        manifest = archive.write(path, folder, manifest)
    progress(1.0, 1.0, say("The capsule is written"))
    return Packed(path, path.stat().st_size, manifest)
