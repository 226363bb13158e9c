"""Answers: the forms that a language model fills for algorithms; imported only when one is asked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

# Wide enough that one odd entry is refused alone by the checker, and not the whole answer with it.
Short = Annotated[str, StringConstraints(max_length=400)]


class PairAnswer(BaseModel):
    """Whether the two texts of a pair are about the same matter; null where one cannot tell."""

    model_config = ConfigDict(extra="forbid")

    pair: Short
    same: bool | None


class PairsAnswer(BaseModel):
    """An entry for every pair that was shown."""

    model_config = ConfigDict(extra="forbid")

    pairs: list[PairAnswer]


class LabelAnswer(BaseModel):
    """A text, by its id, and what it is about in a few words."""

    model_config = ConfigDict(extra="forbid")

    text: Short
    label: Short


class LabelsAnswer(BaseModel):
    """An entry for every text that was shown."""

    model_config = ConfigDict(extra="forbid")

    labels: list[LabelAnswer]


class SummaryAnswer(BaseModel):
    """What texts have in common, in a sentence or two."""

    model_config = ConfigDict(extra="forbid")

    summary: Annotated[str, StringConstraints(max_length=2000)]


class PickAnswer(BaseModel):
    """A text, the group it fits best or null, and the id of the group's text that it is most like."""

    model_config = ConfigDict(extra="forbid")

    text: Short
    group: Short | None
    like: Short = ""


class PicksAnswer(BaseModel):
    """An entry for every text that was shown."""

    model_config = ConfigDict(extra="forbid")

    picks: list[PickAnswer]
