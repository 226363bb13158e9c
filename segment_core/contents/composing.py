"""Composing: the wordings that each line of a channel can take, the fullest first."""

from collections.abc import Sequence

from segment_core.artifacts import Channel
from segment_core.contents.briefing import Manner
from segment_core.contents.idea import Idea

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
    act, offer = spoken.act or idea.act, _sentence(spoken.offer, spoken.language)
    need, more = idea.need, "" if "short" in spoken.voices else idea.more
    if channel == "email":
        return {
            "subject": (idea.line, idea.title),
            "preview": _joined(spoken, (need, offer), (need,), (idea.title,)),
        }.get(line) or _bodies(idea, spoken, need, more, offer, act)
    if channel == "sms":
        return _sms(idea, spoken, need, offer, act)
    if channel == "push":
        if line == "title":
            return (idea.title, act)
        return _joined(spoken, (need, offer), (offer,), (need,), (act,))
    if channel == "social":
        said = _sentence(idea.line, spoken.language)
        return _joined(
            spoken, (said, need, more, offer), (said, need, offer), (said, offer), (idea.line, need), (idea.line,)
        )
    if channel == "ad":
        return _ad(line, idea, spoken, need, more, offer, act)
    lines = {
        "headline": (idea.line, idea.title),
        "subline": _joined(spoken, (need, offer), (need,), (idea.title,)),
        "button": (act, idea.act, idea.title),
    }
    return lines[line]


def _ad(line: str, idea: Idea, spoken: Manner, need: str, more: str, offer: str, act: str) -> Sequence[str]:
    """Lines of an ad are mixed freely by the search engine: each has to make sense alone, and no two are alike."""
    kind, number = line.split(" ")
    if kind == "headline":
        first = {"1": (), "2": (spoken.offer,), "3": (spoken.brand,)}[number]
        return [text for text in (*first, idea.title, idea.line, act, idea.act) if text]
    if number == "1":
        return [text for text in (need, *_joined(spoken, (idea.line,)), idea.title) if text]
    return [text for text in (offer, more, need, _sentence(idea.line, spoken.language), act) if text]


def _sms(idea: Idea, spoken: Manner, need: str, offer: str, act: str) -> Sequence[str]:
    said = _sentence(idea.line, spoken.language)
    title = _sentence(idea.title, spoken.language)
    texts = _joined(
        spoken,
        (said, need, offer),
        (said, offer),
        (title, offer),
        (offer,),
        (said, need),
        (need,),
        (said,),
    )
    if not spoken.brand:
        return texts
    named = [f"【{spoken.brand}】{text}" if spoken.language == "zh" else f"{spoken.brand}: {text}" for text in texts]
    return [*named, *texts]


def _bodies(idea: Idea, spoken: Manner, need: str, more: str, offer: str, act: str) -> Sequence[str]:
    voice = next((code for code in ("formal", "playful", "warm") if code in spoken.voices), "")
    greeting, close = _GREETINGS[spoken.language][voice], _CLOSES[spoken.language][voice]
    between = "" if spoken.language == "zh" else " "
    signed = f"{close}\n{spoken.brand}" if spoken.brand else close
    if spoken.language == "en" and spoken.brand and not close.endswith("!"):
        signed = f"{close},\n{spoken.brand}"
    found = []
    for said in ((need, more), (need,)):
        text = between.join(part for part in said if part)
        paragraphs = [greeting, text, offer, f"→ {act}", signed]
        found.append("\n\n".join(part for part in paragraphs if part))
    return found


def _joined(spoken: Manner, *options: Sequence[str]) -> list[str]:
    between = "" if spoken.language == "zh" else " "
    texts = [between.join(part for part in option if part) for option in options]
    return [text for text in dict.fromkeys(texts) if text]


def _sentence(text: str, language: str) -> str:
    if not text or text.endswith(_ENDS):
        return text
    return text + ("。" if language == "zh" else ".")
