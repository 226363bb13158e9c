"""Moods: how a sentence sounds, which aspects it judges, and which traits it gives away, by its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from segment_core.language import CJK, KANA_OR_HANGUL
from segment_core.privacy import without_tags
from segment_core.traits.ratings import Rating
from segment_core.traits.rubric import OF_ASPECT, SENTIMENT
from segment_core.traits.wordlists import CUE_PLACES, Sense, WordLists, chinese, english, stems
from segment_core.traits.writings import sentences

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?%?")
_CLAUSES = re.compile(r"[,;:()，；：、（）—]+|\.{2,}|\s-+\s|[。！？!?~～…]+")
_CHINESE_CLAUSES = re.compile(r"[,;:()，；：、（）—\s。！？!?~～…]+")
_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve several dozen".split()  # noqa: SIM905
)
_STARS = re.compile(r"\b([1-5](?:\.\d)?)\s*(?:/\s*5|stars?\b|out of (?:5|five)\b|星)|\b(10|\d)\s*(?:/|out of )\s*10\b")
_MARKS = {
    2.0: "😀😃😄😁😆😊😍🥰😘😋🤩🥳👍👌💯❤💕💖💗🎉✨🌹😻🙌💪⭐",
    1.0: "🙂😉😌😏🤗🙏👏😂🤣☺",
    -1.0: "😐😕🙁☹😔😟😥😓🤔😒🙄😬",
    -2.0: "😠😡🤬😤😞😢😭👎💔🤮🤢😩😫😖💩😱",
}  # fmt: skip
_MARK_VALUES = {letter: value for value, marks in _MARKS.items() for letter in marks}
_EMOTICONS = re.compile(r"(?P<good>[:;=]-?[)D]|<3|\^_?\^)|(?P<bad>[:;=]-?[(/]|>:\(|:'\()")
_BEFORE_TURN, _AFTER_TURN = 0.6, 1.3
_TURNED_ROUND, _NEGATED_BLAME = -0.65, -0.4
_BARE_NEGATION = -0.5
_MOST = 2.0
_ROUNDING = 6.0
"""How soon praise or blame counts as full: with a sum of 2.4, a sentiment is 0.7."""
_FEWEST_WORDS, _ENGLISH_SHARE = 4, 0.2


@dataclass(slots=True)
class _Sentence:
    """What one sentence holds. `moved` says whether any word of praise or blame was in it."""

    text: str
    valence: float = 0.0
    moved: bool = False
    aspects: dict[str, float] = field(default_factory=dict)
    cues: dict[tuple[str, str], int] = field(default_factory=dict)


def rate_text(text: str) -> tuple[Rating, ...] | None:
    """Rate one text by the lexicon of its language; None where that is neither English nor Chinese.

    Sentiment follows the rules of VADER (Hutto & Gilbert 2014) with words of our own: negation turns round,
    degree words scale, and after a "but" counts more than before it. Sarcasm is not seen. A text in which nothing
    is praised or blamed is neutral. A trait has a quarter for each point of its different cues, up to 1.

    Examples
    --------
    >>> found = rate_text("Lovely lamp, but the delivery was far too late.")
    >>> [(rating.name, round(rating.score, 1)) for rating in found]
    [('sentiment', -0.4), ('sentiment: delivery', -0.7)]
    """
    words = language_lists(text)
    if words is None:
        return None
    read = [_read(sentence, words) for sentence in sentences(text)]
    if not read:
        return ()
    total = sum(sentence.valence for sentence in read)
    direction = 1.0 if total >= 0 else -1.0
    said = max(read, key=lambda sentence: (sentence.moved, direction * sentence.valence))
    found = [Rating(SENTIMENT, _squashed(total), said.text)]
    for aspect in dict.fromkeys(aspect for sentence in read for aspect in sentence.aspects):
        judged = [sentence for sentence in read if aspect in sentence.aspects]
        total = sum(sentence.aspects[aspect] for sentence in judged)
        direction = 1.0 if total >= 0 else -1.0
        strongest = max(judged, key=lambda sentence: direction * sentence.aspects[aspect])
        found.append(Rating(OF_ASPECT + aspect, _squashed(total), strongest.text))
    return (*found, *_traits(read))


def language_of_text(text: str) -> str:
    """Tell whether a text is read as English or Chinese: "en", "zh", or "other"."""
    words = language_lists(text)
    if words is None:
        return "other"
    return "en" if words.moods.joiner else "zh"


def language_lists(text: str) -> WordLists | None:
    """Return the word lists of a text's language, None if it is neither English nor Chinese.

    A few words are taken for English; more must have English words among them.
    """
    if CJK.search(text):
        return None if KANA_OR_HANGUL.search(text) else chinese()
    if KANA_OR_HANGUL.search(text):
        return None
    words = english()
    units = _WORD.findall(without_tags(text).lower().replace("’", "'"))
    if len(units) < _FEWEST_WORDS:
        return (
            words if text.isascii() or not any(letter.isalpha() and not letter.isascii() for letter in text) else None
        )
    n_known = sum(unit in words.common or _plain(unit) in words.moods.entries for unit in units)
    return words if n_known >= _ENGLISH_SHARE * len(units) else None


def _traits(read: Sequence[_Sentence]) -> list[Rating]:
    points: dict[str, dict[str, int]] = {}
    for sentence in read:
        for (trait, cue), level in sentence.cues.items():
            points.setdefault(trait, {})[cue] = level
    found = []
    for trait, cues in points.items():
        against = sum(level == 0 for level in cues.values())
        total = max(0, sum(cues.values()) - 2 * against)
        own = [(sentence, [level for (name, _), level in sentence.cues.items() if name == trait]) for sentence in read]
        if total:
            said = max(own, key=lambda pair: sum(pair[1]))[0]
        else:
            said = max(own, key=lambda pair: sum(level == 0 for level in pair[1]) or 0.5 * bool(pair[1]))[0]
        found.append(Rating(trait, min(1.0, total / CUE_PLACES), said.text))
    return found


def _read(text: str, words: WordLists) -> _Sentence:
    found = _Sentence(text)
    parts: list[tuple[float, bool, frozenset[str]]] = []
    for units, shouted in _clauses(without_tags(text), words):
        for value, moved, aspects, turned in _moods(units, shouted, words):
            if turned:
                parts = [(_BEFORE_TURN * before, *rest) for before, *rest in parts]  # type: ignore[misc]
            parts.append((value, moved, aspects))
        for _, _, cue, levels in words.cues.find(units):
            found.cues |= {(trait, cue): level for trait, level in levels}
    extra = _signs(text)
    found.moved = any(moved for _, moved, _ in parts) or extra != 0.0
    louder = 1.0 + 0.1 * min(3, text.count("!") + text.count("！"))
    found.valence = louder * sum(value for value, _, _ in parts) + extra
    for value, moved, aspects in parts:
        for aspect in aspects:
            judged = louder * value if moved else 0.5 * found.valence
            found.aspects[aspect] = found.aspects.get(aspect, 0.0) + judged
    return found


def _clauses(text: str, words: WordLists) -> list[tuple[list[str], frozenset[int]]]:
    """Cut a sentence into clauses of units, each with the places of units that were written in capitals."""
    if not words.moods.joiner:
        return [(list(part.lower()), frozenset()) for part in _CHINESE_CLAUSES.split(text) if part]
    straight = text.replace("’", "'").replace("-", " ")
    shouting = straight.isupper()
    clauses = []
    for part in _CLAUSES.split(straight):
        raw = [match.group() for match in re.finditer(r"[A-Za-z]+(?:'[A-Za-z]+)?|\d+(?:\.\d+)?%?", part)]
        if raw:
            loud = frozenset(at for at, unit in enumerate(raw) if len(unit) > 2 and unit.isupper() and not shouting)
            clauses.append(([_unit(unit.lower()) for unit in raw], loud))
    return clauses


def _unit(word: str) -> str:
    return "#" if word in _NUMBERS or word[0].isdigit() else _plain(word)


def _moods(
    units: list[str], shouted: frozenset[int], words: WordLists
) -> list[tuple[float, bool, frozenset[str], bool]]:
    """Return a clause's parts between turns: value, whether anything moved it, aspects, whether after a turn."""
    turns = [0]
    hits = list(words.moods.find(units))
    turns += [start for start, _, _, sense in hits if sense.turns and start > 0]
    found = []
    for start, stop in zip(turns, [*turns[1:], len(units)], strict=True):
        own = [hit for hit in hits if start <= hit[0] < stop]
        value, moved = _sum(own, shouted, words.reach)
        turned = any(sense.turns for place, _, _, sense in own if place == start)
        aspects = frozenset(aspect for _, _, _, several in words.aspects.find(units[start:stop]) for aspect in several)
        found.append((value * (_AFTER_TURN if turned else 1.0), moved, aspects, turned))
    return found


def _sum(hits: Sequence[tuple[int, int, str, Sense]], shouted: frozenset[int], reach: int) -> tuple[float, bool]:
    total, moved = 0.0, False
    negated, scaled, factor = -99, -99, 1.0
    unused = False
    for start, end, _, sense in hits:
        if sense.negates:
            negated, unused = end, True
            continue
        if sense.valence:
            value = sense.valence * (factor if start - scaled <= 1 else 1.0)
            if start - negated < reach + 1:
                value *= _TURNED_ROUND if value > 0 else _NEGATED_BLAME
                unused = False
            total += value * (1.2 if start in shouted else 1.0)
            moved = True
        if sense.factor:
            factor = min(_MOST, sense.factor * (factor if start == scaled else 1.0))
            scaled = end
            negated += (
                end - start if start - negated < reach + 1 else 0
            )  # "not very good": degree words are no distance
    if unused:
        total += _BARE_NEGATION
    return total, moved or unused


def _signs(text: str) -> float:
    """Return what emoji, emoticons and stars say."""
    total = 0.0 if text.isascii() else sum(_MARK_VALUES.get(letter, 0.0) for letter in text)
    for match in _EMOTICONS.finditer(text):
        total += 1.5 if match["good"] else -1.5
    for match in _STARS.finditer(text):
        total += 1.5 * (float(match[1]) - 3 if match[1] else (float(match[2]) - 5.5) / 2)
    return max(-4.0, min(4.0, total))


def _squashed(total: float) -> float:
    return float(total / (total * total + _ROUNDING) ** 0.5)


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    """Return an English word as it is listed: itself, or the plain form of which it is an inflection."""
    known = english().units
    return word if word in known else next((stem for stem in stems(word) if stem in known), word)
