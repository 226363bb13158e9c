"""Masking: personal data in what customers wrote become tags, and people named in one column are found in all texts."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from segment_core.artifacts import Customers, Note
from segment_core.intake.people import has_chinese_family_name, is_chinese
from segment_core.intake.sayings import joined
from segment_core.intake.values import is_nothing
from segment_core.messages import say
from segment_core.privacy import Masked, known_index, mask_texts, names_index


def masked(customers: Customers, names: Collection[str]) -> tuple[Customers, Masked | None]:
    """Mask personal data, these names and the customers' ids in every text, and pool the texts of each customer again.

    The same datum has the same tag in all texts, whatever the order of the rows. Best effort: a name
    that is not among `names` stays. Nothing is masked, and None returned, where nobody wrote anything.
    """
    said = customers.said
    if said is None or not len(said):
        return customers, None
    found = mask_texts(
        said["text"].tolist(), names=names_index(names), known=known_index(customers.frame.index.astype(str))
    )
    said = said.assign(text=pd.Series(found.texts, index=said.index, dtype="str"))
    pooled = {name: _pooled(customers, said, name) for name in customers.named("text")}
    notes = customers.notes
    if n := sum(found.counts.values()):
        kinds = ", ".join(f"{kind} {count}" for kind, count in found.counts.items())
        message = say("Personal data masked in texts: {n} ({kinds}). Best effort.", n=n, kinds=kinds)
        notes += (Note("masked", message, n),)
    return replace(customers, frame=customers.frame.assign(**pooled), said=said, notes=notes), found


def unmasked(customers: Customers) -> Customers:
    """Warn that the texts stand as they were written; nothing where nobody wrote anything."""
    if customers.said is None or not len(customers.said):
        return customers
    message = say("Texts are not masked: e-mail addresses, phone numbers, names and the like stay in them.")
    return replace(customers, notes=(*customers.notes, Note("unmasked", message, len(customers.said), "warning")))


def names_in(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[str, ...]:
    """List the names of people in these columns, each once; several columns of a row are parts of one name.

    Examples
    --------
    >>> people = pd.DataFrame({"first": ["Anna", None, "小明"], "last": ["Kowalska", "Rossi", "王"]})
    >>> names_in(people, ["first", "last"])
    ('Anna', 'Anna Kowalska', 'Kowalska', 'Rossi', '小明', '王', '王小明')
    """
    rows = frame[list(columns)].drop_duplicates()
    found: set[str] = set()
    for row in rows.itertuples(index=False, name=None):
        parts = [cell.strip() for cell in row if isinstance(cell, str)]
        parts = [part for part in parts if part and not is_nothing(part)]
        found.update(parts)
        if len(parts) > 1:
            found.add(_whole(parts))
    return tuple(sorted(found))


def _pooled(customers: Customers, said: pd.DataFrame, column: str) -> "pd.Series[str]":
    own = said[(said["column"] == column).to_numpy()]
    return joined(own["customer"], own["text"]).reindex(customers.frame.index).fillna("").astype("str")


def _whole(parts: Sequence[str]) -> str:
    """Write the parts of a name as one: Chinese ones without blanks, the family name first."""
    if not all(is_chinese(part) for part in parts):
        return " ".join(parts)
    orders = ("".join(parts), "".join(reversed(parts)))
    return next((whole for whole in orders if has_chinese_family_name(whole)), orders[0])
