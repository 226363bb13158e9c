"""Labelling: the analyst's own columns, filled by hand and by rules of plain conditions."""

from segment_core.labelling.assigning import assign_sql, assigned
from segment_core.labelling.columns import (
    LONGEST,
    LabelCount,
    assign,
    carried,
    clear,
    counts,
    labels,
    remove,
    rename,
    same_ids,
    tidy,
    values,
    with_rule,
)
from segment_core.labelling.dialects import DIALECTS, Dialect
from segment_core.labelling.groups import carried_answers, carried_edits, carried_groups, with_group
from segment_core.labelling.labelsql import label_matches, label_sql, ruled
from segment_core.labelling.rules import SEGMENT, apply_rule, operations, problem, search
from segment_core.labelling.sql import matches, selected, sql
from segment_core.labelling.twins import share_interval, twin, twins

__all__ = [
    "DIALECTS",
    "LONGEST",
    "SEGMENT",
    "Dialect",
    "LabelCount",
    "apply_rule",
    "assign",
    "assign_sql",
    "assigned",
    "carried",
    "carried_answers",
    "carried_edits",
    "carried_groups",
    "clear",
    "counts",
    "label_matches",
    "label_sql",
    "labels",
    "matches",
    "operations",
    "problem",
    "remove",
    "rename",
    "ruled",
    "same_ids",
    "search",
    "selected",
    "share_interval",
    "sql",
    "tidy",
    "twin",
    "twins",
    "values",
    "with_group",
    "with_rule",
]
