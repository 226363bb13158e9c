"""Content: what a report says of a study, answer first, before anybody thinks of files and pages."""

from collections.abc import Collection

import numpy as np

from segment_core.artifacts import silent
from segment_core.artifacts.basics import Progress
from segment_core.messages import Message, say
from segment_core.reporting.appendix import appendix, data_section, versions
from segment_core.reporting.campaigns import campaigns
from segment_core.reporting.parts import left_out
from segment_core.reporting.pieces import (
    Caveat,
    Map,
    Paragraph,
    Piece,
    Points,
    Report,
    Section,
    Stats,
    Table,
)
from segment_core.reporting.profiling import profile
from segment_core.reporting.summary import TONE_OF, summary
from segment_core.reporting.telling import Telling
from segment_core.reporting.words import SCORES, VERDICTS
from segment_core.study import Study

MOST_POINTS = 3000


def content(study: Study, language: str, progress: Progress = silent, without: Collection[str] = ()) -> Report:
    """Say all that a report says, as typed pieces of plain text, without the parts that are left out.

    Raises
    ------
    DataError
        If there are no segments yet.
    OptionError
        If nobody here speaks the language, or there is no such part.
    """
    out = left_out(without)
    telling, profiles = Telling(study, language, quoting="quotes" not in out), []
    for number, segment in enumerate(telling.segments):
        progress(number, 2 * len(telling.segments), say("Writing about {name}", name=segment.id))
        profiles.append(profile(telling, number))
    tell = telling.tell
    map_ = _map(telling)
    sections = [
        Section("summary", tell(say("Summary")), tuple(summary(telling))),
        Section("verdict", tell(say("How far to trust it")), tuple(_verdict(telling))),
        *([Section("map", tell(say("The map")), (map_,))] if map_ else []),
        Section("segments", tell(say("The segments")), tuple(profiles)),
        campaigns(telling),
        Section("audit", tell(say("Sensitive columns and what gives them away")), tuple(_audit(telling))),
        Section("method", tell(say("Method")), tuple(_method(telling))),
        data_section(telling),
        appendix(telling),
        versions(telling),
    ]
    title = tell(say("Customer segments: {source}", source=study.source or tell(say("customers"))))
    subtitle = tell(say("{n:,} customers in {k} segments", n=telling.total, k=len(telling.segments)))
    words = {name: tell(message) for name, message in _FRAME.items()}
    kept = tuple(section for section in sections if section.pieces and section.key not in out)
    return Report(title, subtitle, language, kept, words)


_FRAME: dict[str, Message] = {
    "contents": say("Contents"),
    "table": say("As a table"),
    "page": say("Page"),
    "search": say("Search the evidence"),
    "all": say("Show all segments"),
    "skip": say("Skip to the content"),
    "note": say(
        "Figures, quotes and their bases come from the customers' own data and are filled in by the program; what is "
        "marked as advice is not. The segments were built from these columns, so they differ in them: this describes "
        "and does not prove."
    ),
    "more": say("continued"),
    "quotes": say("In their own words"),
    "sort": say("Sort by this column"),
    "left": say("There is more to say on this segment: it stands in the report as a page (HTML)."),
    "boxes": say("A box (□) stands for a letter that the font of this document does not have."),
}


def _verdict(telling: Telling) -> list[Piece]:
    card, tell = telling.study.scorecard, telling.tell
    if card is None:
        return [Paragraph(tell(say("These segments were not measured.")))]
    name, meaning = VERDICTS[card.verdict]
    found: list[Piece] = [Caveat(tell(meaning), "", TONE_OF[card.verdict], tell(name))]
    passed, doubt = tell(say("Passed")), tell(say("In doubt"))
    found += [
        Caveat(tell(c.finding), tell(c.advice), "good" if c.passed else "warning", passed if c.passed else doubt)
        for c in sorted(card.checks, key=lambda check: check.passed)
    ]
    rows = tuple(
        (tell(SCORES[s.name]) if s.name in SCORES else s.name, _number(s.value), f"{s.n:,}", tell(s.meaning))
        for s in card.scores
        if not s.segment and not s.name.startswith("reappearance_")
    )
    head = (tell(say("Score")), tell(say("Value")), tell(say("Customers")), tell(say("What it tells")))
    return [*found, Table(tell(say("Scores")), head, rows, (2.2, 0.8, 0.9, 4.5), frozenset({1, 2}))]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def _map(telling: Telling) -> Map | None:
    projection, clustering = telling.study.projection, telling.study.clustering
    if projection is None or clustering is None:
        return None
    points = np.asarray(projection.points, np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    # One scale for both axes, so that near stays near; finer than a thousandth nobody sees.
    placed = (points - (low + high) / 2) / (float((high - low).max()) or 1.0) + 0.5
    n, drawn = len(points), []
    for number in range(len(telling.segments)):
        rows = np.flatnonzero(clustering.labels == number)
        most = len(rows) if n <= MOST_POINTS else max(1, round(MOST_POINTS * len(rows) / n))
        rows = np.sort(np.random.default_rng([0, number]).permutation(rows)[:most])
        drawn.append(tuple((round(float(x), 3), round(1 - float(y), 3)) for x, y in placed[rows]))
    tell, shown = telling.tell, sum(map(len, drawn))
    note = say(
        "Each point is a customer; near each other are customers who are alike. The axes mean nothing. Of what is near "
        "in truth, {trust} is kept. Shown: {shown:,} of {n:,} customers.",
        trust=f"{projection.trustworthiness:.0%}",
        shown=shown,
        n=n,
    )
    total = max(1, telling.total)
    sizes = tuple(f"{s.size:,} ({s.size / total:.1%})" for s in telling.segments)
    names = tuple(telling.names[s.id] for s in telling.segments)
    ids = tuple(s.id for s in telling.segments)
    alt = tell(say("Map of customers, coloured by segment"))
    return Map(tell(say("The map")), ids, names, sizes, tuple(drawn), alt, tell(note), telling.places)


def _audit(telling: Telling) -> list[Piece]:
    audit, tell = telling.study.audit, telling.tell
    if audit is None or not audit.columns:
        return [Paragraph(tell(say("No column is marked as sensitive, so none was audited.")))]
    marks = {True: tell(say("Sensitive")), False: tell(say("Passed"))}
    found: list[Piece] = [
        Caveat(tell(one.finding), tell(one.advice), "warning" if one.flagged else "good", marks[one.flagged])
        for one in audit.columns
    ]
    rows = tuple(
        (one.column, telling.masked(leak.name, 80), f"{leak.v:.2f}") for one in audit.columns for leak in one.leaks[:5]
    )
    if rows:
        head = (tell(say("Sensitive column")), tell(say("Told by")), tell(say("Cramér's V")))
        found.append(Table(tell(say("What gives it away")), head, rows, (2, 3, 1), frozenset({2})))
    return [*found, *(Paragraph(tell(note.message), "quiet") for note in audit.notes)]


def _method(telling: Telling) -> list[Piece]:
    study, tell = telling.study, telling.tell
    plan = study.resolved
    steps = [
        (tell(say("Segments")), tell(Message(plan.choice("clustering").label))),
        (tell(say("Map")), tell(Message(plan.choice("projection").label))),
        (tell(say("Features")), f"{study.features.n_columns if study.features else 0:,}"),
        (tell(say("Customers")), f"{telling.total:,}"),
    ]
    clustering = study.clustering
    why = tuple((tell(reason), None) for reason in (clustering.reasons if clustering else ()))
    how = say("Customers who are alike over all features at once were put into one segment.")
    found: list[Piece] = [Paragraph(tell(how)), Stats(tuple(steps))]
    if why:
        found.append(Points(tell(say("Why these segments")), why))
    readings = tuple((tell(reading.reason), None) for reading in study.readings or ())
    if readings:
        found.append(Points(tell(say("How texts were read")), readings))
    caveats = (
        say("The segments describe the customers of this file; nobody else was asked."),
        say("That two things go together does not say that one makes the other."),
        say("The segments were built from these columns, so of course they differ in them: only checks tell more."),
        say("Intervals hold for one figure at a time; of twenty, one may miss."),
    )
    found.append(Points(tell(say("What to keep in mind")), tuple((tell(caveat), None) for caveat in caveats)))
    return found
