"""Recoding: a file in any encoding is read as a stream of UTF-8, without ever holding it whole."""

import codecs
import io
from typing import IO, Any

import numpy as np

from segment_core.artifacts import Note
from segment_core.intake.contents import BLOCK, Content
from segment_core.intake.encodings import Encoding
from segment_core.messages import say


class Recoded(io.RawIOBase):
    """A stream of UTF-8 bytes without NUL characters, made of a stream in another encoding."""

    def __init__(self, source: IO[bytes], encoding: Encoding) -> None:
        super().__init__()
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
        self._has_nul = encoding.has_nul
        self._is_nearly_latin = encoding.name in ("cp1252", "latin-1")
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def readinto(self, into: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Fill the buffer as far as one block reaches."""
        while not self._ready and not self._ended:
            block = self._source.read(BLOCK)
            self._ended = not block
            text = self._decoded(block)
            self._ready = memoryview((text.replace("\0", "") if self._has_nul else text).encode("utf-8"))
        n = min(len(into), len(self._ready))
        into[:n] = self._ready[:n]
        self._ready = self._ready[n:]
        return n

    def _decoded(self, block: bytes) -> str:
        if self._is_nearly_latin and not np.any(np.frombuffer(block, dtype=np.int8) < -96):
            return block.decode("latin-1")  # faster, and the same where the bytes 0x80 to 0x9f are absent
        return self._decoder.decode(block, final=self._ended)

    def passed(self) -> int:
        """Count the bytes of the source that were read."""
        return 0 if self._source.closed else self._source.tell()

    def close(self) -> None:
        """Close the source too."""
        self._source.close()
        super().close()


def open_text(content: Content, encoding: Encoding, skip: int = 0) -> IO[bytes]:
    """Open a file as UTF-8 without its mark, `skip` bytes of UTF-8 further on."""
    source = content.open()
    if encoding.is_plain:
        source.seek(encoding.mark + skip)
        return source
    source.seek(encoding.mark)
    recoded = io.BufferedReader(Recoded(source, encoding), BLOCK)
    while skip and (passed := recoded.read(min(skip, BLOCK))):
        skip -= len(passed)
    return recoded


def open_for_arrow(content: Content, encoding: Encoding, skip: int = 0) -> Any:
    """Open a file as `open_text` does, for arrow to read: a plain file without a detour over Python's buffers."""
    if not encoding.is_plain or isinstance(content.source, bytes):
        return open_text(content, encoding, skip)
    import pyarrow as pa

    source = pa.OSFile(str(content.source))
    source.seek(encoding.mark + skip)
    return source


def passed(opened: IO[bytes]) -> int:
    """Count the bytes of the file that were read of a stream made by `open_text`."""
    raw = getattr(opened, "raw", None)
    if isinstance(raw, Recoded):
        return raw.passed()
    return 0 if opened.closed else opened.tell()


def count_nul(content: Content, encoding: Encoding) -> tuple[Note, ...]:
    """Count the NUL characters that recoding takes out."""
    if not encoding.has_nul:
        return ()
    if encoding.is_wide:
        decoder = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
        zeros = sum(decoder.decode(block).count("\0") for block in content.blocks(encoding.mark))
    else:
        zeros = sum(block.count(0) for block in content.blocks(encoding.mark))
    if not zeros:
        return ()
    return (Note("nul-removed", say("NUL characters removed: {n}.", n=zeros), zeros, "warning"),)
