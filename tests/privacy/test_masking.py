"""Tags are stable, the order of rows does not matter, and no cell takes long."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from segment_core.privacy import Tags, find, kinds_in, mask, mask_texts, names_index, untagged
from tests.privacy import numbers as made
from tests.privacy.corpus import NAMES, planted
from tests.privacy.lookalikes import lookalikes

NAMED = names_index(NAMES)
PIECES = (
    [item.text for item in planted()] + lookalikes() + ["phone", "order", "[PHONE]", "[NAME 3]", "\n", "4155550142"]
)


@settings(max_examples=60, deadline=None)
@given(some.lists(some.sampled_from(PIECES) | some.text(max_size=12), max_size=4))
def test_numbered_texts_are_not_masked_again(pieces: list[str]) -> None:
    masked = mask_texts([" ".join(pieces)], names=NAMED)
    again = mask_texts(masked.texts, names=NAMED)
    assert again.texts == masked.texts and not again.counts


@given(some.text(alphabet=some.characters(exclude_categories=["Nd"], exclude_characters="@"), max_size=80))
def test_texts_without_digits_or_at_signs_stay(text: str) -> None:
    if " at " not in text and "(a" not in text.lower() and "[a" not in text.lower():
        assert find(text) == ()


def test_the_same_value_has_the_same_tag_however_it_is_written() -> None:
    texts = ["Mail Jo@Example.org", "jo@example.org!", "Call +44 20 7946 0958", "my number is 020 7946 0958 please"]
    masked = mask_texts(texts)
    assert masked.texts == ("Mail [EMAIL 1]", "[EMAIL 1]!", "Call [PHONE 1]", "my number is [PHONE 1] please")
    assert masked.counts == {"EMAIL": 2, "PHONE": 2}


def test_the_order_of_rows_does_not_matter() -> None:
    texts = [item.text for item in planted()] * 2
    shuffled = random.Random(4).sample(texts, len(texts))
    one, two = mask_texts(texts, names=NAMED), mask_texts(shuffled, names=NAMED)
    assert dict(zip(texts, one.texts, strict=True)) == dict(zip(shuffled, two.texts, strict=True))
    assert (one.counts, one.examples) == (two.counts, two.examples)


def test_examples_show_at_most_five_of_a_kind_and_mask_what_stands_beside() -> None:
    masked = mask_texts([f"a{n}@example.org or b{n}@example.org" for n in range(9)])
    assert [example.tag for example in masked.examples] == [f"[EMAIL {n}]" for n in range(1, 6)]
    assert all(example.tag in example.after and "@" not in example.after for example in masked.examples)
    assert all("@example.org" in example.before for example in masked.examples)


def test_tags_number_values_and_lose_their_numbers() -> None:
    tags = Tags()
    assert mask("b@example.org, a@example.org, b@example.org", tags=tags) == ("[EMAIL 1], [EMAIL 2], [EMAIL 1]", 3)
    assert untagged("[EMAIL 12] and [PHONE] of [NAME 3], [order 4]") == "[EMAIL] and [PHONE] of [NAME], [order 4]"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("EMAIL", [f"c{n}@example.org" for n in range(30)]),
        ("PHONE", [f"+49 30 23125 {n}" for n in range(100, 130)]),
        ("ID", [made.pesel(random.Random(n)) for n in range(30)]),
        ("IBAN", [made.iban("DE", made.digits(random.Random(n), 18)) for n in range(30)]),
    ],
)
def test_a_column_is_known_by_its_values(kind: str, values: list[str]) -> None:
    shares = kinds_in([*values, *values, ""])
    assert max(shares, key=shares.get) == kind and shares[kind] >= 0.95


@pytest.mark.parametrize(
    "values", [[str(n) for n in range(100000, 100050)], ["Rome", "Bonn"], [], [f"ord-{n}" for n in range(9)]]
)
def test_other_columns_are_of_no_kind(values: list[str]) -> None:
    assert kinds_in(values) == {}


@pytest.mark.parametrize(
    "text",
    ["7" * 100_000, "12 34 " * 30_000, "a@" * 100_000, "(1" * 50_000, "1.1.1." * 30_000, "AA11 " * 20_000, "上海市区路" * 20_000 + "1",  # noqa: E501
     "12 rue " + "de la " * 30_000, "Via A " * 30_000 + "1", "1 at b dot " * 20_000, "The lamp has 3 legs. " * 500_000],
    ids=range(11),
)  # fmt: skip
def test_no_cell_takes_long(text: str) -> None:
    started = time.perf_counter()
    find(text, names=NAMED)
    assert time.perf_counter() - started < 30


def test_a_chinese_id_is_masked_with_a_wrong_check_digit_only_where_it_is_called_one() -> None:
    assert mask("身份证号110101199003071234") == ("身份证号[ID]", 1)
    assert mask("订单 110101199003071234") == ("订单 110101199003071234", 0)
