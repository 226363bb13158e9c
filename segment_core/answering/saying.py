"""Saying: a typed question and its numbers as sentences; every figure in them stands in the rows."""

import math

import pandas as pd

from segment_core.answering.asked import OF_NUMBERS, OF_TEXTS, SEGMENTS, Asked
from segment_core.artifacts import Condition
from segment_core.labelling import SEGMENT
from segment_core.messages import Message, say
from segment_core.phrasing.wording import clean, humanise
from segment_core.study import Study


def group_label(asked: Asked, study: Study, group: str) -> str:
    """Name a group: a segment by its id and its persona's name."""
    if asked.by != SEGMENTS:
        return clean(group)
    personas = study.personas.personas if study.personas else ()
    name = next((one.name for one in personas if one.segment == group), "")
    return f"{group} · {clean(name)}" if name else group


def sentence(asked: Asked, study: Study, rows: pd.DataFrame) -> Message:
    """Say the answer; a tie, and a lead that chance alone could make, are said with it."""
    what = str(subject(asked))
    known = rows[rows["value"].notna()]
    if not len(known):
        return say("Too few customers count for a figure about {what}.", what=what)
    first = known.iloc[0]
    value = figure(asked, first["value"])
    if asked.measure == "most_common":
        return _most_common(asked, known)
    if not asked.by:
        return say("{what}: {value} ({base:,} customers count).", what=what, value=value, base=int(first["base"]))
    if not asked.top:
        listed = "; ".join(f"{row['label']}: {figure(asked, row['value'])}" for row in known.to_dict("records"))
        return say("{what} – {listed}.", what=what, listed=listed)
    return _ranked(asked, known, what)


def _ranked(asked: Asked, known: pd.DataFrame, what: str) -> Message:
    first = known.iloc[0]
    value = figure(asked, first["value"])
    best = known[known["value"] == first["value"]]
    if len(best) > 1:
        names = ", ".join(best["label"])
        return say("{what}: a tie between {names}, each with {value}.", what=what, names=names, value=value)
    values = {"what": what, "first": first["label"], "value": value}
    if len(known) == 1:
        return say("{what}: {first} with {value}; no other group can be compared.", **values)
    second = known.iloc[1]
    values |= {"second": second["label"], "next": figure(asked, second["value"])}
    if _overlap(first, second):
        if asked.top > 0:
            return say(
                "{what}: highest in {first} with {value}, before {second} with {next}; "
                "their 95 % intervals overlap, so this lead may be chance.",
                **values,
            )
        return say(
            "{what}: lowest in {first} with {value}, before {second} with {next}; "
            "their 95 % intervals overlap, so this lead may be chance.",
            **values,
        )
    if asked.top > 0:
        return say("{what}: highest in {first} with {value}, before {second} with {next}.", **values)
    return say("{what}: lowest in {first} with {value}, before {second} with {next}.", **values)


def subject(asked: Asked) -> Message:
    """Say what is measured."""
    column = f"“{humanise(asked.column)}”"
    about = f"“{clean(asked.about)}”"
    if asked.measure == "complain":
        return say("Complaints about {about}", about=about) if asked.about else say("Complaints")
    messages = {
        "size": say("Customers"),
        "share_of": say("Share with {test}", test=said_as(asked.test)),
        "mean": say("Average of {column}", column=column),
        "median": say("Median of {column}", column=column),
        "sum": say("Sum of {column}", column=column),
        "share_of_total": say("Share of all {column}", column=column),
        "mention": say("Mentions of {about}", about=about),
        "most_common": say("Most common {column}", column=column),
    }
    return messages[asked.measure]


def query(asked: Asked, study: Study) -> Message:
    """Say in plain words what was computed, of whom, and how."""
    values = {"what": str(subject(asked)), "by": "-", "only": said_as(asked.only) or "-"}
    if asked.by:
        values["by"] = asked.by if asked.by == SEGMENTS else f"“{humanise(asked.by)}”"
    if asked.measure in OF_TEXTS:
        return say(
            "{what}; by: {by}; conditions: {only}. Of the customers who wrote anything, counted are those with a "
            "sentence that has one of the topic's words and, for complaints, a sour tone by word lists.",
            **values,
        )
    if asked.measure in OF_NUMBERS or asked.measure == "most_common":
        return say("{what}; by: {by}; conditions: {only}. Customers without a value do not count.", **values)
    if asked.measure == "share_of":
        return say(
            "{what}; by: {by}; conditions: {only}. Of the customers for whom this is known, with a 95 % interval "
            "(Wilson).",
            **values,
        )
    return say("{what}; by: {by}; conditions: {only}.", **values)


def said_as(conditions: tuple[Condition, ...]) -> str:
    """Write conditions out."""
    parts = []
    for one in conditions:
        name = SEGMENTS if one.column == SEGMENT else humanise(one.column)
        parts.append(clean(f"{name} {one.op} {', '.join(one.values)}".strip(), 120))
    return "; ".join(parts)


def figure(asked: Asked, value: float) -> str:
    """Write a value as its measure is written."""
    if math.isnan(value):
        return "–"
    if asked.measure in OF_TEXTS or asked.measure in ("share_of", "share_of_total", "most_common"):
        return f"{100 * value:.1f} %"
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.2f}"


def _most_common(asked: Asked, known: pd.DataFrame) -> Message:
    listed = "; ".join(
        f"{row['label']}: {clean(row['text'])} ({figure(asked, row['value'])})" for row in known.to_dict("records")
    )
    if not asked.by:
        first = known.iloc[0]
        listed = f"{clean(first['text'])} ({figure(asked, first['value'])})"
    return say("{what} – {listed}.", what=str(subject(asked)), listed=listed)


def _overlap(first: pd.Series, second: pd.Series) -> bool:
    ends = [first["low"], first["high"], second["low"], second["high"]]
    if any(math.isnan(end) for end in ends):
        return False
    return bool(first["low"] <= second["high"] and second["low"] <= first["high"])


def worded(asked: Asked) -> Message:
    """Word a typed question, for a button that asks it; `what` is its `subject`."""
    what = str(subject(asked))
    only = said_as(asked.only)
    if asked.by == SEGMENTS:
        if asked.top > 0:
            return say("{what}: which segment has most? {only}", what=what, only=only)
        if asked.top < 0:
            return say("{what}: which segment has least? {only}", what=what, only=only)
        return say("{what}, segment by segment. {only}", what=what, only=only)
    if asked.by:
        return say("{what}, by {by}. {only}", what=what, by=humanise(asked.by), only=only)
    return say("{what}, everyone together. {only}", what=what, only=only)
