"""Answers: the form that a language model fills with messages; imported only when one is asked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Short = Annotated[str, StringConstraints(max_length=60)]
Long = Annotated[str, StringConstraints(max_length=4000)]


class LineAnswer(BaseModel):
    """A line of a message by its name, such as "subject"."""

    model_config = ConfigDict(extra="forbid")

    name: Short
    text: Long


class MessageAnswer(BaseModel):
    """One variant of a message in a channel, with the evidence ids that it speaks to."""

    model_config = ConfigDict(extra="forbid")

    channel: Short
    variant: int
    evidence: list[Short]
    lines: list[LineAnswer]


class MessagesAnswer(BaseModel):
    """All messages asked for."""

    model_config = ConfigDict(extra="forbid")

    messages: list[MessageAnswer]
