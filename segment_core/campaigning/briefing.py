"""Briefing: what those who send a campaign must know, on a page or two, without any dates."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import isfinite

from segment_core.artifacts import Campaign, Measure
from segment_core.campaigning.reach import Ready, address_column, reach_of, readiness
from segment_core.campaigns import detectable, detectable_mean
from segment_core.exporting.brief import Block
from segment_core.grounding import render
from segment_core.messages import Message, say
from segment_core.study import Study

Tell = Callable[[Message], str]

WAYS: dict[str, Message] = {
    "email": say("Email"),
    "sms": say("SMS"),
    "whatsapp": say("WhatsApp"),
    "phone": say("Phone"),
    "post": say("Post"),
    "": say("Another way"),
}

_CHANNELS: dict[str, Message] = {
    "email": say("Email"),
    "sms": say("SMS"),
    "push": say("Push message"),
    "social": say("Social post"),
    "ad": say("Search ad"),
    "landing": say("Landing page"),
}
_LINES: dict[str, Message] = {
    "subject": say("Email subject"),
    "preview": say("Email preview"),
    "text": say("SMS text"),
    "title": say("Push title"),
    "post": say("Post"),
    "headline": say("Landing headline"),
    "description": say("Ad description"),
    "subline": say("Subline"),
    "button": say("Button"),
    "body": say("Push text"),
    "ad headline": say("Ad headline"),
    "email body": say("Email body"),
}


def brief_of(
    study: Study, campaign: Campaign, *, sensitive: Sequence[str] = (), tell: Tell = str, language: str = "en"
) -> tuple[Block, ...]:
    """Return the brief of a campaign as blocks of plain text, in the language that `tell` speaks.

    `sensitive` names the columns that no message may speak of. Segments are described as the study knows them now;
    those that are gone, or are others now, have their name and their numbers only.
    """
    same = unchanged(study, campaign)
    here = [cell.segment for cell in campaign.cells if cell.segment in same]
    reached = reach_of(study.customers, campaign.channel, campaign.address)
    rows = readiness(study, here, channel=campaign.channel, reached=reached) if here else ()
    return (
        Block("title", tell(say("Campaign brief: {name}", name=campaign.name))),
        Block("heading", tell(say("Goal"))),
        Block("sentence", campaign.goal or tell(say("No goal was written."))),
        *_segments(study, campaign, tell, language),
        *_reach(study, campaign, rows, tell),
        *_hold_out(study, campaign, tell),
        *_messages(campaign, tell),
        *_unsaid(campaign, sensitive, tell),
        *_back(study, campaign, tell),
    )


@lru_cache(maxsize=256)  # some tenths of a second each, and a page asks again at every click
def detectable_of(
    n_treated: int,
    n_held: int,
    measure: Measure,
    baseline: float | None,
    spread: float | None,
    *,
    power: float,
    alpha: float,
) -> float | None:
    """Return the smallest rise that a test of this size would show; None where it cannot be known, or none would."""
    if measure == "rate":
        found = None if baseline is None else detectable(n_treated, n_held, baseline, power=power, alpha=alpha)
    else:
        found = None if spread is None else detectable_mean(n_treated, n_held, spread, power=power, alpha=alpha)
    return found if found is not None and isfinite(found) else None


def can_see(campaign: Campaign) -> Message:
    """Say what the whole test of a campaign can see."""
    n_treated, n_held = sizes(campaign)
    found = detectable_of(
        n_treated,
        n_held,
        campaign.measure,
        campaign.baseline,
        campaign.spread,
        power=campaign.power,
        alpha=campaign.alpha,
    )
    return seen(found, campaign.measure, campaign.baseline, campaign.power)


def seen(found: float | None, measure: Measure, baseline: float | None, power: float) -> Message:
    """Say in a sentence what a smallest detectable rise means."""
    if found is None:
        return say("What the test can see is not known: it needs what is expected without the campaign.")
    if measure == "rate" and baseline is not None:
        return say(
            "If the rate is {baseline} without the campaign, the test shows a rise to {rate} or more "
            "(+{rise} percentage points) in {power} of cases; a smaller one may go unseen.",
            baseline=f"{baseline:.1%}",
            rate=f"{baseline + found:.1%}",
            rise=f"{100 * found:.2f}",
            power=f"{power:.0%}",
        )
    return say(
        "The test shows a rise of the mean by {rise} or more in {power} of cases; a smaller one may go unseen.",
        rise=f"{found:,.2f}",
        power=f"{power:.0%}",
    )


def sizes(campaign: Campaign) -> tuple[int, int]:
    """Return how many customers are treated and held out in all."""
    return sum(len(cell.treated) for cell in campaign.cells), sum(len(cell.held) for cell in campaign.cells)


def unchanged(study: Study, campaign: Campaign) -> frozenset[str]:
    """Return the segments that still are what the campaign was made for: each of its customers is in them now.

    After other segments were found, S1 may well be somebody else. Who is not in the file any more counts for neither.
    """
    if study.clustering is None:
        return frozenset()
    now = dict(zip(study.customers.frame.index.astype(str), study.clustering.ids, strict=True))
    return frozenset(
        cell.segment
        for cell in campaign.cells
        if {now[id_] for id_ in (*cell.treated, *cell.held) if id_ in now} == {cell.segment}
    )


def _segments(study: Study, campaign: Campaign, tell: Tell, language: str) -> Iterator[Block]:
    yield Block("heading", tell(say("Who it is for")))
    lines = []
    for cell in campaign.cells:
        persona = study.personas.of(cell.segment) if study.personas else None
        told = ""
        if persona is not None and study.evidence is not None and persona.name == cell.name:
            told = render(persona.tagline.text, study.evidence, language)
        lines.append(f"{cell.name}: {told}" if told else cell.name)
    yield Block("list", lines=tuple(lines))


def _reach(study: Study, campaign: Campaign, rows: Sequence[Ready], tell: Tell) -> Iterator[Block]:
    yield Block("heading", tell(say("Who is reached")))
    by_segment = {row.segment: row for row in rows}
    named = [
        say("Segment"),
        say("Customers"),
        say("May be contacted"),
        say("Suppressed"),
        say("Treated"),
        say("Held out"),
    ]
    table = [tuple(map(tell, named))]
    for cell in campaign.cells:
        row = by_segment.get(cell.segment)
        known = (row.n, row.consented, row.suppressed) if row else ()
        counts = tuple(f"{n:,}" for n in known) or ("–",) * 3
        table.append((cell.name, *counts, f"{len(cell.treated):,}", f"{len(cell.held):,}"))
    yield Block("table", rows=tuple(table))
    yield Block("sentence", tell(say("Channel: {channel}.", channel=tell(WAYS.get(campaign.channel, WAYS[""])))))
    column = address_column(study.customers, campaign.channel, campaign.address)
    if column:
        yield Block("sentence", tell(say("Addresses are in the column “{column}”.", column=column)))
    for note in campaign.notes:
        yield Block("sentence", tell(note.message))


def _hold_out(study: Study, campaign: Campaign, tell: Tell) -> Iterator[Block]:
    n_treated, n_held = sizes(campaign)
    yield Block("heading", tell(say("Hold-out")))
    said = say(
        "{held} of {n} customers are held out, drawn by lot within each segment (seed {seed}). They get nothing of "
        "this campaign, through no channel: only so can its effect be told.",
        held=f"{n_held:,}",
        n=f"{n_treated + n_held:,}",
        seed=campaign.seed,
    )
    yield Block("sentence", tell(said))
    yield Block("sentence", tell(can_see(campaign)))


def _messages(campaign: Campaign, tell: Tell) -> Iterator[Block]:
    if campaign.contents is None:
        return
    names = {cell.segment: cell.name for cell in campaign.cells}
    yield Block("heading", tell(say("Messages")))
    for piece in campaign.contents.pieces:
        title = say(
            "{name}, {channel}, variant {n}",
            name=names.get(piece.segment, piece.segment),
            channel=tell(_CHANNELS[piece.channel]),
            n=piece.variant,
        )
        yield Block("small heading", tell(title))
        for name, claim in piece.lines.items():
            yield Block("sentence", _line(piece.channel, name, tell))
            yield Block("message", lines=tuple(claim.text.splitlines()))


def _line(channel: str, name: str, tell: Tell) -> str:
    """Name a line of a message, such as "subject" or "headline 2", in the language that `tell` speaks."""
    kind, _, number = name.partition(" ")
    said = _LINES.get(f"{channel} {kind}") or _LINES[kind]
    return f"{tell(said)} {number}".strip()


def _unsaid(campaign: Campaign, sensitive: Sequence[str], tell: Tell) -> Iterator[Block]:
    yield Block("heading", tell(say("What must not be said")))
    lines = [tell(say("Never say that somebody is in a segment, nor why."))]
    if sensitive:
        lines.append(tell(say("Nothing that names or hints at: {names}.", names=", ".join(sensitive))))
    if campaign.contents is not None:
        brief = campaign.contents.brief
        if brief.offer.strip():
            lines.append(tell(say("Promise nothing but this: {offer}", offer=" ".join(brief.offer.split()))))
        else:
            lines.append(tell(say("Promise no price, discount, date or guarantee: none was given.")))
        if brief.avoid.strip():
            lines.append(tell(say("Do not use these words: {words}", words=" ".join(brief.avoid.split()))))
    yield Block("list", lines=tuple(lines))


def _back(study: Study, campaign: Campaign, tell: Tell) -> Iterator[Block]:
    yield Block("heading", tell(say("How to send results back")))
    outcome = (
        say("an outcome for each: 1 or yes for who responded, 0 or no for who did not")
        if campaign.measure == "rate"
        else say("an amount for each, 0 for who spent nothing")
    )
    said = say(
        "As a CSV with two columns: the customer's id as in the file ({id}), and {outcome}. Everybody in the file "
        "counts, also who was held out and who did not open anything.",
        id=study.customers.id_name,
        outcome=tell(outcome),
    )
    yield Block("sentence", tell(said))
    if address_column(study.customers, campaign.channel, campaign.address):
        yield Block("sentence", tell(say("Who is held out has no address in the file.")))
