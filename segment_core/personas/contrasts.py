"""Contrasts: which segment lies nearest to which, and in what facts two of them differ."""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.personas.names import feature
from segment_core.phrasing.facts import segments_of, strength

Profile = Mapping[str, float]
_COMPARED = ("share", "median", "mean", "date", "term")


def tellings(evidence: Evidence, segment: str) -> tuple[EvidenceItem, ...]:
    """Return the facts and terms that set a segment apart from the rest: what a name can rest on."""
    return tuple(
        item
        for item in evidence.of(segment, *_COMPARED)
        if item.kind == "term"
        or (item.direction in ("over", "under") and (item.value is None or item.value != item.base))
    )


def contrasts(evidence: Evidence, segment: str, other: str) -> tuple[EvidenceItem, ...]:
    """Return the facts of a segment in which it differs from another one, the widest gap first.

    A fact that stands on both sheets in one direction is no contrast unless it is twice as strong here; one that does
    not stand on the other's sheet counts as being like the rest there.
    """
    there = profile(evidence, other)
    found = []
    for place, item in enumerate(tellings(evidence, segment)):
        gap = abs(_signed(item) - there.get(feature(item)[0], 0.0))
        if gap >= strength(item) / 2 > 0:
            found.append((-gap, place, item))
    return tuple(item for _, _, item in sorted(found, key=lambda one: one[:2]))


def profile(evidence: Evidence, segment: str) -> Profile:
    """Return how strongly each feature of a segment lies above (or, negative, below) the rest."""
    found: dict[str, float] = {}
    for item in tellings(evidence, segment):
        found.setdefault(feature(item)[0], _signed(item))
    return found


def nearest(evidence: Evidence, segment: str) -> str | None:
    """Return the other segment whose profile is most like this one's; None where there is no other."""
    own = profile(evidence, segment)
    others = [other for other in segments_of(evidence) if other != segment]
    return min(others, key=lambda other: _apart(own, profile(evidence, other)), default=None)


def neighbourhoods(evidence: Evidence, most: int) -> tuple[tuple[str, ...], ...]:
    """Cut the segments into groups of at most `most` neighbours, as even as can be; the order of the sheet within each.

    Each group begins with the segment farthest from what is left, and takes in those nearest to it one by one.
    """
    order = segments_of(evidence)
    profiles = {segment: profile(evidence, segment) for segment in order}
    left, n_groups = list(order), max(ceil(len(order) / most), 1)
    found: list[tuple[str, ...]] = []
    while left:
        size = ceil(len(left) / (n_groups - len(found)))
        middle = _mean([profiles[segment] for segment in left])
        group = [max(left, key=lambda one: _apart(profiles[one], middle))] if size < len(left) else list(left)
        while len(group) < size:
            centre = _mean([profiles[segment] for segment in group])
            rest = [segment for segment in left if segment not in group]
            group.append(min(rest, key=lambda one: _apart(profiles[one], centre)))
        left = [segment for segment in left if segment not in group]
        found.append(tuple(segment for segment in order if segment in group))
    return tuple(found)


def _signed(item: EvidenceItem) -> float:
    return -strength(item) if item.direction == "under" else strength(item)


def _apart(one: Profile, other: Profile) -> float:
    return sqrt(sum((one.get(name, 0.0) - other.get(name, 0.0)) ** 2 for name in sorted({*one, *other})))


def _mean(profiles: Sequence[Profile]) -> Profile:
    names = sorted({name for one in profiles for name in one})
    return {name: sum(one.get(name, 0.0) for one in profiles) / len(profiles) for name in names}
