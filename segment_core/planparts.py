"""Plan parts: how each choice of a plan that is no line of a menu is written to JSON and read back."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar, get_args

from segment_core.artifacts import Basis, Role
from segment_core.choices import options_from_json, options_to_json
from segment_core.clustering.membership import far_from
from segment_core.errors import OptionError
from segment_core.features import NAMES
from segment_core.intake import ReadingOptions
from segment_core.intake.behaviour import BehaviourOptions
from segment_core.intake.joins import Link
from segment_core.intake.quality import Remedy

T = TypeVar("T")


def mapping(part: str, found: Any) -> Mapping[str, Any]:
    """Return a part of a plan that must be a JSON object, or raise `OptionError`."""
    if not isinstance(found, dict):
        raise OptionError('The part "{part}" of the plan must be a JSON object.', part=part)
    return found


def _files(found: Any) -> dict[str, ReadingOptions]:
    return {
        name: options_from_json(ReadingOptions, mapping("files", options))
        for name, options in mapping("files", found).items()
    }


def _roles(found: Any) -> dict[str, Role]:
    for name, role in mapping("roles", found).items():
        if role not in get_args(Role):
            raise OptionError(
                "Column {name} is given the role {role}; there are: {names}.",
                name=name[:80],
                role=str(role)[:80],
                names=", ".join(get_args(Role)),
            )
    return dict(found)


def _bases(found: Any) -> dict[str, Basis]:
    for name, basis in mapping("bases", found).items():
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
    for name, value in mapping(part, found).items():
        listed = isinstance(value, list) and all(isinstance(item, str) for item in value)
        wanted = name in fields and (listed if fields[name].default == () else isinstance(value, str))
        if not wanted:
            raise OptionError('The part "{part}" of the plan holds {name}, which cannot be read.', part=part, name=name)
        values[name] = tuple(value) if listed else value
    lacking = [name for name, field in fields.items() if name not in values and field.default is dataclasses.MISSING]
    if lacking:
        raise OptionError('The part "{part}" of the plan lacks {names}.', part=part, names=", ".join(lacking))
    return kind(**values)


def _marks(part: str) -> Callable[[Any], dict[str, bool]]:
    def read(found: Any) -> dict[str, bool]:
        for name, marked in mapping(part, found).items():
            if not isinstance(marked, bool):
                raise OptionError(
                    'The part "{part}" of the plan says {found} of {name}; it must be true or false.',
                    part=part,
                    found=str(marked)[:80],
                    name=name[:80],
                )
        return dict(found)

    return read


def _weights(found: Any) -> dict[str, float]:
    for name, weight in mapping("weights", found).items():
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


def seed(found: Any) -> int:
    """Read a seed, or raise `OptionError` where it is no whole number in its range."""
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < 2**32:
        raise OptionError("The seed is {seed}; it must be a whole number from 0 to 4294967295.", seed=str(found)[:80])
    return found


class Part(NamedTuple):
    """How a part of the plan that is no line of a menu is written to JSON and read back."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


PARTS: Mapping[str, Part] = {
    "reading": Part(options_to_json, lambda found: options_from_json(ReadingOptions, mapping("reading", found))),
    "files": Part(lambda files: {name: options_to_json(options) for name, options in files.items()}, _files),
    "roles": Part(dict, _roles),
    "bases": Part(dict, _bases),
    "links": Part(lambda links: None if links is None else [dataclasses.asdict(link) for link in links], _links),
    "behaviour": Part(options_to_json, lambda found: options_from_json(BehaviourOptions, mapping("behaviour", found))),
    "mask": Part(bool, _mask),
    "remedies": Part(lambda remedies: [dataclasses.asdict(remedy) for remedy in remedies], _remedies),
    "weights": Part(dict, _weights),
    "outliers": Part(float, far_from),
    "sensitive": Part(dict, _marks("sensitive")),
    "mutable": Part(dict, _marks("mutable")),
}
"""Every part of the plan beside the menus and the seed."""
