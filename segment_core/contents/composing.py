"""Composing: the wordings that each line of a channel can take, the fullest first."""

from collections.abc import Callable, Sequence

from segment_core.artifacts import Channel
from segment_core.contents.briefing import Manner
from segment_core.contents.idea import Idea
from segment_core.phrasing.wording import capital

_GREETINGS = {
    "en": {"": "Hello,", "warm": "Hello, and good to see you,", "formal": "Good day,", "playful": "Hey there!"},
    "zh": {"": "您好，", "warm": "您好，见到您真高兴，", "formal": "尊敬的顾客，您好，", "playful": "嗨，您好！"},
}
_CLOSES = {
    "en": {"": "Best regards", "warm": "Warm greetings", "formal": "Yours sincerely", "playful": "See you around!"},
    "zh": {"": "祝好", "warm": "祝您每一天都好", "formal": "此致敬礼", "playful": "回头见！"},
}
_ENDS = (".", "!", "?", "。", "！", "？", "…")


def wordings(channel: Channel, line: str, idea: Idea, spoken: Manner) -> Sequence[str]:
    """Return what may stand in a line, the fullest wording first; the caller takes the first that fits."""
    if channel == "ad":
        return [text for text in _ad(line, idea, spoken) if text]
    act, offer, said = spoken.act or idea.act, _offer(spoken), _sentence(idea.line, spoken.language)
    need, more = idea.need, "" if "short" in spoken.voices else idea.more
    beside = _joined(spoken, (need, offer), (need,), (idea.title,))
    found: dict[tuple[Channel, str], Callable[[], Sequence[str]]] = {
        ("email", "subject"): lambda: (idea.line, idea.title),
        ("email", "preview"): lambda: beside,
        ("email", "body"): lambda: _bodies(spoken, (need, more), act),
        ("sms", "text"): lambda: _sms(idea, spoken),
        ("push", "title"): lambda: (idea.title, act),
        ("push", "body"): lambda: _joined(spoken, (need, offer), (offer,), (need,), (act,)),
        ("social", "post"): lambda: _joined(
            spoken, (said, need, more, offer), (said, need, offer), (said, offer), (said, need), (said,)
        ),
        ("landing", "headline"): lambda: (idea.line, idea.title),
        ("landing", "subline"): lambda: beside,
        ("landing", "button"): lambda: (act, idea.act, idea.title),
    }
    return found[channel, line]()


def _ad(line: str, idea: Idea, spoken: Manner) -> Sequence[str]:
    """Lines of an ad are mixed freely by the search engine: each has to make sense alone, and no two are alike."""
    said, act = _sentence(idea.line, spoken.language), spoken.act or idea.act
    return {
        "headline 1": (idea.title, idea.line, act),
        "headline 2": (started(spoken.offer), idea.title, idea.line, act, idea.act),
        "headline 3": (spoken.brand, idea.title, idea.line, act, idea.act),
        "description 1": (idea.need, said, idea.title),
        "description 2": (_offer(spoken), idea.more, idea.need, said, act),
    }[line]


def _sms(idea: Idea, spoken: Manner) -> Sequence[str]:
    said, title = _sentence(idea.line, spoken.language), _sentence(idea.title, spoken.language)
    need, offer = idea.need, _offer(spoken)
    shorter = ((offer,), (said, need), (need,), (said,))
    texts = _joined(spoken, (said, need, offer), (said, offer), (title, offer), *shorter)
    if not spoken.brand:
        return texts
    named = [f"【{spoken.brand}】{text}" if spoken.language == "zh" else f"{spoken.brand}: {text}" for text in texts]
    return [*named, *texts]


def _bodies(spoken: Manner, said: tuple[str, str], act: str) -> Sequence[str]:
    voice = next((code for code in ("formal", "playful", "warm") if code in spoken.voices), "")
    greeting, close = _GREETINGS[spoken.language][voice], _CLOSES[spoken.language][voice]
    between = "" if spoken.language == "zh" else " "
    comma = "," if spoken.language == "en" and spoken.brand and not close.endswith("!") else ""
    signed = f"{close}{comma}\n{spoken.brand}" if spoken.brand else close
    found = []
    for sentences in (said, said[:1]):
        text = between.join(part for part in sentences if part)
        paragraphs = [greeting, text, _offer(spoken), f"→ {act}", signed]
        found.append("\n\n".join(part for part in paragraphs if part))
    return found


def _offer(spoken: Manner) -> str:
    return _sentence(started(spoken.offer), spoken.language)


def started(text: str) -> str:
    """Start a sentence with a capital, unless its first word has one inside, as a name such as iPhone does."""
    first = text.split(" ", 1)[0]
    return text if any(map(str.isupper, first)) else capital(text)


def _joined(spoken: Manner, *options: Sequence[str]) -> list[str]:
    between = "" if spoken.language == "zh" else " "
    texts = [between.join(part for part in option if part) for option in options]
    return [text for text in dict.fromkeys(texts) if text]


def _sentence(text: str, language: str) -> str:
    if not text or text.endswith(_ENDS):
        return text
    return text + ("。" if language == "zh" and not text[-1].isascii() else ".")
