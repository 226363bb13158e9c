"""Blending: the weight of a block is exactly its part of the distance between customers."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from scipy.spatial.distance import pdist

from segment_core.artifacts import Block, Features
from segment_core.errors import DataError, OptionError
from segment_core.features import NAMES, blend, default_weights


def block(name: str, width: int, scale: float = 1.0, columns: int | None = None) -> Block:
    matrix = np.random.default_rng(width).normal(size=(80, width)) * scale
    matrix -= matrix.mean(axis=0)
    names = tuple(f"{name} {number}" for number in range(width))
    return Block(name, matrix.astype(np.float32), names, names, names[:columns])


NUMBERS, PLACES, TEXT = block("numbers", 8), block("places", 30, columns=2), block("text", 384, 0.05, columns=1)


def shares(features: Features) -> dict[str, float]:
    whole = np.mean(pdist(features.matrix, "sqeuclidean"))
    return {
        share.name: float(np.mean(pdist(features.matrix[:, share.start : share.stop], "sqeuclidean")) / whole)
        for share in features.blocks
    }


@pytest.mark.parametrize(
    "weights",
    [{}, {"text": 1.0}, {"numbers": 5, "places": 1, "text": 2}, {"text": 0.0}, {"numbers": 0.001}],
    ids=str,
)
def test_a_block_makes_up_its_weight_of_the_distance(weights: dict[str, float]) -> None:
    features = blend([NUMBERS, PLACES, TEXT], weights)
    assert sum(share.weight for share in features.blocks) == pytest.approx(1.0, abs=1e-5)
    for share in features.blocks:
        assert shares(features)[share.name] == pytest.approx(share.weight, abs=2e-4)


def test_only_the_ratios_of_weights_matter() -> None:
    one = blend([NUMBERS, TEXT], {"numbers": 3.0, "text": 1.0})
    two = blend([NUMBERS, TEXT], {"numbers": 0.75, "text": 0.25})
    assert_array_equal(one.matrix, two.matrix)
    assert shares(one)["text"] == pytest.approx(0.25, abs=1e-4)


@pytest.mark.parametrize("weights", [{}, {"text": 0.3}, {"numbers": 7.0, "places": 1.0, "text": 3.0}], ids=str)
def test_weights_that_came_out_give_exactly_the_same_again(weights: dict[str, float]) -> None:
    once = blend([NUMBERS, PLACES, TEXT], weights)
    again = blend([NUMBERS, PLACES, TEXT], {share.name: share.weight for share in once.blocks})
    assert_array_equal(once.matrix, again.matrix)
    assert once.blocks == again.blocks


@pytest.mark.parametrize("left_out", ["numbers", "places", "text"])
def test_weight_zero_is_exactly_without_it(left_out: str) -> None:
    blocks = [NUMBERS, PLACES, TEXT]
    zero = blend(blocks, {left_out: 0.0})
    without = blend([made for made in blocks if made.name != left_out])
    assert_array_equal(zero.matrix, without.matrix)
    assert (zero.names, zero.sources, zero.blocks) == (without.names, without.sources, without.blocks)


def test_a_wide_block_of_text_does_not_drown_eight_numbers() -> None:
    found = shares(blend([NUMBERS, TEXT]))
    assert found["numbers"] == pytest.approx(2 / 3, abs=1e-3)
    assert found["text"] == pytest.approx(1 / 3, abs=1e-3)


def test_structured_blocks_weigh_as_many_columns_as_they_have() -> None:
    assert default_weights([NUMBERS, PLACES]) == {"numbers": 0.8, "places": 0.2}
    assert default_weights([TEXT]) == {"text": 1.0}


def test_blocks_say_where_they_lie() -> None:
    features = blend([NUMBERS, TEXT])
    assert [(share.name, share.start, share.stop) for share in features.blocks] == [
        ("numbers", 0, 8),
        ("text", 8, 392),
    ]
    assert features.names[:8] == NUMBERS.names
    assert features.matrix.dtype == np.float32


def test_blocks_stay_untouched() -> None:
    before = NUMBERS.matrix.copy()
    blend([NUMBERS, TEXT])
    assert_array_equal(NUMBERS.matrix, before)


def test_nothing_to_blend_is_refused() -> None:
    with pytest.raises(DataError, match="No column tells customers apart"):
        blend([])
    with pytest.raises(OptionError, match="at least one of numbers, text"):
        blend([NUMBERS, TEXT], {"numbers": 0, "text": 0})


def odd(kind: str) -> np.ndarray:
    random = np.random.default_rng(5)
    matrix = random.normal(size=(80, 12))
    if kind == "mostly silent":
        matrix -= matrix.mean(axis=0)
        matrix[random.permutation(80)[:70]] = 0.0
    elif kind == "off its centre":
        matrix = np.abs(matrix) + 3.0
    elif kind == "far off its centre":
        matrix = 0.01 * matrix + 1_000.0
    elif kind == "one far out":
        matrix[7] = 1_000.0
    elif kind == "shares":
        matrix = random.dirichlet(np.ones(12), 80)
    elif kind == "one column of many differs":
        matrix[:, 1:] = 5.0
    return matrix


ODD = ("mostly silent", "off its centre", "far off its centre", "one far out", "shares", "one column of many differs")


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("name", ["categories", "text", "topics", "graph"])
def test_equal_weights_are_equal_influence_whatever_a_block_is_like(kind: str, name: str) -> None:
    names = tuple(f"{name} {number}" for number in range(12))
    made = Block(name, odd(kind).astype(np.float32), names, names, names[:1])
    alike = {"numbers": 1.0, "vectors": 1.0, name: 1.0}
    vectors = block("vectors", 384, 0.05, columns=1)
    found = shares(blend([NUMBERS, made, vectors], alike))
    assert found == pytest.approx(dict.fromkeys(alike, 1 / 3), rel=0.01)


def test_every_block_stands_with_its_mean_at_zero() -> None:
    names = tuple(f"topic {number}" for number in range(12))
    features = blend([NUMBERS, Block("topics", odd("shares").astype(np.float32), names, names, ("review",))])
    np.testing.assert_allclose(features.matrix.mean(axis=0), 0, atol=1e-5)


def test_silence_stays_exactly_at_the_centre() -> None:
    silent = np.arange(80) >= 10
    matrix = np.zeros((80, 12), dtype=np.float32)
    matrix[~silent] = np.random.default_rng(5).normal(size=(10, 12))
    matrix[~silent] -= matrix[~silent].mean(axis=0)
    names = tuple(f"text {number}" for number in range(12))
    features = blend([NUMBERS, Block("text", matrix, names, names, ("review",))])
    assert (features.matrix[silent, 8:] == 0).all()
    assert (features.matrix[~silent, 8:] != 0).all()


@pytest.mark.parametrize("value", [0.0, 1.0, 0.1, 1e6])
def test_a_block_in_which_all_are_alike_is_exactly_left_out(value: float) -> None:
    alike = Block("places", np.full((80, 3), value, np.float32), ("a", "b", "c"), ("p",) * 3, ("p",))
    assert_array_equal(blend([NUMBERS, alike, TEXT]).matrix, blend([NUMBERS, TEXT]).matrix)
    assert blend([NUMBERS, alike, TEXT]).blocks == blend([NUMBERS, TEXT]).blocks
    with pytest.raises(DataError, match="No column tells customers apart"):
        blend([alike])


def test_blocks_of_the_same_texts_share_one_part() -> None:
    rest = {"numbers": 0.8 * 2 / 3, "places": 0.2 * 2 / 3}
    topics, traits = block("topics", 9, columns=1), block("traits", 4, columns=1)
    assert default_weights([NUMBERS, PLACES, TEXT]) == pytest.approx(rest | {"text": 1 / 3})
    assert default_weights([NUMBERS, PLACES, TEXT, topics, traits]) == pytest.approx(
        rest | dict.fromkeys(("text", "topics", "traits"), 1 / 9)
    )


def test_a_graph_counts_less_than_texts_and_vectors_as_much() -> None:
    found = default_weights([NUMBERS, TEXT, block("graph", 16, columns=3), block("vectors", 64, columns=1)])
    assert found["graph"] == pytest.approx(found["text"] / 2)
    assert found["vectors"] == pytest.approx(found["text"])
    assert default_weights([block("graph", 16), TEXT]) == pytest.approx({"graph": 1 / 3, "text": 2 / 3})


def test_the_names_of_all_blocks_are_known() -> None:
    assert NAMES == ("numbers", "categories", "places", "dates", "vectors", "text", "topics", "traits", "graph")
