"""Taking: a study's report, and its customers with their segments."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from segment_core.cli.files import write
from segment_core.cli.studies import study_of
from segment_core.cli.telling import Telling
from segment_core.delivering import Delivery, deliver
from segment_core.delivering.request import Format
from segment_core.errors import OptionError
from segment_core.exporting.tables import segment_name
from segment_core.reporting import report as report_of
from segment_core.study import Study

FORMATS: Mapping[str, Format] = {"csv": "csv", "parquet": "parquet", "xlsx": "excel"}


def report(asked: argparse.Namespace) -> int:
    """Write a study as one document."""
    telling = Telling(asked)
    data = report_of(study_of(asked, telling), asked.kind, asked.language, telling, without=asked.without)
    telling.done()
    out = asked.out or Path(f"report.{asked.kind}")
    write(out, data)
    telling.line(f"Written to {out}: {len(data):,} bytes")
    telling.end(file=str(out), kind=asked.kind, language=asked.language, n_bytes=len(data))
    return 0


def export(asked: argparse.Namespace) -> int:
    """Write the customers of a study to a file that another tool takes, as the app does."""
    telling = Telling(asked)
    study = study_of(asked, telling)
    segments, groups = _chosen(study, asked.segment)
    delivery = Delivery(
        preset=asked.preset,
        format=FORMATS[asked.format],
        segments=segments,
        groups=groups,
        columns=tuple(asked.columns),
        reasons=asked.reasons,
        recommended=asked.recommended,
        everybody=asked.everyone,
        bom=asked.bom,
        email=asked.email,
        phone=asked.phone,
        country=asked.country,
        language=asked.language,
    )
    made = deliver(study, delivery, asked.out or Path(delivery.file_name), telling)
    telling.done()
    lines = [f"! {note.message}" for note in (*made.withheld, *made.notes)]
    for line in lines:
        telling.line(line)
    telling.line(f"{made.n_rows} customers. Written to {made.path}")
    n_withheld = sum(note.count for note in made.withheld)
    telling.end(file=str(made.path), n_customers=made.n_rows, n_withheld=n_withheld, notes=lines)
    return 0


def _chosen(study: Study, asked: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of segments, and the names of custom segments, that were named by id or name."""
    ids = {segment.id: segment.id for segment in (study.clustering.segments if study.clustering else ())}
    ids |= {segment_name(study, id_): id_ for id_ in ids}
    groups = [group.name for group in study.groups]
    wrong = [name for name in asked if name not in ids and name not in groups]
    if wrong:
        raise OptionError(
            "There is no segment {name}; there are: {names}.", name=wrong[0][:80], names=", ".join([*ids, *groups])
        )
    segments = dict.fromkeys(ids[name] for name in asked if name in ids)
    return tuple(segments), tuple(name for name in asked if name not in ids)
