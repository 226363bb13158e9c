"""Noting: what cannot be told of new customers, and how far they may be trusted to be where they were put."""

import math
from collections.abc import Iterator, Sequence

from segment_core.artifacts import Customers, Note, Scored, Scorer
from segment_core.features.categories import levels_of
from segment_core.messages import say

MOST_NAMED = 5


def noted(
    scorer: Scorer, customers: Customers, missing: Sequence[str], known: frozenset[str], found: Scored
) -> tuple[Note, ...]:
    """Say which columns are missing, which levels new, which blocks unknown, and how many customers are unlike anybody.

    `missing` are columns of the scorer that the file lacks, `known` the held blocks that were made all the same.
    """
    notes = [
        Note(
            "missing",
            say(
                "The column {name} is not in the file; every customer counts as one of whom it is not known.", name=one
            ),
            1,
            "warning",
        )
        for one in missing
    ]
    notes += _unseen(scorer, customers)
    for block in scorer.transform.held:
        if block.name not in known:
            message = say(
                "The block {name}, {share:.0%} of what decides, cannot be made of new customers' columns; all of "
                "them stand at its centre.",
                name=block.name,
                share=block.weight,
            )
            notes.append(Note("held", message, 1, "warning"))
    notes += _nobody(scorer, customers)
    notes += [] if missing else _agreement(scorer, known)
    n_unlike = int((found.bands == "outlier").sum())
    if n_unlike:
        notes.append(Note("unlike", say("{n} customers are unlike anything seen.", n=n_unlike), n_unlike, "warning"))
    return tuple(notes)


def _unseen(scorer: Scorer, customers: Customers) -> Iterator[Note]:
    """Name levels that nobody had; where rare ones stand together, only if nothing else is in the column."""
    for one in scorer.transform.levels:
        if one.column not in customers.frame.columns:
            continue
        cells = levels_of(customers.frame[one.column], one.role).dropna().astype(str)
        new = cells[~cells.isin(one.levels)]
        if len(new) and (not one.rare or len(new) == len(cells)):
            levels = sorted(set(new))
            message = say(
                "Column {name}: {n} customers have a level that nobody had when the segments were found ({levels}).",
                name=one.column,
                n=len(new),
                levels=", ".join(level[:40] for level in levels[:MOST_NAMED])
                + (" …" if len(levels) > MOST_NAMED else ""),
            )
            yield Note("unseen", message, len(new), "warning")


def _nobody(scorer: Scorer, customers: Customers) -> Iterator[Note]:
    """Count customers of whom no column says anything that decides."""
    columns = [one.column for one in scorer.transform.made]
    columns += [column for share in scorer.transform.held for column in share.columns]
    there = [column for column in dict.fromkeys(columns) if column in customers.frame.columns]
    n = int(customers.frame[there].replace("", None).isna().all(axis=1).sum())
    if n:
        message = say(
            "{n} customers have nothing that decides; they come where the centre of everybody is nearest.", n=n
        )
        yield Note("nothing", message, n, "warning")


def _agreement(scorer: Scorer, known: frozenset[str]) -> Iterator[Note]:
    """Say how many of those held out came right, knowing of them what is known of new customers."""
    tested, held = scorer.assigner, {share.name for share in scorer.transform.held}
    ways = {"text"} if scorer.transform.ways else set()
    share = tested.agreement if held <= known else tested.alone
    # What was measured is either with every block or with those that can be made of anybody.
    if math.isnan(share) or not (held <= known or known == ways):
        return
    message = say(
        "Of {n} customers held out, the scorer put {share:.0%} where the segments had them, knowing of them what it "
        "can know of new customers.",
        n=tested.n_tested,
        share=share,
    )
    yield Note("agreement", message, tested.n_tested)
