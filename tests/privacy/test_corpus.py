"""What is planted is found, and what only looks alike stays: counted, printed, and held to a bound."""

from collections import Counter

import pytest

from segment_core.privacy import find, mask, names_index
from tests.privacy.corpus import NAMES, Planted, planted
from tests.privacy.lookalikes import lookalikes

STRUCTURED = ("EMAIL", "PHONE", "CARD", "IBAN", "ID", "IP")
NAMED = names_index(NAMES)


def is_found(item: Planted) -> bool:
    start = item.text.index(item.value)
    stop = start + len(item.value)
    return any(one.kind == item.kind and one.start <= start and one.end >= stop for one in find(item.text, names=NAMED))


def test_the_corpus_is_as_large_as_promised() -> None:
    items = planted()
    assert len(items) >= 200 and len({item.country for item in items}) >= 8
    assert len(set(lookalikes())) >= 200
    assert all(item.text.count(item.value) == 1 for item in items)


def test_planted_data_are_found() -> None:
    n, found = Counter(), Counter()
    for item in planted():
        n[item.kind] += 1
        found[item.kind] += is_found(item)
    recall = {kind: found[kind] / n[kind] for kind in n}
    print("\nkind     planted  recall")
    for kind, share in recall.items():
        print(f"{kind:8} {n[kind]:7}  {share:6.3f}")
    assert all(recall[kind] >= 0.95 for kind in STRUCTURED)
    assert recall["NAME"] >= 0.9 and recall["ADDRESS"] >= 0.9


def test_lookalikes_stay() -> None:
    alarms = {text: found for text in lookalikes() if (found := find(text, names=NAMED))}
    print(f"\nfalse alarms: {len(alarms)} of {len(lookalikes())} look-alikes", *alarms, sep="\n")
    assert len(alarms) <= 0.02 * len(lookalikes())


@pytest.mark.parametrize("kind", STRUCTURED)
def test_no_value_that_was_found_survives(kind: str) -> None:
    for item in planted():
        if item.kind == kind and is_found(item):
            masked, n = mask(item.text, names=NAMED)
            assert item.value not in masked and f"[{kind}]" in masked and n >= 1


def test_masking_what_is_masked_changes_nothing() -> None:
    for text in [item.text for item in planted()] + lookalikes():
        once = mask(text, names=NAMED)[0]
        assert mask(once, names=NAMED) == (once, 0)
