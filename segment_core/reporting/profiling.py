"""Profiling: each segment as one page: who it is, what it is worth, what sets it apart and what is said of it."""

from segment_core.artifacts import CREATIVE, SECTIONS, Claim, EvidenceItem, Persona
from segment_core.exporting.booklet import TITLES
from segment_core.grounding import render
from segment_core.messages import say
from segment_core.phrasing.wording import clean
from segment_core.privacy import mask
from segment_core.reporting.pieces import GREY, Bar, Bars, Caveat, Points, Profile, Quote, Stats, Table, colour
from segment_core.reporting.telling import Telling

MOST_DRIVERS, MOST_QUOTES = 6, 2


def profile(telling: Telling, number: int) -> Profile:
    """Tell of one segment, by its number in order."""
    study, segment = telling.study, telling.segments[number]
    persona = telling.personas.of(segment.id) if telling.personas else None
    found = _drivers(telling, segment.id)
    drivers = _bars(telling, found, number) if found else None
    parts = _parts(telling, persona) if persona else ()
    used = {claim.quote for claim in persona.claims if claim.quote} if persona else set()
    quotes = [item for item in telling.quotes(segment.id) if item.id not in used and not item.boundary]
    return Profile(
        id=segment.id,
        name=telling.names[segment.id],
        number=telling.places[number],
        stats=_stats(telling, segment.id, segment.size),
        lead=_sentence(telling, persona.tagline) if persona and telling.sayable(persona.tagline) else "",
        drivers=drivers,
        table=drivers.twin if drivers else None,
        parts=parts,
        quotes=tuple(telling.quote(item) for item in quotes[:MOST_QUOTES]),
        caveats=_caveats(telling, segment.id),
        sources=telling.tell(
            say(
                "Sources: {source}; evidence {items}.",
                source=study.source or "–",
                items=", ".join(item.id for item in found) or "–",
            )
        ),
    )


def in_short(telling: Telling, segment: str) -> str:
    """Say who a segment is in one sentence; without a persona, by the two facts that set it apart most."""
    persona = telling.personas.of(segment) if telling.personas else None
    if persona and persona.tagline.text and telling.sayable(persona.tagline):
        return _sentence(telling, persona.tagline)
    return "; ".join(telling.said(item) for item in _strongest(telling, segment)[:2]) or "–"


def worth(telling: Telling, segment: str) -> EvidenceItem | None:
    """Return what a segment holds of the column of money in which it differs most from its share of customers."""
    found = [item for item in telling.evidence.of(segment, "worth") if item.value is not None]
    return max(found, key=lambda item: abs((item.value or 0.0) - (item.base or 0.0)), default=None)


def _stats(telling: Telling, segment: str, size: int) -> Stats:
    items = [
        (telling.tell(say("Segment")), segment),
        (telling.tell(say("Customers")), f"{size:,}"),
        (telling.tell(say("Of all customers")), telling.share(size / max(1, telling.total))),
    ]
    money = worth(telling, segment)
    if money is not None and money.value is not None:
        items.append(
            (telling.tell(say("Of all {column}", column=telling.masked(money.label, 40))), f"{money.value:.1%}")
        )
    card = telling.study.scorecard
    stability = card.value("stability", segment) if card else None
    if stability is not None:
        items.append((telling.tell(say("Comes back")), f"{stability:.0%}"))
    return Stats(tuple(items))


def _drivers(telling: Telling, segment: str) -> list[EvidenceItem]:
    """Return a segment's strongest facts, from the most to the least."""
    return sorted(_strongest(telling, segment)[:MOST_DRIVERS], key=lambda item: -item.effect)


def _strongest(telling: Telling, segment: str) -> list[EvidenceItem]:
    """Return what sets a segment apart, strongest first, but one fact a column before the others."""
    kinds = ("share", "median", "mean", "date")
    found = [i for i in telling.evidence.of(segment, *kinds) if i.direction in ("over", "under") and i.effect]
    found.sort(key=lambda item: (-abs(item.effect), item.id))
    first = [item for place, item in enumerate(found) if item.column not in {one.column for one in found[:place]}]
    rest = [item for item in found if item not in first]
    return [*first, *rest]


def _bars(telling: Telling, items: list[EvidenceItem], number: int) -> Bars:
    bars, rows = [], []
    for item in items:
        value, base, interval = telling.numbers(item)
        label = telling.label(item)
        tint = colour(telling.places[number]) if item.effect > 0 else GREY
        said = telling.tell(
            say(
                "{value} ({interval}), all customers {base}, n = {n:,}",
                value=value,
                interval=interval,
                base=base,
                n=item.n,
            )
        )
        short = telling.tell(say("{value} (all customers {base})", value=value, base=base))
        bars.append(Bar(label, item.effect, said, tint, short, item.effect_low, item.effect_high))
        rows.append((label, value, base, interval, f"{item.n:,}"))
    head = (
        telling.tell(say("What sets them apart")),
        telling.tell(say("Here")),
        telling.tell(say("All customers")),
        telling.tell(say("95 % interval")),
        telling.tell(say("Customers behind it")),
    )
    title = telling.tell(say("What sets them apart"))
    twin = Table(title, head, tuple(rows), (3.2, 1.2, 1.2, 1.8, 1.1), frozenset({1, 2, 3, 4}))
    note = say(
        "To the right: more than other customers; to the left: less. A bar's length is the effect (Cliff's delta or "
        "Cohen's h), the line its 95 % interval."
    )
    return Bars(title, tuple(bars), twin, signed=True, note=telling.tell(note))


def _parts(telling: Telling, persona: Persona) -> tuple[Points, ...]:
    found = []
    for section in SECTIONS:
        claims = [claim for claim in persona.section(section) if telling.sayable(claim)]
        points = tuple((_sentence(telling, claim), _quoted(telling, claim)) for claim in claims)
        note = telling.tell(say("advice, not data")) if section in CREATIVE else ""
        if points:
            found.append(Points(telling.tell(TITLES[section]), points, note))
    return tuple(found)


def _sentence(telling: Telling, claim: Claim) -> str:
    said = clean(mask(render(claim.text, telling.evidence, telling.spoken(claim)))[0], 1200)
    return f"{said} ({telling.tell(say('edited by hand'))})" if claim.author == "analyst" else said


def _quoted(telling: Telling, claim: Claim) -> Quote | None:
    item = telling.evidence.item(claim.quote) if claim.quote else None
    return telling.quote(item) if item else None


def _caveats(telling: Telling, segment: str) -> tuple[Caveat, ...]:
    study, found = telling.study, []
    mark = telling.tell(say("Sensitive"))
    for column in study.audit.flagged if study.audit else ():
        here = column.of(segment)
        if here:
            said = "; ".join(telling.said(item) for item in here)
            advice = telling.tell(say("This segment follows a sensitive column: do not decide on people by it."))
            found.append(Caveat(said, advice, "warning", mark))
    return tuple(found)
