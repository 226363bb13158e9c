"""Automatic encoder: the full model where it is quick enough and reads the language, words elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from segment_core.artifacts import Progress, Vectors, silent
from segment_core.choices import option
from segment_core.encoders import sentence_transformer, tfidf
from segment_core.errors import MissingExtraError
from segment_core.extras import has
from segment_core.language import language_of
from segment_core.messages import Message, say


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticOptions:
    """Options of the automatic encoder."""

    limit: float = option(
        60.0, "Longest wait, seconds", low=0.0, help="Where the full model would take longer, words are used instead."
    )
    seed: int = option(0, "Random seed", low=0)


def encode(
    texts: Sequence[str], options: AutomaticOptions = AutomaticOptions(), progress: Progress = silent
) -> Vectors:
    """Read with the bundled model if the texts are English and it would take at most `limit` seconds, else by words.

    The time is estimated by reading a few hundred of the texts. `reason` says what was chosen and why;
    `made_by` names the encoder that was chosen, so that the same one can be asked for again.
    """
    progress(0, 1, say("Looking at {n:,} texts", n=len(texts)))
    against = _against_full_model(texts, options)
    if against is None:
        return sentence_transformer.encode(texts, progress=progress)
    vectors = tfidf.encode(texts, tfidf.TfidfOptions(seed=options.seed), progress)
    return replace(vectors, reason=against)


def _against_full_model(texts: Sequence[str], options: AutomaticOptions) -> Message | None:
    language = language_of(texts)
    if language == "zh":
        return say("Read by their words: {n:,} texts in Chinese, and the bundled model reads English.", n=len(texts))
    if language != "en":
        return say(
            "Read by their words: {n:,} texts that do not look English, and the bundled model reads English.",
            n=len(texts),
        )
    if not has("sentence_transformers"):
        return say("Read by their words: sentence-transformers is not installed.")
    try:
        seconds = sentence_transformer.seconds_for(texts)
    except MissingExtraError as error:
        return error.message
    if seconds <= options.limit:
        return None
    return say(
        "Read by their words: {n:,} texts, for which the full model would take about {minutes} min here.",
        n=len(texts),
        minutes=max(1, round(seconds / 60)),
    )
