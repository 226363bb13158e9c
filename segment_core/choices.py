"""Choices: a menu is a dict of `Choice`, and an options dataclass knows its own questions."""

import dataclasses
import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from segment_core.errors import OptionError
from segment_core.extras import has

T = TypeVar("T")
LAST_SEED = 2**32 - 1
"""The libraries take no greater seed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a family's menu: what a page shows and what runs when it is picked.

    `when` says in a sentence when to pick it; `needs` names optional packages. `asks` names what `run` takes besides
    as keywords: "secrets" (such as keys to a server, by name), and what else its family's menu offers.
    """

    label: str
    run: Callable[..., Any]
    options: type
    when: str
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    def missing(self) -> tuple[str, ...]:
        """Return the needed packages that are not installed."""
        return tuple(package for package in self.needs if not has(package))


@dataclass(frozen=True, slots=True)
class Question:
    """What a form must know to ask for one option."""

    name: str
    label: str
    kind: type
    default: Any
    help: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    among: tuple[str, ...] = ()
    offers: str = ""
    optional: bool = False


def option(
    default: Any,
    label: str,
    *,
    help: str = "",  # noqa: A002 - the word every form library uses
    low: float | None = None,
    high: float | None = None,
    step: float | None = None,
    among: tuple[str, ...] = (),
    offers: str = "",
) -> Any:
    """Declare a dataclass field together with the question a form asks for it.

    `offers` names what a form may offer besides typing, such as the "encoders" that were kept.

    Examples
    --------
    >>> @dataclass(frozen=True, kw_only=True)
    ... class KMeansOptions:
    ...     n_segments: int = option(6, "Segments", low=2, high=40)
    >>> questions(KMeansOptions)[0].high
    40
    """
    asked = {"label": label, "help": help, "low": low, "high": high, "step": step, "among": among, "offers": offers}
    return dataclasses.field(default=default, metadata={"question": asked})


def questions(options: type) -> tuple[Question, ...]:
    """Return the questions of an options dataclass, in the order of its fields."""
    hints = typing.get_type_hints(options)
    found = []
    for field in dataclasses.fields(options):
        if "question" not in field.metadata:
            continue
        kind, optional = _plain_type(hints[field.name])
        asked = dict(field.metadata["question"])
        if field.name == "seed" and asked["high"] is None:
            asked["high"] = LAST_SEED
        found.append(Question(name=field.name, kind=kind, default=field.default, optional=optional, **asked))
    return tuple(found)


def options_to_json(options: Any) -> dict[str, Any]:
    """Return an options dataclass as a JSON object."""
    return dataclasses.asdict(options)


def options_from_json(kind: type[T], found: Mapping[str, Any]) -> T:
    """Build an options dataclass from JSON, checking names, types and limits.

    Raises
    ------
    OptionError
        If a name is unknown, or a value has the wrong type or lies outside its limits.
    """
    asked = {question.name: question for question in questions(kind)}
    for name in found:
        if name not in asked:
            raise OptionError(
                "There is no option {name}; there are: {names}.", name=str(name), names=", ".join(asked) or "-"
            )
    return kind(**{name: _checked(asked[name], value) for name, value in found.items()})


def _checked(question: Question, value: Any) -> Any:
    if value is None and question.optional:
        return None
    kind = question.kind
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise OptionError(
            "Option {name} is {value}; it must be of type {kind}.",
            name=question.name,
            value=repr(value)[:80],
            kind=kind.__name__,
        )
    if question.among and value not in question.among:
        raise OptionError(
            "Option {name} is {value}; it must be one of {names}.",
            name=question.name,
            value=repr(value)[:80],
            names=", ".join(question.among),
        )
    low, high = question.low, question.high
    assert isinstance(value, bool | int | float | str)  # the kinds of option there are
    if isinstance(value, str):
        return value
    if not math.isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
        raise OptionError(
            "Option {name} is {value}; it must lie between {low} and {high}.",
            name=question.name,
            value=value,
            low="-∞" if low is None else low,
            high="∞" if high is None else high,
        )
    return value


def _plain_type(hint: Any) -> tuple[type, bool]:
    if isinstance(hint, types.UnionType):
        inner = [part for part in typing.get_args(hint) if part is not types.NoneType]
        return inner[0], True
    return hint, False
