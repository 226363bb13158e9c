"""Natural order equals sorting by ids whose digits are padded with zeros."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from segment_core.intake.natural import natural_order

TEXTS = st.one_of(
    st.text("019", max_size=4),
    st.text("01a/é:٣\0", max_size=6),
    st.integers(0, 10**30).map(str),
    st.from_regex(r"[A-C]?[0-9]{1,5}(-[0-9]{1,3})?", fullmatch=True),
    st.text(max_size=4),
)


@given(st.lists(TEXTS, max_size=12))
@settings(max_examples=300)
def test_natural_order_is_that_of_padded_texts(texts: list[str]) -> None:
    padded = sorted((re.sub("[0-9]+", lambda run: run.group().zfill(24), text), text) for text in texts)
    assert [texts[place] for place in natural_order(texts)] == [text for _, text in padded]


def test_ids_sort_as_people_sort_them() -> None:
    ids = ["C10", "C9", "c2", "C09", "B-2-10", "B-2-9", "7", "10", ""]
    assert [ids[place] for place in natural_order(ids)] == ["", "7", "10", "B-2-9", "B-2-10", "C09", "C9", "C10", "c2"]
