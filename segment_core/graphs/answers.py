"""Answers: the form that a language model fills; imported only when one is asked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

# Wide enough that a long end is refused alone, and not the whole answer with it.
Short = Annotated[str, StringConstraints(max_length=400)]


class TripleAnswer(BaseModel):
    """Who or what, does or is, to whom or what; and the id of the text that says so."""

    model_config = ConfigDict(extra="forbid")

    subject: Short
    relation: Short
    object: Short
    quote: Short


class TriplesAnswer(BaseModel):
    """All that was found in the texts shown."""

    model_config = ConfigDict(extra="forbid")

    triples: list[TripleAnswer]
