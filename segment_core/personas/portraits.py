"""Portraits: what a segment is worth, what to do and not to do, and a day with the product."""

from segment_core.artifacts import Claim, EvidenceItem
from segment_core.personas.draft import Draft, Option
from segment_core.personas.scenes import scenes
from segment_core.personas.sections import anything, nothing, told
from segment_core.personas.senses import sense
from segment_core.personas.speech import words_of
from segment_core.phrasing.phrases import can_be_said, spaced

_EVEN = 0.1
"""A share of the money that differs from that of the customers by less than this part of it is called even."""


def worth(draft: Draft) -> tuple[Claim, ...]:
    """Say how many they are and, where there is money, what they are worth."""
    size = draft.evidence.of(draft.segment, "size")[:1]
    found = draft.say("worth-size", size) if size else []
    money = draft.evidence.of(draft.segment, "worth")
    for item in money:
        # Two columns may say opposite things, so each is named.
        of = "-of" if len(money) > 1 and can_be_said(item) else ""
        found += draft.say(f"{_weight(item)}{of}", [item], c=words_of(item, draft.language)["c"])
    spent = [item for item in draft.facts if item.kind == "median" and sense(item)[:-1] in ("spend", "basket")]
    if spent:
        found += draft.say("worth-each", spent[:1])
    return tuple(found) or (nothing(draft, "worth-none"),)


def dos(draft: Draft) -> tuple[Claim, ...]:
    """Say what to do."""
    return tuple(told(draft, "dos", draft.leading, 3, creative=True)) or (nothing(draft, "dos-none"),)


def donts(draft: Draft) -> tuple[Claim, ...]:
    """Say what to leave."""
    return tuple(told(draft, "donts", draft.leading, 2, creative=True)) or (nothing(draft, "donts-none"),)


def day(draft: Draft) -> tuple[Claim, ...]:
    """Draw a small scene with the product: how it begins, what happens, how it ends."""
    found: list[Claim] = []
    shown: set[str] = set()
    for part in ("open", "middle", "close"):
        goods = [item for item in draft.leading if sense(item)[:-1] in ("range", "object")]
        ranked = [*goods, *draft.leading] if part == "middle" else [*draft.leading, *goods]
        for item in [*(item for item in ranked if part == "close" or sense(item) not in shown), None]:
            claim = _scene(draft, part, item)
            if claim:
                found.append(claim)
                shown |= {sense(item)} if item else set()
                break
    return tuple(found)


def _scene(draft: Draft, part: str, item: EvidenceItem | None) -> Claim | None:
    """Take the scene of a fact while nobody else was given it, else one that fits anybody."""
    variants = scenes(draft.language, part, sense(item) if item else "")
    words = words_of(item, draft.language) if item else {}
    items = (item,) if item else tuple(draft.leading[:1]) or anything(draft)
    options = [
        Option(spaced(variant.format(**words), draft.language), items, variant, figures=False) for variant in variants
    ]
    fresh = [option for option in options if not draft.used[option.text]]
    if not item and not fresh:
        fresh = list(draft.beside(options)) or options
    return draft.pick(fresh, creative=True)


def _weight(item: EvidenceItem) -> str:
    value, base = item.value or 0.0, item.base or 0.0
    if abs(value - base) <= _EVEN * base:
        return "worth-even"
    return "worth-over" if value > base else "worth-under"
