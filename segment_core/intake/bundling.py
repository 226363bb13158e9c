"""Bundling: several files become one, so that an upload, a study and a plan always speak of one file."""

import io
import zipfile
from collections.abc import Sequence

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name: the same files give the same bytes


def bundle(files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Put files (name, content) into one uncompressed zip; return its name and bytes. One file stays as it is.

    The order of the files does not matter, and a name that comes twice gets a number.

    Examples
    --------
    >>> bundle([("a.csv", b"x")])
    ('a.csv', b'x')
    >>> bundle([("b.csv", b"x"), ("a.csv", b"y")])[0]
    'a.csv + 1.zip'
    """
    ordered = sorted(files)
    if len(ordered) == 1:
        return ordered[0]
    packed = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in ordered:
            free, number = name, 2
            while free in taken:
                free, number = f"{number} {name}", number + 1
            taken.add(free)
            archive.writestr(zipfile.ZipInfo(free, _BEGINNING), data)
    return f"{ordered[0][0]} + {len(ordered) - 1}.zip", packed.getvalue()


def unbundle(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """Return the files of a bundle, or the one file that it is; the content decides."""
    packed = io.BytesIO(data)
    if not data.startswith(b"PK\x03\x04") or not zipfile.is_zipfile(packed):
        return [(name, data)]
    with zipfile.ZipFile(packed) as archive:
        members = archive.infolist()
        plain = all(member.compress_type == zipfile.ZIP_STORED and member.date_time == _BEGINNING for member in members)
        if not members or not plain:
            return [(name, data)]
        return [(member.filename, archive.read(member)) for member in members]
