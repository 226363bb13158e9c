"""Language: which language texts are in, and their words."""

import re
from collections.abc import Sequence
from functools import cache

SAMPLE = 400
ENGLISH_SHARE = 0.2
CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=[^\W\d_]))+")
CHINESE_FILLERS = frozenset(
    (  # noqa: SIM905 - a list would take a line a word
        "的 了 是 我 你 他 她 它 们 我们 你们 他们 在 有 和 也 就 都 而 及 与 着 或 一个 没有 "
        "不 很 还 又 这 那 这个 那个 什么 怎么 为 为了 被 把 让 给 "
        "对 从 到 去 来 上 下 会 可以 但 但是 因为 所以 如果 就是 还是 而且 非常 比较 已经 自己 吧 啊 呢 吗 哦 呀 嘛"
    ).split()
)


def language_of(texts: Sequence[str]) -> str:
    """Tell the language of most of these texts: "en", "zh", or "other".

    Chinese is told by its characters, English by its most common words; a few hundred texts,
    evenly spaced, are looked at.

    Examples
    --------
    >>> language_of(["The delivery was late and nobody told me."])
    'en'
    >>> language_of(["味道不错，送得很快"])
    'zh'
    """
    step = max(1, len(texts) // SAMPLE)
    joined = "\n".join(texts[::step])
    n_letters = sum(character.isalpha() for character in joined)
    if not n_letters:
        return "other"
    n_chinese = len(CJK.findall(joined))
    if n_chinese > 0.3 * n_letters and len(KANA_OR_HANGUL.findall(joined)) < 0.1 * n_chinese:
        return "zh"
    found = [word.lower() for word in WORD.findall(joined)]
    n_common = sum(word in _english_fillers() for word in found)
    return "en" if found and n_common > ENGLISH_SHARE * len(found) else "other"


def languages_of(texts: Sequence[str]) -> list[str]:
    """Tell the language of each text, "" where it is too short to tell."""
    return [language_of([text]) if len(WORD.findall(text)) + len(CJK.findall(text)) > 3 else "" for text in texts]


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
