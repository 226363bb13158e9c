"""Model: a language model rates texts against the rubric, and a checker decides what stays."""

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from segment_core.artifacts import Customers, Note, Progress, Step, Traits, silent
from segment_core.choices import options_to_json
from segment_core.errors import MissingExtraError, ModelError
from segment_core.llm import ModelAccess, Writer, writer_at
from segment_core.messages import Message, say
from segment_core.traits import lexicon
from segment_core.traits.portions import portion
from segment_core.traits.prompt import Letter, ModelOptions, letters
from segment_core.traits.ratings import Rating, together
from segment_core.traits.rubric import RUBRIC, SENTIMENT
from segment_core.traits.writings import writings

if TYPE_CHECKING:
    from segment_core.traits.answers import RatingsAnswer, ScoreAnswer, TextAnswer

KEY = "llm_key"
TOP = 4
"""The best score in an answer; it stands for 1."""
_ASK_AGAIN = 1
_FAILURES_IN_A_ROW = 2


def rate(
    customers: Customers,
    options: ModelOptions = ModelOptions(),
    progress: Progress = silent,
    *,
    secrets: Mapping[str, str] = {},
) -> Traits:
    """Let a model rate texts, keep what the checker finds sound, and rate every other text by the word lists.

    Whatever the model or its server does, traits come back, and the notes say what was refused, withheld, left
    out or taken over. Quotes come by id and are pasted from what the customer wrote. What a customer wrote cannot
    change the rubric, only, at worst, a model's score of that same text. The key, if the model needs one, is
    `secrets["llm_key"]`. See `prompt.cost` for what a run takes.

    Raises
    ------
    DataError
        If nobody wrote anything.
    Cancelled
        If `progress` raised it.
    """
    written = writings(customers)
    texts = written["text"].tolist()
    ratings, _ = lexicon.rate_all(texts, portion(progress, 0.0, 0.1))
    sent = letters(written, options)
    progress(0.1, 1.0, _announced(sent, options))
    told = _ask_all(sent, options, secrets.get(KEY, ""), portion(progress, 0.1, 0.9))
    ratings.update(told.ratings)
    notes = lexicon.not_rated(sum(not ratings[text] for text in texts))
    n_own = sum(text in told.ratings for text in texts)
    if told.ratings:
        made_by = Step("model", options_to_json(options))
        reason = say(
            "Rated by the model {model}: {n:,} of {all:,} texts; the rest by word lists.",
            model=options.model,
            n=n_own,
            all=len(texts),
        )
    else:
        made_by = Step("lexicon")
        reason = say("Read by word lists, in English and Chinese: {n:,} texts.", n=len(texts))
    n_left = len(set(texts)) - sum(len(letter.texts) + letter.withheld for letter in sent)
    return together(customers, written, ratings, made_by, reason, notes=(*notes, *told.notes(sent, n_left)))


class _Told:
    """What the model said of each text, and what went wrong on the way."""

    def __init__(self) -> None:
        self.ratings: dict[str, Sequence[Rating]] = {}
        self.n_refused = 0
        self.n_failed = 0
        self.failure: Message | None = None

    def notes(self, sent: Sequence[Letter], n_left: int) -> list[Note]:
        """Say what was refused, masked, withheld and left out."""
        found: list[Note] = []

        def add(code: str, n: int, message: Message, *, warns: bool = False) -> None:
            if n:
                found.append(Note(code, message, n, "warning" if warns else "info"))

        if self.failure is not None:
            found.append(Note("model-failed", self.failure, self.n_failed, "warning"))
        n = self.n_failed
        add("lexicon-instead", n, say("Calls that failed, their texts rated by word lists: {n:,}.", n=n), warns=True)
        n = self.n_refused
        add(
            "answers-refused",
            n,
            say("Answers on texts refused because they broke the rubric: {n:,}. Word lists rated these.", n=n),
            warns=True,
        )
        n = sum(letter.sealed.masked for letter in sent)
        add("masked", n, say("Addresses and numbers masked before the model was asked: {n}.", n=n))
        n = sum(letter.withheld for letter in sent)
        add("withheld", n, say("Texts that read like commands and were not sent to the model: {n}.", n=n))
        add("left-out", n_left, say("Texts beyond the calls allowed, rated by word lists: {n:,}.", n=n_left))
        return found


def _announced(sent: Sequence[Letter], options: ModelOptions) -> Message:
    n_characters = sum(len(str(letter.sealed)) for letter in sent)
    return say(
        "Asking the model {model}: {n:,} calls with {characters:,} characters.",
        model=options.model,
        n=len(sent),
        characters=n_characters,
    )


def _ask_all(sent: Sequence[Letter], options: ModelOptions, key: str, progress: Progress) -> _Told:
    told = _Told()
    writer = writer_at(ModelAccess(options.url, options.model, key))
    until = time.monotonic() + options.timeout
    in_a_row = 0
    for number, letter in enumerate(sent):
        if in_a_row == _FAILURES_IN_A_ROW:
            told.n_failed += 1
            continue
        progress(number, len(sent), say("Call {n:,} of {all:,} to the model", n=number + 1, all=len(sent)))
        try:
            answer = _ask(writer, letter, until, portion(progress, number / len(sent), 1 / len(sent)))
        except (ModelError, MissingExtraError) as error:
            told.failure, told.n_failed, in_a_row = error.message, told.n_failed + 1, in_a_row + 1
            continue
        in_a_row = 0
        kept = sound(answer, letter)
        told.ratings |= kept
        told.n_refused += len(letter.texts) - len(kept)
    return told


def _ask(writer: Writer, letter: Letter, until: float, progress: Progress) -> "RatingsAnswer":
    from segment_core.traits.answers import RatingsAnswer

    reply = writer.fill(
        letter.sealed,
        RatingsAnswer,
        lambda answer: problems_in(answer, letter),
        seconds=max(until - time.monotonic(), 0.0),
        again=_ASK_AGAIN,
        progress=progress,
    )
    return reply.answer


def problems_in(answer: "RatingsAnswer", letter: Letter) -> list[str]:
    """Name what is wrong with an answer, by places and rules only: no word of it goes back to the model."""
    found = []
    seen: set[str] = set()
    for place, entry in enumerate(answer.texts):
        if entry.text not in letter.texts:
            found.append(f"texts[{place}].text: no text with this id was sent.")
        elif entry.text in seen:
            found.append(f"texts[{place}].text: this text has an entry already.")
        else:
            seen.add(entry.text)
            found += [f"texts[{place}].{problem}" for problem in _problems_of(entry, letter)]
    found += [f"{id_}: has no entry." for id_ in letter.texts if id_ not in seen]
    return found


def _problems_of(entry: "TextAnswer", letter: Letter) -> list[str]:
    names = [score.criterion for score in entry.scores if score.score is not None]
    found = [
        f"scores[{place}]: {problem}"
        for place, score in enumerate(entry.scores)
        for problem in _problems_with(score, letter.sentences[entry.text])
    ]
    if len(set(names)) < len(names):
        found.append("scores: a criterion has two scores.")
    if SENTIMENT not in names:
        found.append(f"scores: {SENTIMENT} has no score.")
    return found


def _problems_with(score: "ScoreAnswer", own: Mapping[str, Any]) -> list[str]:
    if score.score is None:
        return [] if score.criterion in RUBRIC else ["criterion: not in the rubric."]
    found = [] if score.criterion in RUBRIC else ["criterion: not in the rubric."]
    if score.score not in range(TOP + 1):
        found.append(f"score: must be a whole number from 0 to {TOP}, or null.")
    if score.quote not in own:
        found.append("quote: must be the id of a sentence of this text.")
    return found


def sound(answer: "RatingsAnswer", letter: Letter) -> dict[str, Sequence[Rating]]:
    """Return the ratings of texts with nothing wrong, by text; a text with any problem is left to the word lists."""
    counts: dict[str, int] = {}
    for entry in answer.texts:
        counts[entry.text] = counts.get(entry.text, 0) + 1
    found: dict[str, Sequence[Rating]] = {}
    for entry in answer.texts:
        if entry.text not in letter.texts or counts[entry.text] > 1 or _problems_of(entry, letter):
            continue
        own = letter.sentences[entry.text]
        found[letter.texts[entry.text]] = tuple(
            Rating(score.criterion, _scaled(score.criterion, score.score), own[score.quote])
            for score in entry.scores
            if score.score is not None
        )
    return found


def _scaled(name: str, score: float) -> float:
    low = RUBRIC[name].low
    return low + (1.0 - low) * score / TOP
