"""Files: what the command line reads and writes, and what it says where it cannot."""

from collections.abc import Sequence
from pathlib import Path

from segment_core.errors import DataError
from segment_core.exporting import personas_json, projection_csv, scorecard_json, segments_csv
from segment_core.intake import bundle
from segment_core.store import records
from segment_core.study import Study


def source(files: Sequence[Path]) -> tuple[Path | bytes, str]:
    """Return one file, or several as one archive, and its name."""
    for path in files:
        if not path.is_file():
            raise DataError("There is no file {name}.", name=str(path))
    if len(files) == 1:
        return files[0], files[0].name
    name, data = bundle([(path.name, path.read_bytes()) for path in files])
    return data, name


def write(path: Path, data: bytes) -> None:
    """Write a file."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DataError("{name} cannot be written: {error}.", name=str(path), error=error.strerror or "") from error


def folder(path: Path) -> None:
    """Make a folder where there is none."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(
            "The folder {name} cannot be made: {error}.", name=str(path), error=error.strerror or ""
        ) from error


def write_results(study: Study, out: Path, *, everyone: bool) -> list[str]:
    """Write all that comes of a run into a folder, and return the names."""
    written = {
        "segments.csv": segments_csv(study, consent=not everyone),
        "projection.csv": projection_csv(study),
        "scorecard.json": scorecard_json(study).encode(),
        "personas.json": personas_json(study).encode(),
        "plan.json": study.resolved.to_json().encode(),
    }
    try:
        for name, data in written.items():
            (out / name).write_bytes(data)
        records.save(study, out / "study")
    except OSError as error:
        raise DataError(
            "The results cannot be written to {name}: {error}.", name=str(out), error=error.strerror or ""
        ) from error
    return [*written, "study/"]
