"""Messages: sentences with their values kept apart, so that a page can say them in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Message:
    """Hold an English template and the values that fill it.

    The template is written by us and can be looked up in a catalogue; the values may come
    from a customer's file and are only ever inserted, never parsed.

    Examples
    --------
    >>> str(say("{n} lines were dropped.", n=3))
    '3 lines were dropped.'
    """

    template: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.template.format(**self.values)

    def to_json(self) -> dict[str, Any]:
        """Return the message as a JSON object."""
        return {"template": self.template, "values": dict(self.values)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Message":
        """Rebuild a message written by `to_json`."""
        return cls(found["template"], dict(found["values"]))


def say(template: str, /, **values: Value) -> Message:
    """Make a message; write the template in place, because catalogues are gathered from the source."""
    return Message(template, values)
