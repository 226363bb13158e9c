"""Planning: a campaign is drawn from segments: only who can be reached is in it, and some of them are held out."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Campaign, Cell, Contents, Measure, Note, Progress, Readout, silent
from segment_core.campaigning.reach import address_column, reachable
from segment_core.campaigns import hold_out
from segment_core.errors import DataError
from segment_core.exporting.tables import segment_name
from segment_core.messages import say
from segment_core.store import Workspace
from segment_core.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an analyst asks of a campaign; all of it survives JSON. `address` is a column, "" the one that is found."""

    segments: tuple[str, ...]
    name: str = ""
    goal: str = ""
    channel: str = ""
    address: str = ""
    measure: Measure = "rate"
    share: float = 0.2
    baseline: float | None = None
    spread: float | None = None
    power: float = 0.8
    alpha: float = 0.05
    messages: bool = True
    seed: int = 0


def plan_campaign(study: Study, wish: Wish, *, at: float, progress: Progress = silent) -> Campaign:
    """Draw a campaign: everybody in its segments who can be reached, with a hold-out in each segment.

    The hold-out is drawn by the seed, by segment, and so that both groups are alike in the study's features. The same
    study, wish and `at` (seconds since 1970) give the same campaign, and the same seed the same split whenever it is
    drawn. Messages of the segments in the campaign's channel are kept with it.

    Raises
    ------
    DataError
        If there are no segments yet, none is chosen, or fewer than two customers can be reached.
    """
    clustering, features = study.clustering, study.features
    if clustering is None or features is None:
        raise DataError("There are no segments yet. Find segments first.")
    wanted = tuple(segment.id for segment in clustering.segments if segment.id in wish.segments)
    if not wanted:
        raise DataError("A campaign needs at least one segment. Choose one.")
    ids = np.asarray(clustering.ids, dtype=object)
    inside = np.isin(ids, wanted)
    rows = np.flatnonzero(inside & reachable(study.customers, wish.channel, wish.address))
    if len(rows) < 2:
        raise DataError(
            "A campaign needs at least two customers who can be reached; of {n} in these segments there are {reached}. "
            "Choose other segments or another channel.",
            n=int(inside.sum()),
            reached=len(rows),
        )
    customers = study.customers.frame.index.astype(str).to_numpy(dtype=object)
    drawn = hold_out(
        customers[rows].tolist(),
        ids[rows].tolist(),
        features.matrix[rows],
        features.names,
        share=wish.share,
        seed=wish.seed,
        progress=progress,
    )
    treated, held = rows[~drawn.held], rows[drawn.held]
    cells = tuple(
        Cell(
            segment,
            segment_name(study, segment),
            tuple(sorted(customers[treated[ids[treated] == segment]])),
            tuple(sorted(customers[held[ids[held] == segment]])),
        )
        for segment in wanted
    )
    kept = {name: getattr(wish, name) for name in ("goal", "channel", "measure", "share", "seed")}
    kept |= {name: getattr(wish, name) for name in ("baseline", "spread", "power", "alpha")}
    left_out = int(inside.sum()) - len(rows)
    return Campaign(
        id=_id(wish, at),
        name=" ".join(wish.name.split()) or ", ".join(cell.name for cell in cells),
        cells=cells,
        at=at,
        address=address_column(study.customers, wish.channel, wish.address) or "",
        balance=drawn.balance,
        contents=_messages(study, wanted, wish.channel) if wish.messages else None,
        notes=(*_left_out(left_out), *drawn.notes),
        **kept,
    )


def plan_in_worker(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Draw a campaign as a long job, and keep it with the study.

    `args`: workspace (path), study (id), wish (fields of `Wish`), at (seconds since 1970). Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, args["study"])
    wish = dict(args["wish"])
    made = plan_campaign(study, Wish(**wish | {"segments": tuple(wish["segments"])}), at=args["at"], progress=progress)
    # The study may have been edited meanwhile; the latest edits count.
    latest, saved = workspace.study_and_entry(Study, args["study"])
    kept = latest.having(campaigns=(*latest.campaigns, made))
    workspace.save_study(args["study"], kept, summary=dict(saved.summary))
    return {"study": args["study"]}


def with_readout(campaigns: Sequence[Campaign], campaign: str, readout: Readout | None) -> tuple[Campaign, ...]:
    """Return the campaigns, with the results of one of them, by id, put in place of what it had."""
    return tuple(replace(one, readout=readout) if one.id == campaign else one for one in campaigns)


def without(campaigns: Sequence[Campaign], campaign: str) -> tuple[Campaign, ...]:
    """Return the campaigns without one of them, by id."""
    return tuple(one for one in campaigns if one.id != campaign)


def now() -> float:
    """Return the time in seconds since 1970."""
    return time.time()


def _id(wish: Wish, at: float) -> str:
    return hashlib.sha256(json.dumps([asdict(wish), at], sort_keys=True).encode()).hexdigest()[:12]


def _left_out(n: int) -> tuple[Note, ...]:
    if not n:
        return ()
    message = say("{n} customers of these segments cannot be reached and are not in the campaign.", n=n)
    return (Note("campaign_unreached", message, n),)


def _messages(study: Study, segments: Sequence[str], channel: str) -> Contents | None:
    """Return the segments' messages in this channel, or in all where the campaign has none in particular."""
    if study.contents is None:
        return None
    pieces = tuple(
        piece
        for piece in study.contents.pieces
        if piece.segment in segments and (not channel or piece.channel == channel)
    )
    return replace(study.contents, pieces=pieces) if pieces else None
