"""Answers: the forms that a language model fills; imported only when one is asked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

# Wide enough that a long sentence is refused alone by the checker, and not the whole answer with it.
Short = Annotated[str, StringConstraints(max_length=120)]
Sentence = Annotated[str, StringConstraints(max_length=2000)]


class ClaimAnswer(BaseModel):
    """One sentence, the evidence ids it cites, and the id of a quote to paste beneath it or ""."""

    model_config = ConfigDict(extra="forbid")

    text: Sentence
    evidence: list[Short]
    quote: Short = ""


class NameAnswer(BaseModel):
    """The name of one segment, the two evidence ids that it rests on, and the segment in one sentence."""

    model_config = ConfigDict(extra="forbid")

    segment: Short
    name: Sentence
    basis: list[Short]
    tagline: ClaimAnswer


class NamesAnswer(BaseModel):
    """A name for every segment asked for."""

    model_config = ConfigDict(extra="forbid")

    names: list[NameAnswer]


class PersonaAnswer(BaseModel):
    """One segment as a persona, section by section."""

    model_config = ConfigDict(extra="forbid")

    who: list[ClaimAnswer]
    needs: list[ClaimAnswer]
    frustrations: list[ClaimAnswer]
    objections: list[ClaimAnswer]
    values: list[ClaimAnswer]
    channels: list[ClaimAnswer]
    tone: list[ClaimAnswer]
    dos: list[ClaimAnswer]
    donts: list[ClaimAnswer]
    day: list[ClaimAnswer]


class SectionAnswer(BaseModel):
    """One section of a persona."""

    model_config = ConfigDict(extra="forbid")

    claims: list[ClaimAnswer]
