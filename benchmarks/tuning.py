"""Tuning: what each way of training an encoder brings on Banking77, with ten labels an intent and with five."""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.encoders import DATA
from benchmarks.tables import Table
from segment_core.artifacts import Floats, Labels
from segment_core.choices import options_from_json
from segment_core.encoders import BUNDLED
from segment_core.finetuning import RECIPES, Lesson, Task
from segment_core.finetuning.measuring import agreements, cut, hits
from segment_core.finetuning.opening import read_with

TRAIN, TEST = (DATA / "banking77" / f"{split}.csv" for split in ("train", "test"))
N_EACH, N_FEW, N_PAST, N_PAST_EACH = 10, 5, 50, 30
"""Labels an intent; labels of a new intent in the second table; intents of the past there, and labels of each."""
SETTINGS: dict[str, tuple[str, str, Mapping[str, Any]]] = {
    "T1": ("T1 supervised", "supervised", {"n_steps": 200}),
    "T1 plain": ("T1 supervised, no guessing", "supervised", {"n_steps": 120, "guesses": 0.0}),
    "T2": ("T2 SimCSE", "unsupervised", {"n_steps": 60}),
    "T2 words": ("T2 masked words", "unsupervised", {"n_steps": 100, "method": "masked words"}),
    "T2 TSDAE": ("T2 TSDAE", "unsupervised", {"n_steps": 100, "method": "TSDAE"}),
    "T3": ("T3 transfer, LoRA", "transfer", {"n_steps": 120}),
    "T4": ("T4 multi-task, intent and first word of its name", "multitask", {"n_steps": 120}),
    "T5": ("T5 meta-learning, prototypes", "meta", {"n_episodes": 80, "n_adapting": 40, "n_shots": 5}),
    "T6": ("T6 few-shot pairs", "fewshot", {"n_steps": 120}),
}
ONCE = ("T1 plain", "T2 words", "T2 TSDAE")
"""Variants that are tried with the first seed only."""
LENGTH = 64


@cache
def data(n_test: int | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the training and the test split; of the latter `n_test` texts evenly spaced, where that is asked."""
    train, test = pd.read_csv(TRAIN), pd.read_csv(TEST)
    return train, test if n_test is None else test.iloc[:: max(1, len(test) // n_test)]


def lesson_of(train: pd.DataFrame, seed: int, n_each: int = N_EACH) -> Lesson:
    """Draw so many labels of each intent; the other texts of the training split have none."""
    dice = np.random.default_rng(seed)
    kept = np.concatenate(
        [
            dice.permutation(np.flatnonzero(train["category"] == name))[:n_each]
            for name in sorted(set(train["category"]))
        ]
    )
    some = train.iloc[kept]
    texts, intents = tuple(some["text"]), tuple(some["category"])
    first_words = tuple(intent.split("_")[0] for intent in intents)
    return Lesson((Task("intent", texts, intents), Task("first word", texts, first_words)), tuple(train["text"]))


def scores(model: str, lesson: Lesson, test: pd.DataFrame, seed: int) -> dict[str, float]:
    """Return accuracy of logistic regression on the labelled texts' vectors, and NMI of K-Means, on the test split."""
    task = lesson.tasks[0]
    place = {name: code for code, name in enumerate(task.classes)}
    truth = np.array([place[name] for name in test["category"]], dtype=np.int64)
    held = frozen(tuple(test["text"])) if model == BUNDLED else read_with(model, test["text"].tolist())
    learned = read_with(model, task.texts)
    return {
        "accuracy": float(hits(learned, task.codes, held, truth).mean()),
        "nmi": nmi(held, truth, seed),
    }


@cache
def frozen(texts: tuple[str, ...]) -> Floats:
    """Return the bundled model's own vectors, which are the same for every row."""
    return read_with(BUNDLED, texts)


def nmi(vectors: Floats, truth: Labels, seed: int) -> float:
    return agreements(truth, cut(vectors, len(np.unique(truth)), seed, 3))["nmi"]


def trained(recipe: str, lesson: Lesson, options: Mapping[str, Any], folder: Path) -> tuple[str, float]:
    """Train, and return the encoder's folder with the seconds it took, loading and saving included."""
    asked = options_from_json(RECIPES[recipe].options, {"max_length": LENGTH, **options})
    started = time.perf_counter()
    made = RECIPES[recipe].run(lesson, asked, folder=folder)
    return str(made.folder), time.perf_counter() - started


def measured(name: str, seed: int, n_test: int | None = None) -> dict[str, float]:
    """Return the scores of one way of training with one seed, before and after."""
    train, test = data(n_test)
    _, recipe, options = SETTINGS[name]
    lesson = lesson_of(train, seed)
    if recipe != "multitask":
        lesson = Lesson(lesson.tasks[:1], lesson.texts)
    before = scores(BUNDLED, lesson, test, seed)
    with TemporaryDirectory() as place:
        folder, seconds = trained(recipe, lesson, {**options, "seed": seed}, Path(place))
        after = scores(folder, lesson, test, seed)
    return {
        "accuracy before": before["accuracy"],
        "accuracy": after["accuracy"],
        "nmi before": before["nmi"],
        "nmi": after["nmi"],
        "seconds": seconds,
    }


def few(seed: int, n_test: int | None = None) -> dict[str, float]:
    """Return the accuracy on new intents with five labels each: frozen, from a plain and from a meta-learned start.

    The same steps are taken on the same five labels; the meta-learned start has seen episodes of other intents.
    """
    train, test = data(n_test)
    names = np.random.default_rng([seed, 1]).permutation(sorted(set(train["category"])))
    past = lesson_of(train[train["category"].isin(names[:N_PAST])], seed, N_PAST_EACH).tasks[0]
    new = lesson_of(train[train["category"].isin(names[N_PAST:])], seed, N_FEW).tasks[0]
    asked = test[test["category"].isin(new.classes)]
    common = {"rate": 5e-5, "seed": seed}
    found = {"frozen": scores(BUNDLED, Lesson((new,)), asked, seed)["accuracy"]}
    with TemporaryDirectory() as place:
        plain = {**common, "loss": "contrast", "guesses": 0.0, "n_steps": 40}
        folder, found["plain seconds"] = trained("supervised", Lesson((new,)), plain, Path(place) / "plain")
        found["plain"] = scores(folder, Lesson((new,)), asked, seed)["accuracy"]
        meta = {**common, "n_episodes": 80, "n_adapting": 40, "n_shots": N_FEW}
        folder, found["meta seconds"] = trained("meta", Lesson((new, past)), meta, Path(place) / "meta")
        found["meta"] = scores(folder, Lesson((new,)), asked, seed)["accuracy"]
    return found


def measure(seeds: Sequence[int] = (0, 1, 2), names: Sequence[str] | None = None, n_test: int | None = None) -> Table:
    """Return the table; every row goes to standard error as soon as it is measured: about 40 minutes in all."""
    title = "Encoders that learn, on Banking77's test split (77 intents, the bundled model, ten labels each)"
    heads = ("", "seeds", "accuracy", "NMI of K-Means", "seconds of training")
    if not TRAIN.is_file():
        return Table(title, heads, [], "The data are not beside the code.")
    rows = []
    for name in names or [*SETTINGS, "five"]:
        own = seeds[:1] if name in ONCE else seeds
        rows.append(_few_row(own, n_test) if name == "five" else _row(name, own, n_test))
        print(" | ".join(rows[-1]), file=sys.stderr, flush=True)
    note = (
        "Before → after, means over seeds; a seed draws the labels too. Accuracy by logistic regression on the vectors "
        "of the labelled texts, NMI of K-Means with 77 clusters, neither sees the test split. T1 and T2 also read the "
        "training split's other texts, without their labels. The last row: 27 new intents with five labels each, the "
        "same 40 steps from the bundled model and from one that saw 80 episodes of the 50 other intents."
    )
    return Table(title, heads, rows, note)


def _row(name: str, seeds: Sequence[int], n_test: int | None) -> tuple[str, ...]:
    found = pd.DataFrame([measured(name, seed, n_test) for seed in seeds]).mean()
    return (
        SETTINGS[name][0],
        str(len(seeds)),
        f"{_short(found['accuracy before'])} → {_short(found['accuracy'])}",
        f"{_short(found['nmi before'])} → {_short(found['nmi'])}",
        f"{found['seconds']:,.0f}",
    )


def _few_row(seeds: Sequence[int], n_test: int | None) -> tuple[str, ...]:
    found = pd.DataFrame([few(seed, n_test) for seed in seeds]).mean()
    return (
        "Five labels of new intents: frozen → plain start → meta-learned start",
        str(len(seeds)),
        " → ".join(_short(found[name]) for name in ("frozen", "plain", "meta")),
        "",
        f"{found['plain seconds']:,.0f}; {found['meta seconds']:,.0f}",
    )


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tuning", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(SETTINGS)}, five (default: all)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - {*SETTINGS, "five"}:
        parser.error(f"there is no row {', '.join(sorted(unknown))}")
    print(measure(asked.seeds, asked.names or None))
    return 0


if __name__ == "__main__":
    sys.exit(main())
