"""Asked: a question as a typed query, which either fits the study or is refused with what fits instead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from segment_core.artifacts import Condition, Role
from segment_core.errors import OptionError
from segment_core.labelling import SEGMENT, apply_rule
from segment_core.labelling.rules import folded, wanted_in
from segment_core.study import Study

Measure = Literal["count", "share", "median", "mean", "sum", "mentions", "complaints"]
Order = Literal["", "most", "least"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
NUMBERS: tuple[Role, ...] = ("number", "money", "count")
NAMED: tuple[Role, ...] = ("category", "place", "yes/no")
_FIT: Mapping[str, tuple[Role, ...]] = {
    "median": NUMBERS,
    "mean": NUMBERS,
    "sum": ("money", "count"),
    "share": NAMED,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure, of a column and a value or of a topic of texts (`value`), for each group that `by` names.

    `by` is "" for everybody, `labelling.SEGMENT`, or a category's column. `order` says from which end rows are
    looked at, and `limit` how many of them were asked for, 0 for all.
    """

    measure: Measure
    of: str = ""
    value: str = ""
    by: str = ""
    filters: tuple[Condition, ...] = ()
    order: Order = ""
    limit: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the query as a JSON object."""
        filters = [{"column": one.column, "op": one.op, "values": list(one.values)} for one in self.filters]
        return {
            "measure": self.measure,
            "of": self.of,
            "value": self.value,
            "by": self.by,
            "filters": filters,
            "order": self.order,
            "limit": self.limit,
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Asked":
        """Rebuild a query written by `to_json`."""
        filters = tuple(Condition(one["column"], one["op"], tuple(one["values"])) for one in found["filters"])
        return cls(**{**found, "filters": filters})


def checked(asked: Asked, study: Study) -> Asked:
    """Return the query with its names as the study spells them.

    Raises
    ------
    OptionError
        If a column or value is not there, or a column's role does not fit what is asked of it.
    """
    if asked.measure not in MEASURES or asked.order not in get_args(Order) or asked.limit < 0:
        raise OptionError("This question asks for a measure that cannot be computed.")
    customers = study.customers
    if asked.measure in ("mentions", "complaints"):
        if not customers.named("text"):
            raise OptionError("Nobody wrote anything here, so what customers mention or complain about is not known.")
        if asked.measure == "mentions" and not wanted_in(asked.value):
            raise OptionError("The question does not say what texts should mention.")
        asked = replace(asked, of="")
    elif asked.measure == "count":
        asked = replace(asked, of="", value="")
    else:
        asked = _of(asked, study)
    asked = _by(asked, study)
    if asked.filters:
        segments = study.clustering.ids.tolist() if study.clustering else []
        apply_rule(customers, asked.filters, segments)
    return asked


def _of(asked: Asked, study: Study) -> Asked:
    roles = _FIT[asked.measure]
    name = _spelt(asked.of, study)
    if study.customers.column(name).role not in roles:
        fitting = study.customers.named(*roles)
        raise OptionError(
            "The column {name} cannot be asked for this; these can: {columns}.",
            name=name,
            columns=", ".join(fitting[:8]) or "–",
        )
    if asked.measure != "share":
        return replace(asked, of=name, value="")
    if study.customers.column(name).role == "yes/no":
        if asked.value not in ("", "yes", "no"):
            raise OptionError("The column {name} holds yes and no only.", name=name)
        return replace(asked, of=name, value=asked.value or "yes")
    known = {folded(str(level)): str(level) for level in study.customers.frame[name].dropna().unique()}
    if folded(asked.value) not in known:
        raise OptionError(
            "No customer has “{value}” in the column {name}; there are: {known}.",
            value=asked.value[:40],
            name=name,
            known=", ".join(sorted(known.values())[:8]),
        )
    return replace(asked, of=name, value=known[folded(asked.value)])


def _by(asked: Asked, study: Study) -> Asked:
    if not asked.by:
        return asked
    if asked.by == SEGMENT:
        if study.clustering is None:
            raise OptionError("There are no segments yet; find segments first.")
        return asked
    name = _spelt(asked.by, study)
    if study.customers.column(name).role not in NAMED:
        raise OptionError("Customers cannot be grouped by the column {name}: it holds no categories.", name=name)
    return replace(asked, by=name)


def _spelt(name: str, study: Study) -> str:
    usable = [column.name for column in study.customers.columns if column.role != "ignore"]
    if name in usable:
        return name
    alike = [known for known in usable if folded(known) == folded(name)]
    if len(alike) == 1:
        return alike[0]
    raise OptionError("This data has no column {name}.", name=name[:60] or "–")
