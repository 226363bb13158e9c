"""Promises: what marketing copy may say only where the brief says it."""

import re
import unicodedata
from collections.abc import Sequence

from segment_core.grounding import lexicons, wordings
from segment_core.grounding.problems import Problem
from segment_core.grounding.quantities import quantities, without_quantities
from segment_core.llm import filters
from segment_core.messages import say

LONGEST_COPY = 5000
_DENIED = re.compile(
    r"\b(?:no|not|never|without|don't|do not|cannot|can't|avoid)\b[^.,;:!?。，；：！？\n]*"
    r"|(?:不|没有|无|勿|别)[^.,;:!?。，；：！？\n]*"
)


_FREE_OF_CHARGE = re.compile(
    r"(?<![-\w])free (?!(?:of|for|from|and|until|with|to|on|in|this|at|or|when|as|if|your|our|the|till|by|now|today)\b)"
    r"([a-z]{3,})"
)


def check_copy(text: str, allowed: Sequence[str] = (), banned: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Return everything that speaks against a line of marketing copy; nothing means that it may be shown.

    Numbers, prices, dates, number words and promises must stand in one of the `allowed` texts: numbers
    as numbers with the same unit ("10 %" is "10 percent", not "10 €"), promises by a word of the same
    kind, everything else word for word. What a text denies ("no discount") it does not allow. `banned`
    words may not stand anywhere, whatever is allowed; Latin words count as whole words.
    """
    found = wordings.text_problems(text, LONGEST_COPY)
    said = filters.fold(text)
    brief = [filters.fold(one) for one in allowed]
    held = " \n ".join(_DENIED.sub(" ", one) for one in brief)
    if not quantities(text) <= quantities(held) or _other_digits(text, held):
        found.append(
            Problem("digit", say("Use only numbers, prices and dates that stand in the brief, with the same unit."))
        )
    found += _unheld("spelled-number", lexicons.SPELLED_NUMBERS, without_quantities(said), held)
    found += _unheld("date", lexicons.DATES, said, held)
    found += _unheld("trait", lexicons.TRAITS, said, " \n ".join(brief))
    found += _unheld("cause", lexicons.CAUSES, said, held)
    for kind in lexicons.PROMISE_KINDS:
        if wordings.matches(kind, said) and not wordings.matches(kind, held):
            found.append(_problem("promise"))
    found += _free(said, held)
    if wordings.shouts(text, " ".join(allowed)):
        found.append(wordings.SHOUTED)
    if any(has_word(said, word) for word in banned):
        found.append(Problem("banned", say("A word stands here that must not be used.")))
    return tuple(dict.fromkeys(found))


def has_word(text: str, word: str) -> bool:
    """Tell whether a word or its plural stands in a text: whole where it is Latin, anywhere where it is Chinese."""
    wanted = " ".join(filters.fold(word).replace("_", " ").split())
    if not wanted:
        return False
    plain = " ".join(filters.fold(text).replace("_", " ").split())
    before = r"(?<![a-z0-9])" if wanted[0].isascii() else ""
    after = r"(?:e?s)?(?![a-z0-9])" if wanted[-1].isascii() else ""
    return bool(re.search(before + re.escape(wanted) + after, plain))


def _other_digits(text: str, held: str) -> bool:
    """Tell whether a number remains that is none of 0 to 9, such as Ⅳ, or a percent sign of its own."""
    rest = without_quantities(filters.fold(text))
    odd = {letter for letter in text if unicodedata.category(letter) in {"Nl", "No"}}
    odd |= {letter for letter in rest if unicodedata.category(letter) in {"Nd", "Nl", "No"} or letter in "%‰$€£¥"}
    return any(letter not in held for letter in odd)


def _unheld(code: str, patterns: Sequence[re.Pattern[str]], said: str, held: str) -> list[Problem]:
    words = {match.group() for pattern in patterns for match in pattern.finditer(said)}
    return [_problem(code)] if any(not has_word(held, word) for word in words) else []


def _free(said: str, held: str) -> list[Problem]:
    """Hold what is free against what is free in the brief: free delivery does not make the goods free."""
    if not wordings.matches(lexicons.FREE, said):
        return []
    if not wordings.matches(lexicons.FREE, held):
        return [_problem("promise")]
    spoken = [one for one in re.split(r"(?<=[.!?。！？])", said) if wordings.matches(lexicons.FREE, one)]
    things = {match.group() for one in spoken for match in lexicons.FREE_THINGS.finditer(one)}
    things |= {match[1] for one in spoken for match in _FREE_OF_CHARGE.finditer(one)}
    return [] if all(has_word(held, thing.removesuffix("s")) for thing in things) else [_problem("promise")]


def _problem(code: str) -> Problem:
    return {
        "promise": Problem(code, say("Promise nothing that does not stand in the brief.")),
        "date": Problem(code, say("Name no days or dates that do not stand in the brief.")),
        "trait": Problem(code, say("Name no age, family, income, gender, health, origin, belief or occupation.")),
        "cause": Problem(code, say("Claim no causes: the evidence compares and does not explain.")),
        "spelled-number": Problem(code, say("Write numbers as the brief writes them, or not at all.")),
    }[code]
