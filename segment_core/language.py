"""Language: which language texts are in, and their words."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from segment_core.artifacts import Note
from segment_core.messages import say

FEWEST_OF_A_LANGUAGE = 20
"""Texts that a language needs to be read apart from the rest: fewer have no themes of their own."""
LEAST_OF_A_LANGUAGE = 0.05
"""Share of all texts that a language needs besides."""
SAMPLE = 400
ENGLISH_SHARE = 0.2
CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=[^\W\d_]))+")
_UNWORDED = re.compile(r"\S+@\S+|\w+://\S+|\[[A-Z]+(?: \d+)?\]|\d+")
CHINESE_FILLERS = frozenset(
    (  # noqa: SIM905 - a list would take a line a word
        "的 了 是 我 你 他 她 它 们 我们 你们 他们 在 有 和 也 就 都 而 及 与 着 或 一个 没有 "
        "不 很 还 又 这 那 这个 那个 什么 怎么 为 为了 被 把 让 给 "
        "对 从 到 去 来 上 下 会 可以 但 但是 因为 所以 如果 就是 还是 而且 非常 比较 已经 自己 吧 啊 呢 吗 哦 呀 嘛"
    ).split()
)

KANA = re.compile("[\u3040-\u30ff]")
HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
SURELY_ENGLISH = frozenset(
    (  # noqa: SIM905
        "the and this that with you your have my are they from very would when which there what how don't can't i'm "
        "i've it's it these those were been because than then them she could should after our any has had will why "
        "didn't doesn't isn't not just about my but do did does how's i'd i'll want need where who why that's"
    ).split()
)
"""Common English words that hardly another language writes: two in a text settle it, or one among many fillers."""
ENGLISH_FILLERS = 0.4
CERTAIN = 0.5
"""Below this probability of a language a text is left undecided."""
LOOKED_AT = 600
"""Letters of a text that are looked at: more do not change the answer."""
ONE_OF_A_KIND = {"yue": "zh", "wuu": "zh", "nn": "no", "pcm": "en", "ary": "ar", "arz": "ar"}
"""Varieties of a written language, which count for it."""
NO_LANGUAGE = "zxx"


def languages_of(texts: Sequence[str]) -> list[str]:
    """Tell the language of each text as a code such as "en", "zh" or "de"; "" where it cannot be told.

    Chinese, Japanese and Korean are told by their characters, plain English by its most common words, and the
    rest by the letter patterns of 140 languages (py3langid, after Lui & Baldwin 2012). One or two words
    seldom settle it: what to do with those is the caller's choice.

    Examples
    --------
    >>> languages_of(["The delivery was late and nobody told me.", "味道不错，送得很快", "ok 👍"])
    ['en', 'zh', '']
    """
    known: dict[str, str] = {}
    for text in texts:
        if text not in known:
            known[text] = _language(text[:LOOKED_AT])
    return [known[text] for text in texts]


def _language(text: str) -> str:
    if not any(letter.isalpha() for letter in text):
        return ""
    if not text.isascii():
        by_script = _by_script(text)
        if by_script:
            return by_script
    # What is not written in words tells nothing: addresses, tags, numbers.
    plain = _UNWORDED.sub(" ", text)
    found = [word.lower().replace("’", "'") for word in WORD.findall(plain)]
    return "en" if _surely_english(found) else _by_patterns(plain)


def _surely_english(found: list[str]) -> bool:
    sure = SURELY_ENGLISH.intersection(found)
    if not sure:
        return False
    fillers = [word for word in found if word in _english_fillers() or word in SURELY_ENGLISH]
    if len(sure) >= 2 and len(fillers) > ENGLISH_SHARE * len(found):
        return True
    return len(set(fillers)) >= 3 and len(fillers) >= ENGLISH_FILLERS * len(found)


def _by_script(text: str) -> str:
    n_letters = sum(letter.isalpha() for letter in text)
    n_chinese, n_kana, n_hangul = (len(letters.findall(text)) for letters in (CJK, KANA, HANGUL))
    if n_chinese + n_kana + n_hangul <= 0.3 * n_letters:
        return ""
    if n_hangul >= max(n_kana, n_chinese):
        return "ko"
    return "ja" if n_kana >= 0.1 * n_chinese else "zh"


def _by_patterns(text: str) -> str:
    code, probability = _patterns().classify(text)
    if probability < CERTAIN:
        together: dict[str, float] = {}
        for one, part in _patterns().rank(text)[:8]:
            kind = ONE_OF_A_KIND.get(one, one)
            together[kind] = together.get(kind, 0.0) + part
        code, probability = max(together.items(), key=lambda pair: pair[1])
    code = ONE_OF_A_KIND.get(code, code)
    return code if probability >= CERTAIN and code != NO_LANGUAGE else ""


@cache
def _patterns() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(texts: Sequence[str]) -> str:
    """Tell the language of most of these texts: "en", "zh", or "other".

    Chinese is told by its characters; English by its most common words and, since Dutch, German and Italian write some
    of these too, by what most texts are in by themselves. A few hundred texts, evenly spaced, are looked at.

    Examples
    --------
    >>> language_of(["The delivery was late and nobody told me."])
    'en'
    >>> language_of(["味道不错，送得很快"])
    'zh'
    """
    some = texts[:: max(1, len(texts) // SAMPLE)]
    joined = "\n".join(some)
    n_letters = sum(character.isalpha() for character in joined)
    if not n_letters:
        return "other"
    n_chinese = len(CJK.findall(joined))
    if n_chinese > 0.3 * n_letters and len(KANA_OR_HANGUL.findall(joined)) < 0.1 * n_chinese:
        return "zh"
    found = [word.lower() for word in WORD.findall(joined)]
    n_common = sum(word in _english_fillers() for word in found)
    told = [language for language in languages_of(some) if language]
    likely = n_common > ENGLISH_SHARE * len(found) or 2 * len(told) >= len(some)
    return "en" if likely and 2 * told.count("en") >= len(told) else "other"


def words(text: str) -> list[str]:
    """Split a text into lower-case words without fillers; Chinese is cut by jieba.

    Examples
    --------
    >>> words("The delivery was late, and I don't like it")
    ['delivery', 'late', "don't", 'like']
    """
    lowered = text.lower().replace("’", "'")
    if CJK.search(lowered):
        return [word for piece in _cut(lowered) for word in WORD.findall(piece) or _chinese(piece)]
    return [word for word in WORD.findall(lowered) if word not in _english_fillers()]


def _chinese(piece: str) -> list[str]:
    return [piece] if CJK.search(piece) and piece not in CHINESE_FILLERS else []


def _cut(text: str) -> list[str]:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return [piece for piece in jieba.lcut(text) if piece not in CHINESE_FILLERS and len(piece) > 1]


@cache
def _english_fillers() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS) | {"i'm", "it's", "i've", "i'd", "i'll", "that's", "they're", "s", "t"}


def by_language(distinct: Sequence[str]) -> tuple[dict[str, list[str]], tuple[Note, ...]]:
    """Part texts by language, the most frequent first; texts of rare languages go together, too few stay unread.

    A text too short to tell goes with the most frequent language.
    """
    found = languages_of(distinct)
    counts = Counter(language for language in found if language)
    first = max(counts, key=lambda language: (counts[language], language), default="")
    enough = max(FEWEST_OF_A_LANGUAGE, LEAST_OF_A_LANGUAGE * len(distinct))
    own = {language for language, n in counts.items() if n >= enough or language == first}
    groups: dict[str, list[str]] = {language: [] for language in sorted(own, key=lambda name: (-counts[name], name))}
    rest: list[str] = []
    for written, language in zip(distinct, found, strict=True):
        if not language or language in own:
            groups.setdefault(language or first, []).append(written)
        else:
            rest.append(written)
    if len(rest) >= enough:
        return groups | {"other": rest}, ()
    if not rest:
        return groups, ()
    message = say("Texts in languages too few to be read, taken as silence: {n}.", n=len(rest))
    return groups, (Note("rare-language", message, len(rest), "warning"),)
