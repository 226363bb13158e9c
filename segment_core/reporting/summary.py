"""Summary: page one: how many segments, how far to trust them, who they are, and how large."""

from segment_core.messages import say
from segment_core.reporting.pieces import Bar, Bars, Caveat, Paragraph, Piece, Points, Table, Tone, colour
from segment_core.reporting.profiling import in_short, worth
from segment_core.reporting.telling import Telling
from segment_core.reporting.words import VERDICTS

TONE_OF: dict[str, Tone] = {"solid": "good", "soft": "warning", "artefact": "warning", "nothing-there": "bad"}


def summary(telling: Telling) -> list[Piece]:
    """Say what a reader must know who reads no further."""
    tell, study = telling.tell, telling.study
    verdict = study.scorecard.verdict if study.scorecard else ""
    found: list[Piece] = []
    if verdict == "nothing-there":
        answer = say("No segments to plan on were found among {n:,} customers.", n=telling.total)
    else:
        answer = say("{n:,} customers fall into {k} segments.", n=telling.total, k=len(telling.segments))
    found.append(Paragraph(tell(answer), "lead"))
    if verdict:
        name, meaning = VERDICTS[verdict]
        found.append(Caveat(tell(meaning), "", TONE_OF[verdict], tell(name)))
    found += [_points(telling), _glance(telling), _sizes(telling)]
    if telling.foreign:
        note = say("Some sentences on the segments stand in the language that they were written in.")
        found.append(Paragraph(tell(note), "quiet"))
    return found


def _points(telling: Telling) -> Points:
    tell, study, total = telling.tell, telling.study, max(1, telling.total)
    largest = max(telling.segments, key=lambda segment: segment.size)
    points = [
        say("The largest is “{name}” with {share} of all customers.", name=telling.names[largest.id],
            share=telling.share(largest.size / total)),
    ]  # fmt: skip
    rich = [(money.value - (money.base or 0), segment, money) for segment in telling.segments
            if (money := worth(telling, segment.id)) and money.value is not None]  # fmt: skip
    if rich:
        _, segment, money = max(rich, key=lambda one: one[0])
        points.append(
            say(
                "“{name}” holds {value} of all {column}, with {base} of the customers.",
                name=telling.names[segment.id],
                value=telling.share(money.value or 0.0),
                column=telling.masked(money.label, 60),
                base=telling.share(money.base or 0.0),
            )
        )
    flagged = study.audit.flagged if study.audit else ()
    if flagged:
        columns = ", ".join(column.column for column in flagged)
        points.append(say("The segments follow what is sensitive: {columns}. Read the warnings.", columns=columns))
    return Points("", tuple((tell(point), None) for point in points))


def _glance(telling: Telling) -> Table:
    """Return a row a segment: who they are in one sentence."""
    tell, total = telling.tell, max(1, telling.total)
    head = tuple(map(tell, (say("Segment"), say("Name"), say("Customers"), say("Share"), say("Who they are"))))
    rows = tuple(
        (s.id, telling.names[s.id], f"{s.size:,}", telling.share(s.size / total), in_short(telling, s.id))
        for s in telling.segments
    )
    return Table(tell(say("The segments at a glance")), head, rows, (1, 2.6, 1.1, 0.8, 5), frozenset({2, 3}))


def _sizes(telling: Telling) -> Bars:
    tell, total = telling.tell, max(1, telling.total)
    bars = tuple(
        Bar(
            telling.names[s.id],
            s.size,
            f"{s.size:,} ({telling.share(s.size / total)})",
            colour(telling.places[number]),
            f"{s.size:,}",
        )
        for number, s in enumerate(telling.segments)
    )
    head = (tell(say("Segment")), tell(say("Name")), tell(say("Customers")), tell(say("Share")))
    rows = tuple((s.id, telling.names[s.id], f"{s.size:,}", telling.share(s.size / total)) for s in telling.segments)
    title = tell(say("Customers by segment"))
    return Bars(title, bars, Table(title, head, rows, (0.7, 4, 1, 1), frozenset({2, 3})))
