"""Writing: a delivery becomes a file, whole or not at all, with who stayed out of it."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from segment_core.artifacts import Note, Progress, silent
from segment_core.delivering.readme import readme
from segment_core.delivering.request import Delivered, Delivery
from segment_core.delivering.sheets import asked_for, sheet_of
from segment_core.errors import DataError
from segment_core.exporting.anonymity import Rare, rare
from segment_core.exporting.batches import Sheet, spelt, write_csv, write_parquet
from segment_core.exporting.presets import FEWEST_IN_AUDIENCE
from segment_core.exporting.tables import chosen_rows, safe_table
from segment_core.exporting.workbook import MOST_ROWS, write_workbook
from segment_core.messages import Message, say
from segment_core.reporting.speaking import teller

if TYPE_CHECKING:
    from segment_core.study import Study

More = Mapping[str, Sequence[Any]]
N_PREVIEWED = 10
MOST_HASHED = 20_000
"""Customers of an audience that are hashed for a preview; that many take a second."""


def deliver(
    study: "Study",
    delivery: Delivery,
    path: Path,
    progress: Progress = silent,
    *,
    more: More | None = None,
    tell: Callable[[Message], str] | None = None,
) -> Delivered:
    """Write the customers that a delivery asks for to a file, some rows at a time.

    Who may not be contacted is never in it, save in the preset "table" with `everybody`. The file appears under its
    name when it is finished. `more` adds columns: one value a customer, in the study's order; `tell` says messages
    (reasons, the workbook's first sheet) otherwise than in the delivery's language.

    Raises
    ------
    DataError
        If there are no segments, a column is missing, or the file cannot be written.
    """
    tell = tell or teller(delivery.language)
    hashes = delivery.preset in ("google", "meta")
    hashing, progress = (_part(progress, 0.0, 0.9), _part(progress, 0.9, 1.0)) if hashes else (silent, progress)
    sheet, withheld = sheet_of(study, delivery, more=more, tell=tell, progress=hashing)
    notes = notes_of(delivery, sheet)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        if delivery.format == "csv":
            write_csv(sheet, part, progress, bom=delivery.bom)
        elif delivery.format == "parquet":
            write_parquet(sheet, part, progress, about=_about(delivery))
        else:
            told = readme(study, delivery, sheet, (*withheld, *notes), tell)
            titles = (tell(say("Read me")), tell(say("Customers")))
            write_workbook(sheet, part, told, progress, titles=titles)
        part.replace(path)
    except OSError as error:
        raise DataError("{name} cannot be written: {error}.", name=str(path), error=error.strerror or "") from error
    finally:
        part.unlink(missing_ok=True)
    progress(1, 1, say("Written: {n:,} customers", n=len(sheet)))
    return Delivered(path, len(sheet), withheld, notes)


def preview(
    study: "Study", delivery: Delivery, *, more: More | None = None, n: int = N_PREVIEWED
) -> tuple[pd.DataFrame, int, tuple[Note, ...], tuple[Note, ...]]:
    """Return the first rows as they will be written, how many there will be, who stays out, and what to mind.

    Of an audience of more than `MOST_HASHED` it is not yet known who has no usable address: fewer may be in the file.
    """
    speaks = teller(delivery.language)
    sheet, withheld = sheet_of(study, delivery, more=more, tell=speaks, most_hashed=MOST_HASHED)
    part = sheet.part(0, n)
    shown = safe_table(spelt(part)) if delivery.format == "csv" else part
    return shown, len(sheet), withheld, notes_of(delivery, sheet)


def _part(progress: Progress, low: float, high: float) -> Progress:
    def told(done: float, total: float, note: Message) -> None:
        progress(low + (high - low) * done / max(total, 1e-9), 1.0, note)

    return told


def _about(delivery: Delivery) -> dict[str, str]:
    return {"study": delivery.study, "version": str(delivery.version)} if delivery.version else {}


def recognisable(study: "Study", delivery: Delivery) -> Rare:
    """Count customers whom a file of these columns would single out, though ids and addresses were taken away.

    Of the customers in the file their segment and the chosen columns are compared; confidence and reasons are ours,
    nobody else knows them. Hashed audiences show nothing of a person but that they are in it.
    """
    if delivery.preset not in ("table", "email") or study.clustering is None:
        return Rare(0, delivery.k)
    sheet, _ = sheet_of(study, Delivery.from_json(delivery.to_json() | {"reasons": False}))
    names = [name for name in delivery.columns if name != (delivery.email or "") and name in sheet.makers]
    frame = pd.DataFrame({name: study.customers.frame[name].to_numpy()[sheet.rows] for name in names})
    frame["segment\0"] = study.clustering.ids[sheet.rows]
    found = rare(frame, list(frame.columns), delivery.k)
    return Rare(found.n, found.k, tuple(pair for pair in found.without if pair[0] != "segment\0"))


def n_asked(study: "Study", delivery: Delivery) -> int:
    """Count the customers that were asked for, whether they may be in a file or not."""
    return len(chosen_rows(study.customers, asked_for(study, delivery)))


def notes_of(delivery: Delivery, sheet: Sheet) -> tuple[Note, ...]:
    """Return what to mind of a file before it is loaded anywhere."""
    n, found = len(sheet), []
    if delivery.preset in ("google", "meta") and n < FEWEST_IN_AUDIENCE:
        said = say(
            "{n:,} customers are a small audience: platforms refuse fewer than {least:,}, and a few people could be "
            "told apart. Choose more segments.",
            n=n,
            least=FEWEST_IN_AUDIENCE,
        )
        found.append(Note("small", said, n, "warning"))
    if delivery.format == "excel" and n > MOST_ROWS:
        said = say("{n:,} customers are more than a sheet of Excel holds; they go on in another sheet.", n=n)
        found.append(Note("sheets", said, n))
    return tuple(found)
