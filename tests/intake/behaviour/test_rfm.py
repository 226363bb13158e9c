"""RFM: equal customers score alike, and each pair of scores has one name."""

import numpy as np
import pandas as pd

from segment_core.intake.behaviour.rfm import CELLS, cell, fifth


def test_equal_values_score_alike() -> None:
    found = fifth(pd.Series([1.0] * 60 + [2.0] * 20 + [5.0] * 20))
    assert found.tolist() == [1.0] * 60 + [4.0] * 20 + [5.0] * 20


def test_different_values_fall_into_fifths() -> None:
    found = fifth(pd.Series(np.arange(100.0)))
    assert found.value_counts().to_dict() == {1.0: 20, 2.0: 20, 3.0: 20, 4.0: 20, 5.0: 20}
    assert fifth(pd.Series([np.nan, 1.0, 2.0])).tolist()[1:] == [1.0, 3.0]
    assert np.isnan(fifth(pd.Series([np.nan, 1.0])).iloc[0])


def test_every_pair_of_scores_has_one_of_the_eleven_names() -> None:
    pairs = pd.DataFrame(
        [(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)], columns=list("rfm")
    )
    found = cell(pairs["r"].astype(float), pairs["f"].astype(float), pairs["m"].astype(float))
    assert set(found) == set(CELLS)
    assert len(CELLS) == 11

    def names(recency: int, frequency: int, monetary: int) -> str:
        return str(found[(pairs["r"] == recency) & (pairs["f"] == frequency) & (pairs["m"] == monetary)].iloc[0])

    assert names(5, 5, 5) == names(5, 4, 4) == "Champions"
    assert names(1, 5, 5) == "Can't lose"
    assert names(1, 1, 1) == "Lost"
    assert names(5, 1, 1) == "New"
    assert names(4, 1, 1) == "Promising"
    assert names(2, 4, 4) == "At risk"
    once = found[pairs["f"] == 1]
    assert not once.isin(["Loyal", "Champions"]).any()


def test_without_money_frequency_decides() -> None:
    scores = pd.Series([5.0, 5.0, np.nan], index=list("abc"))
    found = cell(scores, pd.Series([5.0, 1.0, 1.0], index=list("abc")), None)
    assert found.tolist()[:2] == ["Champions", "New"]
    assert pd.isna(found["c"])
