"""Unpacking: a zip, gz or bz2 with exactly one table in it becomes that table's bytes."""

import bz2
import gzip
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from segment_core.artifacts import Note
from segment_core.errors import DataError
from segment_core.intake.contents import Content
from segment_core.messages import say

LARGEST = 4 * 2**30
"""Bytes that an archive may unpack to: small archives can hide enormous content."""

_CHUNK = 2**20


def unpack(content: Content) -> tuple[Content, tuple[Note, ...]]:
    """Return the name and bytes of the one file inside an archive, or the input if it is none.

    Raises
    ------
    DataError
        If an archive is damaged, locked, empty, too large, or holds several files.
    """
    head = content.head(4)
    if head.startswith(b"\x1f\x8b"):
        return _unpack_stream(content, ".gz")
    if head.startswith(b"BZh"):
        return _unpack_stream(content, ".bz2")
    if head == b"PK\x05\x06":
        raise _no_files(content.name)
    if head == b"PK\x03\x04":
        return _unpack_zip(content)
    return content, ()


def _unpack_stream(content: Content, ending: str) -> tuple[Content, tuple[Note, ...]]:
    name = content.name
    try:
        with (
            content.open() as packed,
            gzip.GzipFile(fileobj=packed) if ending == ".gz" else bz2.BZ2File(packed) as opened,
        ):
            found = _take(opened, name)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(name) from error
    inner = name[: -len(ending)] if name.lower().endswith(ending) else name
    return Content(inner, found), (_unpacked(inner),)


def _unpack_zip(content: Content) -> tuple[Content, tuple[Note, ...]]:
    name = content.name
    try:
        with content.open() as packed, zipfile.ZipFile(packed) as archive:
            members = archive.namelist()
            if "[Content_Types].xml" in members or "mimetype" in members:
                return content, ()
            tables = [
                member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)
            ]
            if not tables:
                raise _no_files(name)
            if len(tables) > 1:
                raise DataError(
                    "The archive {name} holds several files: {names}. Give an archive with exactly one table.",
                    name=name,
                    names=", ".join(member.filename for member in tables[:5]),
                )
            if tables[0].flag_bits & 1:
                raise DataError("The archive {name} is locked with a password. Unpack it first.", name=name)
            with archive.open(tables[0]) as opened:
                found = _take(opened, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise _damaged(name) from error
    inner = PurePosixPath(tables[0].filename).name
    return Content(inner, found), (_unpacked(inner),)


def _take(opened: IO[bytes] | gzip.GzipFile | bz2.BZ2File, name: str) -> bytes:
    parts, size = [], 0
    while part := opened.read(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise DataError(
                "The archive {name} unpacks to more than {limit} GB. Give a smaller file.",
                name=name,
                limit=LARGEST // 2**30,
            )
    return b"".join(parts)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(path).parts)


def _unpacked(inner: str) -> Note:
    return Note("unpacked", say("Read from inside the archive: {name}.", name=inner), 1)


def _damaged(name: str) -> DataError:
    return DataError("The archive {name} is damaged and cannot be unpacked. Export it again.", name=name)


def _no_files(name: str) -> DataError:
    return DataError("The archive {name} holds no file. Give an archive with exactly one table.", name=name)
