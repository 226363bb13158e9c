"""Slots: where a sentence leaves room for a figure, such as ⟦S1.f2⟧."""

import re

SLOT = re.compile(r"⟦\s*([^⟦⟧\s]+)\s*⟧")


def ids_in(text: str) -> tuple[str, ...]:
    """Return the evidence ids that a text has slots for, each once, in order."""
    return tuple(dict.fromkeys(SLOT.findall(text)))


def without(text: str) -> str:
    """Return a text with its slots blanked out."""
    return SLOT.sub(" ", text)


def has_loose_bracket(text: str) -> bool:
    """Tell whether brackets remain that belong to no whole slot."""
    return "⟦" in without(text) or "⟧" in without(text)
