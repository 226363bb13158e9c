"""Sections: which facts go into who they are, what serves and troubles them, and where and how to speak to them."""

from collections.abc import Iterator, Sequence

from segment_core.artifacts import Claim, EvidenceItem
from segment_core.personas.draft import Draft, Option
from segment_core.personas.senses import FAMILIES, clash, family, sense
from segment_core.personas.sentences import FRAMES
from segment_core.personas.speech import Clause, clauses, joined, merged, taglines
from segment_core.phrasing.facts import is_sour, is_sweet, says_nothing, too_few
from segment_core.phrasing.things import part_of_speech
from segment_core.phrasing.wording import can_stand_alone, capital, term_of, word

_MOST_LISTED = 3
_MOST_SENTENCES = 4
_SPOKEN = ("frustrations", "values", "dos")
_VAGUE = ("flag", "amount", "count", "time")
_CHANNELS = (*FAMILIES["channel"], "response", "place")


def tagline(draft: Draft) -> Claim:
    """Say in one line what the name rests on."""
    facts = [item for item in draft.basis if item in draft.facts]
    spoken = [item for item in draft.basis if item.kind == "term"]
    named = [item for item in spoken if part_of_speech(item) == "thing"]
    found: list[Claim | None] = []
    if facts and named:
        words = [clause.sentence(draft.language) for clause in clauses(facts[0], draft.language)]
        term = term_of(named[0])
        found += [claim for said in words[:1] for claim in draft.say("tagline-term", [*facts, *named], s=said, t=term)]
    if facts and not found:
        options = [
            Option(text, tuple(facts), frame)
            for _, clause in _sayings(facts, draft.language)
            for frame, text in taglines(clause, draft.language)
        ]
        found.append(draft.pick(options))
    if spoken and not any(found):
        found += draft.say("tagline-terms", draft.terms[:_MOST_LISTED])
    apart = [*draft.hidden, *facts]
    if apart and not any(found):
        found += draft.say("tagline-figures", apart[:2])
    few = too_few(draft.evidence, draft.segment)
    found += draft.say("tagline-few" if few else "tagline-none", draft.basis) if not any(found) else []
    return next((claim for claim in found if claim), None) or nothing(draft, "tagline-none")


def who(draft: Draft) -> tuple[Claim, ...]:
    """Describe the group: what the tagline left unsaid, what belongs together in one sentence."""
    rest = _unsaid(draft)
    groups: dict[str, list[EvidenceItem]] = {}
    for item in rest:
        groups.setdefault(family(item), []).append(item)
    found = []
    for name, items in list(groups.items())[:_MOST_SENTENCES]:
        pair = _paired(items)
        options = [
            Option(
                frame.format(s=clause.sentence(draft.language), S=capital(clause.sentence(draft.language))), pair, frame
            )
            for _, clause in _sayings(pair, draft.language)
            for frame in FRAMES[draft.language][f"who-{name}"]
        ]
        claim = draft.pick(options)
        found += [claim] if claim else []
    if not found and draft.terms:
        found += draft.say("who-terms", draft.terms[:_MOST_LISTED])
    if not found and draft.hidden:
        found += draft.say("who-figures", draft.hidden[:2])
    return tuple(found) or tuple(draft.say("who-size", anything(draft))) or (nothing(draft, "who-size"),)


def _unsaid(draft: Draft) -> list[EvidenceItem]:
    """Return the facts that the tagline left, each said once; those of the tagline where it left none."""
    facts = [item for item in draft.facts if not (says_nothing(item) and item.direction == "under")]
    told = [item for item in facts if item in draft.basis]
    said = {_saying(item) for item in told}
    found = []
    for item in facts:
        if item not in draft.basis and _saying(item) not in said and not _is_rest(item, told):
            found.append(item)
            told.append(item)
            said.add(_saying(item))
    return found or [item for item in facts if item in draft.basis]


def _saying(item: EvidenceItem) -> tuple[str, str]:
    """Return what a reader hears of a fact: two columns may hold one thing, such as a department and its classes."""
    about, wording = sense(item), word(item)
    if can_stand_alone(wording.value):
        return about[-1], wording.value.casefold()
    own = about[:-1] in (*_VAGUE, "people", "object")
    return about, wording.value.casefold() or (wording.column if own else "")


def _is_rest(item: EvidenceItem, told: Sequence[EvidenceItem]) -> bool:
    """Tell a category that is rarer because another of its column, told already, takes up most of them."""
    return (
        item.kind == "share"
        and item.direction == "under"
        and bool(word(item).value)
        and any(
            other.column == item.column and other.direction == "over" and (other.value or 0) > 0.5 for other in told
        )
    )


def needs(draft: Draft) -> tuple[Claim, ...]:
    """Say what may serve them: their words first, then what the strongest facts suggest."""
    found = draft.say("needs-terms", draft.terms[:_MOST_LISTED]) if draft.terms else []
    found += _voice(draft)
    found += told(draft, "needs", draft.leading, 3 if not found else 2, figures=True)
    return tuple(found) or (nothing(draft, "needs-none"),)


def frustrations(draft: Draft) -> tuple[Claim, ...]:
    """Say what went wrong, in their words where they complain, and what goes wrong for such customers."""
    found = []
    unhappy = next((item for item in draft.quotes if is_sour(item) and item.id not in draft.quoted), None)
    # "Problems" alone may come from "no problems"; only beside an unhappy voice is it a sore point.
    sour = [item for item in draft.terms if is_sour(item)][:_MOST_LISTED] if unhappy else []
    if sour:
        found += draft.say("frustration-terms", sour)
    if unhappy:
        found += draft.say("frustration-quote", [unhappy], unhappy.id)
        draft.quoted.add(unhappy.id)
    mood = [
        item for item in draft.leading if family(item) == "mood" and sense(item) in ("rating-", "trouble+", "returns+")
    ]
    ranked = [*mood, *(item for item in draft.leading if item not in mood)]
    found += told(draft, "frustrations", ranked, 1 if found else 2)
    return tuple(found) or (nothing(draft, "frustrations-none"),)


def objections(draft: Draft) -> tuple[Claim, ...]:
    """Say what may hold them back from the next purchase; what lies below the rest comes first."""
    ranked = sorted(draft.leading, key=lambda item: family(item) == "channel" and sense(item).endswith("-"))
    return tuple(told(draft, "objections", ranked, 2, figures=True)) or (nothing(draft, "objections-none"),)


def values(draft: Draft) -> tuple[Claim, ...]:
    """Say what counts for them: what they praise, choose and spend on."""
    sour = any(is_sour(item) for item in draft.quotes) or any(sense(item) == "rating-" for item in draft.facts)
    sweet = [item for item in draft.terms if is_sweet(item)][:_MOST_LISTED]
    found = draft.say("values-terms", sweet) if sweet and not sour else []
    chosen = [item for item in draft.leading if sense(item) in ("range+", "object+")]
    ranked = [*chosen, *(item for item in draft.leading if item not in chosen)]
    found += told(draft, "values", ranked, 2)
    return tuple(found) or (nothing(draft, "values-none"),)


def channels(draft: Draft) -> tuple[Claim, ...]:
    """Say where to meet them, if a column speaks of it; where they are comes before where they are not."""
    spoken = [item for item in draft.leading if sense(item)[:-1] in _CHANNELS]
    ranked = sorted(spoken, key=lambda item: sense(item).endswith("-"))
    found = told(draft, "channels", ranked, 2, figures=True)
    return tuple(found) or (nothing(draft, "channel-none"),)


def tone(draft: Draft) -> tuple[Claim, ...]:
    """Say how to speak to them."""
    found = told(draft, "tone", draft.leading, 1, creative=True)
    if draft.terms:
        found += draft.say("tone-terms", draft.terms[:2])
    return tuple(found) or (nothing(draft, "tone-nothing"),)


def told(
    draft: Draft,
    section: str,
    facts: Sequence[EvidenceItem],
    most: int,
    *,
    figures: bool = False,
    creative: bool = False,
) -> list[Claim]:
    """Word what the strongest of these facts suggest for a section.

    Where a column's name does not tell what it is about, their praise and complaints say more; who they are comes last.
    """
    telling = [item for item in draft.terms if part_of_speech(item) and (is_sweet(item) or is_sour(item))]
    spoken = telling[:2] if section in _SPOKEN else []
    vague = [item for item in facts if sense(item)[:-1] in _VAGUE]
    person = [item for item in facts if family(item) == "person"]
    ranked = [*(item for item in facts if item not in vague and item not in person), *spoken, *vague, *person]
    found: list[Claim] = []
    for fresh in (True, False):
        for item in ranked if fresh or not found else ():
            shown = figures and item.kind != "term"
            wanted = len(found) < (most if fresh else 1)
            claim = draft.advise(section, item, figures=shown, creative=creative, fresh=fresh) if wanted else None
            found += [claim] if claim else []
    return found


def anything(draft: Draft) -> tuple[EvidenceItem, ...]:
    """Return what can be cited where nothing is known: the size, or else whatever there is."""
    items = draft.evidence.of(draft.segment)
    return draft.evidence.of(draft.segment, "size")[:1] or tuple(item for item in items if item.kind != "quote")[:1]


def nothing(draft: Draft, frame: str) -> Claim:
    """Say that nothing is known."""
    items = anything(draft)
    found = draft.say(frame, items, figures=frame in ("who-size", "tagline-none"))
    return found[0] if found else Claim(FRAMES[draft.language][frame][0], tuple(item.id for item in items))


def _paired(items: Sequence[EvidenceItem]) -> tuple[EvidenceItem, ...]:
    """Take the strongest fact, and the next that says something else."""
    first = items[0]
    other = next((item for item in items[1:] if sense(item)[:-1] != sense(first)[:-1]), None)
    listed = sense(first)[:-1] in ("range", "place", "people", "tier", "category", "object", "flag", "amount", "count")
    other = other or next((item for item in items[1:] if listed and item.direction == first.direction), None)
    return (first, other) if other else (first,)


def _sayings(items: Sequence[EvidenceItem], language: str) -> Iterator[tuple[str, Clause]]:
    """Yield the ways to say one or two facts in a clause."""
    if len(items) == 1:
        yield from (("", clause) for clause in clauses(items[0], language))
        return
    one, other = items[:2]
    for clause in merged(one, other, language):
        yield "", clause
    contrast = clash(one, other)
    for number, first in enumerate(clauses(one, language)):
        for place, second in enumerate(clauses(other, language)):
            if number == place and sense(one) == sense(other):
                continue
            yield from joined(first, second, language, contrast=contrast)
            if number == place and not contrast:
                yield from joined(second, first, language, contrast=contrast)


def _voice(draft: Draft) -> list[Claim]:
    quote = next((item for item in draft.quotes if not item.boundary and not is_sour(item)), None)
    quote = quote or next(iter(draft.quotes), None)
    if quote is None:
        return []
    draft.quoted.add(quote.id)
    known = [item for item in draft.terms if part_of_speech(item)]
    about = next((item for item in known if (item.text or item.label).casefold() in quote.text.casefold()), None)
    found = []
    if about is not None:
        text = term_of(about)
        found = draft.say("needs-quote", (quote, about), quote.id, figures=False, t=f"“{text}”")
    return found or draft.say("needs-voice", (quote,), quote.id)
