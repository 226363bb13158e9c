"""Lexicon: sentiment, aspects and traits by word lists of our own, in English and Chinese."""

from collections.abc import Sequence
from dataclasses import dataclass

from segment_core.artifacts import Customers, Note, Progress, Step, Traits, silent
from segment_core.choices import options_to_json
from segment_core.messages import say
from segment_core.traits.moods import rate_text
from segment_core.traits.ratings import Rating, together
from segment_core.traits.writings import distinct, writings

_STEP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconOptions:
    """The lexicon asks nothing."""


def rate(customers: Customers, options: LexiconOptions = LexiconOptions(), progress: Progress = silent) -> Traits:
    """Rate what each customer wrote by its words.

    Texts that are neither English nor Chinese are not read, and counted in a note. See `moods.rate_text` for
    what is heard and what is not.

    Raises
    ------
    DataError
        If nobody wrote anything.
    """
    written = writings(customers)
    ratings, unread = rate_all(written["text"].tolist(), progress)
    reason = say("Read by word lists, in English and Chinese: {n:,} texts.", n=len(written))
    return together(customers, written, ratings, Step("lexicon", options_to_json(options)), reason, notes=unread)


def rate_all(texts: Sequence[str], progress: Progress = silent) -> tuple[dict[str, Sequence[Rating]], tuple[Note, ...]]:
    """Rate each different text, and say how many could not be read."""
    found: dict[str, Sequence[Rating]] = {}
    unread: set[str] = set()
    different = distinct(texts)
    for number, text in enumerate(different):
        if number % _STEP == 0:
            progress(number, len(different), say("Rating texts: {done:,} of {n:,}", done=number, n=len(different)))
        rated = rate_text(text)
        if rated is None:
            unread.add(text)
        found[text] = rated or ()
    progress(len(different), max(1, len(different)), say("Texts rated"))
    n = sum(text in unread for text in texts)
    return found, not_rated(n)


def not_rated(n: int) -> tuple[Note, ...]:
    """Say how many texts were not rated; nothing where all were."""
    if not n:
        return ()
    message = say("Texts that are neither English nor Chinese and were not rated: {n:,}.", n=n)
    return (Note("not-rated", message, n, "warning"),)
