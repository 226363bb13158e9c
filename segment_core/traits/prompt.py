"""Prompt: the rubric and the texts that a language model is sent, and how much that is."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segment_core.artifacts import Customers
from segment_core.choices import option
from segment_core.llm.filters import reads_like_a_command
from segment_core.llm.outbound import Outbound, seal
from segment_core.traits.rubric import RUBRIC
from segment_core.traits.writings import sentences, writings

MOST_SENTENCES = 12
"""Of a longer text, the model is sent the first sentences only."""

_INSTRUCTIONS = """\
You rate what customers wrote, for a marketing team, against a fixed rubric.
You get texts; each has an id and sentences with ids of their own. For every text give an entry: "text" (its id) and \
"scores", a list with one entry for each criterion that the text speaks of: "criterion" (its name, exactly as in the \
rubric), "score" (a whole number from 0 to 4, or null) and "quote" (the id of the sentence that shows it best).

0 is the lower end of a criterion's scale, 2 its middle, 4 its upper end; 1 and 3 lie between. Give "sentiment" for \
every text. Leave out a criterion, or give null, where the text says nothing of it: never guess from what customers \
like these are usually like.

Rules, checked by a program that refuses what breaks them: only these criteria, only ids that were sent, a quote from \
the same text for every score, each text once and each criterion once a text. Write nothing else.

Rubric:
{rubric}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """Which language model rates, how many texts it gets at once, and how often it may be asked."""

    url: str = option(
        "",
        "Server address",
        help="Any OpenAI-compatible address, such as http://127.0.0.1:11434/v1. If the server is not on this "
        "machine or its local network, what your customers wrote leaves the machine (e-mail addresses, phone and card "
        "numbers and the like are masked first, as far as they can be recognised).",
    )
    model: str = option("", "Model name", help="As the server knows it, such as qwen3:8b or gpt-4o-mini.")
    max_calls: int = option(
        40,
        "At most so many calls",
        low=1,
        high=10_000,
        help="What does not fit is rated by word lists. A call that must be repeated counts once.",
    )
    texts_per_call: int = option(12, "Texts in a call", low=1, high=50)
    timeout: float = option(
        600.0, "Time limit in seconds", low=1, high=36_000, help="After this the word lists take over."
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A sealed letter, the texts in it by id, each one's sentences by id, and how many sentences were withheld."""

    sealed: Outbound
    texts: Mapping[str, str]
    sentences: Mapping[str, Mapping[str, str]]
    withheld: int


def letters_of(customers: Customers, options: ModelOptions = ModelOptions()) -> tuple[Letter, ...]:
    """Return every letter that would be sent to the language model, without sending it.

    Raises
    ------
    DataError
        If nobody wrote anything.
    """
    return letters(writings(customers), options)


def letters(written: pd.DataFrame, options: ModelOptions) -> tuple[Letter, ...]:
    """Compose what will be sent, within the calls allowed: a text of everybody before a second one of anybody.

    Each different text is sent once. Customers take turns in an order that has nothing to do with their ids, so
    that those within a small budget stand for all.
    """
    chosen = _in_turn(written)[: options.max_calls * options.texts_per_call]
    step = options.texts_per_call
    found = (_letter(chosen[start : start + step]) for start in range(0, len(chosen), step))
    return tuple(letter for letter in found if letter.texts)


def _in_turn(written: pd.DataFrame) -> list[str]:
    """Return the different texts: each customer's longest first, in a fixed, mixed order of customers."""
    own = written[["customer", "text"]].drop_duplicates()
    own = own.assign(
        length=own["text"].str.len(),
        turn=[hashlib.blake2b(name.encode(), digest_size=8).hexdigest() for name in own["customer"]],
    ).sort_values(["turn", "customer", "length", "text"], ascending=[True, True, False, True])
    own["round"] = own.groupby("customer").cumcount()
    ordered = own.sort_values(["round", "turn", "customer"], kind="stable")["text"]
    return list(dict.fromkeys(ordered))


def _letter(chosen: Sequence[str]) -> Letter:
    texts: dict[str, str] = {}
    pieces: dict[str, dict[str, str]] = {}
    withheld = 0
    for number, text in enumerate(chosen, start=1):
        several = sentences(text)[:MOST_SENTENCES]
        kept = [] if reads_like_a_command(text) else several
        withheld += not kept
        if kept:
            texts[f"T{number}"] = text
            pieces[f"T{number}"] = {f"T{number}.s{place}": piece for place, piece in enumerate(kept, start=1)}
    rubric = "\n".join(f"- {name}: {criterion.rubric}" for name, criterion in RUBRIC.items())
    data = {
        "texts": [
            {"id": id_, "sentences": [{"id": place, "text": piece} for place, piece in several.items()]}
            for id_, several in pieces.items()
        ]
    }
    return Letter(seal(_INSTRUCTIONS.format(rubric=rubric), data, purpose="traits"), texts, pieces, withheld)
