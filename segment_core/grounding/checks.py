"""Checks: what a sentence of a persona may not say, each with a stable code."""

import unicodedata
from collections.abc import Iterable, Sequence

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.grounding import lexicons, quotations, slots
from segment_core.grounding.allowances import is_stated, known_words, mask_known
from segment_core.grounding.problems import Problem
from segment_core.grounding.vocabulary import strangers
from segment_core.grounding.wordings import SHOUTED, matches, shouts, text_problems
from segment_core.llm import filters
from segment_core.messages import say
from segment_core.phrasing.facts import is_showable
from segment_core.phrasing.wording import clean, word

__all__ = ["Problem", "check_claim", "check_name"]

LONGEST_CLAIM = 280
LONGEST_NAME = 60
MOST_EVIDENCE = 6
_COMPARED = ("share", "median", "mean", "date")


def check_claim(
    text: str,
    evidence_ids: Sequence[str],
    quote: str,
    segment: str,
    evidence: Evidence,
    *,
    creative: bool = False,
) -> tuple[Problem, ...]:
    """Return everything that speaks against a sentence; nothing means that it may be shown.

    Digits stand only in slots or inside the words of a cited label. The lists of words are a net
    with holes: what passes has its figures and quotes checked, and is not thereby true. A `creative`
    sentence is advice or copy: it may stand without evidence, but may not promise anything.
    """
    cited, found = _cited(evidence_ids, quote, segment, evidence)
    if not evidence_ids and not creative:
        found.append(Problem("no-evidence", say("Cite at least one evidence id.")))
    found += _slot_problems(text, evidence_ids, evidence)
    found += text_problems(text, LONGEST_CLAIM) + _lines(text)
    said = mask_known(filters.fold(slots.without(text)), known_words(cited))
    found += _word_problems(said + _numerals(text, cited), cited)
    quotes = [item.text for item in evidence.items if item.kind == "quote"]
    if quotations.stand_in(said) or any(_repeated(one, said, slots.without(text)) for one in quotes):
        found.append(Problem("quote-in-text", say("Give quotes by their id, not inside the sentence.")))
    found += _shouted(text, cited)
    found += _direction_problems(said, cited)
    spoken = evidence.item(quote) if quote else None
    if strangers(said, cited, spoken.text if spoken else "", segment, evidence):
        found.append(Problem("not-cited", say("Cite the evidence for every column and category that is named.")))
    if creative and matches(lexicons.PROMISES, said):
        found.append(Problem("promise", say("Promise nothing: no prices, discounts or guarantees.")))
    return tuple(found)


def check_name(name: str, basis: Sequence[str], segment: str, evidence: Evidence) -> tuple[Problem, ...]:
    """Return everything that speaks against a segment's name, which rests on the evidence in `basis`."""
    cited, found = _cited(basis, "", segment, evidence)
    if not basis:
        found.append(Problem("no-evidence", say("Cite at least one evidence id.")))
    if slots.SLOT.search(name) or slots.has_loose_bracket(name):
        found.append(Problem("slot", say("A name holds no slots.")))
    found += text_problems(name, LONGEST_NAME) + _lines(name)
    said = mask_known(filters.fold(name), (*known_words(cited), filters.fold(segment)))
    found += _word_problems(said + _numerals(name, cited), cited) + _direction_problems(said, cited)
    found += _shouted(name, cited)
    if quotations.stand_in(said):
        found.append(Problem("quote-in-text", say("Give quotes by their id, not inside the sentence.")))
    if strangers(said, cited, "", segment, evidence):
        found.append(Problem("not-cited", say("Cite the evidence for every column and category that is named.")))
    return tuple(found)


def _cited(
    ids: Iterable[str], quote: str, segment: str, evidence: Evidence
) -> tuple[list[EvidenceItem], list[Problem]]:
    cited, found = [], []
    ids = tuple(ids)
    for id_ in ids:
        item = evidence.item(id_)
        if item is None or item.segment != segment:
            found.append(Problem("unknown-evidence", say("Cite only evidence ids of this segment.")))
        else:
            cited.append(item)
    if len(ids) > MOST_EVIDENCE:
        found.append(Problem("too-much-evidence", say("Cite at most {n} evidence ids.", n=MOST_EVIDENCE)))
    if quote:
        item = evidence.item(quote)
        if item is None or item.segment != segment or item.kind != "quote":
            found.append(Problem("unknown-quote", say("Give a quote by its id, from this segment.")))
        elif not is_showable(item.text):
            found.append(Problem("unfit-quote", say("Choose another quote: this one holds links or commands.")))
    return cited, found


def _slot_problems(text: str, ids: Sequence[str], evidence: Evidence) -> list[Problem]:
    found = []
    if slots.has_loose_bracket(text):
        found.append(Problem("slot", say("Write a slot as ⟦id⟧, with an evidence id and nothing else.")))
    for id_ in slots.ids_in(text):
        item = evidence.item(id_)
        if item is None or id_ not in ids:
            found.append(Problem("slot", say("A slot may hold only an id that the sentence cites.")))
        elif item.kind == "quote":
            found.append(Problem("quote-in-text", say("Give quotes by their id, not inside the sentence.")))
    return found


def _repeated(quote: str, said: str, text: str) -> bool:
    """Tell whether a quote is repeated; a short one may be the very label that is cited."""
    return quotations.repeats(said if quotations.is_short(quote) else text, quote)


def _shouted(text: str, cited: Sequence[EvidenceItem]) -> list[Problem]:
    known = " ".join(f"{item.label} {item.column} {item.text}" for item in cited if item.kind != "quote")
    return [SHOUTED] if shouts(slots.without(text), f"{known} {clean(known, len(known) + 1)}") else []


def _lines(text: str) -> list[Problem]:
    return [Problem("invisible", say("Use no control or invisible characters."))] if "\n" in text else []


def _numerals(text: str, cited: Sequence[EvidenceItem]) -> str:
    """Return the numerals that folding would turn into letters, such as Ⅳ, where no cited label has them."""
    known = "".join(item.label + item.text for item in cited)
    return "".join(letter for letter in text if unicodedata.category(letter) == "Nl" and letter not in known)


def _word_problems(said: str, cited: Sequence[EvidenceItem]) -> list[Problem]:
    found = []
    if any(unicodedata.category(letter) in {"Nd", "Nl", "No"} for letter in said) or "%" in said or "‰" in said:
        found.append(Problem("digit", say("Write no digits: put figures as slots ⟦id⟧.")))
    if matches(lexicons.SPELLED_NUMBERS, said):
        found.append(
            Problem("spelled-number", say("Write no numbers or fractions as words: put figures as slots ⟦id⟧."))
        )
    if any(not is_stated(match.group(), cited) for pattern in lexicons.TRAITS for match in pattern.finditer(said)):
        found.append(
            Problem("trait", say("Name no age, family, income, gender, health, origin, belief or occupation."))
        )
    if matches(lexicons.CAUSES, said):
        found.append(Problem("cause", say("Claim no causes: the evidence compares and does not explain.")))
    if matches(lexicons.EVERYBODY, said):
        found.append(Problem("everybody", say("Do not speak of everybody or nobody.")))
    if matches(lexicons.SUPERLATIVES, said):
        found.append(Problem("superlative", say("Rank no segments: the evidence compares with all customers.")))
    return found


def _direction_problems(said: str, cited: Sequence[EvidenceItem]) -> list[Problem]:
    compared = [item for item in cited if item.kind in _COMPARED]
    if not compared:
        return []
    said = lexicons.NOT_HIGH.sub("low", said)
    for pattern in lexicons.NEITHER:
        said = pattern.sub(" ", said)
    times = [item for item in compared if word(item).sort == "time"]
    said = lexicons.MORE_RARELY.sub("rarely", lexicons.LESS_OFTEN.sub("less", said))
    directions = {item.direction for item in compared}
    found = []
    if matches(lexicons.UPWARD, said) and "over" not in directions:
        found.append(Problem("direction", say("The sentence says more than usual; none of its evidence does.")))
    if matches(lexicons.DOWNWARD, said) and "under" not in directions:
        found.append(Problem("direction", say("The sentence says less than usual; none of its evidence does.")))
    if len(times) == len(compared):
        when = {item.direction for item in times}
        if (matches(lexicons.LATER, said) and "over" not in when) or (
            matches(lexicons.EARLIER, said) and "under" not in when
        ):
            found.append(Problem("direction", say("The sentence says earlier or later than its evidence does.")))
    shares = [item.value for item in compared if item.kind == "share" and item.value is not None]
    if matches(lexicons.MAJORITY, said) and not any(share > 0.5 for share in shares):
        found.append(Problem("majority", say("The sentence speaks of most customers; no cited share says so.")))
    return found
