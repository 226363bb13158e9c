"""The evidence sheet: everything has an id, a size, and a source that can be looked up."""

from collections import Counter

import numpy as np
import pytest

from segment_core.artifacts import Step
from segment_core.clustering.membership import settle
from segment_core.features.text import texts_of
from segment_core.intake import gather, read
from segment_core.profiles import compare, describe
from segment_core.profiles.exemplars import LONGEST, Saying, cut, quotes, sayings
from segment_core.profiles.terms import terms
from segment_core.study import Study
from tests.planted import blobs, typed


def test_ids_are_unique_and_name_their_segment(small_study: Study) -> None:
    evidence = small_study.evidence
    assert len({item.id for item in evidence.items}) == len(evidence.items)
    for item in evidence.items:
        assert item.id.split(".")[0] == item.segment
        assert evidence.item(item.id) is item
    assert evidence.item("S9.f9") is None


def test_every_segment_has_its_size_first_and_no_more_facts_than_fit(small_study: Study) -> None:
    for segment in small_study.clustering.segments:
        facts = small_study.evidence.of(segment.id, "size", "share", "median", "mean", "date")
        assert (facts[0].kind, facts[0].id, facts[0].n) == ("size", f"{segment.id}.f1", segment.size)
        assert facts[0].value == pytest.approx(segment.size / 300)
        counts = Counter(item.direction for item in facts)
        assert counts["over"] <= 8
        assert counts["under"] <= 4
        assert counts["same"] <= 2
        assert max(Counter(item.column for item in facts[1:]).values()) <= 2


def test_planted_differences_lead_the_sheet() -> None:
    features, truth = blobs((120, 100))
    random = np.random.default_rng(0)
    made = typed(
        {"spend": "money", "city": "place", "age": "number"},
        spend=random.normal(50, 5, 220) + 40 * truth,
        city=np.where(truth == 1, "Rome", random.choice(["Rome", "Lyon"], 220, p=[0.1, 0.9])).astype(object),
        age=random.normal(40, 9, 220),
    )
    evidence = describe(made, features, settle(features, truth, Step("made")), [""] * 220)
    told = {item.label: item.direction for item in evidence.of("S2", "median", "share")}
    assert (told["spend"], told["city = Rome"], told["city = Lyon"], told["age"]) == ("over", "over", "under", "same")


def test_planted_words_are_found() -> None:
    random = np.random.default_rng(0)
    labels = random.integers(0, 3, 300)
    own = ["parcel courier", "juicy pear", "login crash"]
    shared = ["good", "shop", "nice", "people", "often", "helpful"]
    texts = [f"{own[label]} {' '.join(random.choice(shared, 4))}" for label in labels]
    found = terms(texts, labels, ["S1", "S2", "S3"])
    for number, words in enumerate(own):
        assert set(" ".join(item.text for item in found[number][:2]).split()) == set(words.split())
        assert not {item.text for item in found[number]} & set(shared)
    first = found[0][0]
    assert (first.value, first.kind, first.direction) == (1.0, "term", "over")
    assert first.base == pytest.approx((labels == 0).mean())


def test_tags_of_masked_data_are_no_terms() -> None:
    labels = np.repeat([0, 1], 20)
    texts = ["parcel for [NAME 3] came, write to [EMAIL 12]" if label == 0 else "colour faded" for label in labels]
    found = {item.text for item in terms(texts, labels, ["S1", "S2"])[0]}
    assert any("parcel" in term for term in found)
    assert not any(word in term for term in found for word in ("name", "email"))


def test_few_texts_give_no_terms() -> None:
    assert terms(["late parcel"] * 4, np.zeros(4, dtype=np.int64), ["S1"]) == [[]]


def test_quotes_are_short_and_their_customers_wrote_them(small_study: Study) -> None:
    found = [item for item in small_study.evidence.items if item.kind == "quote"]
    wrote = dict(zip(small_study.customers.frame.index, texts_of(small_study.customers), strict=True))
    lives_in = dict(zip(small_study.customers.frame.index, small_study.clustering.ids, strict=True))
    assert len(found) >= 3 * small_study.clustering.n_segments
    for item in found:
        assert len(item.text) <= LONGEST
        assert item.text.removesuffix("…") in " ".join(wrote[item.source].split())
        assert lives_in[item.source] == item.segment
    assert {item.boundary for item in found} == {True, False}


def test_a_long_quote_is_cut_at_a_word() -> None:
    text = "so good " * 100
    assert cut(text) == "so good " * 29 + "so…"
    assert len(cut("x" * 1000)) == LONGEST
    assert cut("Fine,\n\tthanks.") == "Fine, thanks."


def test_quotes_do_not_repeat_each_other() -> None:
    texts = [
        "The parcel came late again.",
        "the parcel came late again",
        "ok",
        "A juicy pear, what a treat.",
        "A warm coat.",
    ]
    found = quotes(lambda place: [Saying(place, texts[place])], np.arange(5), 2)
    assert [saying.customer for saying in found] == [0, 3]


def test_one_of_several_texts_is_quoted_whole_with_its_row() -> None:
    table = read(
        b"customer_id,note\n"
        + b"".join(
            b"C%d,%s\nC%d,%s\n" % (n, b"The parcel number %d came late" % n, n, b"Shop %d was friendly and warm" % n)
            for n in range(30)
        ),
        "notes.csv",
    )
    customers = gather(table, {"note": "text"})
    of = sayings(customers, texts_of(customers))
    assert [(found.text, found.row, found.table) for found in of(0)] == [
        ("Shop 0 was friendly and warm", 2, "notes.csv"),
        ("The parcel number 0 came late", 1, "notes.csv"),
    ]
    assert len({saying.customer for saying in quotes(of, np.arange(30), 2)}) == 2


def test_typical_customers_are_central_and_boundary_ones_are_not(small_study: Study) -> None:
    clustering, evidence = small_study.clustering, small_study.evidence
    strength = dict(zip(small_study.customers.frame.index, clustering.strengths, strict=True))
    lives_in = dict(zip(small_study.customers.frame.index, clustering.ids, strict=True))
    for segment in clustering.segments:
        typical, boundary = evidence.typical[segment.id], evidence.boundary[segment.id]
        assert {lives_in[id_] for id_ in (*typical, *boundary)} == {segment.id}
        assert np.mean([strength[id_] for id_ in typical]) > np.mean([strength[id_] for id_ in boundary])


def test_any_group_can_be_compared(small_study: Study) -> None:
    spend = small_study.customers.frame["total_spend"]
    group = (spend > spend.quantile(0.8)).to_numpy()
    found = compare(small_study.customers, group)
    assert [item.id for item in found] == [f"sel.f{number + 1}" for number in range(len(found))]
    assert (found[0].kind, found[0].n) == ("size", int(group.sum()))
    spent = next(item for item in found if item.label == "total_spend")
    assert (spent.direction, spent.effect) == ("over", 1.0)


@pytest.mark.parametrize("n_chosen", [0, 1, 300])
def test_a_group_of_nobody_or_everybody_is_only_counted(small_study: Study, n_chosen: int) -> None:
    found = compare(small_study.customers, np.arange(300) < n_chosen)
    assert [(item.kind, item.n) for item in found] == [("size", n_chosen)]
