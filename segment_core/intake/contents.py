"""Contents: the bytes of a file, from a disk or from memory, read in pieces and more than once."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class Content:
    """A file's name and where its bytes are; a file on disk is never held in memory whole."""

    name: str
    source: Path | bytes

    @property
    def size(self) -> int:
        """Count the bytes."""
        return len(self.source) if isinstance(self.source, bytes) else self.source.stat().st_size

    def open(self) -> IO[bytes]:
        """Open the bytes at their beginning."""
        return io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source.open("rb")

    def head(self, n: int = BLOCK) -> bytes:
        """Return the first bytes."""
        with self.open() as opened:
            return opened.read(n)

    def whole(self) -> bytes:
        """Return all bytes: only for kinds of file that cannot be read in pieces."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()

    def blocks(self, start: int = 0) -> Iterator[bytes]:
        """Return the bytes from a position on, block by block."""
        with self.open() as opened:
            opened.seek(start)
            while block := opened.read(BLOCK):
                yield block
