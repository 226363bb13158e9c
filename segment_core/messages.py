"""Messages: sentences with their values kept apart, so that a page can say them in any language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Value = str | int | float
_ALIVE = re.compile(
    r"""(?:
        (?:(?<![a-z0-9+.-])[a-z0-9+.-]+://(?=[\w-])|www\.)[^\s`|$<>\[\]\\"\x80-\U0010ffff]+(?<![.,;:!?')])
        |(?<![\w.+-])[\w.+-]+@[\w.-]+(?<!\.)
        |:(?:[+-]1|100|1234|(?=[\w+-]*[a-z_])[\w+-]+):
    )+""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
"""Addresses of pages and of people, and shortcodes of pictures: what markdown turns into something else in any text."""


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


def literal(text: object, *, sparing: bool = False) -> str:
    r"""Write untrusted text as markdown: it shows as it is, on one line, does nothing, and copies as it is.

    Punctuation is escaped, or `sparing` only what could do something, so that a file can be read raw, too. An address
    or a shortcode, which many kinds of markdown would turn into a link or a picture all the same, stands as code.

    Examples
    --------
    >>> literal("[a](b) <i>")
    '\\[a\\]\\(b\\) \\<i\\>'
    >>> literal("1. at 4.5 % (*new*)", sparing=True)
    '1\\. at 4.5 % (\\*new\\*)'
    >>> literal("see https://a.example/x now")
    'see `https://a.example/x` now'
    """
    line, found, place = " ".join(str(text).split()), "", 0
    for match in _ALIVE.finditer(line):
        found += _escaped(line[place : match.start()], sparing=sparing) + f"`{match.group()}`"
        place = match.end()
    return found + _escaped(line[place:], sparing=sparing)


def _escaped(text: str, *, sparing: bool) -> str:
    if not sparing:
        return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    escaped = re.sub(r"([\\`*_\[\]<>|&~$#@{}^]|:(?=\S)|(?<=\])\()", r"\\\1", text)
    return re.sub(r"^(\d*)([-+=!.)])", r"\1\\\2", escaped)  # what begins a list, a rule or a note
