"""Deep embedded clustering: what `dec` and `idec` share, from customers to a network's segments."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from segment_core.artifacts import Clustering, Features, Floats, Labels, Progress, Step, Training
from segment_core.choices import option
from segment_core.clustering import kmeans, network
from segment_core.clustering.membership import require_customers, settle
from segment_core.messages import Message, Value, say

MOST_LEARNED = 20_000
"""Customers whom the network learns from; everybody else goes through it once it has learned."""
FEWEST_STEPS, MOST_STEPS = 20, 140
"""Steps between two updates: two rounds of all customers, within these bounds (140 in the paper)."""
ROUNDS, FEWEST_FIRST, MOST_FIRST = 60, 300, 2_000
"""Rounds of all customers in pretraining, and the bounds of its steps."""
PRETRAINING = 0.6
"""About which part of the time goes into learning to restore customers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schooling:
    """What both ways of deep embedded clustering ask."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    n_codes: int = option(10, "Codes", low=2, high=64, help="Numbers that a customer is folded into by the network.")
    n_steps: int | None = option(
        None,
        "Steps of pretraining",
        low=50,
        high=50_000,
        help="Spent on learning to restore customers, first; 60 rounds of all, but 300 to 2,000, if not given.",
    )
    most_updates: int = option(
        40, "Most updates", low=1, high=1_000, help="How often the network's aim is made anew, at most."
    )
    tolerance: float = option(
        0.001,
        "Tolerance",
        low=0.0,
        high=0.5,
        step=0.001,
        help="Training ends when at most this share of customers changes segments between two updates.",
    )


def trained(
    features: Features, options: Schooling, made_by: Step, *, weight: float | None, seed: int, progress: Progress
) -> Clustering:
    """Train a network and cut by its soft assignment; `weight` None leaves the clustering loss alone with itself.

    Above 20,000 customers it learns from a random sample, and the others go through it afterwards. The same
    customers in any order give the same batches, and so the same segments, on one kind of processor.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    from threadpoolctl import threadpool_limits

    require_customers(features, at_least=options.n_segments)
    # One order of rows for the same customers, so that batches are the same however the file is sorted.
    order = np.lexsort(features.matrix.T[::-1])
    ordered = features.matrix[order]
    # Distances between columns stay as they are: they were blended with care. Losses and steps suit a mean square of 1.
    middle = ordered.mean(axis=0, dtype=np.float64)
    spread = float(np.sqrt(((ordered - middle) ** 2).mean()))
    rows = ((ordered - middle) / max(spread, 1e-12)).astype(np.float32)
    learned = rows
    if len(rows) > MOST_LEARNED:
        learned = rows[np.sort(np.random.default_rng(seed).choice(len(rows), MOST_LEARNED, replace=False))]
    # More threads would add up in another order, and cost small matrices more than they bring.
    with threadpool_limits(limits=1):
        soft, training = _taught(rows, learned, options, weight=weight, seed=seed, progress=progress)
    found = np.empty_like(soft)
    found[order] = soft
    labels = found.argmax(axis=1).astype(np.int64)
    reasons = _reasons(training, labels, len(learned), options)
    made = settle(features, labels, made_by, reasons=reasons)
    progress(1, 1, say("Segments found: {k}", k=made.n_segments))
    return replace(made, memberships=_in_order(found, labels, made.labels), training=training)


def _taught(
    rows: Floats, learned: Floats, options: Schooling, *, weight: float | None, seed: int, progress: Progress
) -> tuple[Floats, Training]:
    a_round = -(-len(learned) // network.BATCH)
    every = int(np.clip(2 * a_round, FEWEST_STEPS, MOST_STEPS))
    n_steps = options.n_steps or int(np.clip(ROUNDS * a_round, FEWEST_FIRST, MOST_FIRST))

    def pretraining(step: int, loss: float) -> None:
        note = say("Learning to restore customers: loss {loss}", loss=f"{loss:.3f}")
        progress(PRETRAINING * step / n_steps, 1.0, note)

    def refining(step: int, loss: float) -> None:
        note = say("Sharpening segments, update {n}: loss {loss}", n=step // every + 1, loss=f"{loss:.3f}")
        progress(PRETRAINING + (1 - PRETRAINING) * step / (every * options.most_updates), 1.0, note)

    sizes = network.layers_of(rows.shape[1], min(options.n_codes, rows.shape[1]))
    made = network.Autoencoder(sizes, seed)
    restored = made.pretrain(learned, n_steps, pretraining)
    pull = network.Pull(
        restoring=weight is not None,
        weight=weight or 1.0,
        every=every,
        most=options.most_updates,
        tolerance=options.tolerance,
    )
    centres = _centres(made.codes(learned), options.n_segments, seed)
    centres, training = made.refine(learned, centres, pull, refining)
    return made.assigned(rows, centres), replace(training, restored=np.array(restored, dtype=np.float32))


def _centres(codes: Floats, n_segments: int, seed: int) -> Floats:
    first = kmeans.KMeansOptions(n_segments=n_segments, n_starts=20, seed=seed)
    labels = kmeans.labels_of(Features.of(codes), first)
    return np.stack([codes[labels == label].mean(axis=0) for label in np.unique(labels)])


def _in_order(soft: Floats, labels: Labels, settled: Labels) -> Floats:
    """Put columns in the order of the settled segments; what fell to segments that nobody is in is shared out."""
    columns = [labels[np.flatnonzero(settled == number)[0]] for number in range(settled.max() + 1)]
    kept = soft[:, columns]
    return np.asarray(kept / kept.sum(axis=1, keepdims=True), dtype=np.float32)


def _reasons(training: Training, labels: Labels, n_learned: int, options: Schooling) -> Sequence[Message]:
    told: dict[str, Value] = {"n": len(training.changed), "share": f"{training.changed[-1]:.1%}"}
    if training.settled:
        reasons = [say("Training ended after {n} updates: only {share} of customers still changed segments.", **told)]
    else:
        reasons = [say("Training stopped at {n} updates, its limit, with {share} of customers still changing.", **told)]
    if n_learned < len(labels):
        reasons.append(
            say(
                "The network learned from {n} customers drawn at random; {rest} more went through it afterwards.",
                n=f"{n_learned:,}",
                rest=f"{len(labels) - n_learned:,}",
            )
        )
    n_found = len(np.unique(labels))
    if n_found < options.n_segments:
        reasons.append(
            say(
                "Of {k} segments asked for, {n} have customers: the others lost theirs.",
                k=options.n_segments,
                n=n_found,
            )
        )
    return reasons
