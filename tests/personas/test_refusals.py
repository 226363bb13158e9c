"""What a model answers is kept piece by piece: what was right once stays, whatever is answered later."""

import pytest

from segment_core.artifacts import Tally
from segment_core.personas.answers import ClaimAnswer, SectionAnswer
from segment_core.personas.christening import problems_with
from segment_core.personas.clashes import Naming
from segment_core.personas.prompt import MOST
from segment_core.personas.refusals import Hearing, as_claim
from tests import sheets

SHEET = sheets.texts()


def answer(*texts):
    return SectionAnswer(claims=[ClaimAnswer(text=text, evidence=["S1.f2"]) for text in texts])


def heard(*answers):
    hearing = Hearing("S1", SHEET, ["needs"])
    return hearing, [hearing.check(one) for one in answers]


def test_what_was_right_at_first_stays_first_and_what_was_mended_counts_as_mended():
    hearing, wrong = heard(answer("Room for this", "All 73 of them"), answer("Room for this", "Space for this"))
    assert [len(problems) for problems in wrong] == [1, 0]
    assert hearing.tally() == Tally(first=1, mended=1)
    assert [claim.text for claim in hearing.found["needs"].kept] == ["Room for this", "Space for this"]


def test_a_later_answer_that_is_worse_spoils_nothing():
    hearing, _ = heard(answer("Room for this", "All 73 of them"), answer("Now 12 of them"), answer("Now 13 of them"))
    assert [claim.text for claim in hearing.found["needs"].kept] == ["Room for this"]
    assert hearing.tally() == Tally(first=1, dropped=1)


def test_nothing_said_is_asked_for_and_then_filled():
    hearing, wrong = heard(answer(), answer(), answer())
    assert wrong[0] == ["S1.needs: write at least one sentence."]
    assert hearing.tally() == Tally(filled=1)


def test_sentences_beyond_the_most_are_refused():
    hearing, wrong = heard(answer(*(f"Room for this{'!' * n}" for n in range(MOST + 2))))
    assert len(wrong[0]) == 2
    assert hearing.tally() == Tally(first=MOST, dropped=2)


@pytest.mark.parametrize(
    ("text", "cited", "quote", "meant"),
    [
        ("So it is [[S1.f2]]", ["f3"], "q1", ("So it is ⟦S1.f2⟧", ("S1.f3", "S1.f2"), "S1.q1")),
        ("So it is ⟦f2⟧", ["[S1.f2]"], "none", ("So it is ⟦S1.f2⟧", ("S1.f2",), "")),
        ("So it is 【s1.F2】", [], "", ("So it is ⟦S1.f2⟧", ("S1.f2",), "")),
        ("So it is [sic]", ["S9.f9"], "", ("So it is [sic]", ("S9.f9",), "")),
    ],
)
def test_slips_in_the_form_of_an_id_are_mended_and_unknown_ids_are_not(text, cited, quote, meant):
    claim = as_claim(ClaimAnswer(text=text, evidence=cited, quote=quote), "S1", SHEET)
    assert (claim.text, claim.evidence, claim.quote) == meant


@pytest.mark.parametrize(
    ("name", "basis", "said"),
    [
        ("Fond of dresses", ("S1.f2", "S1.f3"), ""),
        ("Fond of dresses", ("S1.f2",), "exactly 2"),
        ("Fond of dresses", ("S1.f2", "S1.f2"), "exactly 2"),
        ("Fond of dresses", ("S1.f2", "S1.f1"), "exactly 2"),
        ("Fond of dresses", ("S1.f2", "S2.f2"), "exactly 2"),
        ("Fond of dresses " * 3, ("S1.f2", "S1.f3"), "at most 40"),
    ],
)
def test_a_name_rests_on_two_facts_that_stand_out(name, basis, said):
    problems = problems_with(Naming("S1", name, basis), SHEET)
    assert (said in " ".join(problems)) if said else problems == []


def test_one_of_the_two_tells_the_segment_from_the_nearest_one():
    sheet = sheets.Sheet()
    sheet.segment("S1", 9).median("Income", 5, 3, 0.6).median("Age", 5, 3, 0.6).median("Visits", 5, 3, 0.6)
    sheet.segment("S2", 9).median("Income", 5, 3, 0.6).median("Age", 5, 3, 0.6).median("Visits", 1, 3, -0.6)
    evidence = sheet.evidence()
    assert "contrasts" in problems_with(Naming("S1", "Well off", ("S1.f2", "S1.f3")), evidence)[0]
    assert problems_with(Naming("S1", "Keen ones", ("S1.f2", "S1.f4")), evidence) == []
