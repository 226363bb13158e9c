"""Sheets: who is in a file, who stays out and why, and what each column holds."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core import labelling, offering
from segment_core.artifacts import Customers, Note, Progress, silent
from segment_core.delivering.reasons import reasons_of
from segment_core.delivering.request import Delivery
from segment_core.errors import DataError, OptionError
from segment_core.exporting.batches import Maker, Sheet
from segment_core.exporting.consent import contactable, permitted, withheld_at
from segment_core.exporting.hashing import Platform, hashed_email, hashed_phone
from segment_core.exporting.presets import PRESETS, guess
from segment_core.exporting.tables import cells_of, chosen_rows, segment_name, segments_sheet
from segment_core.messages import Message, say

if TYPE_CHECKING:
    from segment_core.study import Study

REASONS = "reasons"
HASHED_AT_ONCE = 5_000
HEADS = {"google": ("Email", "Phone"), "meta": ("email", "phone")}


def sheet_of(
    study: "Study",
    delivery: Delivery,
    *,
    more: Mapping[str, Sequence[Any]] | None = None,
    tell: Callable[[Message], str] = str,
    progress: Progress = silent,
    most_hashed: int | None = None,
) -> tuple[Sheet, tuple[Note, ...]]:
    """Return the rows that a file will hold, not yet made, and who stays out of it, counted once each.

    `more` adds columns to the presets "table" and "email": one value a customer, in the study's order. Of audiences no
    more than `most_hashed` customers are hashed, and whether an address of the others is usable is not looked at.

    Raises
    ------
    DataError
        If there are no segments, a column is not in the file, or no column holds the addresses that a preset needs.
    """
    if study.clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    added = _added(study, delivery, more or {}, tell)
    if delivery.preset == "table":
        return _table(study, delivery, added)
    _known(study, delivery.columns)
    asked = chosen_rows(study.customers, asked_for(study, delivery))
    rows, barred = _allowed(study.customers, asked, PRESETS[delivery.preset].channel or None)
    if delivery.preset == "traits":
        return Sheet(rows, _traits(study)), barred
    if delivery.preset == "email":
        address = _address(study.customers, delivery.email, "email")
        if not address:
            raise DataError("No column holds email addresses. Choose the one that does.")
        _known(study, [address])
        cells = study.customers.frame[address].to_numpy(dtype=object)
        reached = np.array([bool(hashed_email(cells[row])) for row in rows], dtype=bool)
        return Sheet(rows[reached], _email(study, delivery, address, added)), (*barred, *_unreached(reached))
    return _audience(study, delivery, rows, barred, progress=progress, most=most_hashed)


def asked_for(study: "Study", delivery: Delivery) -> tuple[str, ...] | None:
    """Return the ids of the customers that a file was asked for, whether they may be in it or not; None is everybody.

    Raises
    ------
    OptionError
        If there is no such segment or group.
    """
    if delivery.only is not None:
        return delivery.only
    if not delivery.segments and not delivery.groups:
        return None
    assert study.clustering is not None
    groups = {group.name: group for group in study.groups}
    known = {segment.id for segment in study.clustering.segments}
    for name in (*delivery.segments, *delivery.groups):
        if name not in known and name not in groups:
            raise OptionError("There is no segment {name}; there are: {names}.", name=name, names=", ".join(known))
    index = study.customers.frame.index
    inside = {id_ for name in delivery.groups for id_ in groups[name].customers}
    kept = np.isin(study.clustering.ids, delivery.segments) | index.isin(list(inside))
    return tuple(index[kept].tolist())


def _added(
    study: "Study", delivery: Delivery, more: Mapping[str, Sequence[Any]], tell: Callable[[Message], str]
) -> dict[str, Sequence[Any] | Maker]:
    found: dict[str, Sequence[Any] | Maker] = {}
    segments = study.clustering.ids.tolist() if study.clustering is not None else ()
    columns = {column.name: column for column in study.labels}
    for name in delivery.labels:
        if name not in columns:
            raise OptionError("There is no label column {name}.", name=name)
        found[f"label: {name}"] = labelling.values(columns[name], study.customers, segments).tolist()
    if delivery.reasons:
        found[REASONS] = reasons_of(study, tell=tell)
    if delivery.recommended:
        if study.recommendations is None:
            raise DataError("Nothing is recommended yet. Recommend first.")
        found |= offering.recommended(study, tell=tell)
    return found | dict(more)


def _table(
    study: "Study", delivery: Delivery, added: Mapping[str, Sequence[Any] | Maker]
) -> tuple[Sheet, tuple[Note, ...]]:
    only = asked_for(study, delivery)
    sheet = segments_sheet(study, columns=delivery.columns, only=only, more=added, consent=not delivery.everybody)
    if delivery.everybody:
        return sheet, ()
    return sheet, _allowed(study.customers, chosen_rows(study.customers, only), None)[1]


def _allowed(
    customers: Customers, rows: NDArray[np.int64], channel: str | None
) -> tuple[NDArray[np.int64], tuple[Note, ...]]:
    may = permitted(customers, channel).to_numpy()[rows]
    n = int((~may).sum())
    if not n:
        return rows, ()
    note = withheld_at(customers, rows, channel)
    if note is None or note.count != n:  # consent for other channels only is none for this one
        said = say("{n} customers withheld: no consent for this channel, or suppressed.", n=n)
        note = Note("withheld", said, n, "warning")
    return rows[may], (note,)


def _unreached(reached: NDArray[np.bool_]) -> tuple[Note, ...]:
    n = int((~reached).sum())
    if not n:
        return ()
    return (Note("unreached", say("{n:,} customers left out: no usable address.", n=n), n, "warning"),)


def _unreached_so_far(reached: NDArray[np.bool_], n_looked: int) -> tuple[Note, ...]:
    n = int((~reached).sum())
    said = say(
        "Of the first {looked:,} customers {n:,} have no usable address and are left out; the others are looked at "
        "when the file is written.",
        looked=n_looked,
        n=n,
    )
    return (Note("unreached", said, n, "warning"),)


def _known(study: "Study", columns: Sequence[str]) -> None:
    for name in columns:
        if name not in study.customers.frame.columns:
            raise DataError("There is no column {name} in this file.", name=name)


def _address(customers: Customers, named: str | None, what: Literal["email", "phone"]) -> str:
    """Return the column of addresses that was named, or the one that looks like it; "" where there is none."""
    return (named or guess(customers, what)) if named is not None else ""


def _email(
    study: "Study", delivery: Delivery, address: str, added: Mapping[str, Sequence[Any] | Maker]
) -> dict[str, Maker]:
    assert study.clustering is not None
    ids = study.clustering.ids
    names = {segment.id: segment_name(study, segment.id) for segment in study.clustering.segments}
    cells = study.customers.frame[address].to_numpy(dtype=object)
    made: dict[str, Maker] = {
        "email": lambda rows: np.array([str(cell).strip() for cell in cells[rows]], dtype=object),
        "segment": lambda rows: np.asarray(ids[rows], dtype=object),
        "segment_name": lambda rows: np.array([names[id_] for id_ in ids[rows]], dtype=object),
    }
    for name in delivery.columns:
        if name != address:
            made[f"{name}_in_file" if name in ("email", "segment", "segment_name") else name] = cells_of(
                study.customers.frame[name]
            )
    for name, values in added.items():
        label = name
        while label in made:
            label += "_added"
        made[label] = values if callable(values) else cells_of(pd.Series(list(values)), as_they_are=True)
    return made


def _traits(study: "Study") -> dict[str, Maker]:
    assert study.clustering is not None
    customers, ids = study.customers, study.clustering.ids
    index = customers.frame.index.to_numpy(dtype=object)
    made: dict[str, Maker] = {customers.id_name: lambda rows: index[rows]}

    def add(name: str, cells: NDArray[Any]) -> None:
        label, number = name, 1
        while label in made:
            number += 1
            label = f"{name} ({number})"
        made[label] = _taken(cells)

    # A tool keeps traits by their names, so these are ids: names of segments are edited later.
    for segment in study.clustering.segments:
        add(segment.id, ids == segment.id)
    for group in study.groups:
        add(group.name, np.asarray(customers.frame.index.isin(list(group.customers))))
    names = {segment.id: segment_name(study, segment.id) for segment in study.clustering.segments}
    add("segment_name", np.array([names[id_] for id_ in ids], dtype=object))
    return made


def _audience(
    study: "Study",
    delivery: Delivery,
    rows: NDArray[np.int64],
    barred: tuple[Note, ...],
    *,
    progress: Progress,
    most: int | None,
) -> tuple[Sheet, tuple[Note, ...]]:
    """Hash addresses of those only who may be reached by each; a row holds one at least."""
    customers = study.customers
    email = _address(customers, delivery.email, "email")
    phone = _address(customers, delivery.phone, "phone")
    if not email and not phone:
        raise DataError("No column holds email addresses or phone numbers. Choose the one that does.")
    _known(study, [name for name in (email, phone) if name])
    platform: Platform = "google" if delivery.preset == "google" else "meta"
    hashes = np.full((2, len(customers)), "", dtype=object)
    may_mail, may_call = _not_against(customers, "email"), _not_against(customers, "phone", "sms")
    looked = rows if most is None else rows[:most]
    for start in range(0, len(looked), HASHED_AT_ONCE):  # numbers take long: some at a time, so that one can cancel
        progress(start, len(looked), say("Hashing: {done:,} of {n:,} customers", done=start, n=len(looked)))
        part = looked[start : start + HASHED_AT_ONCE]
        if email:
            cells, may = customers.frame[email].iloc[part].tolist(), may_mail[part].tolist()
            hashes[0, part] = [
                hashed_email(cell, platform) if yes else "" for cell, yes in zip(cells, may, strict=True)
            ]
        if phone:
            cells, may = customers.frame[phone].iloc[part].tolist(), may_call[part].tolist()
            found = [
                hashed_phone(c, delivery.country, platform) if yes else "" for c, yes in zip(cells, may, strict=True)
            ]
            hashes[1, part] = found
    reached = np.ones(len(rows), dtype=bool)
    reached[: len(looked)] = np.not_equal(hashes[:, looked], "").any(axis=0)
    unreached = _unreached(reached) if len(looked) == len(rows) else _unreached_so_far(reached, len(looked))
    heads = [head for head, column in zip(HEADS[platform], (email, phone), strict=True) if column]
    columns = [hashes[place] for place, column in enumerate((email, phone)) if column]
    made = {head: _taken(own) for head, own in zip(heads, columns, strict=True)}
    return Sheet(rows[reached], made), (*barred, *unreached)


def _taken(cells: NDArray[Any]) -> Maker:
    return lambda rows: cells[rows]


def _not_against(customers: Customers, *channels: str) -> NDArray[np.bool_]:
    """Tell who said yes to one of these channels, where anything was asked, and no to none."""
    said_no = [~contactable(customers, channel).to_numpy() for channel in channels]
    said_yes = [permitted(customers, channel).to_numpy() for channel in channels]
    return np.asarray(np.logical_or.reduce(said_yes) & ~np.logical_or.reduce(said_no))
