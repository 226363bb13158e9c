"""Hiding: a study without anybody's row, id or words, and the same study for whoever has the data."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from segment_core.artifacts import Campaign, Customers, Edit, Evidence, EvidenceItem, Note, Receipt, Step
from segment_core.capsules.hashing import ROW, hidden_id, ids_of
from segment_core.clustering.links import read_links
from segment_core.messages import Message, say
from segment_core.study import Study

REMADE = ("contrast", "topics", "graph", "traits", "features")
"""Parts that hold a row of each customer, and are made again of the data by the plan."""
DROPPED = ("attention", "suggestions")
"""Parts that hold customers' words, and are not made again by themselves."""
LINKING, LINKS = "constrained", ("together", "apart")
"""The algorithm whose options name customers, and which they are."""
Renaming = Callable[[str], str | None]


def left_out() -> tuple[Message, ...]:
    """Say what a capsule without rows does not hold, and what it does all the same."""
    return (
        say("No customer's row, text, quote or id is in this file; features and topics are made again from the data."),
        say(
            "Ids in labels, custom segments, links, edits and campaigns are hashed with a key that only the data give."
        ),
        say("What a model looked at in texts, and its second opinion, are left out."),
        say("Segments, strengths and places on the map are here by place, without ids."),
        say(
            "Names of columns and levels, means of segments (of one with fewer than five customers, theirs), words "
            "that many use, and all that the analyst wrote are in it as they stand."
        ),
    )


def hidden(study: Study, key: bytes) -> Study:
    """Return a study without rows: ids of customers are hashed, their words and whatever is theirs alone left out."""
    outside = dict(zip(map(str, study.customers.frame.index), ids_of(study.customers), strict=True))

    def rename(customer: str) -> str | None:
        return hidden_id(key, outside.get(customer, customer))

    nobody = Customers(pd.DataFrame(), (), ROW, 0)
    gone: dict[str, Any] = dict.fromkeys((*REMADE, *DROPPED))
    bare = replace(study, customers=nobody, **gone)
    kept: Study = _everywhere(_renamed(bare, rename), _without_place)
    if kept.evidence is None:
        return kept
    items = tuple(replace(item, text="", row=None) if item.kind == "quote" else item for item in kept.evidence.items)
    return replace(kept, evidence=replace(kept.evidence, items=items))


def named(study: Study, customers: Customers, key: bytes) -> Study:
    """Return a hidden study with customers named again; those who are not in the data are left out."""
    names = {
        hidden_id(key, canonical): str(id_)
        for id_, canonical in zip(customers.frame.index, ids_of(customers), strict=True)
    }
    return replace(_renamed(study, names.get), customers=customers)


def quoted(kept: Evidence, found: Evidence) -> Evidence:
    """Return evidence with its quotes as they stand in the data; one that is not found again is left out."""
    items = []
    for item in kept.items:
        again = found.item(item.id) if item.kind == "quote" else None
        if item.kind != "quote":
            items.append(item)
        elif again is not None and (again.kind, again.source) == ("quote", item.source):
            items.append(replace(item, text=again.text, row=again.row))
    return replace(kept, items=tuple(items))


def _renamed(study: Study, rename: Renaming) -> Study:
    def linked(value: Any) -> Any:
        return _linked(value, rename) if isinstance(value, Step) else value

    study = _everywhere(study, linked)
    return replace(
        study,
        evidence=study.evidence and _evidence(study.evidence, rename),
        groups=tuple(replace(group, customers=_all(group.customers, rename)) for group in study.groups),
        edits=tuple(_edit(edit, rename) for edit in study.edits),
        answers=tuple(
            replace(answer, one=rename(answer.one) or "", other=rename(answer.other) or "") for answer in study.answers
        ),
        receipts=tuple(_receipt(receipt, rename) for receipt in study.receipts),
        labels=tuple(replace(column, picked=_picked(column.picked, rename)) for column in study.labels),
        campaigns=tuple(_campaign(campaign, rename) for campaign in study.campaigns),
    )


def _edit(edit: Edit, rename: Renaming) -> Edit:
    witnesses = {segment: _all(ids, rename) for segment, ids in edit.witnesses.items()}
    return replace(edit, customers=_all(edit.customers, rename), witnesses=witnesses)


def _evidence(evidence: Evidence, rename: Renaming) -> Evidence:
    def typical(found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {segment: _all(ids, rename) for segment, ids in found.items()}

    def sourced(item: EvidenceItem) -> EvidenceItem:
        return replace(item, source=(rename(item.source) or "") if item.source else "")

    return replace(
        evidence,
        items=tuple(map(sourced, evidence.items)),
        typical=typical(evidence.typical),
        boundary=typical(evidence.boundary),
    )


def _receipt(receipt: Receipt, rename: Renaming) -> Receipt:
    moves = tuple(replace(move, customers=_all(move.customers, rename)) for move in receipt.moves)
    return replace(receipt, moves=moves)


def _campaign(campaign: Campaign, rename: Renaming) -> Campaign:
    cells = tuple(
        replace(cell, treated=_all(cell.treated, rename), held=_all(cell.held, rename)) for cell in campaign.cells
    )
    return replace(campaign, cells=cells)


def _picked(picked: Mapping[str, str], rename: Renaming) -> dict[str, str]:
    return {name: label for customer, label in picked.items() if (name := rename(customer)) is not None}


def _all(ids: Iterable[str], rename: Renaming) -> tuple[str, ...]:
    return tuple(name for id_ in ids if (name := rename(id_)) is not None)


def _linked(step: Step, rename: Renaming) -> Step:
    """Return a step whose links name customers otherwise; ids that are not known stay as they are."""
    links = {name: text for name in LINKS if isinstance(text := step.options.get(name), str) and text}
    if step.name != LINKING or not links:
        return step
    return replace(step, options={**step.options, **{name: _links(text, rename) for name, text in links.items()}})


def _links(text: str, rename: Renaming) -> str:
    groups = [[rename(customer) or customer for customer in group] for group in read_links(text)]
    return "; ".join("+".join(f'"{id_}"' if re.search(r"[+;\n]", id_) else id_ for id_ in ids) for ids in groups)


def _without_place(value: Any) -> Any:
    """Return a note without the cells that it names as examples."""
    return replace(value, places=()) if isinstance(value, Note) and value.places else value


def _everywhere(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value in which every dataclass is what `change` makes of it; what stays the same is the same object."""
    if isinstance(value, tuple):
        new = tuple(_everywhere(item, change) for item in value)
        return new if any(one is not two for one, two in zip(new, value, strict=True)) else value
    if isinstance(value, Mapping):
        made = {key: _everywhere(item, change) for key, item in value.items()}
        return made if any(made[key] is not item for key, item in value.items()) else value
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    value = change(value)
    parts = {part.name: getattr(value, part.name) for part in dataclasses.fields(value) if part.init}
    changed = {name: new for name, part in parts.items() if (new := _everywhere(part, change)) is not part}
    return replace(value, **changed) if changed else value
