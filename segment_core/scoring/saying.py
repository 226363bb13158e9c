"""Saying: facts and changes as sentences; segments are named by whoever asks."""

import numpy as np

from segment_core.messages import Message, say
from segment_core.scoring.explaining import Fact
from segment_core.scoring.moving import Step, Value


def fact_said(fact: Fact, own: str, other: str) -> Message:
    """Say what a column holds and what both segments typically hold, or what a block says."""
    names = {"own": own, "other": other}
    if fact.kind == "block":
        return _block_said(fact, names)
    if fact.kind == "level":
        return _level_said(fact, names)
    typical = {"here": written(fact.own, fact), "there": written(fact.other, fact)}
    if not np.isfinite(fact.value):
        return say(
            "{column} is not known, and was taken as typical of everybody; it is typically {here} in {own} and "
            "{there} in {other}.",
            column=fact.name,
            **typical,
            **names,
        )
    return say(
        "{column} is {value}; it is typically {here} in {own} and {there} in {other}.",
        column=fact.name,
        value=written(fact.value, fact),
        **typical,
        **names,
    )


def change_said(step: Step) -> Message:
    """Say what would have to be instead of what is."""
    if step.role == "yes/no":
        return (
            say("{column} from no to yes", column=step.column)
            if step.new == "yes"
            else say("{column} from yes to no", column=step.column)
        )
    return say(
        "{column} from {old} to {new}",
        column=step.column,
        old=_value(step.old, step.decimals),
        new=_value(step.new, step.decimals),
    )


def written(value: float, fact: Fact) -> str:
    """Write a number or a date as its column is written."""
    if not np.isfinite(value):
        return "–"
    if fact.kind == "date":
        return str(np.datetime64("1970-01-01") + np.timedelta64(round(value), "D"))
    return _value(value, fact.decimals)


def _value(value: Value, decimals: int) -> str:
    if isinstance(value, str):
        return value
    whole = abs(value) >= 1000 and decimals <= 2 and value == round(value)
    return f"{value:,.{0 if whole else decimals}f}"


def _level_said(fact: Fact, names: dict[str, str]) -> Message:
    shares = {"here": f"{fact.own:.0%}", "there": f"{fact.other:.0%}"}
    if not fact.level:
        return say("{column} is not known, which speaks for no segment.", column=fact.name)
    if fact.role == "yes/no":
        template = {
            "yes": say(
                "{column} is yes, as for {here} in {own} and {there} in {other}.", column=fact.name, **shares, **names
            ),
            "no": say(
                "{column} is no, as for {here} in {own} and {there} in {other}.", column=fact.name, **shares, **names
            ),
        }
        return template[fact.level]
    return say(
        "{column} is {level}, as for {here} in {own} and {there} in {other}.",
        column=fact.name,
        level=fact.level,
        **shares,
        **names,
    )


def _block_said(fact: Fact, names: dict[str, str]) -> Message:
    if fact.silent:
        return _silence_said(fact, names)
    if fact.name == "text":
        if fact.pull > 0:
            return say("What they wrote is more like what {own} write than what {other} write.", **names)
        return say("What they wrote is more like what {other} write than what {own} write.", **names)
    for_own = fact.pull > 0
    near = {"own": names["own"] if for_own else names["other"], "other": names["other"] if for_own else names["own"]}
    said = {
        "topics": say("What they write about is more usual in {own} than in {other}.", **near),
        "traits": say("The attitudes in their texts are more usual in {own} than in {other}.", **near),
        "graph": say("What they share with others links them to {own} more than to {other}.", **near),
    }
    return said.get(fact.name) or say("Their vectors are nearer to {own} than to {other}.", **near)


def _silence_said(fact: Fact, names: dict[str, str]) -> Message:
    """Say that nothing is known: they stand in the middle of everybody, which is nearer to one segment all the same."""
    near = {"near": names["own"] if fact.pull > 0 else names["other"]}
    said = {
        "text": say("They wrote nothing, and count as average in it; {near} is nearer to that.", **near),
        "topics": say("They wrote about no topic, and count as average in it; {near} is nearer to that.", **near),
        "traits": say("No text tells their attitudes, and they count as average; {near} is nearer to that.", **near),
        "graph": say("They share nothing with others, and count as average; {near} is nearer to that.", **near),
    }
    return said.get(fact.name) or say("They have no vectors, and count as average; {near} is nearer to that.", **near)
