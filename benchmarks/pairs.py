"""Pairs: what answers about pairs of customers bring, by how many there are, and which answers are refused."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.encoders import BANKING, accuracy
from benchmarks.tables import Table
from segment_core.artifacts import Floats, Labels, Pieces
from segment_core.encoders import ENCODERS
from segment_core.feedback import Answer, Trial, cut_into_pieces, judge, learn, questions
from segment_core.intake.samples.one_file import sample
from segment_core.journey import collect, run

COUNTS = (20, 50, 100)
WRONG = 0.3
AT_ONCE = 5
"""Questions chosen before the next answers are looked at."""


@dataclass(frozen=True, slots=True)
class Case:
    """Customers (n, d), the segment each truly is in (n,), and how many segments are looked for at first."""

    name: str
    matrix: Floats
    truth: Labels
    n_segments: Sequence[int]


def measure(n_customers: int = 1200, n_seeds: int = 5) -> Table:
    rows = []
    for case in (sample_case(n_customers), *banking_case()):
        for k in case.n_segments:
            found = [curve(case, k, seed) for seed in range(n_seeds)]
            start = np.mean([one["start"] for one in found])
            for count in COUNTS:
                cells = [np.mean([one[kind, count] for one in found]) for kind in ("asked", "random", "wrong")]
                worst = min(one["judged", count] - one["start"] for one in found)
                told = [f"{case.name}, {k} segments" if count == COUNTS[0] else "", str(count), f"{start:.3f}"]
                rows.append([*told, *(f"{cell:.3f}" for cell in cells), f"{worst:+.3f}"])
    return Table(
        "Answers about pairs",
        [
            "segments found by k-means",
            "answers",
            "before",
            "chosen pairs",
            "random pairs",
            "30 % wrong",
            "least change",
        ],
        rows,
        f"Accuracy (best matching of segments to the truth), mean of {n_seeds} seeds. The simulated analyst knows "
        "the truth. Chosen and random pairs are learned by the same learner and not judged; of the answers in the last "
        "two columns 30 % are wrong, once taken as they are, and once only where the receipt says keep: the worst "
        "change over all seeds.",
    )


def receipts(n_trials: int = 200, n_answers: int = 50, n_customers: int = 1200) -> Table:
    case = sample_case(n_customers)
    rows = []
    for kind, wrong in (("helpful", 0.0), ("helpful", 0.05), ("shuffled", 0.0), ("wrong", WRONG)):
        verdicts: Counter[str] = Counter()
        changes = [0.0]
        seed = 0
        while verdicts.total() < n_trials:
            before, after, trial = judged(case, (3, 4, 6, 7)[seed % 4], seed, n_answers, kind=kind, wrong=wrong)
            seed += 1
            if kind == "helpful" and after < before + 0.01:
                continue  # there was nothing to be helped
            verdicts[trial.judgement] += 1
            if trial.judgement == "keep":
                changes.append(after - before)
        label = {"helpful": "true", "shuffled": "of shuffled labels", "wrong": "true but for 30 %"}[kind]
        kept = verdicts["keep"] / verdicts.total()
        slips = f", {wrong:.0%} slips" if kind == "helpful" and wrong else ""
        mean = f"{np.mean(changes[1:]):+.3f}" if len(changes) > 1 else "–"
        rows.append([f"{label}{slips}", f"{kept:.1%}", f"{1 - kept:.1%}", mean, f"{min(changes):+.3f}"])
    return Table(
        "Receipts",
        ["answers", "kept", "refused", "mean change of accuracy where kept", "worst"],
        rows,
        f"{n_trials} trials each with {n_answers} answers on the sample ({n_customers:,} customers, five planted "
        "segments), k-means with 3, 4, 6 and 7 segments in turn as a start. True answers count where learning from "
        "them raises accuracy by a hundredth or more. Refused are also answers that change nothing.",
    )


def curve(case: Case, n_segments: int, seed: int) -> dict[object, float]:
    """Return accuracy by kind of answers and by how many there were."""
    labels = _start(case, n_segments, seed)
    pieces = cut_into_pieces(case.matrix, labels, seed)
    found: dict[object, float] = {"start": accuracy(case.truth, labels)}
    random = np.random.default_rng([seed, 1])
    pairs = [random.choice(len(labels), 2, replace=False) for _ in range(max(COUNTS))]
    answers = {
        "asked": simulated(pieces, case.truth, max(COUNTS), seed),
        "random": [Answer(int(a), int(b), bool(case.truth[a] == case.truth[b])) for a, b in pairs],
        "wrong": simulated(pieces, case.truth, max(COUNTS), seed, wrong=WRONG),
    }
    for count in COUNTS:
        for kind, given in answers.items():
            found[kind, count] = accuracy(case.truth, learn(pieces, given[:count])[pieces.of])
        trial = judge(pieces, answers["wrong"][:count])
        found["judged", count] = found["wrong", count] if trial.judgement == "keep" else found["start"]
    return found


def judged(
    case: Case, n_segments: int, seed: int, n_answers: int, *, kind: str, wrong: float
) -> tuple[float, float, Trial]:
    """Return accuracy before, accuracy of what is learned, and how it is judged."""
    labels = _start(case, n_segments, seed)
    pieces = cut_into_pieces(case.matrix, labels, seed)
    known = np.random.default_rng([seed, 2]).permutation(case.truth) if kind == "shuffled" else case.truth
    trial = judge(pieces, simulated(pieces, known, n_answers, seed, wrong=wrong))
    return accuracy(case.truth, labels), accuracy(case.truth, trial.places[pieces.of]), trial


def simulated(pieces: Pieces, truth: Labels, n: int, seed: int, wrong: float = 0.0) -> list[Answer]:
    """Answer the questions of an analyst who knows the truth, and errs this often."""
    random, found = np.random.default_rng([seed, 3]), []
    while len(found) < n and (asked := questions(pieces, AT_ONCE, found)):
        for pair in asked:
            same = bool(truth[pair.one] == truth[pair.other]) != bool(random.random() < wrong)
            found.append(Answer(pair.one, pair.other, same))
    return found[:n]


def sample_case(n_customers: int) -> Case:
    frame, planted = sample(n_customers)
    customers = collect(frame.to_csv(index=False).encode(), "sample.csv").customers
    features = run(customers, until="features").features
    assert features is not None
    known = planted.reindex(customers.frame.index.astype(str))
    return Case("Sample", features.matrix, pd.factorize(known, sort=True)[0], (4, 5, 7, 10))


def banking_case() -> list[Case]:
    """Return Banking77's test questions, where the file is there."""
    if not BANKING.exists():
        return []
    table = pd.read_csv(BANKING)
    vectors = ENCODERS["sentence_transformer"].run(table.iloc[:, 0].tolist())
    truth = pd.factorize(table.iloc[:, 1], sort=True)[0]
    return [Case("Banking77", vectors.matrix, truth, (int(truth.max()) + 1,))]


def _start(case: Case, n_segments: int, seed: int) -> Labels:
    from sklearn.cluster import KMeans

    return KMeans(n_segments, n_init=1, random_state=seed).fit_predict(case.matrix).astype(np.int64)
