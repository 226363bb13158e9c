"""Segments are told apart by name and by what the name rests on."""

from dataclasses import replace

from segment_core.personas import builtin
from segment_core.personas.names import features_of
from segment_core.personas.options import BuiltinOptions
from segment_core.personas.refusals import tell_apart
from tests import sheets


def _pair():
    sheet = sheets.Sheet()
    sheet.segment("S1", 9).median("Income", 5, 3, 0.6).median("Age", 5, 3, 0.6)
    sheet.segment("S2", 9).median("Income", 5, 3, 0.5).median("Visits", 5, 3, 0.9)
    evidence = sheet.evidence()
    plain = {persona.segment: persona for persona in builtin.write(evidence, BuiltinOptions()).personas}
    return evidence, plain


def test_two_names_may_not_rest_on_the_same_facts():
    evidence, plain = _pair()
    given = [
        replace(plain["S1"], name="Dear friends", basis=("S1.f2",), name_author="model"),
        replace(plain["S2"], name="Other folk", basis=("S2.f2",), name_author="model"),
    ]
    first, second = tell_apart(given, plain, evidence)
    assert first.name == "Dear friends"
    assert (second.name, second.basis, second.name_author) == (plain["S2"].name, plain["S2"].basis, "builtin")
    assert features_of([evidence.item(id_) for id_ in second.basis]) != features_of([evidence.item("S1.f2")])


def test_a_name_that_even_the_builtin_writer_shares_gets_its_segments_id():
    evidence, plain = _pair()
    given = [replace(plain["S1"], name=plain["S2"].name), replace(plain["S2"], name=plain["S2"].name.upper())]
    assert [persona.name for persona in tell_apart(given, plain, evidence)][1] == f"{plain['S2'].name} (S2)"
