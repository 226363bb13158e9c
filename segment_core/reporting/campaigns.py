"""Campaigns: what was planned on the segments, whom it reaches, who is held out, and what it brought."""

from math import isfinite

from segment_core.artifacts import Campaign, Cell, Uplift
from segment_core.campaigning.briefing import WAYS, can_see, sizes, unchanged
from segment_core.messages import Message, say
from segment_core.reporting.pieces import Caveat, Paragraph, Piece, Section, Table
from segment_core.reporting.telling import Telling

MOST = 12


def campaigns(telling: Telling) -> Section:
    """Tell of each campaign that is kept, the latest first. Messages stand in its brief, and customers nowhere."""
    kept, found = telling.study.campaigns[::-1], []
    for campaign in kept[:MOST]:
        found += _campaign(telling, campaign)
    if len(kept) > MOST:
        found.append(
            Paragraph(telling.tell(say("{n} earlier campaigns are not told of.", n=len(kept) - MOST)), "quiet")
        )
    return Section("campaigns", telling.tell(say("Campaigns")), tuple(found))


def _campaign(telling: Telling, campaign: Campaign) -> list[Piece]:
    tell, (n_treated, n_held) = telling.tell, sizes(campaign)
    how = say(
        "{channel}: {treated} customers treated, {held} held out by lot to compare with (seed {seed}).",
        channel=tell(WAYS.get(campaign.channel, WAYS[""])),
        treated=f"{n_treated:,}",
        held=f"{n_held:,}",
        seed=campaign.seed,
    )
    found: list[Piece] = [_table(telling, campaign), Paragraph(tell(how))]
    if campaign.goal.strip():
        found.append(Paragraph(tell(say("Goal: {goal}", goal=telling.masked(campaign.goal)))))
    readout = campaign.readout
    if readout is None:
        return [*found, Paragraph(tell(say("No results yet."))), Paragraph(tell(can_see(campaign)), "quiet")]
    mark = tell(say("Warning"))
    found += [Caveat(tell(n.message), "", "warning", mark) for n in readout.notes if n.level == "warning"]
    note = say(
        "Uplift is treated less held out, with the interval of {level}; where it holds zero, the test cannot tell.",
        level=f"{1 - campaign.alpha:.0%}",
    )
    return [*found, Paragraph(tell(note), "quiet")]


def _table(telling: Telling, campaign: Campaign) -> Table:
    tell, readout = telling.tell, campaign.readout
    head = [say("Segment"), say("Customers"), say("Can be reached"), say("Treated"), say("Held out")]
    widths, numeric = [3.4, 1.1, 1.0, 1.0, 1.0], frozenset({1, 2, 3, 4})
    came: dict[str, tuple[str, ...]] = {}
    if readout is not None:
        head += [say("Result, treated"), say("Result, held out"), say("Uplift")]
        widths += [1.1, 1.1, 2.6]
        came = {one.segment: _came(telling, one, campaign) for one in readout.uplifts}
    none = ("–",) * (len(head) - 5)
    same = unchanged(telling.study, campaign)
    now = {segment.id: segment.size for segment in telling.segments if segment.id in same}
    rows = [(*_cell(telling, cell, now), *came.get(cell.segment, none)) for cell in campaign.cells]
    if len(campaign.cells) > 1:
        n_treated, n_held = sizes(campaign)
        known = f"{sum(now.values()):,}" if len(now) == len(campaign.cells) else "–"
        counts = (known, *(f"{n:,}" for n in (n_treated + n_held, n_treated, n_held)))
        rows.append((tell(say("All segments")), *counts, *came.get("", none)))
    title = telling.masked(campaign.name, 120)
    return Table(title, tuple(map(tell, head)), tuple(rows), tuple(widths), numeric | ({5, 6} if none else set()))


def _cell(telling: Telling, cell: Cell, now: dict[str, int]) -> tuple[str, ...]:
    counts = (len(cell.treated) + len(cell.held), len(cell.treated), len(cell.held))
    size = f"{now[cell.segment]:,}" if cell.segment in now else "–"
    # A segment that is still the same is called as everywhere else in the report, whatever it was called then.
    name = telling.names[cell.segment] if cell.segment in now else telling.masked(cell.name, 120)
    return (name, size, *(f"{n:,}" for n in counts))


def _came(telling: Telling, one: Uplift, campaign: Campaign) -> tuple[str, str, str]:
    rate = campaign.measure == "rate"
    each = [
        "–" if not isfinite(value) else f"{value:.1%}" if rate else f"{value:,.2f}" for value in (one.treated, one.held)
    ]
    return (each[0], each[1], telling.tell(_uplift(one, rate=rate)))


def _uplift(one: Uplift, *, rate: bool) -> Message:
    ends = (one.difference, one.low, one.high)
    if not all(map(isfinite, ends)):
        return say("too few to compare")
    middle, low, high = (f"{100 * end:+.1f}" if rate else f"{end:+,.2f}" for end in ends)
    if rate and one.tells:
        return say("{uplift} points ({low} to {high})", uplift=middle, low=low, high=high)
    if rate:
        return say("{uplift} points ({low} to {high}): cannot tell", uplift=middle, low=low, high=high)
    if one.tells:
        return say("{uplift} ({low} to {high})", uplift=middle, low=low, high=high)
    return say("{uplift} ({low} to {high}): cannot tell", uplift=middle, low=low, high=high)
