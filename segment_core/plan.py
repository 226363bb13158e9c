"""Plan: what a person chose for each step; to and from JSON."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from segment_core.artifacts import Basis, Role, Step
from segment_core.choices import Choice, options_from_json, questions
from segment_core.clustering import ALGORITHMS
from segment_core.clustering.membership import FAR
from segment_core.contrasting import CONTRASTS
from segment_core.encoders import ENCODERS
from segment_core.errors import OptionError
from segment_core.graphs import GRAPHS
from segment_core.intake import Choices, ReadingOptions
from segment_core.intake.behaviour import BehaviourOptions
from segment_core.intake.behaviour.options import DEFAULTS
from segment_core.intake.joins import Link
from segment_core.intake.quality import Remedy
from segment_core.personas import WRITERS
from segment_core.planparts import PARTS, mapping, seed
from segment_core.projection import PROJECTIONS
from segment_core.topics import TOPICS
from segment_core.traits import TRAITS

MENUS: Mapping[str, Mapping[str, Choice]] = {
    "encoder": ENCODERS,
    "contrast": CONTRASTS,
    "topics": TOPICS,
    "graph": GRAPHS,
    "traits": TRAITS,
    "clustering": ALGORITHMS,
    "projection": PROJECTIONS,
    "personas": WRITERS,
}
OPTIONAL = ("contrast", "topics", "graph", "traits")
"""The steps that are left out unless a plan names one; they are then called "none"."""

RENAMED: Mapping[tuple[str, str], str] = {("clustering", "ward"): "hierarchical"}
"""Lines of a menu that earlier plans call by another name."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold every choice of a run. What is not chosen is decided from the data, and said.

    `reading` says how to read every file, `files` how to read one table by its name. `roles` and `bases`
    override what a column is, by name. `links` join the tables; None takes the proposed ones. `behaviour` says
    how orders are measured, `mask` whether personal data in texts are masked. `remedies` mend the customers, in
    this order. `weights` sets the weight of a block by name (0 is without it; blocks not
    named keep their default). `outliers` is how far from the own centre customers are outliers, in robust
    standard deviations. `sensitive` and `mutable` override, by column, whether it tells what should decide
    nothing, and whether a customer or a campaign can change it. `seed` reaches every step.

    Examples
    --------
    >>> plan = Plan(clustering=Step("kmeans", {"n_segments": 4}))
    >>> Plan.from_json(plan.to_json()) == plan
    True
    """

    reading: ReadingOptions = ReadingOptions()
    files: Mapping[str, ReadingOptions] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    bases: Mapping[str, Basis] = field(default_factory=dict)
    links: tuple[Link, ...] | None = None
    behaviour: BehaviourOptions = DEFAULTS
    mask: bool = True
    remedies: tuple[Remedy, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    encoder: Step = Step("auto")
    contrast: Step = Step("none")
    topics: Step = Step("none")
    graph: Step = Step("none")
    traits: Step = Step("none")
    clustering: Step = Step("auto")
    projection: Step = Step("umap")
    personas: Step = Step("builtin")
    outliers: float = FAR
    sensitive: Mapping[str, bool] = field(default_factory=dict)
    mutable: Mapping[str, bool] = field(default_factory=dict)
    seed: int = 0

    def choice(self, family: str) -> Choice:
        """Return the menu line picked for a family, such as encoder or clustering."""
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

    def choices(self) -> Choices:
        """Return what was chosen on the way from tables to customers."""
        return Choices(**{field.name: getattr(self, field.name) for field in dataclasses.fields(Choices)})

    def intake(self) -> "Plan":
        """Return a plan of only those choices that decide what the customers are."""
        return Plan(**{name: getattr(self, name) for name in INTAKE})

    def to_json(self) -> str:
        """Write the plan as JSON text that `from_json` reads back as an equal plan."""
        found: dict[str, Any] = {name: part.write(getattr(self, name)) for name, part in PARTS.items()}
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
        for name, part in PARTS.items():
            if name in found:
                parts[name] = part.read(found[name])
        if "seed" in found:
            parts["seed"] = seed(found["seed"])
        return cls(**parts)


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise OptionError("The plan is not JSON: {error}.", error=str(error)) from error
    return dict(mapping("plan", found))


def _step(family: str, found: Any) -> Step:
    step = mapping(family, {"name": found} if isinstance(found, str) else found)
    name, menu = step.get("name"), MENUS[family]
    name = RENAMED.get((family, str(name)), name)
    for part in step:
        if part not in ("name", "options"):
            raise OptionError(
                'The part "{part}" of the plan holds {name}, which cannot be read.', part=family, name=part[:80]
            )
    if name == "none" and family in OPTIONAL:
        return Step("none")
    if not isinstance(name, str) or name not in menu:
        raise OptionError(
            "There is no {family} named {name}; there are: {names}.",
            family=family,
            name=str(name)[:80],
            names=", ".join((*(("none",) if family in OPTIONAL else ()), *menu)),
        )
    options = mapping(family, step.get("options", {}))
    options_from_json(menu[name].options, options)
    return Step(name, dict(options))


INTAKE = ("reading", "files", "roles", "bases", "links", "behaviour", "mask", "remedies")
"""The parts that come before the first feature: they alone decide what the customers are."""
