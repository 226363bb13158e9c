"""Words: every text of the app in the analyst's language, with values inserted and never parsed."""

import functools
import gettext
import io
import math
import re
from pathlib import Path
from typing import Literal

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pages._shared import preferences
from segment_core.messages import Message, Value, literal

Language = Literal["en", "zh"]
LANGUAGES: dict[Language, str] = {"en": "English", "zh": "中文"}
LOCALE = Path(__file__).parent / "locale"
_ARROWS = re.compile(r"(?<!\S)(?:\\<\\-\\>|\\-\\>|\\<\\-|\\-\\-|\\[<>~]\\=)(?!\S)")
"""What Streamlit draws as one sign where it stands by itself: escaped arrows, dashes and comparisons."""


def t(template: str, /, **values: Value) -> str:
    """Say a text in the session's language; write the template in place, because catalogues are gathered from it.

    Values are inserted as they are. Where the text goes into markdown or a label, pass values
    that came from a file through `plain` first.
    """
    text = catalogue(language()).gettext(template) if template else ""
    return text.format(**values) if values else text.replace("{{", "{").replace("}}", "}")


def tell(message: Message) -> str:
    """Say a message of the core in the session's language."""
    return t(message.template, **message.values)


def language() -> Language:
    """Return the language the analyst chose, or else the browser's where we speak it, or else English."""
    chosen = preferences.chosen_language() or (st.context.locale or "").lower()[:2]
    return "zh" if chosen == "zh" else "en"


def duration(seconds: float) -> str:
    """Say a time span the short way."""
    if seconds < 10:
        return t("{n} s", n=f"{seconds:.1f}")
    minutes, rest = divmod(round(seconds), 60)
    return t("{n} min {rest} s", n=minutes, rest=rest) if minutes else t("{n} s", n=rest)


def size(n_bytes: float) -> str:
    """Say a number of bytes the short way."""
    units = ("B", "KB", "MB", "GB")
    power = min(len(units) - 1, int(math.log(max(n_bytes, 1), 1024)))
    return f"{n_bytes / 1024**power:.{int(power > 1)}f} {units[power]}"


def plain(text: object) -> str:
    r"""Make untrusted text safe inside markdown and labels: it shows as it is, on one line, and does nothing.

    Punctuation is escaped; an address, and what Streamlit would draw as an arrow or the like, stand as code. Nothing
    unseen is put in, so that a copy of it is it.

    Examples
    --------
    >>> plain("*4* $x$ [a](b)")
    '\\*4\\* \\$x\\$ \\[a\\]\\(b\\)'
    """
    return _ARROWS.sub(lambda found: f"`{found.group().replace(chr(92), '')}`", literal(text))


@functools.cache
def catalogue(language: Language) -> gettext.GNUTranslations:
    """Read a language's catalogue from its .po file; the compiled form lives in memory only."""
    compiled = io.BytesIO()
    with (LOCALE / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
