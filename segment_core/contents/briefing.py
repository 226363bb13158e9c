"""Briefing: what the built-in writer makes of a brief: what may be placed, and in which manner to speak."""

import re
from dataclasses import dataclass

from segment_core.artifacts import Brief, Note
from segment_core.llm.filters import fold, is_unseen, reads_like_a_command, unfit
from segment_core.messages import say
from segment_core.phrasing.wording import clean

_VOICES = {
    "warm": "warm warmly friendly kind cordial caring personal 温暖 亲切 友好 热情",
    "formal": "formal formally polite serious professional respectful 正式 礼貌 专业 庄重",
    "playful": "playful fun funny witty cheeky lively casual 俏皮 活泼 有趣 轻松 幽默",
    "short": "short brief concise terse crisp direct plain simple 简短 简洁 直接 简单",
}
_FILLERS = frozenset("and but not too very a bit the in with of our we be voice tone style 而 且 的 和 但 不".split())  # noqa: SIM905
_ACTS = {
    "en": {
        "back": "Come back in",
        "news": "See what is new",
        "tell": "Tell us",
        "visit": "Drop by",
        "join": "Sign up",
        "buy": "Shop now",
    },
    "zh": {
        "back": "回来看看",
        "news": "看看新品",
        "tell": "告诉我们",
        "visit": "到店看看",
        "join": "马上加入",
        "buy": "去选购",
    },
}
_GOALS = {
    "back": r"win.?back|reactivat|come back|return|lapsed|churn|挽回|召回|唤醒|流失",
    "news": r"launch|\bnew\b|introduc|collection|新品|上新|发布",
    "tell": r"feedback|survey|review|opinion|反馈|调研|评价|意见",
    "visit": r"visit|store|shop event|opening|footfall|到店|门店|进店",
    "join": r"sign.?up|subscri|regist|member|newsletter|app\b|注册|订阅|会员|入会",
    "buy": r"sell|sale|order|buy|purchase|basket|revenue|购买|销售|下单|复购|客单",
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How to speak: the language, who speaks, the offer to place, the voices to take on, and what to ask for."""

    language: str
    brand: str = ""
    offer: str = ""
    voices: frozenset[str] = frozenset()
    act: str = ""


def manner(brief: Brief) -> tuple[Manner, tuple[Note, ...]]:
    """Read a brief, with notes on what the built-in writer leaves for a language model."""
    notes: list[Note] = []
    language = "zh" if brief.language == "zh" else "en"
    placed = {}
    for name, given, longest in (("offer", brief.offer, 400), ("brand", brief.brand, 60)):
        text = clean(given, longest)
        if text and (unfit(text) or reads_like_a_command(text) or any(map(is_unseen, text))):
            notes.append(Note("not-placed", _NOT_PLACED[name], 1, "warning"))
        else:
            placed[name] = text
    voices, unknown = _voices(brief.voice)
    if unknown:
        notes.append(
            Note(
                "voice",
                say(
                    "The built-in writer can be warm, formal, playful and short; what else the voice asks for, only a "
                    "language model can follow: {words}.",
                    words=clean(", ".join(unknown), 120),
                ),
                len(unknown),
            )
        )
    goal = next((code for code, pattern in _GOALS.items() if re.search(pattern, fold(brief.goal))), "")
    if brief.goal.strip() and not goal:
        notes.append(
            Note("goal", say("The built-in writer makes nothing of this goal; only a language model follows it."), 1)
        )
    act = _ACTS[language].get(goal, "")
    return Manner(language, placed.get("brand", ""), placed.get("offer", ""), voices, act), tuple(notes)


_NOT_PLACED = {
    "offer": say("The offer holds a link, markup or a command and was not placed; write it as a plain sentence."),
    "brand": say("The brand holds a link, markup or a command and was not placed; write it as a plain name."),
}


def _voices(voice: str) -> tuple[frozenset[str], list[str]]:
    said, found, unknown = fold(voice), set(), []
    rest = said
    for code, words in _VOICES.items():
        for known in words.split():
            pattern = rf"\b{known}\b" if known.isascii() else known
            if re.search(pattern, said):
                found.add(code)
                rest = re.sub(pattern, " ", rest)
    for part in re.split(r"[\s,.;:!?/，。；、！？]+", rest):
        if part and part not in _FILLERS and any(map(str.isalnum, part)):
            unknown.append(part)
    return frozenset(found), unknown
