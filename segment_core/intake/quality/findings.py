"""Findings: what an analyst should know of the customers before anything is made of them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from segment_core.intake.quality.remedies import Remedy
from segment_core.messages import Message

N_EXAMPLES = 5
N_CUSTOMERS = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """Say what is wrong, how many it touches, why that matters for segments, and what one click can do.

    `severity` runs from 0 (good to know) to 1 (segments would be about this instead of about customers): the
    harm it does where it stands, down to a third of that where it touches hardly anybody. `count` is of
    customers, or of columns where `code` speaks of columns. `examples` are a few short texts from the file,
    `customers` the first few touched, by id. `remedy` is None where there is nothing to click; else `label` names
    it and `effect` says what it will do.
    """

    code: str
    severity: float
    message: Message
    count: int
    columns: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    remedy: Remedy | None = None
    label: Message | None = None
    effect: Message | None = None


def severity(harm: float, share: float) -> float:
    """Weigh the harm a finding does where it stands by the share of customers (0 to 1) that it touches.

    The root of the share counts, because one in a hundred matters more than a hundredth of all.

    Examples
    --------
    >>> severity(0.8, 0.0), severity(0.8, 0.25), severity(0.8, 1.0)
    (0.24, 0.52, 0.8)
    """
    return round(harm * (0.3 + 0.7 * math.sqrt(min(max(share, 0.0), 1.0))), 4)


def shorten(values: Iterable[object]) -> tuple[str, ...]:
    """Return the first few values as short texts on one line each."""
    found = []
    for value in values:
        text = " ".join(str(value)[:400].split())
        found.append(text if len(text) <= 120 else text[:119] + "…")
        if len(found) == N_EXAMPLES:
            break
    return tuple(found)


def listed(names: Sequence[str]) -> str:
    """Join the names of columns for a sentence."""
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
