"""Speaking: the words of a report in a language that is not a session's, from the catalogues the app speaks by."""

import io
from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from segment_core.errors import OptionError
from segment_core.messages import Message

LANGUAGES = {"en": "English", "zh": "中文"}
LOCALE = Path(__file__).parents[2] / "pages" / "_shared" / "locale"
Tell = Callable[[Message], str]


def teller(language: str) -> Tell:
    """Return a function that says messages in a language; what is in no catalogue is said in English.

    Raises
    ------
    OptionError
        If nobody here speaks the language.
    """
    if language not in LANGUAGES:
        raise OptionError(
            "A report can be written in {languages}, not in “{language}”.",
            languages=", ".join(LANGUAGES),
            language=str(language)[:40],
        )
    found = _catalogue(language)
    if found is None:
        return str
    return lambda message: found.gettext(message.template).format(**message.values) if message.template else ""


@cache
def _catalogue(language: str) -> GNUTranslations | None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    path = LOCALE / f"{language}.po"
    if language == "en" or not path.is_file():
        return None
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
