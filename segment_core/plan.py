"""Plan: what a person chose for each step; to and from JSON."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar, get_args

from segment_core.artifacts import Basis, Role, Step
from segment_core.choices import Choice, options_from_json, options_to_json, questions
from segment_core.clustering import ALGORITHMS
from segment_core.clustering.membership import FAR, far_from
from segment_core.contrasting import CONTRASTS
from segment_core.encoders import ENCODERS
from segment_core.errors import OptionError
from segment_core.features import NAMES
from segment_core.graphs import GRAPHS
from segment_core.intake import Choices, ReadingOptions
from segment_core.intake.behaviour import BehaviourOptions
from segment_core.intake.behaviour.options import DEFAULTS
from segment_core.intake.joins import Link
from segment_core.intake.quality import Remedy
from segment_core.personas import WRITERS
from segment_core.projection import PROJECTIONS
from segment_core.topics import TOPICS
from segment_core.traits import TRAITS

T = TypeVar("T")

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
    standard deviations. `seed` reaches every step.

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
    options = _mapping(family, step.get("options", {}))
    options_from_json(menu[name].options, options)
    return Step(name, dict(options))


def _files(found: Any) -> dict[str, ReadingOptions]:
    return {
        name: options_from_json(ReadingOptions, _mapping("files", options))
        for name, options in _mapping("files", found).items()
    }


def _roles(found: Any) -> dict[str, Role]:
    for name, role in _mapping("roles", found).items():
        if role not in get_args(Role):
            raise OptionError(
                "Column {name} is given the role {role}; there are: {names}.",
                name=name[:80],
                role=str(role)[:80],
                names=", ".join(get_args(Role)),
            )
    return dict(found)


def _bases(found: Any) -> dict[str, Basis]:
    for name, basis in _mapping("bases", found).items():
        if basis not in get_args(Basis):
            raise OptionError(
                "Column {name} is given the basis {basis}; there are: {names}.",
                name=name[:80],
                basis=str(basis)[:80],
                names=", ".join(get_args(Basis)),
            )
    return dict(found)


def _links(found: Any) -> tuple[Link, ...] | None:
    return None if found is None else tuple(_record(Link, "links", item) for item in _list("links", found))


def _mask(found: Any) -> bool:
    if not isinstance(found, bool):
        raise OptionError('The part "{part}" of the plan must be true or false.', part="mask")
    return found


def _remedies(found: Any) -> tuple[Remedy, ...]:
    return tuple(_record(Remedy, "remedies", item) for item in _list("remedies", found))


def _list(part: str, found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise OptionError('The part "{part}" of the plan must be a JSON list.', part=part)
    return found


def _record(kind: type[T], part: str, found: Any) -> T:
    """Build a dataclass of texts and lists of texts."""
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for name, value in _mapping(part, found).items():
        listed = isinstance(value, list) and all(isinstance(item, str) for item in value)
        wanted = name in fields and (listed if fields[name].default == () else isinstance(value, str))
        if not wanted:
            raise OptionError('The part "{part}" of the plan holds {name}, which cannot be read.', part=part, name=name)
        values[name] = tuple(value) if listed else value
    lacking = [name for name, field in fields.items() if name not in values and field.default is dataclasses.MISSING]
    if lacking:
        raise OptionError('The part "{part}" of the plan lacks {names}.', part=part, names=", ".join(lacking))
    return kind(**values)


def _weights(found: Any) -> dict[str, float]:
    for name, weight in _mapping("weights", found).items():
        if name not in NAMES:
            raise OptionError(
                "There is no block named {name}; there are: {names}.", name=name[:80], names=", ".join(NAMES)
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


class _Part(NamedTuple):
    """How a part of the plan that is no line of a menu is written to JSON and read back."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


PARTS: Mapping[str, _Part] = {
    "reading": _Part(options_to_json, lambda found: options_from_json(ReadingOptions, _mapping("reading", found))),
    "files": _Part(lambda files: {name: options_to_json(options) for name, options in files.items()}, _files),
    "roles": _Part(dict, _roles),
    "bases": _Part(dict, _bases),
    "links": _Part(lambda links: None if links is None else [dataclasses.asdict(link) for link in links], _links),
    "behaviour": _Part(
        options_to_json, lambda found: options_from_json(BehaviourOptions, _mapping("behaviour", found))
    ),
    "mask": _Part(bool, _mask),
    "remedies": _Part(lambda remedies: [dataclasses.asdict(remedy) for remedy in remedies], _remedies),
    "weights": _Part(dict, _weights),
    "outliers": _Part(float, far_from),
}
"""Every part of the plan beside the menus and the seed."""

INTAKE = ("reading", "files", "roles", "bases", "links", "behaviour", "mask", "remedies")
"""The parts that come before the first feature: they alone decide what the customers are."""
