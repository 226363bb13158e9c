"""Plan: what a person chose for each step; to and from JSON."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from segment_core.artifacts import Role, Step
from segment_core.choices import Choice, options_from_json, options_to_json, questions
from segment_core.clustering import ALGORITHMS
from segment_core.encoders import ENCODERS
from segment_core.errors import OptionError
from segment_core.features import BLOCKS
from segment_core.intake import ReadingOptions
from segment_core.personas import WRITERS
from segment_core.projection import PROJECTIONS

MENUS: Mapping[str, Mapping[str, Choice]] = {
    "encoder": ENCODERS,
    "clustering": ALGORITHMS,
    "projection": PROJECTIONS,
    "personas": WRITERS,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold every choice of a run. What is not chosen is decided from the data, and said.

    `roles` overrides the role of a column by name; `weights` the weight of a block by name
    (0 is without it; blocks not named keep their default). `seed` reaches every step.

    Examples
    --------
    >>> plan = Plan(clustering=Step("kmeans", {"n_segments": 4}))
    >>> Plan.from_json(plan.to_json()) == plan
    True
    """

    reading: ReadingOptions = ReadingOptions()
    roles: Mapping[str, Role] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    encoder: Step = Step("auto")
    clustering: Step = Step("auto")
    projection: Step = Step("umap")
    personas: Step = Step("builtin")
    seed: int = 0

    def choice(self, family: str) -> Choice:
        """Return the menu line picked for a family: encoder, clustering, projection or personas."""
        return MENUS[family][getattr(self, family).name]

    def options(self, family: str) -> Any:
        """Build the options dataclass of a family's choice, with the plan's seed where it has none of its own."""
        kind = self.choice(family).options
        chosen = dict(getattr(self, family).options)
        if "seed" not in chosen and any(question.name == "seed" for question in questions(kind)):
            chosen["seed"] = self.seed
        return options_from_json(kind, chosen)

    def having(self, **parts: Any) -> "Plan":
        """Return a copy with some choices replaced."""
        return dataclasses.replace(self, **parts)

    def to_json(self) -> str:
        """Write the plan as JSON text that `from_json` reads back as an equal plan."""
        found: dict[str, Any] = {
            "reading": options_to_json(self.reading),
            "roles": dict(self.roles),
            "weights": dict(self.weights),
        }
        for family in MENUS:
            step: Step = getattr(self, family)
            found[family] = {"name": step.name, "options": dict(step.options)}
        return json.dumps(found | {"seed": self.seed}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        """Read a plan; what it leaves out keeps its default.

        Raises
        ------
        OptionError
            If the text is not JSON, or names a step, an option or a value that does not exist.
        """
        found = _object(text)
        known = {item.name for item in dataclasses.fields(cls)}
        for name in found:
            if name not in known:
                raise OptionError(
                    "The plan has a part named {name}; there are: {names}.",
                    name=str(name)[:80],
                    names=", ".join(sorted(known)),
                )
        parts: dict[str, Any] = {}
        for family in MENUS:
            if family in found:
                parts[family] = _step(family, found[family])
        if "reading" in found:
            parts["reading"] = options_from_json(ReadingOptions, _mapping("reading", found["reading"]))
        if "roles" in found:
            parts["roles"] = _roles(_mapping("roles", found["roles"]))
        if "weights" in found:
            parts["weights"] = _weights(_mapping("weights", found["weights"]))
        if "seed" in found:
            parts["seed"] = _seed(found["seed"])
        return cls(**parts)


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise OptionError("The plan is not JSON: {error}.", error=str(error)) from error
    return dict(_mapping("plan", found))


def _mapping(part: str, found: Any) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise OptionError('The part "{part}" of the plan must be a JSON object.', part=part)
    return found


def _step(family: str, found: Any) -> Step:
    step = _mapping(family, {"name": found} if isinstance(found, str) else found)
    name, menu = step.get("name"), MENUS[family]
    if not isinstance(name, str) or name not in menu:
        raise OptionError(
            "There is no {family} named {name}; there are: {names}.",
            family=family,
            name=str(name)[:80],
            names=", ".join(menu),
        )
    options = _mapping(family, step.get("options", {}))
    options_from_json(menu[name].options, options)
    return Step(name, dict(options))


def _roles(found: Mapping[str, Any]) -> dict[str, Role]:
    for name, role in found.items():
        if role not in get_args(Role):
            raise OptionError(
                "Column {name} is given the role {role}; there are: {names}.",
                name=name[:80],
                role=str(role)[:80],
                names=", ".join(get_args(Role)),
            )
    return dict(found)


def _weights(found: Mapping[str, Any]) -> dict[str, float]:
    known = (*BLOCKS, "text")
    for name, weight in found.items():
        if name not in known:
            raise OptionError(
                "There is no block named {name}; there are: {names}.", name=name[:80], names=", ".join(known)
            )
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 100:
            raise OptionError(
                "The weight of block {name} is {weight}; it must be a number from 0 to 100.",
                name=name[:80],
                weight=str(weight)[:80],
            )
    return {name: float(weight) for name, weight in found.items()}


def _seed(found: Any) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < 2**32:
        raise OptionError("The seed is {seed}; it must be a whole number from 0 to 4294967295.", seed=str(found)[:80])
    return found
