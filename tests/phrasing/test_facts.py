"""What counts as a complaint."""

import pytest

from segment_core.artifacts import EvidenceItem
from segment_core.phrasing.facts import is_sour


def _quote(text):
    return EvidenceItem(id="S1.q1", segment="S1", kind="quote", label="Quote", direction="describes", n=9, text=text)


@pytest.mark.parametrize(
    "text",
    [
        "The staff was rude and we waited for an hour.",
        "Second replacement and it arrived broken, in the wrong colour.",
        "送得太慢，东西也凉了",
    ],
)
def test_plain_complaints_are_told(text):
    assert is_sour(_quote(text))


@pytest.mark.parametrize(
    "text",
    [
        "Nothing missing from a big order, and no delay at all.",
        "We arrived late, but had no problems with the return.",
        "Good value for little money, never expensive.",
        "Great service even after the long wait and the delay.",
        "味道不错，送得很快",
    ],
)
def test_contented_customers_are_not_shown_as_complaining(text):
    assert not is_sour(_quote(text))
