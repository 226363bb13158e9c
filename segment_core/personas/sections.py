"""Sections: which facts go into which part of a persona."""

from segment_core.artifacts import Claim, EvidenceItem
from segment_core.personas.draft import Draft
from segment_core.phrasing.facts import is_sour, says_nothing, segments_of, too_few
from segment_core.phrasing.phrases import listed, noun, phrase
from segment_core.phrasing.themes import CHANNELS, TELLING, theme
from segment_core.phrasing.wording import clean, word

_MOST_LISTED = 3


def tagline(draft: Draft) -> Claim:
    """Say in one line what the name rests on."""
    facts = [item for item in draft.basis if item in draft.facts]
    spoken = [item for item in draft.basis if item.kind == "term"]
    words = dict(zip("xy", (phrase(item, draft.language) for item in facts), strict=False))
    if len(facts) == 2:
        directions = {item.direction for item in facts}
        frame = "tagline-mixed" if len(directions) == 2 else f"tagline-{directions.pop()}"
        if frame == "tagline-over" and not all(word(item).sort in ("amount", "count") for item in facts):
            frame = "tagline-plain"
        return draft.say(frame, facts, **words)
    if facts and spoken:
        return draft.say("tagline-term", facts + spoken, **words)
    if facts:
        return draft.say("tagline-one", facts, **words)
    if spoken:
        return draft.say("tagline-terms", draft.terms[:_MOST_LISTED])
    if draft.hidden:
        return draft.say("tagline-figures", draft.hidden[:2])
    few = too_few(draft.evidence, draft.segment)
    return draft.say("tagline-few" if few else "tagline-none", draft.basis)


def who(draft: Draft) -> tuple[Claim, ...]:
    """Describe the group: its size, then what the tagline left unsaid."""
    rest = [item for item in draft.facts if item not in draft.basis]
    found = _size(draft, rest)
    shown = {id_ for claim in found for id_ in claim.evidence}
    for group in ("category-over", "over", "time-over", "under", "category-under", "time-under"):
        items = [item for item in rest if _group(item) == group and item.id not in shown][:_MOST_LISTED]
        if items:
            found.append(
                draft.say(group, items, n=listed([noun(item, draft.language) for item in items], draft.language))
            )
    return tuple(found[:5]) or (tagline(draft),)


def needs(draft: Draft) -> tuple[Claim, ...]:
    """Say what may serve them: their words first, then what the strongest facts suggest."""
    found = []
    if draft.terms:
        found.append(draft.say("needs-terms", draft.terms[:_MOST_LISTED]))
    found += _voice(draft)
    found += _advice(draft, "needs", _over_first(draft.facts), 3 if not found else 2)
    return tuple(found) or (draft.say("needs-none", _anything(draft)),)


def objections(draft: Draft) -> tuple[Claim, ...]:
    """Say what may hold them back: sour words and quotes first, then what the facts suggest."""
    found = []
    unhappy = next((item for item in draft.quotes if is_sour(item) and item.id not in draft.quoted), None)
    # "Problems" alone may come from "no problems"; only beside an unhappy voice is it a sore point.
    sour = [item for item in draft.terms if is_sour(item)][:_MOST_LISTED] if unhappy else []
    if sour:
        found.append(draft.say("objection-terms", sour))
    if unhappy:
        found.append(_quote(draft, "objection-quote", unhappy))
    found += _advice(draft, "objections", _under_first(draft.facts), 2)
    return tuple(found) or (draft.say("objections-none", _anything(draft)),)


def channels(draft: Draft) -> tuple[Claim, ...]:
    """Say where to meet them, if a column speaks of it."""
    spoken = [item for item in draft.facts if theme(item) in CHANNELS]
    found = _advice(draft, "channels", _over_first(spoken), 2)
    if found:
        return tuple(found)
    if draft.facts:
        best = draft.facts[0]
        return (draft.say("channel-none", [best], x=phrase(best, draft.language)),)
    return (draft.say("channel-nothing", _anything(draft)),)


def tone(draft: Draft) -> tuple[Claim, ...]:
    """Say how to speak to them."""
    telling = [item for item in draft.facts if theme(item) in TELLING]
    found = _advice(draft, "tone", telling or draft.facts, 1)
    if draft.terms:
        found.append(draft.say("tone-terms", draft.terms[-2:]))
    return tuple(found) or (draft.say("tone-nothing", _anything(draft)),)


def _size(draft: Draft, rest: list[EvidenceItem]) -> list[Claim]:
    size = next(iter(draft.evidence.of(draft.segment, "size")), None)
    if size is None:
        return []
    fair = len(segments_of(draft.evidence)) * size.n / max(draft.evidence.n_customers, 1)
    frame = (
        "size-large"
        if fair >= 1.4 or 2 * size.n >= draft.evidence.n_customers
        else "size-small"
        if fair <= 0.6
        else "size-middle"
    )
    if not rest:
        return [draft.say(f"{frame}-only", [size])]
    return [draft.say(frame, [size, rest[0]], x=phrase(rest[0], draft.language))]


def _group(item: EvidenceItem) -> str:
    sort = word(item).sort
    prefix = "category-" if item.kind == "share" else "time-" if sort == "time" else ""
    return prefix + item.direction


def _voice(draft: Draft) -> list[Claim]:
    quote = next((item for item in draft.quotes if not item.boundary and not is_sour(item)), None)
    quote = quote or next(iter(draft.quotes), None)
    if quote is None:
        return []
    about = next((item for item in draft.terms if (item.text or item.label).casefold() in quote.text.casefold()), None)
    draft.quoted.add(quote.id)
    if about is None:
        return [Claim(draft.say("needs-voice", ()).text, (quote.id,), quote.id)]
    claim = draft.say("needs-quote", (), t=f"“{clean(about.text or about.label)}”")
    return [Claim(claim.text, (quote.id, about.id), quote.id)]


def _quote(draft: Draft, frame: str, quote: EvidenceItem) -> Claim:
    draft.quoted.add(quote.id)
    return Claim(draft.say(frame, ()).text, (quote.id,), quote.id)


def _advice(draft: Draft, section: str, facts: list[EvidenceItem], most: int) -> list[Claim]:
    found: list[Claim] = []
    themes: set[str] = set()
    for number, item in enumerate(facts):
        if len(found) == most:
            break
        about = theme(item)
        if about in themes or says_nothing(item):
            continue
        beside = facts[number - 1] if number else facts[-1]
        claim = draft.advise(section, item, beside)
        if claim:
            found.append(claim)
            themes.add(about)
    return found


def _over_first(facts: list[EvidenceItem]) -> list[EvidenceItem]:
    return sorted(facts, key=lambda item: item.direction == "under")


def _under_first(facts: list[EvidenceItem]) -> list[EvidenceItem]:
    return sorted(facts, key=lambda item: item.direction == "over")


def _anything(draft: Draft) -> tuple[EvidenceItem, ...]:
    items = draft.evidence.of(draft.segment)
    return draft.evidence.of(draft.segment, "size")[:1] or tuple(item for item in items if item.kind != "quote")[:1]
