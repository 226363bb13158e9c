"""Filters: what may neither be shown to people nor reach a language model unmarked."""

import re
import unicodedata

_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:javascript|data|vbscript)\s*:\s*[a-z/(]"
    r"|(?<![a-z0-9])[a-z0-9-]+(?:\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*|[.。])"
    r"(?:com|org|net|io|cn|de|uk|info|app|ai|co|ru|xyz|top|club|site|shop|online|store|link|click|dev|biz|cc|tv|me|ly"
    r"|gg|eu|fr|example|test)(?![a-z0-9])"
    r"|(?<![a-z0-9])[a-z0-9-]+ dot (?:com|org|net|io|cn|example)\b|(?<![a-z0-9])[a-z0-9-]+\.[a-z]{2,6}/[a-z0-9]"
    r"|\burl\s*\(|(?:加|我的)?(?:微信|qq|wechat)\s*[:：]?\s*[a-z0-9_-]{5,}"
)
_EMAIL = re.compile(r"\S@\S|\S\s*[\[(]\s*at\s*[\])]\s*\S")
_PHONE = re.compile(r"(?:\d[\s().-]?){7,}")
_HTML = re.compile(r"<\s*[a-z/!?|]|&[a-z]+;|&#|@import\b")
_MARKDOWN = re.compile(
    r"!\s*\\?\[|\]\s*\(|\]\s*:|\]\s*\[|`|\*\*|__|~~|:[a-z_-]+\[|:material/|^\s*(?:#{1,6}(?:\s|$)|>|[-*]\s)",
    re.MULTILINE,
)
_COMMAND = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}"
    r"\b(?:previous|above|prior|earlier|instructions?|rules?|prompts?|system)\b"
    r"|\b(?:system|assistant|developer|user)\s*:|\bsystem (?:message|prompt)\b|\bhidden prompt\b|\badmin override\b"
    r"|\byou are (?:now|an? (?:ai|assistant))\b|\bas an ai\b|\bnew (?:instructions?|task)\s*:|\bnow obey\b"
    r"|\bnew instructions?\b|\bfrom now on,? you\b|\bact as (?:the|an?|if) |\bpretend (?:to be|you)\b|\bjailbreak\b"
    r"|\bstop following\b|\bthe assistant must\b|\bwhen you summari[sz]e\b|\byou are a (?:pirate|hacker)\b"
    r"|\bin (?:every|each|all) (?:sentence|answer)s?\b|<\|?im_(?:start|end)|\[/?inst\]|<</?sys>>"
    r"|\"(?:role|shown_as|label)\"\s*:"
    r"|(?:忽略|无视|忘记|不要理会).{0,12}(?:以上|之前|上述|前面|指令|规则|提示|要求)|你现在是|系统(?:提示|消息|[:：])"
    r"|新的?(?:指令|任务)\s*[:：]|提示词|从现在(?:开始|起)[,，]?你|(?:请|假装)(?:你是|扮演)|助手[:：]|检查器"
)
_MIXED = re.compile(r"[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def fold(text: str) -> str:
    """Bring full-width and other compatible letters to one form, in lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def unfit(text: str) -> tuple[str, ...]:
    """Return the codes of what stands in a text and must not be shown: links, addresses, phones, HTML, markdown."""
    folded = fold(text)
    looks = {"link": _LINK, "email": _EMAIL, "phone": _PHONE, "html": _HTML, "markdown": _MARKDOWN}
    return tuple(code for code, pattern in looks.items() if pattern.search(folded))


def is_unseen(letter: str) -> bool:
    """Tell whether a character is invisible or steers the text around it (control, bidi, zero width, private)."""
    return unicodedata.category(letter) in _UNSEEN


def reads_like_a_command(text: str) -> bool:
    """Tell whether a text seems to address a language model; a heuristic, and no defence by itself."""
    seen = "".join(letter for letter in text if not is_unseen(letter))
    spaced = "".join(" " if is_unseen(letter) else letter for letter in text)
    return any(_COMMAND.search(fold(form)) for form in (seen, spaced)) or looks_alike(text)


def looks_alike(text: str) -> bool:
    """Tell whether a word mixes Latin letters with Cyrillic or Greek ones that only look the same."""
    return bool(_MIXED.search(text))
