"""Terms of real Chinese reviews: what sets segments apart, and what texts speak of, are words, not characters."""

from pathlib import Path

import pandas as pd
import pytest

from segment_core.graphs import keyphrases
from segment_core.language import CJK
from segment_core.profiles.terms import terms

WAIMAI = Path(__file__).resolve().parents[3] / "shared" / "data" / "zh_waimai" / "waimai_10k.csv"


@pytest.mark.skipif(not WAIMAI.is_file(), reason="the real files are not beside the repository")
def test_terms_and_key_phrases_of_chinese_reviews_are_words() -> None:
    frame = pd.read_csv(WAIMAI)[::8]
    texts, praised = frame["review"].fillna("").tolist(), frame["label"].to_numpy()
    told = [item.text for items in terms(texts, praised, ["S1", "S2"]) for item in items]
    spoken = [phrase.label for phrase in keyphrases.choose(keyphrases.read(texts), 40)]
    assert len(told) >= 12 and len(spoken) == 40
    for term in told + spoken:
        assert all(len(word) >= 2 for word in term.split()), term
    assert sum(bool(CJK.search(term)) for term in told + spoken) > 0.9 * len(told + spoken)
    assert {"好吃", "味道"} & set(told + spoken)
