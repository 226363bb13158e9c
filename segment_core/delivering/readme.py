"""Readme: what a file holds, where it is from, and what one must know to use it, in rows of a title and a text."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from segment_core.artifacts import Note
from segment_core.delivering.request import Delivery
from segment_core.exporting.batches import Sheet
from segment_core.exporting.presets import PRESETS
from segment_core.exporting.tables import segment_name
from segment_core.messages import Message, say

if TYPE_CHECKING:
    from segment_core.study import Study


def readme(
    study: "Study", delivery: Delivery, sheet: Sheet, notes: Sequence[Note], tell: Callable[[Message], str] = str
) -> list[tuple[str, str]]:
    """Return the rows of the sheet that explains the others: source, verdict, segments, columns, who was withheld."""
    assert study.clustering is not None
    rows = [
        (tell(say("Made from")), study.source),
        *_version(delivery, tell),
        (tell(say("Preset")), tell(PRESETS[delivery.preset].label)),
        (tell(say("Customers in this file")), f"{len(sheet):,}"),
    ]
    if study.scorecard is not None:
        rows.append((tell(say("Verdict")), tell(_verdict(study.scorecard.verdict))))
        rows += [
            (tell(say("Caveat")), f"{tell(check.finding)} {tell(check.advice)}")
            for check in study.scorecard.checks
            if not check.passed
        ]
    rows += [(tell(say("Withheld")), tell(note.message)) for note in notes] or [
        (tell(say("Withheld")), tell(say("Nobody.")))
    ]
    if delivery.everybody:
        rows.append((tell(say("Contact")), tell(say("Holds customers who may not be contacted: see “contactable”."))))
    for segment in study.clustering.segments:
        title = tell(say("Segment {id}", id=segment.id))
        size = tell(say("{name}: {n:,} customers", name=segment_name(study, segment.id), n=segment.size))
        rows.append((title, size))
    rows += [(tell(say("Column {name}", name=name)), tell(_meaning(study, name))) for name in sheet.makers]
    return rows


def _version(delivery: Delivery, tell: Callable[[Message], str]) -> list[tuple[str, str]]:
    """Return of which study and version the file is; a name may change later, the segment's id within a study not."""
    if not delivery.version:
        return []
    told = say(
        "{study}, version {n}. Names of segments may be changed in a later version; their ids stay, as long as the "
        "segments are not found anew.",
        study=delivery.study,
        n=delivery.version,
    )
    return [(tell(say("Study")), tell(told))]


def _verdict(verdict: str) -> Message:
    return {
        "solid": say("Solid: these segments come back with other customers of the same kind."),
        "soft": say("Soft: useful, but borders between these segments are not sharp."),
        "artefact": say("Artefact: the segments follow how the data were made rather than who the customers are."),
        "nothing-there": say("Nothing there: customers do not fall into segments that would come back."),
    }[verdict]


def _meaning(study: "Study", name: str) -> Message:
    if name == study.customers.id_name:
        return say("The customer's id, as in the file.")
    ours = {
        "segment": say("The segment's id: S1 is the largest."),
        "segment_name": say("The segment's name, or its id while it has none."),
        "confidence": say("How clearly the customer belongs: 0 is on the border, 1 in the middle of the segment."),
        "band": say(
            "core is clearly inside, fringe is close to the border, outlier is unlike the rest of the segment."
        ),
        "contactable": say("Whether the customer may be contacted, by the file's consent and suppression columns."),
        "reasons": say("The strongest facts that put the customer into this segment and not into the nearest other."),
        "recommended": say("What fits the customer best, the best first."),
        "recommended_reason": say("Why the first of these fits the customer."),
    }
    kind = "recommended" if name.removeprefix("recommended_").isdigit() else name
    if kind in ours:
        return ours[kind]
    of = name.removesuffix("_in_file")  # columns that are named like ours
    column = next((column for column in study.customers.columns if column.name == of), None)
    if column is not None:
        return say("As in the file.") if not column.table else say("From the table {table}.", table=column.table)
    if name.startswith("label: "):
        return say("A label that was given in Strata.")
    if name.lower() in ("email", "phone"):
        return say("The address that the preset asks for; in audiences its SHA-256.")
    return _membership(study, name)


def _membership(study: "Study", name: str) -> Message:
    assert study.clustering is not None
    if name in [segment.id for segment in study.clustering.segments]:
        return say("Whether the customer is in {name}.", name=segment_name(study, name))
    return say("Whether the customer is in this segment of yours, or what was added in Strata.")
