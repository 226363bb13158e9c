"""Found: a piece of personal data in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of personal data: its kind, where it stands, how it is written, and its one form (`normal`).

    Two ways to write one thing share a `normal`: e-mail addresses in lower case, phones as E.164
    where their country is known, cards and ids without blanks.
    """

    kind: str
    start: int
    end: int
    value: str
    normal: str
