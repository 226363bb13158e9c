"""Unpacking: a zip, gz or bz2 becomes the files in it, one after the other, and never more than is safe to hold."""

import bz2
import gzip
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO

from segment_core.artifacts import Note
from segment_core.errors import DataError
from segment_core.intake.contents import Content
from segment_core.messages import say

LARGEST = 4 * 2**30
"""Bytes that an archive may unpack to, all its files together: small archives can hide enormous content."""

MOST = 1_000
"""Files that an archive may hold."""

_CHUNK = 2**20


class Allowance:
    """The bytes that may still be unpacked."""

    def __init__(self) -> None:
        self.left = LARGEST


def unpack(content: Content, allowance: Allowance | None = None) -> tuple[Content, tuple[Note, ...]]:
    """Return the name and bytes of the one file inside an archive, or the input if it is none.

    Raises
    ------
    DataError
        If an archive is damaged, locked, empty, too large, or holds several files.
    """
    allowance = allowance or Allowance()
    head = content.head(4)
    if head.startswith(b"\x1f\x8b"):
        return _unpack_stream(content, ".gz", allowance)
    if head.startswith(b"BZh"):
        return _unpack_stream(content, ".bz2", allowance)
    names = files_of(content)
    if not names:
        return content, ()
    if len(names) > 1:
        raise DataError(
            "The archive {name} holds several files: {names}. Give an archive with exactly one table.",
            name=content.name,
            names=", ".join(names[:5]),
        )
    inner = next(files(content, allowance))
    return inner, (_unpacked(inner.name),)


def files_of(content: Content) -> tuple[str, ...]:
    """Return the paths of the files in a zip, hidden ones apart; none where it is no zip, or a spreadsheet."""
    head = content.head(4)
    if head not in (b"PK\x03\x04", b"PK\x05\x06"):
        return ()
    with _zip(content) as archive:
        members = archive.namelist()
        if "[Content_Types].xml" in members or "mimetype" in members:
            return ()
        found = tuple(member.filename for member in _wanted(archive))
    if not found:
        raise DataError("The archive {name} holds no file. Give an archive with a table in it.", name=content.name)
    if len(found) > MOST:
        raise DataError(
            "The archive {name} holds {n} files. Give one with at most {limit}.",
            name=content.name,
            n=len(found),
            limit=MOST,
        )
    return found


def unpacked_size(content: Content) -> int:
    """Return how many bytes the files of a zip say they have."""
    with _zip(content) as archive:
        return sum(member.file_size for member in _wanted(archive))


def files(content: Content, allowance: Allowance) -> Iterator[Content]:
    """Unpack the files of a zip one by one; each is named by the last part of its path, which is never used as one."""
    with _zip(content) as archive:
        for member in _wanted(archive):
            if member.flag_bits & 1:
                raise DataError("The archive {name} is locked with a password. Unpack it first.", name=content.name)
            with archive.open(member) as opened:
                data = _take(opened, content.name, allowance)
            yield Content(PurePosixPath(member.filename).name, data)


@contextmanager
def _zip(content: Content) -> Iterator[zipfile.ZipFile]:
    try:
        with content.open() as packed, zipfile.ZipFile(packed) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise _damaged(content.name) from error


def _wanted(archive: zipfile.ZipFile) -> Sequence[zipfile.ZipInfo]:
    return [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)]


def _unpack_stream(content: Content, ending: str, allowance: Allowance) -> tuple[Content, tuple[Note, ...]]:
    name = content.name
    try:
        with (
            content.open() as packed,
            gzip.GzipFile(fileobj=packed) if ending == ".gz" else bz2.BZ2File(packed) as opened,
        ):
            found = _take(opened, name, allowance)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(name) from error
    inner = name[: -len(ending)] if name.lower().endswith(ending) else name
    return Content(inner, found), (_unpacked(inner),)


def _take(opened: IO[bytes] | gzip.GzipFile | bz2.BZ2File, name: str, allowance: Allowance) -> bytes:
    parts = []
    while part := opened.read(_CHUNK):
        parts.append(part)
        allowance.left -= len(part)
        if allowance.left < 0:
            raise DataError(
                "The archive {name} unpacks to more than {limit} GB. Give a smaller file.",
                name=name,
                limit=LARGEST // 2**30,
            )
    return b"".join(parts)


def _is_hidden(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts)


def _unpacked(inner: str) -> Note:
    return Note("unpacked", say("Read from inside the archive: {name}.", name=inner), 1)


def _damaged(name: str) -> DataError:
    return DataError("The archive {name} is damaged and cannot be unpacked. Export it again.", name=name)
