"""Agreeing: how far two who answered the same questions agree, beyond what chance alone gives."""

from collections.abc import Sequence


def kappa(one: Sequence[bool], other: Sequence[bool]) -> float | None:
    """Return Cohen's kappa (1960) of two lists of answers (n,): 1 is always, 0 as often as by chance.

    None where it says nothing: without answers, or where both always said the same one thing.

    Examples
    --------
    >>> kappa([True, True, False, False], [True, False, False, False])
    0.5
    """
    n = len(one)
    if n == 0:
        return None
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    yes, yes_too = sum(one) / n, sum(other) / n
    chance = yes * yes_too + (1 - yes) * (1 - yes_too)
    return None if chance == 1 else (agreed - chance) / (1 - chance)
