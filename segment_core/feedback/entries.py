"""Entries: which entries of the ledger count, now that some were taken back and some said again."""

from collections.abc import Sequence

from segment_core.artifacts import Edit

SHAPING = frozenset({"move", "merge", "split", "delete", "together", "apart"})
"""Edits that decide who is in which segment; the others are done at once, without making anything anew."""
VERDICTS = ("good", "unsure", "bad")
"""What a verdict can be."""


def counting(edits: Sequence[Edit]) -> tuple[tuple[int, Edit], ...]:
    """Return the edits that count, each with its place in the ledger, in the order in which they were said.

    An "undo" takes back the latest that counts; a "redo" says again what the latest undo took back, for as long as
    nothing else was said since. One that finds nothing changes nothing.

    Examples
    --------
    >>> said = [Edit(what, (), "", "", "") for what in ("merge", "split", "undo", "redo", "undo")]
    >>> [place for place, _ in counting(said)]
    [0]
    """
    return tuple((place, edits[place]) for place in _folded(edits)[0])


def shaping(edits: Sequence[Edit]) -> tuple[tuple[int, Edit], ...]:
    """Return the edits that count and decide who is in which segment, each with its place in the ledger."""
    return tuple((place, edit) for place, edit in counting(edits) if edit.what in SHAPING)


def to_undo(edits: Sequence[Edit]) -> tuple[int, ...]:
    """Return the places of the edits to take back next, the latest first: one, or all that were said in one go."""
    return _in_one_go(edits, _folded(edits)[0])


def to_redo(edits: Sequence[Edit]) -> tuple[int, ...]:
    """Return the places of the edits to say again next, the first to be said first: those taken back in one go."""
    return _in_one_go(edits, _folded(edits)[1])


def waiting(edits: Sequence[Edit], n_replayed: int) -> tuple[int, ...]:
    """Return the places of edits that segments lack, or have though they were taken back since.

    `n_replayed` is how many entries the ledger had when the segments were made.
    """
    now = [place for place, _ in shaping(edits)]
    then = [place for place, _ in shaping(edits[:n_replayed])]
    return tuple(sorted(set(now) ^ set(then)))


def _in_one_go(edits: Sequence[Edit], places: Sequence[int]) -> tuple[int, ...]:
    """Return the last of these places with those before it that came of the same: a cut in parts, a receipt kept."""
    found: list[int] = []
    for place in reversed(places):
        edit, last = edits[place], edits[places[-1]]
        alike = bool(edit.value) and (edit.value, edit.run) == (last.value, last.run)
        if found and not (alike and {edit.what, last.what} <= SHAPING):
            break
        found.append(place)
    return tuple(found)


def _folded(edits: Sequence[Edit]) -> tuple[list[int], list[int]]:
    done: list[int] = []
    undone: list[int] = []
    for place, edit in enumerate(edits):
        if edit.what == "undo":
            if done:
                undone.append(done.pop())
        elif edit.what == "redo":
            if undone:
                done.append(undone.pop())
        else:
            done.append(place)
            undone.clear()
    return done, undone
