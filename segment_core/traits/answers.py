"""Answers: the form that a language model fills; imported only when one is asked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

# Wide enough that one odd entry is refused alone by the checker, and not the whole answer with it.
Short = Annotated[str, StringConstraints(max_length=200)]


class ScoreAnswer(BaseModel):
    """One criterion of the rubric: its name, 0 to 4 or null where nothing is said, and the id of the sentence."""

    model_config = ConfigDict(extra="forbid")

    criterion: Short
    score: float | None
    quote: Short = ""


class TextAnswer(BaseModel):
    """What one text says, by its id."""

    model_config = ConfigDict(extra="forbid")

    text: Short
    scores: list[ScoreAnswer]


class RatingsAnswer(BaseModel):
    """An entry for every text that was sent."""

    model_config = ConfigDict(extra="forbid")

    texts: list[TextAnswer]
