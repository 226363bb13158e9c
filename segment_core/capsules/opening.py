"""Opening: a capsule becomes the study again, with the data it was made of, or says what is different."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from numpy.typing import NDArray

from segment_core.artifacts import Customers, Progress, Scorer, silent
from segment_core.capsules import archive
from segment_core.capsules.gathering import gathered, part
from segment_core.capsules.hashing import Print, label_hash, print_of
from segment_core.capsules.hiding import REMADE, named, quoted
from segment_core.capsules.parting import apart
from segment_core.errors import DataError
from segment_core.features import text
from segment_core.journey import run
from segment_core.messages import say
from segment_core.profiles import describe
from segment_core.store import records
from segment_core.study import Study

READING, HASHING, MAKING = 0.3, 0.1, 0.55
"""About which part of reopening goes into reading the data, hashing them, and making features."""
MOST_NAMED = 12


@dataclass(frozen=True, slots=True, eq=False)
class Capsule:
    """An opened capsule: what it says of itself, and its study; without rows that has no customers and no features."""

    manifest: Mapping[str, Any]
    study: Study

    @property
    def has_rows(self) -> bool:
        """Tell whether the customers are in it, so that it opens without any other file."""
        return len(self.study.customers) > 0

    @property
    def columns(self) -> dict[str, str]:
        """Return the SHA-256 of each column of its data."""
        return {str(column["name"]): str(column["sha256"]) for column in self.manifest["data"]["columns"]}


def unpack(path: Path) -> Capsule:
    """Read a capsule, having checked every part of it; nothing is written but to a temporary folder.

    Raises
    ------
    DataError
        If it is no capsule, of a later version, not whole, or was changed since it was written.
    """
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "study"
        folder.mkdir()
        manifest = archive.read(path, folder)
        study = records.load(Study, folder)
    capsule = Capsule(manifest, study)
    if not _sound(capsule):
        raise DataError("This capsule does not fit together: its parts are of different studies.")
    return capsule


def reopen(
    capsule: Capsule,
    data_file: Path | bytes | None = None,
    progress: Progress = silent,
    *,
    name: str = "",
    secrets: Mapping[str, str] | None = None,
) -> Study:
    """Return the study of a capsule, with the data file it was made of where its customers are not in it.

    The file may have its rows in any order. Segments, map, scores, evidence and all that was written are those of
    the capsule; features are made again by its plan, and quotes are looked up. `name` is the file's name where it
    lies under another one; several files come as one archive.

    Raises
    ------
    DataError
        If other data come than it was made of: it names the columns that changed, are missing or new.
    """
    if capsule.has_rows and data_file is None:
        return capsule.study
    if data_file is None:
        raise DataError("This capsule holds no customers. Give the data file that it was made of, {name}, too.",
                        name=capsule.study.source or "?")  # fmt: skip
    kept = capsule.study
    if isinstance(data_file, Path) and not data_file.is_file():
        raise DataError("There is no file {name}.", name=str(data_file))
    name = name or (data_file.name if isinstance(data_file, Path) else kept.source)
    customers = gathered(data_file, name, kept.resolved, part(progress, 0.0, READING))
    data = print_of(customers, part(progress, READING, HASHING))
    _require_same(capsule, data, customers)
    if capsule.has_rows:
        return kept
    making = part(progress, READING + HASHING, MAKING)
    made = run(customers, kept.resolved, making, source=kept.source, secrets=secrets, until="features")
    study = replace(named(kept, customers, data.key), **{part: getattr(made, part) for part in REMADE})
    assert study.clustering is not None and study.features is not None
    if label_hash(customers, study.clustering) != capsule.manifest["labels_sha256"]:
        raise DataError("This capsule does not fit together: its parts are of different studies.")
    progress(0.96, 1.0, say("Looking up quotes"))
    if study.evidence is not None and study.evidence.items:
        again = describe(customers, study.features, study.clustering, text.texts_of(customers))
        study = replace(study, evidence=quoted(study.evidence, again))
    progress(1.0, 1.0, say("The study is open"))
    return study


def _require_same(capsule: Capsule, data: Print, customers: Customers) -> None:
    before, now, kept = capsule.columns, dict(data.columns), capsule.manifest["data"]
    if data.whole == kept["sha256"]:
        return
    told: dict[str, str | int] = {
        "n": data.n_customers,
        "n_before": int(kept["n_customers"]),
        "missing": _listed([one for one in before if one not in now]),
        "added": _listed([one for one in now if one not in before]),
    }
    id_name = str(kept.get("id_name", ""))
    if before.get(id_name) == now.get(id_name):
        changed = [one for one in before if one in now and now[one] != before[one]]
        raise DataError(
            "These are not the data that the capsule was made of. Customers: {n}, where there were {n_before}. "
            "Columns changed: {changed}; missing: {missing}; new: {added}. Give the file it was made of; or score this "
            "one, which puts its customers into the segments of the capsule; or find segments in it anew.",
            changed=_listed(changed),
            **told,
        )
    found = apart(kept.get("parts"), customers)
    if found is None or not found.n_compared:
        raise DataError(
            "These are not the data that the capsule was made of. Customers: {n}, where there were {n_before}, and not "
            "the same ones, so that it cannot be told which of their columns changed. Columns missing: {missing}; new: "
            "{added}. Give the file it was made of; or score this one, which puts its customers into the segments of "
            "the capsule; or find segments in it anew.",
            **told,
        )
    raise DataError(
        "These are not the data that the capsule was made of. Customers: {n}, where there were {n_before}; at least "
        "{more} are new and {gone} gone. Columns changed for others, told from {compared} customers (of names joined "
        "by a stroke at least one): {changed}; missing: {missing}; new: {added}. Give the file it was made of; or "
        "score this one, which puts its customers "
        "into the segments of the capsule; or find segments in it anew.",
        more=found.new,
        gone=found.gone,
        compared=found.n_compared,
        changed=_listed(list(found.columns)),
        **told,
    )


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    shown = ", ".join(name[:200] for name in names[:MOST_NAMED])
    return (f"{shown} … +{more}" if more > 0 else shown) or "–"


def _fits(scorer: Scorer) -> bool:
    """Tell whether the arrays of a scorer are as wide as its features, so that it can be applied at all."""
    made, assigner = scorer.transform, scorer.assigner
    width, owners = len(made.sources), assigner.owners
    if any(array.shape != (width,) for array in (made.offsets, made.factors)) or assigner.centres.ndim != 2:
        return False
    if assigner.centres.shape != (len(owners), width) or assigner.usual.shape != (len(scorer.segments), 2):
        return False
    if {int(owner) for owner in owners} != set(range(len(scorer.segments))):
        return False
    starts = [(one.place, 1) for one in made.scales] + [(one.start, len(one.levels)) for one in made.levels]
    starts += [(share.start, share.stop - share.start) for share in made.held]
    for way in made.ways:
        if way.turns.ndim != 2 or way.middle.shape != way.turns.shape[:1]:
            return False
        if way.brought is not None and way.brought.shape != (len(way.terms), len(way.middle)):
            return False
        starts.append((way.start, way.turns.shape[1]))
    return all(0 <= start <= start + n <= width for start, n in starts)


def _sound(capsule: Capsule) -> bool:
    """Tell whether the arrays of a study have one row for each of the customers that the manifest counts."""
    study, manifest = capsule.study, capsule.manifest
    clustering, scorer = study.clustering, study.scorer
    try:
        n, hashed = int(manifest["data"]["n_customers"]), str(manifest["labels_sha256"])
        whole = bool(capsule.columns and manifest["made_with"] and manifest["data"]["sha256"])
    except (LookupError, TypeError, ValueError):
        return False
    if clustering is None or scorer is None or not whole:
        return False
    rows: list[NDArray[Any]] = [clustering.labels, clustering.strengths, clustering.bands]
    rows += [study.found.labels] if study.found is not None else []
    rows += [study.projection.points] if study.projection is not None else []
    k, labels = clustering.n_segments, clustering.labels
    if any(len(array) != n for array in rows) or len(scorer.segments) != k or not n:
        return False
    if labels.min() < 0 or labels.max() >= k or not _fits(scorer):
        return False
    customers: Customers = study.customers
    return not capsule.has_rows or (len(customers) == n and label_hash(customers, clustering) == hashed)
