"""Archive: members of a capsule in a zip, written whole, and read only if every one is what it says."""

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from segment_core.errors import DataError

SUFFIX = ".strata"
FORMAT = 1
"""Of which version capsules are that this program writes; of a higher one it reads none."""
MANIFEST, FOLDER = "manifest.json", "study/"
SEAL = "manifest.sha256"
_MEMBER = re.compile(r"study/[A-Za-z0-9_][A-Za-z0-9_.]{0,199}\.(json|npy|parquet)")
MOST_MEMBERS = 20_000
MOST_BYTES = 8 * 2**30
"""What a capsule may take when it is open; a study of a million customers with their rows takes about one of eight."""
FREE_BYTES, MOST_RATIO = 64 * 2**20, 100
"""How much may come of any file, and by how much more a larger one may grow: a zip bomb grows a thousandfold."""
MOST_MANIFEST = 32 * 2**20
PART = 2**20


def write(path: Path, folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write a folder of records as a capsule, which appears whole or not at all, and return the manifest."""
    fresh = path.with_name(f".{path.name}.{uuid4().hex}.new")
    members: dict[str, Any] = {}
    try:
        with ZipFile(fresh, "w", ZIP_DEFLATED, compresslevel=6) as archive:
            for item in sorted(folder.iterdir()):
                members[FOLDER + item.name] = {"bytes": item.stat().st_size, "sha256": _sha256(item)}
                archive.write(item, FOLDER + item.name)
            whole = {"capsule": FORMAT, **manifest, "members": members}
            text = json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", "replace")
            archive.writestr(MANIFEST, text)
            archive.writestr(SEAL, hashlib.sha256(text).hexdigest())
        fresh.replace(path)
    except OSError as error:
        raise DataError("{name} cannot be written: {error}.", name=path.name, error=error.strerror or "") from error
    finally:
        fresh.unlink(missing_ok=True)
    return whole


def read(path: Path, folder: Path) -> dict[str, Any]:
    """Check a capsule and put the members of its study into a folder; return its manifest.

    Raises
    ------
    DataError
        If it is no capsule, of a later version, not whole, or was changed since it was written.
    """
    try:
        size = path.stat().st_size
        with ZipFile(path) as archive:
            infos = _members(archive, size)
            manifest = _manifest(archive, infos)
            wanted = manifest["members"]
            if set(wanted) != set(infos) - {MANIFEST, SEAL}:
                raise _changed("the list of its parts")
            for name, facts in wanted.items():
                _take(archive, infos[name], facts, folder / name.removeprefix(FOLDER))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DataError(
            "This is not a whole Strata capsule: it is broken off, or another kind of file. Fetch it again."
        ) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _changed("its manifest") from error
    except OSError as error:
        raise DataError("The capsule {name} cannot be read.", name=path.name) from error
    return manifest


def _members(archive: ZipFile, size: int) -> dict[str, ZipInfo]:
    """Return the members by name, having looked only at what the zip says of them."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if MANIFEST not in names:
        raise DataError("This zip is not a Strata capsule: it has no manifest.")
    odd = [name for name in names if name not in (MANIFEST, SEAL) and not _MEMBER.fullmatch(name)]
    if odd or len(set(names)) < len(names) or len(names) > MOST_MEMBERS:
        raise DataError(
            "This capsule is refused: it has a part named {name}, which no capsule has.", name=(odd or names)[0][:80]
        )
    total = sum(info.file_size for info in infos)
    if total > min(MOST_BYTES, FREE_BYTES + MOST_RATIO * size):
        raise DataError(
            "This capsule is refused: it would grow from {size:,} to {total:,} bytes.", size=size, total=total
        )
    return dict(zip(names, infos, strict=True))


def _manifest(archive: ZipFile, infos: Mapping[str, ZipInfo]) -> dict[str, Any]:
    if infos[MANIFEST].file_size > MOST_MANIFEST:
        raise _changed("its manifest")
    with archive.open(infos[MANIFEST]) as source:
        text = source.read(MOST_MANIFEST)
    found = json.loads(text)
    version = found["capsule"]
    if not isinstance(version, int) or version < 1:
        raise _changed("its manifest")
    if version > FORMAT:
        raise DataError(
            "This capsule is of version {version}, and this program reads versions up to {known}. Update the program.",
            version=version,
            known=FORMAT,
        )
    with archive.open(infos[SEAL]) as source:
        if source.read(64).decode("ascii") != hashlib.sha256(text).hexdigest():
            raise _changed("its manifest")
    return dict(found)


def _take(archive: ZipFile, info: ZipInfo, facts: Mapping[str, Any], target: Path) -> None:
    """Copy one member, never more of it than it should have."""
    digest, left = hashlib.sha256(), int(facts["bytes"])
    with archive.open(info) as source, target.open("xb") as sink:
        while part := source.read(PART):
            left -= len(part)
            if left < 0:
                break
            digest.update(part)
            sink.write(part)
    if left or digest.hexdigest() != facts["sha256"]:
        raise _changed(info.filename)
    _plausible(target)


def _plausible(path: Path) -> None:
    """Refuse an array that says it is larger than its file: reading it would ask for that much memory."""
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            facts = pq.read_metadata(path)
            total = sum(facts.row_group(number).total_byte_size for number in range(facts.num_row_groups))
        except (pa.ArrowException, OSError) as error:
            raise _changed(path.name) from error
        if total > min(MOST_BYTES, FREE_BYTES + MOST_RATIO * path.stat().st_size):
            raise _changed(path.name)
    if path.suffix == ".npy":
        from numpy.lib import format as form

        with path.open("rb") as source:
            version = form.read_magic(source)
            header = form.read_array_header_1_0 if version == (1, 0) else form.read_array_header_2_0
            shape, _, dtype = header(source)
            n = 1
            for length in shape:
                n *= length
            if dtype.hasobject or source.tell() + n * dtype.itemsize != path.stat().st_size:
                raise _changed(path.name)


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _changed(part: str) -> DataError:
    return DataError(
        "This capsule was changed since it was written ({part} is not what it was), so it is not opened. "
        "Ask for it again where it was made.",
        part=part[:80],
    )
