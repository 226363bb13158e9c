"""Filters: what may neither be shown to people nor reach a language model unmarked."""

import re
import unicodedata

_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]*://|\bwww\.|(?<![a-z0-9])[a-z0-9-]+\.(?:com|org|net|io|cn|de|uk|info|app|ai|co)(?![a-z0-9])"
)
_EMAIL = re.compile(r"\S@\S|\S\s*\(at\)\s*\S")
_PHONE = re.compile(r"(?:\d[\s().-]?){7,}")
_HTML = re.compile(r"<\s*[a-z/!?]|&[a-z]+;|&#")
_MARKDOWN = re.compile(r"!\[|\]\s*\(|\]\s*:|`|\*\*|__|^\s*(?:#{1,6}(?:\s|$)|>|[-*]\s)", re.MULTILINE)
_COMMAND = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:previous|above|prior|earlier|instructions?|rules?|prompts?)\b"
    r"|\b(?:system|assistant|developer)\s*:|\byou are (?:now|an? (?:ai|assistant))\b|\bnew instructions?\b"
    r"|\bact as\b|\bjailbreak\b"
    r"|(?:忽略|无视|忘记|不要理会).{0,12}(?:以上|之前|上述|前面|指令|规则|提示)|你现在是|系统提示|新的指令"
)
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
    return bool(_COMMAND.search(fold(text)))
