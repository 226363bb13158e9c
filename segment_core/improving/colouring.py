"""Colouring: which colour of the palette a segment has: the one it had, unless the analyst gave it another."""

from collections.abc import Mapping
from dataclasses import replace

from segment_core.feedback import counting, known
from segment_core.naming.matching import matched
from segment_core.study import Study

PLACES = 10
"""Colours of the palette; a place beyond them is a colour again, with another shape."""


def places(study: Study) -> tuple[int, ...]:
    """Return the place in the palette of each segment, in their order; no two share one.

    Whoever is given a colour that another segment has takes it, and the other one gets theirs.
    """
    if study.clustering is None:
        return ()
    found = list(range(study.clustering.n_segments))
    if len(study.colours) == len(found):
        found = list(study.colours)
    for _, edit in counting(study.edits):
        if edit.what != "recolour":
            continue
        number = known(edit, edit.segment, study.customers.frame.index, study.clustering.labels, alike=True)
        if number is None:
            continue
        place = int(edit.value)
        if place in found:
            found[found.index(place)] = found[number]
        found[number] = place
    return tuple(found)


def carried(study: Study, before: Study, pairs: Mapping[str, str]) -> tuple[int, ...]:
    """Return places for the segments of a new run: one that is in `pairs` keeps that of the segment it was before."""
    if study.clustering is None or before.clustering is None:
        return ()
    old = {segment.id: number for number, segment in enumerate(before.clustering.segments)}
    kept = before.colours if len(before.colours) == len(old) else tuple(range(len(old)))
    ids = [segment.id for segment in study.clustering.segments]
    found = {id_: kept[old[pairs[id_]]] for id_ in ids if id_ in pairs}
    free = (place for place in range(len(ids) + len(kept)) if place not in set(found.values()))
    chosen = tuple(found[id_] if id_ in found else next(free) for id_ in ids)
    return () if chosen == tuple(range(len(ids))) else chosen


def of_found(study: Study) -> tuple[int, ...]:
    """Return the place of each segment as the algorithm found it: that of the segment it is now, if it is one."""
    if study.found is None:
        return places(study)
    bare = study.having(clustering=study.found, found=None)
    return carried(bare, replace(study, colours=places(study)), matched(study, bare)) or tuple(
        range(study.found.n_segments)
    )
