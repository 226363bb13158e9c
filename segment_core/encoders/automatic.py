"""Automatic encoder: the full model where it is quick enough, a student of it where not, words in other languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from segment_core.artifacts import Progress, Vectors, silent
from segment_core.choices import option
from segment_core.encoders import full, onnx_int8, sentence_transformer, student, tfidf, word2vec
from segment_core.encoders.student import StudentOptions
from segment_core.errors import MissingExtraError, OptionError
from segment_core.extras import has
from segment_core.language import language_of
from segment_core.messages import Message, say

FLOOR = 0.6
"""Least fidelity (rank correlation of similarities) at which a student stands for the full model."""
WORTHWHILE = 0.8
"""A student must take less than this share of the full model's time."""
LIGHT, LEARNING = 1e-4, 4.0
"""Seconds the student needs besides the full model's reading: for each text, and once to learn."""
MANY = 2_000
"""Texts from which words learned from them (Word2Vec) tell more than words counted: of 9,000 Chinese reviews their
vectors tell praise from blame with an AUC of .92, not .91, and eight clusters of them with a purity of .81, not .73;
of 600 with .80, not .85."""

ENGLISH: dict[str, Callable[..., Vectors]] = {
    "onnx_int8": lambda texts, seed, progress: onnx_int8.encode(texts, progress=progress),
    "sentence_transformer": lambda texts, seed, progress: sentence_transformer.encode(texts, progress=progress),
    "student": lambda texts, seed, progress: student.encode(texts, StudentOptions(seed=seed), progress),
    "tfidf": lambda texts, seed, progress: tfidf.encode(texts, tfidf.TfidfOptions(seed=seed), progress),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticOptions:
    """Options of the automatic encoder."""

    limit: float = option(
        60.0,
        "Longest wait, seconds",
        low=0.0,
        help="Where the full model would take longer, a student learns from it and reads in its place.",
    )
    english: str = option(
        "",
        "English texts are read by",
        among=("", *ENGLISH),
        help="Left empty, it is chosen by how many texts there are and how long they are.",
    )
    seed: int = option(0, "Random seed", low=0)


def encode(
    texts: Sequence[str], options: AutomaticOptions = AutomaticOptions(), progress: Progress = silent
) -> Vectors:
    """Read English with the bundled model, or with its student where that takes longer than `limit`; else by words.

    The model's time is estimated by reading a few hundred of the texts. The student is taken only if what it makes
    of texts it did not learn from is faithful enough; else the full model reads on, however long. Other languages
    are read by their words: the bundled model knows English only, and is never used for them.

    `reason` says what was chosen and why, `seconds` what each would take; `made_by` names the encoder that was
    chosen, so that the same one can be asked for again.
    """
    progress(0, 1, say("Looking at {n:,} texts", n=len(texts)))
    against = _against_meaning(texts)
    if against is not None:
        return replace(_by_words(texts, options.seed, progress), reason=against)
    if options.english:
        if options.english not in ENGLISH:
            raise OptionError(
                "English texts cannot be read by {name}; there are: {names}.",
                name=options.english,
                names=", ".join(ENGLISH),
            )
        return ENGLISH[options.english](texts, options.seed, progress)
    return _by_time(texts, options, progress)


def _by_words(texts: Sequence[str], seed: int, progress: Progress) -> Vectors:
    if has("gensim") and len(set(texts)) >= MANY:
        return word2vec.encode(texts, word2vec.Word2VecOptions(seed=seed), progress)
    return tfidf.encode(texts, tfidf.TfidfOptions(seed=seed), progress)


def _by_time(texts: Sequence[str], options: AutomaticOptions, progress: Progress) -> Vectors:
    try:
        name, in_full = full.tried(texts)
    except MissingExtraError as error:
        return replace(_by_words(texts, options.seed, progress), reason=error.message)
    chosen = student.fitted(texts, StudentOptions(seed=options.seed))
    seconds = {name: in_full}
    n_distinct = len(set(texts))
    if n_distinct > chosen.n_learned:
        seconds["student"] = _seconds_of_student(texts, n_distinct, chosen, in_full)
    if in_full <= options.limit:
        reason = _for_full(len(texts), in_full, options.limit, seconds.get("student"))
        return replace(ENGLISH[name](texts, options.seed, progress), reason=reason, seconds=seconds)
    if seconds.get("student", in_full) >= WORTHWHILE * in_full:
        reason = say(
            "{n:,} texts in English: the full model, about {seconds:.0f} seconds; a student would hardly be quicker.",
            n=len(texts),
            seconds=in_full,
        )
        return replace(ENGLISH[name](texts, options.seed, progress), reason=reason, seconds=seconds)
    made = student.encode(texts, chosen, progress)
    assert made.fidelity is not None
    told: dict[str, Any] = {
        "n": len(texts),
        "percent": 100 * made.fidelity.similarity,
        "seconds": seconds["student"],
        "minutes": in_full / 60,
    }
    if made.fidelity.similarity < FLOOR:
        reason = say(
            "{n:,} texts: the full model, because a student of it would be only {percent:.0f} % faithful; "
            "it takes about {minutes:.1f} minutes, the student {seconds:.0f} seconds.",
            **told,
        )
        return replace(ENGLISH[name](texts, options.seed, progress), reason=reason, seconds=seconds)
    return replace(made, reason=_for_student(chosen, told), seconds=seconds)


def _for_full(n: int, in_full: float, limit: float, of_student: float | None) -> Message:
    told: dict[str, Any] = {"n": n, "seconds": ceil(in_full), "limit": limit}
    if of_student is None:
        return say(
            "{n:,} texts in English: the full model, about {seconds:.0f} s, within the limit of {limit:.0f} s; "
            "there are too few for a student.",
            **told,
        )
    return say(
        "{n:,} texts in English: the full model, about {seconds:.0f} s, within the limit of {limit:.0f} s; the student "
        "would take about {student:.0f} s.",
        **told,
        student=ceil(of_student),
    )


def _for_student(chosen: StudentOptions, told: dict[str, Any]) -> Message:
    if chosen.opening:
        return say(
            "{n:,} long texts: the student, {percent:.0f} % faithful, {seconds:.0f} seconds; "
            "the full model would take about {minutes:.1f} minutes.",
            **told,
        )
    return say(
        "{n:,} texts: the student, {percent:.0f} % faithful, {seconds:.0f} seconds; "
        "the full model would take about {minutes:.1f} minutes.",
        **told,
    )


def _seconds_of_student(texts: Sequence[str], n_distinct: int, chosen: StudentOptions, in_full: float) -> float:
    seconds = in_full * chosen.n_learned / len(texts) + LEARNING + LIGHT * n_distinct
    if chosen.opening:
        seconds += full.tried([" ".join(text.split()[: chosen.opening]) for text in texts])[1]
    return seconds


def _against_meaning(texts: Sequence[str]) -> Message | None:
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
    return None
