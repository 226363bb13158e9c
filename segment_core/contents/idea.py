"""Idea: one thing that a message may say, from its shortest wording to its longest."""

from typing import NamedTuple


class Idea(NamedTuple):
    """What a message says: a title, a line, the need it speaks to, a sentence more, and what to do.

    `{x}` stands where a topic goes. Nothing in it tells what is known of a customer.
    """

    title: str
    line: str
    need: str
    more: str
    act: str
