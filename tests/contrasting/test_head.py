"""The projection head: what is planted comes out, chance is refused, and nobody is tested on what was learned."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Contrast, Customers, Floats
from segment_core.choices import options_from_json, options_to_json
from segment_core.contrasting import CONTRASTS, is_better
from segment_core.contrasting.head import CUSTOMER, LABEL, TEXT, HeadOptions, _parted, learn
from segment_core.contrasting.pairs import Items, thinned
from segment_core.errors import Cancelled, OptionError
from segment_core.messages import Message
from tests.planted import typed

WIDTH = 64


def never(texts: Sequence[str]) -> Floats:
    raise AssertionError("nothing more has to be read")


def labelled(n: int = 600, n_labels: int = 4, *, shuffled: bool = False) -> tuple[Customers, list[str], Floats]:
    """Make texts whose label lies in directions of little variance, while others are wide and mean nothing."""
    random = np.random.default_rng(0)
    labels = random.integers(0, n_labels, n)
    vectors = random.normal(size=(n, WIDTH)) * np.linspace(3.0, 0.2, WIDTH)
    vectors[:, -n_labels:] += 0.8 * np.eye(n_labels)[labels]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"text {number:05}" for number in range(n)]
    told = random.permutation(labels) if shuffled else labels
    made = typed(
        {"review": "text", "kind": "category", "age": "number"},
        review=np.array(texts, dtype=object),
        kind=np.array([f"K{label}" for label in told], dtype=object),
        age=random.normal(size=n),
    )
    return made, texts, vectors.astype(np.float32)


def saying(n: int = 300, n_texts: int = 2) -> tuple[Customers, list[str], Floats, dict[str, np.ndarray]]:
    """Make customers who each wrote several texts, with a manner of their own in directions of little variance."""
    random = np.random.default_rng(1)
    manner = random.normal(size=(n, 6))
    rows, known = [], {}
    for customer in range(n):
        for number in range(n_texts):
            vector = random.normal(size=WIDTH) * np.linspace(3.0, 0.1, WIDTH)
            vector[-6:] += 0.8 * manner[customer]
            written = f"customer {customer:04} wrote {number}"
            known[written] = (vector / np.linalg.norm(vector)).astype(np.float32)
            rows.append((f"C{customer:04}", "review", "", len(rows) + 1, written))
    said = pd.DataFrame(rows, columns=["customer", "column", "table", "row", "text"])
    joined = said.groupby("customer")["text"].agg("\n".join)
    made = typed({"review": "text"}, review=joined.to_numpy(dtype=object))
    texts = sorted(joined)
    known |= {text: np.mean([known[part] for part in text.split("\n")], axis=0) for text in texts}
    vectors = np.stack([known[text] for text in texts]).astype(np.float32)
    return dataclasses.replace(made, said=said), texts, vectors, known


@pytest.mark.parametrize("shape", ["linear", "mlp"])
def test_a_planted_label_is_brought_out(shape: str) -> None:
    customers, texts, vectors = labelled()
    made = learn(customers, texts, vectors, never, HeadOptions(positives=LABEL, column="kind", shape=shape))
    assert made.after["auc"] > made.before["auc"] + 0.1
    assert made.after["recall_10"] > made.before["recall_10"] + 0.1
    assert is_better(made)
    assert str(made.reason).startswith(f"On {made.n_held_out} held-out pairs")
    assert made.matrix.dtype == np.float32
    assert made.matrix.shape[0] == len(texts)
    np.testing.assert_allclose(np.linalg.norm(made.matrix, axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize("shape", ["linear", "mlp"])
def test_shuffled_labels_are_refused_and_the_frozen_vectors_kept(shape: str) -> None:
    customers, texts, vectors = labelled(shuffled=True)
    made = learn(customers, texts, vectors, never, HeadOptions(positives=LABEL, column="kind", shape=shape))
    assert made.after["auc"] == pytest.approx(made.before["auc"], abs=0.05)
    assert str(made.reason).startswith("The frozen vectors are kept")
    assert not is_better(made)
    np.testing.assert_allclose(made.matrix, vectors, atol=1e-6)


def test_the_manner_of_each_customer_is_brought_out() -> None:
    customers, texts, vectors, known = saying()
    asked: list[str] = []

    def encode(more: Sequence[str]) -> Floats:
        asked.extend(more)
        return np.stack([known[text] for text in more])

    made = learn(customers, texts, vectors, encode, HeadOptions(positives=CUSTOMER))
    assert made.after["auc"] > made.before["auc"] + 0.1
    assert made.after["recall_10"] > made.before["recall_10"]
    assert made.matrix.shape[0] == len(texts)
    assert len(asked) == len(set(asked)) == 600


def test_texts_in_other_words_find_back_to_each_other() -> None:
    _, texts, vectors, _ = saying()
    random = np.random.default_rng(3)

    def encode(more: Sequence[str]) -> Floats:
        noise = random.normal(size=(len(more), WIDTH)) * np.linspace(0.6, 0.01, WIDTH)
        return (vectors[: len(more)] + noise).astype(np.float32)

    customers = typed({"review": "text"}, review=np.array(texts, dtype=object))
    made = learn(customers, texts, vectors, encode, HeadOptions(positives=TEXT))
    assert made.after["auc"] > made.before["auc"]
    assert made.n_held_out == 75


def test_the_same_seed_gives_the_same_vectors() -> None:
    customers, texts, vectors = labelled(300)
    before = vectors.copy()
    options = HeadOptions(positives=LABEL, column="kind", n_steps=60)
    one, two = (learn(customers, texts, vectors, never, options) for _ in range(2))
    np.testing.assert_array_equal(one.matrix, two.matrix)
    assert (one.before, one.after) == (two.before, two.after)
    np.testing.assert_array_equal(vectors, before)


def test_nobody_is_tested_on_what_was_learned() -> None:
    random = np.random.default_rng(0)
    owners = np.repeat(np.arange(100), 3)
    items = Items(np.eye(300, 4, dtype=np.float32), owners, owners, random.integers(0, 120, 300))
    parts = _parted(items, random)
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            assert not set(one.owners) & set(other.owners)
            assert not set(one.texts) & set(other.texts)
    assert all(len(part.owners) for part in parts)


def test_too_few_pairs_are_refused_in_a_sentence() -> None:
    customers, texts, vectors = labelled(40)
    with pytest.raises(OptionError, match=r"leaves \d+ customers with a text"):
        learn(customers, texts, vectors, never, HeadOptions(positives=LABEL, column="kind"))
    with pytest.raises(OptionError, match="Only 0 customers have two different texts; 60 are needed"):
        learn(customers, texts, vectors, never, HeadOptions(positives=CUSTOMER))
    with pytest.raises(OptionError, match="There are 40 different texts; 60 are needed"):
        learn(customers, texts, vectors, never, HeadOptions(positives=TEXT))


def test_texts_that_all_share_leave_nothing_to_test_on() -> None:
    customers, _, vectors = labelled(200)
    customers.frame["review"] = [f"text {number % 3}" for number in range(200)]
    texts = ["text 0", "text 1", "text 2"]
    with pytest.raises(OptionError, match="pairs to learn from and 0 to test on"):
        learn(customers, texts, vectors[:3], never, HeadOptions(positives=LABEL, column="kind"))


@pytest.mark.parametrize("column", ["", "age", "nowhere"])
def test_a_column_without_labels_is_refused_with_those_that_have(column: str) -> None:
    customers, texts, vectors = labelled(100)
    with pytest.raises(OptionError, match="there are: kind"):
        learn(customers, texts, vectors, never, HeadOptions(positives=LABEL, column=column))


def test_progress_tells_the_loss_and_can_stop_the_work() -> None:
    customers, texts, vectors = labelled(200)
    told: list[str] = []

    def stop(done: float, total: float, note: Message) -> None:
        told.append(str(note))
        if len(told) > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        learn(customers, texts, vectors, never, HeadOptions(positives=LABEL, column="kind"), stop)
    assert "loss" in told[-1]


@pytest.mark.parametrize("text", ["", "好", "物流很慢但是客服很好", "one", "the parcel came late and nobody said why"])
def test_thinning_keeps_some_of_a_text_in_order(text: str) -> None:
    for seed in range(20):
        found = thinned(text, np.random.default_rng(seed))
        assert bool(found) == bool(text)
        rest = iter(text)
        assert all(letter in rest for letter in found)


def test_options_survive_json() -> None:
    options = HeadOptions(positives=CUSTOMER, shape="mlp")
    assert options_from_json(HeadOptions, options_to_json(options)) == options
    assert CONTRASTS["head"].run is learn
    customers, texts, vectors = labelled(200)
    made: Contrast = learn(
        customers, texts, vectors, never, HeadOptions(positives=LABEL, column="kind", n_steps=20, seed=4)
    )
    assert made.made_by.options["seed"] == 4
