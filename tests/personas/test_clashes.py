"""Segments are told apart by name and by what the name rests on, on any sheet."""

from dataclasses import replace

import numpy as np
import pytest

from segment_core.grounding import check_name
from segment_core.personas import builtin
from segment_core.personas.clashes import Naming, alike, basis_of, clash, clashes, naming_of, settle, words_of
from segment_core.personas.contrasts import contrasts, nearest, neighbourhoods, tellings
from segment_core.personas.options import BuiltinOptions
from tests import sheets

SAME = [
    ("Bargain hunters online", "Online bargain hunters"),
    ("The loyal customers", "Loyal shopper"),
    ("Quiet and careful", "Careful and quiet people"),
    ("ＬＯＹＡＬ", "loyal"),
    ("忠诚客户", "忠诚的用户"),
    ("线上优惠群体", "优惠线上客户"),
]
APART = [
    ("High income · low age", "Low income · high age"),
    ("High-value loyal", "High-value lapsed"),
    ("消费金额偏高 · 评分偏低", "消费金额偏低 · 评分偏高"),
    ("上海客户", "北京客户"),
]


def plain_of(evidence, language="en"):
    return builtin.write(evidence, BuiltinOptions(language=language)).personas


def random_sheet(seed):
    """Make 2 to 14 segments of few features, so that many share them."""
    random = np.random.default_rng(seed)
    sheet = sheets.Sheet()
    for number in range(1, int(random.integers(3, 16))):
        sheet.segment(f"S{number}", int(random.integers(20, 200)))
        for column in random.choice(["Income", "Visits", "Orders", "Returns", "Basket"], random.integers(0, 5), False):
            effect = float(random.choice([-0.7, -0.4, 0.4, 0.7]))
            sheet.median(str(column), 5 + effect, 5, effect)
        if random.random() < 0.5:
            sheet.share("City", str(random.choice(["Rome", "Milan"])), 0.6, 0.3, 0.7)
        if random.random() < 0.3:
            sheet.terms(*random.choice(["delivery", "colour", "price", "fit"], 2, False).tolist())
    return sheet.evidence()


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_words_in_any_order_clash(one, other):
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_say_something_else_do_not(one, other):
    assert words_of(one) != words_of(other)


def test_much_alike_is_a_warning_and_no_clash():
    evidence = sheets.numbers()
    given = [Naming("S1", "Loyal wine lovers", ("S1.f3",)), Naming("S2", "Loyal wine skippers", ("S2.f2",))]
    assert clashes(given, evidence) == []
    assert alike([replace(given[0], name="Loyal rich wine"), replace(given[1], name="Loyal wine")]) == [("S1", "S2")]


def test_the_same_facts_clash_whatever_the_names():
    sheet = sheets.Sheet()
    sheet.segment("S1", 9).median("Income", 5, 3, 0.6).segment("S2", 9).median("Income", 5, 3, 0.5)
    sheet.segment("S3", 9).median("Income", 1, 3, -0.5)
    evidence = sheet.evidence()
    one, two, three = (Naming(f"S{n}", name, (f"S{n}.f2",)) for n, name in ((1, "Dear"), (2, "Other"), (3, "Third")))
    assert clash(one, two, evidence) == "basis"
    assert clash(one, three, evidence) == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_clash_is_settled_by_the_widest_contrast_and_by_the_id_as_a_last_resort(language):
    sheet = sheets.Sheet()
    sheet.segment("S1", 9).median("Income", 5, 3, 0.6).median("Age", 5, 3, 0.6)
    sheet.segment("S2", 9).median("Income", 5, 3, 0.6).median("Visits", 1, 3, -0.9).share("Place", "Store", 0.9, 0.2, 1)
    sheet.segment("S3", 9).median("Income", 5, 3, 0.6)
    evidence = sheet.evidence()
    given = [
        replace(persona, name="Good friends", basis=(f"{persona.segment}.f2",))
        for persona in plain_of(evidence, language)
    ]
    found = settle(given, evidence, language)
    suffix = {"en": "low visits", "zh": "visits偏低"}[language]
    assert [persona.name.replace(" 偏", "偏").lower() for persona in found] == [
        "good friends",
        f"good friends · {suffix}",
        "good friends (s3)",
    ]
    assert found[1].basis == ("S2.f2", "S2.f3")
    pinned = settle(given, evidence, language, pinned=["S3"])
    assert pinned[2].name == "Good friends"
    assert pinned[0].name != "Good friends"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_of_the_segments_of_two_hundred_sheets_share_a_name_or_its_facts(language):
    for seed in range(100):
        evidence = random_sheet(seed + (100 if language == "zh" else 0))
        plain = plain_of(evidence, language)
        alike_all = [
            replace(
                persona,
                name="Good friends",
                basis=tuple(item.id for item in tellings(evidence, persona.segment)[:2]) or persona.basis,
            )
            for persona in plain
        ]
        for given in (settle(plain, evidence, language), settle(alike_all, evidence, language)):
            names = [naming_of(persona) for persona in given]
            assert len({words_of(one.name) for one in names}) == len(names)
            for number, one in enumerate(names):
                assert check_name(one.name, one.basis, one.segment, evidence) == ()
                for other in names[number + 1 :]:
                    same = basis_of(one.basis, evidence)
                    if same and same == basis_of(other.basis, evidence):
                        # Only where no fact is left to tell the two apart.
                        assert f"({other.segment})" in other.name or f"({one.segment})" in one.name, seed


def test_contrasts_and_neighbours_are_those_one_would_name():
    evidence = sheets.numbers()
    assert nearest(evidence, "S2") == "S3"
    found = contrasts(evidence, "S2", "S1")
    assert found[0].column == "Income"
    assert all(item.segment == "S2" for item in found)
    sheet = sheets.Sheet()
    for number in range(27):
        sheet.segment(f"S{number}", 9).median(f"Column {number % 3}", 5, 3, 0.6)
    groups = neighbourhoods(sheet.evidence(), 12)
    assert sorted(map(len, groups)) == [9, 9, 9]
    assert all(len({int(segment[1:]) % 3 for segment in group}) == 1 for group in groups)
