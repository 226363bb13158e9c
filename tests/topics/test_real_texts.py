"""Topics of real texts: Chinese ones are made of words, not of characters."""

from pathlib import Path

import pandas as pd
import pytest

from segment_core.language import CJK
from segment_core.topics import TOPICS

WAIMAI = Path(__file__).resolve().parents[3] / "shared" / "data" / "zh_waimai" / "waimai_10k.csv"


@pytest.mark.skipif(not WAIMAI.is_file(), reason="the real files are not beside the repository")
@pytest.mark.parametrize("name", ["nmf", "lda"])
def test_terms_of_chinese_reviews_are_words(name: str) -> None:
    texts = pd.read_csv(WAIMAI)["review"].fillna("").tolist()[::8]
    found = TOPICS[name].run(texts, None, TOPICS[name].options(n_topics=8))
    terms = [term for topic in found.topics for term in topic.terms]
    assert len(terms) >= 50
    for term in terms:
        assert all(len(word) >= 2 for word in term.split()), term
    assert sum(bool(CJK.search(term)) for term in terms) > 0.9 * len(terms)
