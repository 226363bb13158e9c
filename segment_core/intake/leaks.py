"""Leaks: columns that give an outcome away, such as the date and the reason of leaving beside "has left"."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Role
from segment_core.intake.copies import floats
from segment_core.intake.values import answer_of, is_nothing
from segment_core.intake.vocabulary import Words, speaks_of
from segment_core.messages import Message, say

OUTCOME = Words(
    "churn churned attrition attrited cancelled canceled exited quit left lapsed terminated termination converted "
    "conversion defaulted fraud target outcome label dropout closed inactive retained won lost abwanderung gekundigt "
    "kundigung* resilie resiliation abandono cancelado disdetta abbandono cancelamento evasao 流失 注销 违约"
)
ENDING = Words(
    "exit leaving cancel cancellation churn end ended closing closure termination terminated attrition default loss "
    "quit reason lapse conversion kundigung* abwanderung* motif motivo resiliation 流失 注销 原因"
)
"""What is known of a customer only once the outcome is."""

ALMOST = 0.02
"""A column gives an outcome away if it leaves this share of the guesses wrong that one makes without it, or less."""

_FEWEST = 10
_MOST_LEVELS = 0.1


def leaks(frame: pd.DataFrame, roles: Mapping[str, Role], decimal: str) -> dict[str, Message]:
    """Return each column that tells a yes/no outcome almost perfectly, with the reason, which names the outcome.

    Only columns named like an outcome count as one: that an app's version is filled where "has app" is yes is no leak.
    A column leaks if it is filled exactly where the outcome is yes (or no), if each of its values goes
    with one answer, or if all its numbers for yes lie on one side of those for no.
    """
    found: dict[str, Message] = {}
    for outcome in (name for name in roles if roles[name] in ("yes/no", "category") and speaks_of(name, OUTCOME)):
        answers = _answers(frame[outcome])
        if answers is None:
            continue
        for name, role in roles.items():
            if name == outcome or name in found or (role == "yes/no" and speaks_of(name, OUTCOME)):
                continue
            if _is_filled_alike(frame[name], answers):
                found[name] = say(
                    "Is filled exactly where {other} has one answer, so it gives the outcome away.", other=outcome
                )
            elif _tells(frame[name], role, answers, decimal, ends=speaks_of(name, ENDING)):
                found[name] = say("Tells {other} almost perfectly, so it gives the outcome away.", other=outcome)
    return found


def _answers(values: pd.Series) -> NDArray[np.bool_] | None:
    """Return which rows have the first of two answers; None where there are not two, or one is too rare to judge."""
    stripped = values.str.strip()
    levels = sorted(level for level in stripped.dropna().unique() if not is_nothing(level))
    if len(levels) != 2:
        return None
    answers: NDArray[np.bool_] = (stripped == levels[0]).to_numpy(dtype=bool, na_value=False)
    known = answer_of(levels[0]) is not None or stripped.notna().mean() > 0.95
    return answers if known and min(answers.sum(), (~answers).sum()) >= _FEWEST else None


def _is_filled_alike(values: pd.Series, answers: NDArray[np.bool_]) -> bool:
    filled = (values.notna() & (values.str.strip() != "")).to_numpy(dtype=bool, na_value=False)
    if filled.all() or not filled.any():
        return False
    return _is_told(int(min((filled != answers).sum(), (filled == answers).sum())), answers)


def _tells(values: pd.Series, role: Role, answers: NDArray[np.bool_], decimal: str, *, ends: bool) -> bool:
    if role in ("category", "yes/no", "place") and ends:
        codes, levels = pd.factorize(values)
        if len(levels) > _MOST_LEVELS * len(values):
            return False
        yes = np.bincount(codes + 1, answers, len(levels) + 1)
        rows = np.bincount(codes + 1, minlength=len(levels) + 1)
        return _is_told(int(np.minimum(yes, rows - yes).sum()), answers)
    if role in ("number", "money", "count"):
        return _separates(floats(values, decimal), answers)
    return False


def _separates(numbers: NDArray[np.float64], answers: NDArray[np.bool_]) -> bool:
    """Tell whether one bound parts the numbers of both answers almost perfectly."""
    known = ~np.isnan(numbers)
    if known.mean() < 0.95:
        return False
    numbers, answers = numbers[known], answers[known]
    order = np.argsort(numbers, kind="stable")
    numbers, yes = numbers[order], np.cumsum(answers[order])
    ends = np.append(np.flatnonzero(np.diff(numbers)), len(numbers) - 1)
    below, total = yes[ends], yes[-1]
    wrong = (ends + 1 - below) + (total - below)  # were every row up to the bound a yes, and none after it
    return _is_told(int(min(wrong.min(), len(numbers) - wrong.max())), answers)


def _is_told(wrong: int, answers: NDArray[np.bool_]) -> bool:
    return wrong <= ALMOST * min(int(answers.sum()), int((~answers).sum()))
