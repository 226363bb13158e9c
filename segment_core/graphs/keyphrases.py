"""Key phrases: what texts speak of, in the words they use, most telling first."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, log2

import numpy as np

from segment_core.artifacts import Progress, silent
from segment_core.graphs.fillers import CHINESE, ENGLISH
from segment_core.graphs.linking import Link, link
from segment_core.language import CJK, words
from segment_core.messages import say
from segment_core.privacy import without_tags

Key = tuple[str, ...]
"""A phrase by the stems of its words: "night lights" and "night light" have one key."""

LONGEST = 3
MOST_COMMON = 0.5
"""Share of the texts above which a phrase tells nobody apart."""
_OFTEN = 256
_CLAUSE = re.compile(r"[^\w\s'’-]+|\n|_")
_CONTRACTION = re.compile(r"n't|'(?:ll|re|ve|d|m)\b")
_SWALLOWED = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Texts as runs of neighbouring words that say something, each as (stem, as written).

    `runs` has an entry a distinct text, `owner` (n_texts,) says which of them each text is, -1 where there is none.
    """

    runs: tuple[tuple[tuple[tuple[str, str], ...], ...], ...]
    owner: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        """Count the texts behind each distinct one."""
        return np.bincount(self.owner[self.owner >= 0], minlength=len(self.runs))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase by its stems, and as it is mostly written."""

    key: Key
    label: str


def read(texts: Sequence[str], progress: Progress = silent) -> Tokens:
    """Cut texts into words without fillers, once each; tags of masked data part what stands beside them."""
    distinct = sorted({text for text in texts if text.strip()})
    place = {text: number for number, text in enumerate(distinct)}
    runs = []
    for number, text in enumerate(distinct):
        if number % _OFTEN == 0:
            progress(number, len(distinct), say("Reading what {n:,} texts speak of", n=len(distinct)))
        bare = without_tags(text.replace("[", "\n["))
        runs.append(tuple(run for clause in _CLAUSE.split(bare) if clause.strip() for run in _runs(clause)))
    return Tokens(tuple(runs), np.array([place.get(text, -1) for text in texts], dtype=np.int64))


def key_of(text: str) -> Key:
    """Return the stems of a phrase, () where it holds nothing but fillers.

    Examples
    --------
    >>> key_of("the Night Lights"), key_of("very good")
    (('night', 'light'), ())
    """
    return tuple(stem for clause in _CLAUSE.split(text) for run in _runs(clause) for stem, _ in run)


def choose(tokens: Tokens, most: int, progress: Progress = silent) -> list[Phrase]:
    """Choose the phrases that many texts share and that yet tell texts apart, at most `most`.

    Candidates are runs of one to three words between fillers and punctuation (as in RAKE, Rose et al. 2010). They are
    ranked by C-value (Frantzi, Ananiadou & Mima 2000), which discounts a word for the longer phrases it is a part of,
    times the inverse share of texts. What hardly any text or nearly every text says is left out.
    """
    weights = tokens.weights
    n_texts = int(weights.sum())
    if not n_texts or not most:
        return []
    fewest = 2 if n_texts < 100 else max(3, n_texts // 1500)
    found: Counter[Key] = Counter()
    for number, runs in enumerate(tokens.runs):
        if number % _OFTEN == 0:
            progress(number, len(tokens.runs), say("Choosing key phrases"))
        for key in {key for run in runs for key in _candidates([stem for stem, _ in run])}:
            found[key] += int(weights[number])
    limit = max(MOST_COMMON * n_texts, fewest)
    counts = {key: count for key, count in found.items() if fewest <= count <= limit}
    ranked = sorted(_scores(counts, n_texts).items(), key=lambda scored: (-scored[1], scored[0]))
    chosen = [key for key, score in ranked if score > 0][:most]
    labels = _labels(tokens, set(chosen), progress)
    return [Phrase(key, labels[key]) for key in chosen]


def mentions(tokens: Tokens, phrases: Sequence[Phrase], progress: Progress = silent) -> list[Link]:
    """Find who mentions each phrase; where phrases overlap the longest counts, so a word in a phrase is no word."""
    place = {phrase.key: number for number, phrase in enumerate(phrases)}
    longest = max((len(phrase.key) for phrase in phrases), default=0)
    said: list[Counter[int]] = []
    for number, runs in enumerate(tokens.runs):
        if number % _OFTEN == 0:
            progress(number, len(tokens.runs), say("Finding who mentions what"))
        said.append(Counter(found for run in runs for found in _matched([stem for stem, _ in run], place, longest)))
    rows: list[list[int]] = [[] for _ in phrases]
    times: list[list[int]] = [[] for _ in phrases]
    for row, owner in enumerate(tokens.owner.tolist()):
        for phrase, count in said[owner].items() if owner >= 0 else ():
            rows[phrase].append(row)
            times[phrase].append(count)
    return [
        link("aspect", phrase.label, "", np.array(rows[number]), 1 + np.log(np.array(times[number], dtype=np.float32)))
        for number, phrase in enumerate(phrases)
    ]


def _runs(clause: str) -> list[tuple[tuple[str, str], ...]]:
    """Return the words of a clause that name something, parted wherever a filler stood between them."""
    lowered = clause.lower().replace("’", "'")
    found: list[list[tuple[str, str]]] = []
    end = -1
    for word in words(lowered):
        at = lowered.find(word, max(end, 0))
        if at < 0 or _is_filler(word):
            continue
        beside = end >= 0 and lowered[end:at] in ("", " ", "-")
        if not beside:
            found.append([])
        found[-1].append((_stem(word), word))
        end = at + len(word)
    return [tuple(run) for run in found]


@lru_cache(maxsize=100_000)
def _is_filler(word: str) -> bool:
    if CJK.search(word):
        return word in CHINESE
    # A word of two letters is hardly ever a thing, and a contraction never is.
    return len(word) < 3 or word in ENGLISH or bool(_CONTRACTION.search(word))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    if CJK.search(word):
        return word
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _candidates(stems: list[str]) -> list[Key]:
    return [
        tuple(stems[start:stop])
        for start in range(len(stems))
        for stop in range(start + 1, min(start + LONGEST, len(stems)) + 1)
        if stop - start == len(set(stems[start:stop]))
    ]


def _scores(counts: dict[Key, int], n_texts: int) -> dict[Key, float]:
    within: Counter[Key] = Counter()
    holders: Counter[Key] = Counter()
    most_within: dict[Key, int] = {}
    for key, count in counts.items():
        for part in {part for part in _candidates(list(key)) if part != key}:
            within[part] += count
            holders[part] += 1
            most_within[part] = max(most_within.get(part, 0), count)
    scores = {}
    for key, count in counts.items():
        if most_within.get(key, 0) >= _SWALLOWED * count:
            continue  # it is hardly ever said but as a part of that longer one
        alone = count - within[key] / max(holders[key], 1)
        scores[key] = log2(len(key) + 1) * alone * log(n_texts / count) if n_texts > count else log2(len(key) + 1)
    return scores


def _labels(tokens: Tokens, keys: set[Key], progress: Progress) -> dict[Key, str]:
    """Name each phrase as it is written most often, the first of the alphabet where two are equally frequent."""
    written: dict[Key, Counter[str]] = {key: Counter() for key in keys}
    weights = tokens.weights
    for number, runs in enumerate(tokens.runs):
        if number % _OFTEN == 0:
            progress(number, len(tokens.runs), say("Naming key phrases"))
        for run in runs:
            stems = [stem for stem, _ in run]
            for start in range(len(run)):
                for stop in range(start + 1, min(start + LONGEST, len(run)) + 1):
                    key = tuple(stems[start:stop])
                    if key in written:
                        written[key][_spelled([word for _, word in run[start:stop]])] += int(weights[number])
    return {key: min(found, key=lambda label: (-found[label], label)) for key, found in written.items()}


def _spelled(found: Sequence[str]) -> str:
    label = found[0]
    for word in found[1:]:
        label += word if CJK.match(word) and CJK.search(label[-1]) else f" {word}"
    return label


def _matched(stems: list[str], place: dict[Key, int], longest: int) -> list[int]:
    found, start = [], 0
    while start < len(stems):
        for stop in range(min(start + longest, len(stems)), start, -1):
            number = place.get(tuple(stems[start:stop]))
            if number is not None:
                found.append(number)
                start = stop
                break
        else:
            start += 1
    return found
