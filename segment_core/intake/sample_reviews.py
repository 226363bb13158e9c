"""Sample reviews: sentences grown from a small grammar, so that hardly two of them are alike."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from segment_core.intake.sample_words import SLOTS, THEMES

_OPENERS = ("", "", "", "", "", "{hm}, ", "{hm}: ", "Update: ", "Edit: ", "Not much to say: ")
_CLOSERS = ("", "", "", "", "", ", {again}", ", just saying", ", that is all", " so there you go", ", thanks")
_ENDS = (".", ".", ".", ".", "!", "", "...")
_SLIPS = (("the ", "teh "), ("because", "becuase"), ("really", "realy"), ("their", "thier"), ("which", "wich"))


def review(themes: Mapping[str, float], random: np.random.Generator) -> str:
    """Write one to three sentences on themes drawn by their weights."""
    names = list(themes)
    weights = np.array([themes[name] for name in names])
    n = int(random.choice([1, 2, 3], p=[0.25, 0.45, 0.30]))
    drawn = random.choice(names, size=n, p=weights / weights.sum())
    return " ".join(_sentence(str(theme), random) for theme in drawn)


def _sentence(theme: str, random: np.random.Generator) -> str:
    closer = "" if theme in ("trouble", "service") else _pick(_CLOSERS, random)
    grown = _grow(_pick(_OPENERS, random) + _pick(THEMES[theme], random) + closer, random)
    if random.random() < 0.04:
        grown = grown.replace(*_SLIPS[int(random.integers(len(_SLIPS)))])
    if random.random() > 0.08:
        grown = grown[:1].upper() + grown[1:]
    return grown + _pick(_ENDS, random)


def _grow(text: str, random: np.random.Generator) -> str:
    while "{" in text:
        text = re.sub(r"\{(\w+)\}", lambda slot: _pick(SLOTS[slot[1]], random), text)
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)


def _pick(entries: Sequence[str], random: np.random.Generator) -> str:
    return entries[int(random.integers(len(entries)))]
