"""Portraits: what a segment values and is frustrated by, what to do and not to do, its worth, and a day."""

from segment_core.artifacts import Claim, EvidenceItem
from segment_core.personas import portraits_en, portraits_zh
from segment_core.personas.draft import Draft
from segment_core.personas.scenes import SCENES
from segment_core.phrasing.facts import is_sour, says_nothing
from segment_core.phrasing.themes import theme

PORTRAITS = {"en": portraits_en.PORTRAITS, "zh": portraits_zh.PORTRAITS}


def worth(draft: Draft) -> tuple[Claim, ...]:
    """Say how many they are and, where there is money, what they are worth."""
    size = draft.evidence.of(draft.segment, "size")[:1]
    found = [draft.say("worth-size", size)] if size else []
    for item in draft.evidence.of(draft.segment, "worth"):
        fair = item.value is not None and item.base is not None
        above = fair and item.value > item.base  # type: ignore[operator]
        found.append(draft.say("worth-over" if above else "worth-under", [item]))
    spent = [item for item in draft.facts if item.kind == "median" and theme(item) == "spend"]
    if spent:
        found.append(draft.say("worth-each", spent[:1]))
    return tuple(found) or (draft.say("worth-none", _anything(draft)),)


def frustrations(draft: Draft) -> tuple[Claim, ...]:
    """Say what goes wrong for them: what they write of first, then what their strongest facts suggest."""
    found = []
    sour = [item for item in draft.terms if is_sour(item)][:3]
    unhappy = any(is_sour(item) for item in draft.quotes)
    if sour and unhappy:
        found.append(draft.say("frustration-terms", sour))
    found += _said(draft, "frustrations", draft.facts, 2)
    return tuple(found) or (draft.say("frustrations-none", _anything(draft)),)


def values(draft: Draft) -> tuple[Claim, ...]:
    """Say what counts for them."""
    return tuple(_said(draft, "values", draft.facts, 3)) or (draft.say("values-none", _anything(draft)),)


def dos(draft: Draft) -> tuple[Claim, ...]:
    """Say what to do."""
    return tuple(_said(draft, "dos", draft.facts, 3)) or (draft.say("dos-none", _anything(draft)),)


def donts(draft: Draft) -> tuple[Claim, ...]:
    """Say what to leave."""
    return tuple(_said(draft, "donts", draft.facts, 2)) or (draft.say("donts-none", _anything(draft)),)


def day(draft: Draft) -> tuple[Claim, ...]:
    """Draw a small scene with the product: how it begins, what happens, how it ends."""
    found = [_scene(draft, part) for part in ("open", "middle", "close")]
    if draft.terms:
        found.insert(2, draft.say("day-terms", draft.terms[:2]))
    return tuple(found)


def _said(draft: Draft, section: str, facts: list[EvidenceItem], most: int) -> list[Claim]:
    """Word what the strongest facts suggest, a theme once, and what no other segment was told first."""
    told = [item for item in facts if not says_nothing(item)]
    table = PORTRAITS[draft.language][section]
    found: list[Claim] = []
    themes: set[str] = set()
    for item in told:
        about, variants = theme(item), _variants(table, item)
        if len(found) < most and about not in themes and draft.is_fresh(variants):
            themes.add(about)
            found.append(draft.plainly(variants, [item]))
    if not found:
        # All wordings are taken by other segments: the fact that is meant stands beside the first that is not said yet.
        for item in told:
            variants = draft.beside(_variants(table, item), item)
            if not found and draft.is_fresh(variants):
                found.append(draft.plainly(variants, [item]))
    return found


def _variants(table: dict[str, tuple[tuple[str, ...], tuple[str, ...]]], item: EvidenceItem) -> tuple[str, ...]:
    return table.get(theme(item), ((), ()))[1 if item.direction == "under" else 0]


def _scene(draft: Draft, part: str) -> Claim:
    """Take the scene of the strongest fact whose theme has one that nobody else was given, else any."""
    table = SCENES[draft.language][part]
    over = [item for item in draft.facts if item.direction == "over" and theme(item) in table]
    item = next((item for item in over if draft.is_fresh(table[theme(item)])), None)
    if item is None:
        variants = table[""]
        if not draft.is_fresh(variants) and draft.facts:
            variants = draft.beside(variants, draft.facts[0])
        return draft.plainly(variants, draft.facts[:1] or _anything(draft))
    return draft.plainly(table[theme(item)], [item])


def _anything(draft: Draft) -> tuple[EvidenceItem, ...]:
    items = draft.evidence.of(draft.segment)
    return draft.evidence.of(draft.segment, "size")[:1] or tuple(item for item in items if item.kind != "quote")[:1]
