"""Opening: every table that a file holds."""

from collections.abc import Mapping
from pathlib import Path

from segment_core.artifacts import Progress, Table, silent
from segment_core.intake.bundling import unbundle
from segment_core.intake.reading import ReadingOptions, read


def read_all(
    source: Path | bytes,
    name: str,
    options: ReadingOptions = ReadingOptions(),
    progress: Progress = silent,
    others: Mapping[str, ReadingOptions] = {},
) -> tuple[Table, ...]:
    """Read every table of a bundle, or the one table that a file is."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    return tuple(read(found, inner, others.get(inner, options)) for inner, found in unbundle(name, data))
