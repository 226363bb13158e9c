"""Answers: the form that a language model fills for a question; imported only when one is asked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Short = Annotated[str, StringConstraints(max_length=200)]


class ConditionAnswer(BaseModel):
    """A condition: a column as shown, an operation, and the values to compare with."""

    model_config = ConfigDict(extra="forbid")

    column: Short
    op: Short
    values: list[Short]


class QuestionAnswer(BaseModel):
    """A typed question; `measure` is "cannot" where it cannot be asked."""

    model_config = ConfigDict(extra="forbid")

    measure: Short
    column: Short = ""
    about: Short = ""
    by: Short = ""
    only: list[ConditionAnswer] = []
    test: list[ConditionAnswer] = []
    top: int = 0
