"""Taking: a study's report, and its customers with their segments."""

import argparse
from pathlib import Path

from segment_core.cli.files import write
from segment_core.cli.studies import study_of
from segment_core.cli.telling import Telling
from segment_core.errors import OptionError
from segment_core.exporting import segments_csv, withheld
from segment_core.exporting.tables import segment_name
from segment_core.reporting import report as report_of
from segment_core.study import Study


def report(asked: argparse.Namespace) -> int:
    """Write a study as one document."""
    telling = Telling(asked)
    data = report_of(study_of(asked, telling), asked.kind, asked.language, telling)
    telling.done()
    out = asked.out or Path(f"report.{asked.kind}")
    write(out, data)
    telling.line(f"Written to {out}: {len(data):,} bytes")
    telling.end(file=str(out), kind=asked.kind, language=asked.language, n_bytes=len(data))
    return 0


def export(asked: argparse.Namespace) -> int:
    """Write the customers of a study as CSV: the very bytes that the app gives."""
    telling = Telling(asked)
    study = study_of(asked, telling)
    only = _only(study, asked.segment)
    data = segments_csv(study, columns=asked.columns, only=only, consent=not asked.everyone)
    out = asked.out or Path("segments.csv")
    write(out, data)
    missing = None if asked.everyone else withheld(study.customers, only=only)
    n = (len(study.customers) if only is None else len(only)) - (missing.count if missing else 0)
    if missing:
        telling.line(f"! {missing.message}")
    telling.line(f"{n} customers. Written to {out}")
    telling.end(file=str(out), n_customers=n, n_withheld=missing.count if missing else 0)
    return 0


def _only(study: Study, asked: list[str]) -> list[str] | None:
    """Return the ids of the customers of these segments and custom segments, by id or name; None is everybody."""
    if not asked or study.clustering is None:
        return None
    ids = {segment.id: segment.id for segment in study.clustering.segments}
    ids |= {segment_name(study, id_): id_ for id_ in ids}
    groups = {group.name: group.customers for group in study.groups}
    wrong = [name for name in asked if name not in ids and name not in groups]
    if wrong:
        raise OptionError(
            "There is no segment {name}; there are: {names}.", name=wrong[0][:80], names=", ".join([*ids, *groups])
        )
    wanted = {ids[name] for name in asked if name in ids}
    found = {customer for name in asked if name not in ids for customer in groups[name]}
    index = study.customers.frame.index
    found |= {id_ for id_, segment in zip(index, study.clustering.ids, strict=True) if segment in wanted}
    return [id_ for id_ in index if id_ in found]
