"""Ids of customers are found in texts, and nothing that only looks like one."""

import pytest

from segment_core.privacy import known_index, mask_texts

IDS = ("KX-48213", "C-0001", "123456789", "7731", "anna", "2024", "客户A-88")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I am KX-48213.", "KX-48213"),
        ("kx48213 wrote", "kx48213"),
        ("(ref: kx_48213)", "kx_48213"),
        ("order/KX-48213/2", "KX-48213"),
        ("no. 123456789!", "123456789"),
        ("see C-0001", "C-0001"),
        ("KX-482134", None),
        ("AKX-48213", None),
        ("in 2024 anna paid 7731", None),
        ("我的编号是 客户A-88。", "客户A-88"),
    ],
)
def test_ids_are_found_in_any_case_whatever_joins_them(text: str, value: str | None) -> None:
    assert [found.value for found in known_index(IDS).find(text)] == ([value] if value else [])


def test_they_become_tags_of_their_own_kind() -> None:
    found = mask_texts(["I am KX-48213", "kx48213 again"], known=known_index(IDS))
    assert found.texts == ("I am [CUSTOMER 1]", "[CUSTOMER 1] again")
    assert found.counts == {"CUSTOMER": 2}
    assert mask_texts(found.texts, known=known_index(IDS)).texts == found.texts
