"""Traits as a block: one scale among those who said something, and silence at the centre."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Step, Traits
from segment_core.features import blend
from segment_core.features.traits import extract
from segment_core.messages import say

NAN = np.nan


def traits(**columns: list[float]) -> Traits:
    quotes = pd.DataFrame({"customer": ["a"], "trait": ["x"], "score": [1.0], "column": ["review"], "row": [1]})
    scores = np.array(list(columns.values()), np.float32).T
    return Traits(scores, tuple(columns), quotes, Step("lexicon"), say("Read."))


def test_each_trait_is_standardised_among_those_who_have_it() -> None:
    block = extract(traits(sentiment=[-1, 0, 1, NAN], loyalty=[0.1, NAN, NAN, 0.3]))
    assert (block.name, block.names, block.sources) == ("traits", ("sentiment", "loyalty"), ("sentiment", "loyalty"))
    assert block.columns == ("review",)
    assert block.matrix.dtype == np.float32
    assert block.matrix[3, 0] == block.matrix[1, 1] == 0
    for column, known in ((0, [0, 1, 2]), (1, [0, 3])):
        assert block.matrix[known, column].mean() == pytest.approx(0, abs=1e-6)
        assert block.matrix[known, column].std() == pytest.approx(1, abs=1e-5)


def test_what_few_speak_of_is_left_out_and_said() -> None:
    rare, usual = [0.2, 0.8, *[NAN] * 58], list(np.linspace(0, 1, 60))
    block = extract(traits(gift_giving=rare, sentiment=usual, flat=[0.5] * 60))
    assert block.names == ("sentiment",)
    assert [(note.code, note.count) for note in block.notes] == [("rare-traits", 1)]
    assert "gift_giving" in str(block.notes[0].message)


def test_no_trait_at_all_is_an_empty_block() -> None:
    assert extract(traits(loyalty=[NAN, NAN, NAN])).matrix.shape == (3, 0)


def test_it_blends_like_any_block() -> None:
    block = extract(traits(sentiment=[-1, 0, 1, NAN], loyalty=[0.1, NAN, NAN, 0.3]))
    features = blend([block])
    assert features.blocks[0].name == "traits" and np.isfinite(features.matrix).all()
