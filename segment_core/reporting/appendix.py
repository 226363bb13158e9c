"""Appendix: every item of evidence, what was done to the data, and what the report was made with."""

import platform
from importlib.metadata import PackageNotFoundError, version

from segment_core.messages import say
from segment_core.reporting.pieces import Caveat, Paragraph, Piece, Points, Section, Table
from segment_core.reporting.telling import Telling
from segment_core.reporting.words import KINDS, ROLES
from segment_core.stages import DECIDING, fingerprint, made_with


def appendix(telling: Telling) -> Section:
    """List every item of evidence: id, segment, what it is, value, that of all customers, interval, and n."""
    tell = telling.tell
    rows = []
    for item in telling.evidence.items:
        if item.kind == "quote" and not telling.quotable(item):
            continue
        value, base, interval = telling.numbers(item)
        label = telling.quote(item).text if item.kind == "quote" else telling.label(item)
        rows.append((item.id, tell(KINDS[item.kind]), label, value, base, interval, f"{item.n:,}"))
    head = (
        tell(say("Evidence")),
        tell(say("Kind")),
        tell(say("What it says")),
        tell(say("Here")),
        tell(say("All customers")),
        tell(say("95 % interval")),
        "n",
    )
    title = tell(say("Evidence"))
    table = Table(title, head, tuple(rows), (1, 0.9, 3.3, 1.1, 1.2, 1.7, 0.7), frozenset({3, 4, 5, 6}), searched=True)
    notes = [say("Every figure on what sets a segment apart is one of these; customers' words are masked.")]
    if telling.unquoted:
        notes.append(
            say(
                "Quotes left out: {n}. Their customers may not be contacted; they are counted, but not quoted.",
                n=telling.unquoted,
            )
        )
    said = (Paragraph(tell(note), "quiet") for note in notes)
    return Section("evidence", tell(say("Evidence appendix")), (*said, table))


def data_section(telling: Telling) -> Section:
    """Say what was done to the data, and what each column was taken for."""
    study, tell = telling.study, telling.tell
    mark = tell(say("Warning"))
    notes = (*study.customers.notes, *(study.features.notes if study.features else ()))
    found: list[Piece] = [Caveat(tell(note.message), "", "warning", mark) for note in notes if note.level == "warning"]
    if changes := tuple((tell(note.message), None) for note in notes if note.level != "warning"):
        found.append(Points("", changes))
    if not notes:
        found.append(Paragraph(tell(say("Nothing was changed, filled or left out."))))
    head = (tell(say("Column")), tell(say("Role")), tell(say("Reason")))
    sensitive = tell(say("sensitive"))
    rows = tuple(
        (
            f"{telling.masked(c.name, 80)} ({sensitive})"
            if c.name in telling.sensitive
            else telling.masked(c.name, 80),
            tell(ROLES[c.role]),
            tell(c.reason),
        )
        for c in study.customers.columns
    )
    table = Table(tell(say("What each column was taken for")), head, rows, (2.2, 1, 4))
    return Section("data", tell(say("What was done to the data")), (*found, table))


def versions(telling: Telling) -> Section:
    """Say what the report was made with, so that the same can be made again."""
    tell = telling.tell
    rows = [
        (tell(say("Plan")), fingerprint(telling.study.resolved.to_json())),
        (tell(say("Program")), made_with()),
        ("Python", platform.python_version()),
    ]
    for package in DECIDING:
        try:
            rows.append((package, version(package)))
        except PackageNotFoundError:
            continue
    head = (tell(say("Part")), tell(say("Version or fingerprint")))
    return Section("versions", tell(say("Made with")), (Table("", head, tuple(rows), (1.4, 4)),))
