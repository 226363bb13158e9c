"""Offering: recommendations from the order lines of a study, as a long job that keeps them with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Fit, Labels, Note, Progress, Recommendations, Step, silent
from segment_core.choices import options_from_json
from segment_core.errors import DataError, OptionError
from segment_core.exporting.batches import Maker
from segment_core.exporting.tables import segments_csv
from segment_core.intake import assemble, read_all
from segment_core.intake.behaviour import Lines
from segment_core.messages import Message, say
from segment_core.recommending import RECOMMENDERS
from segment_core.recommending.buying import Basket, basket, interactions_of, split_of
from segment_core.recommending.interactions import Interactions
from segment_core.recommending.measuring import AT, measured, peers
from segment_core.store import Workspace
from segment_core.study import Study

FEWEST = 5
HELD_SHARE = 0.2
MOST_FITS = 10


def has_orders(customers: Customers) -> bool:
    """Tell whether what is known of customers was measured from order lines."""
    return {"orders", "tenure_days"} <= set(map(str, customers.frame.columns))


def offer(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Read the order lines of a study again, recommend, measure on the last part of the period, and keep it.

    `args`: workspace (path), study (id), recommender ({"name", "options"}), level ("product" or "category"), fewest
    (customers an item must have), excluded (items to leave out), seed. Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study, saved = workspace.study_and_entry(Study, args["study"])
    if study.clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    asked = args.get("recommender") or {}
    made = offered(
        study,
        lines_of(workspace, study, str(saved.summary.get("upload", "")), _part(progress, 0.0, 0.3)),
        Step(str(asked.get("name") or "automatic"), dict(asked.get("options") or {})),
        _part(progress, 0.3, 1.0),
        level=str(args.get("level") or "product"),
        fewest=int(args.get("fewest") or FEWEST),
        excluded=tuple(map(str, args.get("excluded") or ())),
        seed=int(args.get("seed") or 0),
    )
    # The study may have been edited while this was at work; the latest edits count.
    latest, saved = workspace.study_and_entry(Study, args["study"])
    if not _same_segments(study, latest):
        raise DataError("The segments were made anew while the recommendations were made. Recommend again.")
    workspace.save_study(args["study"], latest.having(recommendations=made), summary=dict(saved.summary))
    return {"study": args["study"]}


def lines_of(workspace: Workspace, study: Study, upload: str, progress: Progress = silent) -> Lines:
    """Read the study's file again as its plan says, and return the lines of orders.

    Raises
    ------
    DataError
        If the file is no longer there, or holds no orders.
    """
    kept, plan = workspace.upload(upload), study.plan
    tables = read_all(kept.path, kept.name, plan.reading, _part(progress, 0.0, 0.4), plan.files)
    found = assemble(tables, plan.choices(), _part(progress, 0.4, 1.0), keep_lines=True).measured
    if found is None or found.lines is None:
        raise DataError(
            "There are no lines of orders in these files, only one row a customer, so nothing says who bought what. "
            "Nothing is recommended rather than invented. Add a table with a row for each thing bought: customer, "
            "date, product."
        )
    return found.lines


def offered(
    study: Study,
    lines: Lines,
    step: Step = Step("automatic"),
    progress: Progress = silent,
    *,
    level: str = "product",
    fewest: int = FEWEST,
    excluded: Sequence[str] = (),
    seed: int = 0,
) -> Recommendations:
    """Recommend to every customer of a study, and measure how well the same would have foretold the last part.

    The last fifth of the period is foretold from what was bought before it, for customers seen before: once for
    items new to them, once for all they bought. The same is done by popularity over all time, lately, and within
    the segment. Segments are those of the study: they were found from the whole period, the last part included.

    Raises
    ------
    DataError
        If the lines name no products, or too few are left.
    OptionError
        If there is no such way to recommend, or an option is out of its limits.
    """
    assert study.clustering is not None
    if step.name not in RECOMMENDERS:
        raise OptionError(
            "There is no way to recommend named {name}; there are: {names}.",
            name=step.name,
            names=", ".join(RECOMMENDERS),
        )
    choice = RECOMMENDERS[step.name]
    options: Any = options_from_json(choice.options, step.options)
    ids, labels = study.customers.frame.index.astype(str), study.clustering.labels
    found = basket(lines.frame, ids, level=level, excluded=excluded)
    measures, split = evaluated(found, labels, step, _part(progress, 0.0, 0.7), fewest=fewest, seed=seed)
    whole = interactions_of(found, labels, fewest=fewest)
    picks = choice.run(whole.interactions, options, _part(progress, 0.7, 1.0))
    made = Recommendations(
        items=whole.items,
        names=tuple(lines.names.get(item, item) if level == "product" else item for item in whole.items),
        picks=picks.items,
        scores=picks.scores,
        grounds=picks.grounds,
        because=picks.because,
        level=level,
        n_known=len(np.unique(whole.interactions.customers)),
        made_by=Step(step.name, {**step.options, "fewest": fewest, "excluded": list(excluded), "seed": seed}),
        split=split,
        measures=measures,
        notes=(*found.notes, *whole.notes, *picks.notes, *_untold(measures)),
    )
    return replace(made, fits=_fits(made, whole.interactions, [segment.id for segment in study.clustering.segments]))


def evaluated(
    found: Basket,
    labels: Labels,
    step: Step,
    progress: Progress = silent,
    *,
    fewest: int = FEWEST,
    split: str | None = None,
    seed: int = 0,
) -> tuple[tuple[Any, ...], str]:
    """Return the offline figures of all peers, new items first, then with those bought again; and the split's day."""
    cut = split_of(found, HELD_SHARE) if split is None else np.datetime64(split)
    if cut is None:
        return (), ""
    before = interactions_of(found, labels, fewest=fewest, until=cut)
    if before.interactions.n_items < 2:
        return (), ""
    choice = RECOMMENDERS[step.name]
    measures: tuple[Any, ...] = ()
    for turn, again in enumerate((False, True)):
        options: Any = options_from_json(choice.options, {**step.options, "again": again, "n_items": AT})
        picks = {
            "ours": choice.run(before.interactions, options, _part(progress, turn / 2, turn / 2 + 0.4)).items,
            **peers(before.interactions, again=again),
        }
        later = before.later(found, labels, cut, new_only=not again)
        known = np.bincount(before.interactions.customers, minlength=len(labels)) > 0
        measures += measured(picks, later, known, again=again, seed=seed)
        progress(turn / 2 + 0.5, 1, say("Measuring on what was bought later"))
    return measures, str(cut)[:10]


def recommended(study: Study, *, tell: Callable[[Message], str] = str) -> Mapping[str, Maker]:
    """Return makers of columns for exports: recommended_1 … recommended_k, then the first one's reason.

    Empty where the study has no recommendations; `tell` says reasons in another language.
    """
    made = study.recommendations
    if made is None:
        return {}
    found: dict[str, Maker] = {f"recommended_{place + 1}": _named(made, place) for place in range(made.picks.shape[1])}
    if found:
        found["recommended_reason"] = _reasoned(made, 0, tell)
    return found


def listed_csv(study: Study, *, consent: bool = True, bom: bool = False, tell: Callable[[Message], str] = str) -> bytes:
    """Return one row a customer with what is recommended, and a reason for each, as CSV in which no cell is a formula.

    Who may not be contacted is left out unless `consent` is False; `tell` says reasons in another language, and
    `bom` lets Excel read them.

    Raises
    ------
    DataError
        If there are no recommendations.
    """
    made = study.recommendations
    if made is None:
        raise DataError("Nothing is recommended yet. Recommend first.")
    more: dict[str, Sequence[str]] = {}
    rows = np.arange(len(made.picks))
    for place in range(made.picks.shape[1]):
        more[f"recommended_{place + 1}"] = _named(made, place)(rows).tolist()
        more[f"reason_{place + 1}"] = _reasoned(made, place, tell)(rows).tolist()
    return segments_csv(study, more=more, consent=consent, bom=bom)


def reason(made: Recommendations, row: int, place: int) -> Message:
    """Say in words why a customer is offered an item."""
    ground = int(made.grounds[row, place])
    if ground == 1:
        return say("because they bought {item}", item=made.names[made.because[row, place]])
    return _SAID[ground]


def _named(made: Recommendations, place: int) -> Maker:
    names = np.array([*made.names, ""], dtype=object)
    return lambda rows: names[made.picks[rows, place]]


def _reasoned(made: Recommendations, place: int, tell: Callable[[Message], str]) -> Maker:
    """Return what says why customers are offered an item; what is said of many is said once."""

    def said(rows: NDArray[np.int64]) -> NDArray[Any]:
        grounds = made.grounds[rows, place].astype(np.int64)
        because = np.where(grounds == 1, made.because[rows, place], 0)
        _, first, places = np.unique(grounds * (len(made.names) + 1) + because, return_index=True, return_inverse=True)
        told = np.array([tell(reason(made, int(rows[at]), place)) for at in first], dtype=object)
        return np.where(made.picks[rows, place] >= 0, told[places], "") if len(rows) else told

    return said


_SAID = {
    0: say("nothing to offer"),
    2: say("bought often in this segment"),
    3: say("bought by many"),
    4: say("bought before"),
}


def _fits(made: Recommendations, interactions: Interactions, segments: Sequence[str]) -> tuple[Fit, ...]:
    """Return the items offered to most in each segment; of equals those that the segment buys more."""
    n, fits = interactions.n_items, []
    known = np.bincount(interactions.customers, minlength=interactions.n_customers) > 0
    base = np.bincount(interactions.items, minlength=n) / max(1, known.sum())
    for number, segment in enumerate(segments):
        inside = interactions.segments == number
        bought = np.bincount(interactions.items[inside[interactions.customers]], minlength=n)
        shares = bought / max(1, int((inside & known).sum()))
        picks = made.picks[inside]
        counts = np.bincount(picks[picks >= 0], minlength=n)
        order = np.lexsort((np.arange(n), -shares, -counts))[:MOST_FITS]
        fits += [
            Fit(segment, int(item), int(counts[item]), float(shares[item]), float(base[item]))
            for item in order
            if counts[item]
        ]
    return tuple(fits)


def _untold(measures: Sequence[Any]) -> tuple[Note, ...]:
    if measures:
        message = say(
            "The segments were found from the whole period, the last part included, so figures that use segments may "
            "be a little too good."
        )
        return (Note("segments-know", message),)
    message = say("Too few customers came back in the last part of the period, so nothing could be measured.")
    return (Note("not-measured", message, level="warning"),)


def _part(progress: Progress, low: float, high: float) -> Progress:
    def told(done: float, total: float, note: Message) -> None:
        progress(low + (high - low) * done / max(total, 1e-9), 1.0, note)

    return told


def _same_segments(one: Study, other: Study) -> bool:
    if one.clustering is None or other.clustering is None:
        return False
    return one.customers.frame.index.equals(other.customers.frame.index) and np.array_equal(
        one.clustering.labels, other.clustering.labels
    )
