"""Channels count as they do: septets, UTF-16 units, weighted and full-width characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segment_core.contents.channels import CHANNELS, Line, fits, length, limit, parts


@pytest.mark.parametrize(
    ("text", "how", "n"),
    [
        ("hello", "characters", 5),
        ("cafe\u0301", "characters", 4),
        ("👨‍👩‍👧‍👦!", "characters", 2),
        ("🇩🇪🇫🇷", "characters", 2),
        ("👍🏽", "characters", 1),
        ("Price: 5€ [net]", "sms", 18),  # €, [ and ] take two septets each
        ("àèìòù Ç", "sms", 7),
        ("ç", "sms", 1),  # not in the alphabet, so one UTF-16 unit
        ("你好", "sms", 2),
        ("hi 🎉", "sms", 5),  # the emoji is a surrogate pair
        ("cafe\u0301", "weighted", 4),
        ("日本", "weighted", 4),
        ("👨‍👩‍👧‍👦", "weighted", 2),
        ("🙋🏽 ok", "weighted", 5),
        ("€", "weighted", 2),
        ("“quoted” – so", "weighted", 13),
        ("优惠 ad", "double", 7),
        ("，。", "double", 4),
        ("é", "double", 1),
        ("e\u0301", "double", 1),
    ],
)
def test_known_lengths(text: str, how: str, n: int) -> None:
    assert length(text, how) == n


@pytest.mark.parametrize(
    ("text", "n"),
    [
        *[("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2)],
        *[("中" * 70, 1), ("中" * 71, 2), ("中" * 134, 2), ("中" * 135, 3), ("", 1), ("a" * 69 + "🎉", 2)],
        # 153 septets hold 76 pairs and one over, 67 units hold 33 emoji and one over: nothing is split.
        *[("€" * 152, 2), ("€" * 153, 3), ("🎉" * 66, 2), ("🎉" * 67, 3)],
    ],
)
def test_parts_of_an_sms(text: str, n: int) -> None:
    assert parts(text) == n


def test_an_sms_outside_the_alphabet_holds_less() -> None:
    line = CHANNELS["sms"]["text"]
    assert (limit(line, "a"), limit(line, "中")) == (160, 70)
    assert fits(line, "a" * 160) and not fits(line, "a" * 161)
    assert fits(line, "中" * 70) and not fits(line, "中" * 71) and not fits(line, "a" * 70 + "ç")


@given(st.text(max_size=60), st.sampled_from(["characters", "sms", "weighted", "double"]))
def test_any_text_has_a_length(text: str, how: str) -> None:
    n = length(text, how)
    assert n >= 0 and (n > 0 or not text or how == "characters")
    assert fits(Line(n if how != "sms" else 160, how), text) or how == "sms"
