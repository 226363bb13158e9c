"""Projection head: frozen text vectors learn what belongs together, and are measured on pairs they never saw."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Contrast, Customers, Floats, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.contrasting.measuring import Measured, Pairs, measure, normalised, pairs_of
from segment_core.contrasting.pairs import FEWEST, Encode, Items, of_one_customer, of_one_label, of_one_text
from segment_core.contrasting.training import train
from segment_core.errors import OptionError
from segment_core.messages import Message, say

CUSTOMER, LABEL, TEXT = "same customer", "same label", "same text in other words"
HELD_OUT, WATCHED = 0.25, 0.2
"""Parts of the customers kept for the measures, and of the rest for choosing when to stop."""
LEAST_GAIN, ERRORS = 0.02, 3.0
"""How much better the head must be on held-out pairs, and how many standard errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadOptions:
    """Options of the projection head."""

    positives: str = option(
        TEXT, "What belongs together", among=(CUSTOMER, LABEL, TEXT), help="Texts that shall lie near to each other."
    )
    column: str = option("", "Column", help="For the same label: a column of categories, places or yes and no.")
    shape: str = option("linear", "Head", among=("linear", "mlp"), help="A linear map, or one with a hidden layer.")
    temperature: float = option(
        0.1, "Temperature", low=0.01, high=1.0, help="Lower looks more at the nearest strangers."
    )
    n_steps: int = option(400, "Steps", low=20, high=5_000, help="At most; it stops when it gets no better.")
    seed: int = option(0, "Random seed", low=0)


def learn(  # noqa: PLR0917 - the steps before hand these on in this order
    customers: Customers,
    texts: Sequence[str],
    vectors: Floats,
    encode: Encode,
    options: HeadOptions = HeadOptions(),
    progress: Progress = silent,
) -> Contrast:
    """Train a head on frozen vectors (n_texts, d) so that texts that belong together come near.

    A quarter of the customers takes no part in training, nor does any text that one of them shares with
    the others; before and after are measured on them. If the head is not better there, beyond doubt, the
    frozen vectors are kept and `reason` says so. `encode` reads more texts into the same space: single
    texts of a customer, and texts in other words.

    Features learned from a column say again what that column says: segments found by both agree more than
    the data do.

    Raises
    ------
    OptionError
        If there are too few pairs, or the column has no labels.
    """
    from threadpoolctl import threadpool_limits

    progress(0, 1, say("Looking for texts that belong together"))
    random = np.random.default_rng(options.seed)
    items = _items(customers, texts, vectors, encode, options=options, random=random)
    one_a_group = options.positives != LABEL
    learned, watched, held_out = _parted(items, random)
    watched_pairs = pairs_of(watched, random, one_a_group=one_a_group)
    pairs = pairs_of(held_out, random, one_a_group=one_a_group)
    n_pairs = len(pairs_of(learned, random, one_a_group=one_a_group))
    if min(len(pairs), len(watched_pairs)) < FEWEST // 10 or n_pairs < FEWEST // 3:
        raise OptionError(
            "There are {found} pairs to learn from and {n} to test on, once texts that several customers share are "
            "left out; that is too few.",
            found=n_pairs,
            n=len(pairs),
        )
    # The matrices are small: more threads cost more than they bring, and add up in another order.
    with threadpool_limits(limits=1):
        head = train(
            learned,
            (watched, watched_pairs),
            shape=options.shape,
            temperature=options.temperature,
            n_steps=options.n_steps,
            seed=options.seed,
            progress=progress,
        )
    before, after = measure(held_out.matrix, pairs), measure(head(held_out.matrix), pairs)
    better, reason = _judged(before, after, pairs)
    progress(1, 1, reason)
    matrix = head(vectors) if better else normalised(vectors).astype(np.float32)
    made_by = Step("head", options_to_json(options))
    return Contrast(matrix, before.values, after.values, n_pairs, len(pairs), made_by, reason)


def is_better(contrast: Contrast) -> bool:
    """Tell whether what was learned is in use, or the frozen vectors were kept."""
    return contrast.reason.template != _KEPT


def _items(
    customers: Customers,
    texts: Sequence[str],
    vectors: Floats,
    encode: Encode,
    *,
    options: HeadOptions,
    random: np.random.Generator,
) -> Items:
    if options.positives == CUSTOMER:
        return of_one_customer(customers, texts, vectors, encode, random)
    if options.positives == LABEL:
        return of_one_label(customers, texts, vectors, options.column, random)
    return of_one_text(texts, vectors, encode, random)


def _parted(items: Items, random: np.random.Generator) -> tuple[Items, Items, Items]:
    """Part texts by their owners into those learned from, watched and held out; what was learned from is only there."""
    owners = random.permutation(np.unique(items.owners))
    n_held_out = round(HELD_OUT * len(owners))
    n_watched = round(WATCHED * (len(owners) - n_held_out))
    held_out = np.isin(items.owners, owners[:n_held_out])
    watched = np.isin(items.owners, owners[n_held_out : n_held_out + n_watched])
    learned = ~held_out & ~watched
    watched &= ~np.isin(items.texts, items.texts[learned])
    held_out &= ~np.isin(items.texts, items.texts[learned | watched])
    return items.at(learned), items.at(watched), items.at(held_out)


def _judged(before: Measured, after: Measured, pairs: Pairs) -> tuple[bool, Message]:
    gains = after.wins - before.wins
    doubt = float(gains.std(ddof=1) / len(gains) ** 0.5)
    better = float(gains.mean()) > max(LEAST_GAIN, ERRORS * doubt)
    told = {"before": f"{before.values['auc']:.2f}", "after": f"{after.values['auc']:.2f}", "n": f"{len(pairs):,}"}
    if better:
        return True, say(
            "On {n} held-out pairs, a partner is nearer than a stranger {after} of the time, before it was {before}.",
            **told,
        )
    return False, _kept(**told)


def _kept(**told: str) -> Message:
    return say(
        "The frozen vectors are kept: on {n} held-out pairs, a partner is nearer than a stranger {before} of the time, "
        "and {after} with what was learned; that is no gain beyond doubt.",
        **told,
    )


_KEPT = _kept().template
