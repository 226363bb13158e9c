"""Cautions: what one must know before believing the results of a campaign."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import isfinite, isnan
from typing import TYPE_CHECKING

from segment_core.artifacts import Campaign, Measure, Note, Uplift
from segment_core.campaigns.intervals import leaves_zero_out
from segment_core.campaigns.matching import nearly
from segment_core.campaigns.sizing import MOST_CUSTOMERS, customers_for, customers_for_mean
from segment_core.messages import Message, say

if TYPE_CHECKING:
    from segment_core.campaigns.uplift import Compared

MANY_LOOKS = 2
UNEQUALLY_LOST = 0.05
MOST_LOST = 0.05
MOST_NAMED = 3
_SHOWN = 60


def fits(measure: Measure, value: float) -> bool:
    """Tell whether a value is one of the measure."""
    return value in (0.0, 1.0) if measure == "rate" else isfinite(value)


def of_outcomes(campaign: Campaign, outcomes: Mapping[str, float], missing: str) -> Iterator[Note]:
    """Tell which outcomes are of nobody, of no kind, or not there."""
    treated = [one for cell in campaign.cells for one in cell.treated]
    held = [one for cell in campaign.cells for one in cell.held]
    everybody = {*treated, *held}
    if unknown := sum(one not in everybody for one in outcomes):
        yield _warning(
            "readout_unknown",
            say("{n} ids of the results are not of this campaign; they count for nothing.", n=unknown),
            unknown,
        )
        if found := nearly(everybody, outcomes):
            message = say(
                "{n} of these ids would be customers of this campaign if they were written as in its file, such as "
                "“{ours}” for “{theirs}”. Give the ids as text, and read the results again.",
                n=found.n,
                ours=found.ours[:_SHOWN],
                theirs=found.theirs[:_SHOWN],
            )
            yield _warning("readout_nearly", message, found.n)
    # What is NaN could not be read, which was told when it was read.
    odd = sum(
        one in everybody and not isnan(value) and not fits(campaign.measure, value) for one, value in outcomes.items()
    )
    if odd and campaign.measure == "rate":
        yield _warning(
            "readout_odd", say("{n} results are neither yes nor no; these customers are left out.", n=odd), odd
        )
    elif odd:
        yield _warning("readout_odd", say("{n} results are no number; these customers are left out.", n=odd), odd)
    lost = [sum(one not in outcomes for one in group) for group in (treated, held)]
    if any(lost):
        yield from _of_missing(campaign, outcomes, missing, lost, (len(treated), len(held)))


def lists_one_group(campaign: Campaign, outcomes: Mapping[str, float]) -> bool:
    """Tell whether a file that lists those who did nothing, too, has nobody of one group: who is not in it is unknown.

    A file of responders only says of everybody else that they did not respond; this one does not.
    """
    groups = [{one for cell in campaign.cells for one in cell.treated}, {o for c in campaign.cells for o in c.held}]
    found = [sum(one in outcomes for one in group) for group in groups]
    return any(found) and not all(found) and _lists_everybody(groups[0] | groups[1], outcomes)


def _lists_everybody(group: Collection[str], outcomes: Mapping[str, float]) -> bool:
    return any(outcomes.get(one) == 0 for one in group)


def _of_missing(
    campaign: Campaign, outcomes: Mapping[str, float], missing: str, lost: Sequence[int], sizes: Sequence[int]
) -> Iterator[Note]:
    n = sum(lost)
    if 0 < n < sum(sizes):
        yield from _of_one_group(lost, sizes)
    if missing == "zero":
        template = say("{n} customers have no result; they count as not having responded.", n=n)
        if campaign.measure == "mean":
            template = say("{n} customers have no result; they count with an amount of 0.", n=n)
        yield Note("readout_missing", template, n)
        if _lists_everybody({one for cell in campaign.cells for one in (*cell.treated, *cell.held)}, outcomes):
            yield from _of_unequal(lost, sizes)
        return
    yield Note("readout_missing", say("{n} customers have no result and are left out.", n=n), n)
    if campaign.measure == "rate" and all(value == 1 for value in outcomes.values()):
        yield _warning(
            "readout_responders",
            say(
                "Every result is a yes, so the file seems to list only those who responded; count customers without "
                "a result as not having responded."
            ),
            n,
        )
    yield from _of_unequal(lost, sizes)


def _of_one_group(lost: Sequence[int], sizes: Sequence[int]) -> Iterator[Note]:
    names = (
        say(
            "None of the {n} treated customers is in the results. Where they list only those held out, nothing can be "
            "told: bring everybody of the campaign.",
            n=sizes[0],
        ),
        say(
            "None of the {n} held-out customers is in the results. Where they list only those who got the messages, "
            "nothing can be told: bring everybody of the campaign.",
            n=sizes[1],
        ),
    )
    for message, part, size in zip(names, lost, sizes, strict=True):
        if size and part == size:
            yield _warning("readout_one_group", message, size)


def _of_unequal(lost: Sequence[int], sizes: Sequence[int]) -> Iterator[Note]:
    shares = [part / size if size else 0.0 for part, size in zip(lost, sizes, strict=True)]
    if abs(shares[0] - shares[1]) > UNEQUALLY_LOST:
        yield _warning(
            "readout_unequal",
            say(
                "Results are missing for {treated} of the treated and {held} of the held-out; groups that lost "
                "customers unequally may not be alike any more.",
                treated=f"{shares[0]:.0%}",
                held=f"{shares[1]:.0%}",
            ),
            sum(lost),
        )


def of_contact(campaign: Campaign, reached: Collection[str] | None) -> Iterator[Note]:
    """Tell who was in the wrong group, on paper or in fact."""
    treated = Counter(one for cell in campaign.cells for one in cell.treated)
    held = Counter(one for cell in campaign.cells for one in cell.held)
    if both := len(treated.keys() & held.keys()):
        yield _warning(
            "readout_both",
            say("{n} customers are both held out and not, in different segments; they count in both.", n=both),
            both,
        )
    if reached is None:
        return
    got = set(reached)
    if contaminated := len(held.keys() & got):
        yield _warning(
            "readout_contaminated",
            say(
                "{n} of {total} held-out customers got the messages. They still count as held out, so the true effect "
                "is likely to be larger than shown.",
                n=contaminated,
                total=len(held),
            ),
            contaminated,
        )
    left = len(treated.keys() - got)
    if left > MOST_LOST * len(treated):
        yield _warning(
            "readout_not_reached",
            say(
                "{n} of {total} treated customers did not get the messages. They still count as treated: this is the "
                "effect of deciding to send, not of receiving.",
                n=left,
                total=len(treated),
            ),
            left,
        )


def of_groups(cells: Sequence["Compared"]) -> Iterator[Note]:
    """Tell which segments have nobody to compare with; many in one sentence."""
    unusable = sum(not cell.usable for cell in cells)
    if unusable > MOST_NAMED:
        message = say(
            "In {n} of {total} segments nothing can be compared: too few of a group have a result there.",
            n=unusable,
            total=len(cells),
        )
        yield _warning("readout_no_groups", message, unusable)
        return
    for cell in cells:
        if cell.usable:
            continue
        name = cell.cell.name
        if not len(cell.own):
            message = say("No treated customer of “{segment}” has a result: nothing to compare.", segment=name)
        elif not len(cell.other):
            message = say(
                "Nobody of “{segment}” is held out with a result: what came of it cannot be told.", segment=name
            )
        else:
            message = say("One customer in a group of “{segment}” is too few to know how amounts vary.", segment=name)
        yield _warning("readout_no_groups", message)


def of_tests(
    campaign: Campaign, uplifts: Sequence[Uplift], cells: Sequence["Compared"], spread: float
) -> Iterator[Note]:
    """Tell where the test cannot tell, and how many of those that can would by chance."""
    over_all, own = uplifts[0], uplifts[1:]
    if not over_all.tells:
        yield _warning("readout_cannot_tell", _cannot_tell(campaign, over_all, spread))
    silent = [one for one in own if not one.tells and isfinite(one.low)]
    if silent and len(own) > 1:
        yield Note(
            "readout_silent_segments",
            say(
                "In {n} of {total} segments taken alone, the test cannot tell an effect from chance.",
                n=len(silent),
                total=len(own),
            ),
            len(silent),
        )
    looked = [cell for cell in cells if cell.usable]
    if len(looked) >= MANY_LOOKS and any(one.tells for one in own):
        yield _many(campaign, looked)


def _cannot_tell(campaign: Campaign, found: Uplift, spread: float) -> Message:
    if isnan(found.difference) or isnan(found.low):
        return say("The test cannot tell: there is no treated and held-out group with results to compare.")
    if found.difference == 0:
        return say("The test cannot tell: treated and held-out customers did exactly alike.")
    share = found.n_held / (found.n_held + found.n_treated)
    how = {"power": campaign.power, "alpha": campaign.alpha}
    needed = (
        customers_for(share, found.held, found.difference, **how)
        if campaign.measure == "rate"
        else customers_for_mean(share, spread, found.difference, **how)
    )
    if needed is None:
        return say(
            "The test cannot tell an effect from chance: 0 lies within the interval. To show a difference as small as "
            "this one would take more than {n} customers.",
            n=f"{MOST_CUSTOMERS:,}",
        )
    return say(
        "The test cannot tell an effect from chance: 0 lies within the interval. That is no proof of no effect. If the "
        "difference is truly as large as here, about {n} customers with the same share held out would show it; there "
        "were {had}.",
        n=f"{needed:,}",
        had=f"{found.n_held + found.n_treated:,}",
    )


def _many(campaign: Campaign, cells: Sequence["Compared"]) -> Note:
    """Hold the segments to Holm's (1979) bounds: the one least likely by chance to alpha by their number, and so on."""
    sure: list[Compared] = []
    left = sorted(cells, key=_chance)
    while left and leaves_zero_out(left[0].limits(campaign.alpha / len(left))):
        sure.append(left.pop(0))
    values: dict[str, str | int] = {
        "n": len(cells),
        "chance": f"{1 - (1 - campaign.alpha) ** len(cells):.0%}",
        "alone": sum(leaves_zero_out(cell.limits(campaign.alpha)) for cell in cells),
    }
    if not sure:
        return _warning(
            "readout_many",
            say(
                "{n} segments were looked at, one of which would seem to show something by chance alone with a "
                "probability of {chance}. {alone} do taken alone; held to a bound for all of them together (Holm), "
                "none does.",
                **values,
            ),
        )
    return Note(
        "readout_many",
        say(
            "{n} segments were looked at, one of which would seem to show something by chance alone with a probability "
            "of {chance}. {alone} do taken alone; held to a bound for all of them together (Holm), these still do: "
            "{names}.",
            names=", ".join(f"“{cell.cell.name}”" for cell in sure),
            **values,
        ),
    )


def _chance(cell: "Compared") -> float:
    """Return the level at which a segment's interval just reaches zero, by halving on a logarithmic scale."""
    low, high = -30.0, 0.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if leaves_zero_out(cell.limits(10**middle)) else (middle, high)
    return high


def _warning(code: str, message: Message, count: int = 0) -> Note:
    return Note(code, message, count, "warning")
