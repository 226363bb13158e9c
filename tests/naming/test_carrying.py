"""Names and handwriting stay with their segments, whatever the next run is like."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Claim, Clustering, Evidence, Personas, Segment, Step
from segment_core.naming import carried, matched, merged
from segment_core.personas import builtin
from segment_core.personas.options import BuiltinOptions
from segment_core.plan import Plan
from segment_core.study import Study
from tests import sheets
from tests.planted import typed

N = 300


def study_of(labels, evidence, ids=None):
    ids = [f"C{number:04}" for number in range(len(labels))] if ids is None else ids
    customers = typed({"Income": "number"}, Income=[1.0] * len(labels))
    customers = replace(customers, frame=customers.frame.set_axis(pd.Index(ids, dtype="str")))
    labels = np.asarray(labels, dtype=np.int64)
    segments = tuple(Segment(f"S{n + 1}", int(size)) for n, size in enumerate(np.bincount(labels)))
    ones = np.ones(len(labels), dtype=np.float32)
    clustering = Clustering(labels, ones, np.full(len(labels), "core"), segments, Step("kmeans"))
    study = Study(Plan(), Plan(), customers, "made").having(clustering=clustering)
    return study.having(evidence=evidence, personas=builtin.write(evidence, BuiltinOptions()))


def swapped(evidence: Evidence, names: dict[str, str]) -> Evidence:
    """Give segments other ids, in the order of the new ids."""
    items = [
        replace(item, segment=names[item.segment], id=item.id.replace(item.segment, names[item.segment], 1))
        for item in evidence.items
    ]
    return replace(evidence, items=tuple(sorted(items, key=lambda item: item.segment)))


def with_model_names(study):
    personas = tuple(
        replace(persona, name=f"{word} ones", name_author="model")
        for persona, word in zip(study.personas.personas, ("Golden", "Quiet", "Keen"), strict=True)
    )
    return study.having(personas=replace(study.personas, personas=personas))


@pytest.fixture
def before():
    return with_model_names(study_of(np.arange(N) % 3, sheets.numbers()))


def names(study):
    return [persona.name for persona in study.personas.personas]


def codes(study):
    return [note.code for note in study.personas.notes]


def test_the_same_run_again_keeps_every_name(before):
    again = carried(study_of(np.arange(N) % 3, sheets.numbers()), before)
    assert names(again) == ["Golden ones", "Quiet ones", "Keen ones"]
    assert codes(again) == []


def test_shuffled_rows_and_other_numbers_of_segments_change_nothing(before):
    order = np.random.default_rng(0).permutation(N)
    turned = {"S1": "S3", "S2": "S1", "S3": "S2"}
    ids = [f"C{number:04}" for number in order]
    again = study_of((order % 3 + 2) % 3, swapped(sheets.numbers(), turned), ids)
    assert matched(before, again) == {"S1": "S2", "S2": "S3", "S3": "S1"}
    found = carried(again, before)
    assert names(found) == ["Quiet ones", "Keen ones", "Golden ones"]
    basis = found.personas.of("S3").basis
    assert basis == tuple(id_.replace("S1", "S3") for id_ in before.personas.of("S1").basis)


def test_another_seed_moves_a_few_and_new_customers_come_and_names_stay(before):
    random = np.random.default_rng(1)
    labels = np.arange(N + 200) % 3
    labels[random.integers(0, N, 40)] = 0
    again = carried(study_of(labels, sheets.numbers()), before)
    assert names(again) == ["Golden ones", "Quiet ones", "Keen ones"]


def test_with_fewer_segments_those_that_are_gone_are_said(before):
    first = replace(before.personas.of("S3"), name="Our own 3", name_author="analyst")
    own = replace(before.personas, personas=(*before.personas.personas[:2], first))
    labels = np.where(np.arange(N) % 3 == 2, np.arange(N) % 2, np.arange(N) % 3)
    two = replace(sheets.numbers(), items=tuple(i for i in sheets.numbers().items if i.segment != "S3"))
    found = carried(study_of(labels, two), before.having(personas=own))
    assert names(found) == ["Golden ones", "Quiet ones"]
    assert codes(found) == ["handwriting-homeless"]
    assert "Our own 3" in str(found.personas.notes[0].message)


def turned_round(evidence, segment="S1", column="Income"):
    """Let a fact point the other way."""
    items = (
        replace(item, direction="under", effect=-item.effect, value=10.0)
        if (item.segment, item.column) == (segment, column)
        else item
        for item in evidence.items
    )
    return replace(evidence, items=tuple(items))


def test_a_name_that_no_longer_holds_goes_and_it_is_said(before):
    assert before.evidence.item(before.personas.of("S1").basis[0]).column == "Income"
    found = carried(study_of(np.arange(N) % 3, turned_round(sheets.numbers())), before)
    assert names(found)[1:] == ["Quiet ones", "Keen ones"]
    assert names(found)[0] != "Golden ones"
    assert codes(found) == ["name-lapsed"]
    assert str(found.personas.notes[0].message) == "S1 was “Golden ones”: that no longer holds."


def test_a_name_by_hand_stays_in_any_case_and_nobody_else_gets_it(before):
    fresh = study_of(np.arange(N) % 3, turned_round(sheets.numbers()))
    wanted = fresh.personas.of("S2").name
    own = replace(before.personas.of("S1"), name=wanted, name_author="analyst")
    others = tuple(replace(persona, basis=()) for persona in before.personas.personas[1:])
    found = carried(fresh, before.having(personas=replace(before.personas, personas=(own, *others))))
    assert names(found)[0] == wanted
    assert names(found)[1] != wanted
    assert len({name.casefold() for name in names(found)}) == 3


def test_sentences_by_hand_come_along_with_new_figures_or_go_with_a_word(before):
    stays = Claim("Ours: ⟦S1.f2⟧", ("S1.f2",), author="analyst")
    goes = Claim("Ours: ⟦S1.f8⟧", ("S1.f8",), author="analyst")
    own = replace(before.personas.of("S1"), needs=(stays, goes), tagline=stays)
    study = before.having(personas=replace(before.personas, personas=(own, *before.personas.personas[1:])))
    gone = before.evidence.item("S1.f8")
    fewer = replace(sheets.numbers(), items=tuple(item for item in sheets.numbers().items if item.id != gone.id))
    turned = {"S1": "S2", "S2": "S1", "S3": "S3"}
    labels = np.array([1, 0, 2])[np.arange(N) % 3]
    found = carried(study_of(labels, swapped(fewer, turned)), study)
    persona = found.personas.of("S2")
    assert persona.needs == (Claim("Ours: ⟦S2.f2⟧", ("S2.f2",), author="analyst"),)
    assert persona.tagline.text == "Ours: ⟦S2.f2⟧"
    assert "handwriting-lapsed" in codes(found)


def test_another_language_or_writer_brings_new_names(before):
    again = study_of(np.arange(N) % 3, sheets.numbers())
    chinese = again.plan.having(personas=Step("builtin", {"language": "zh"}))
    found = carried(replace(again, plan=chinese), before)
    assert "Golden ones" not in names(found)
    assert codes(found) == []


def test_one_part_takes_its_place_and_the_rest_stays(before):
    made = builtin.write(before.evidence, BuiltinOptions(language="zh"))
    own = Claim("Mine", author="analyst")
    first = replace(before.personas.of("S1"), needs=(own,))
    known = replace(before.personas, personas=(first, *before.personas.personas[1:]))
    part = merged(Personas((made.of("S1"),), made.made_by), known, before.evidence, "needs")
    assert part.of("S1") == replace(first, needs=(own, *made.of("S1").needs))
    assert part.of("S2") == known.of("S2")
    named = merged(made, known, before.evidence, "name")
    assert [one.needs for one in named.personas] == [one.needs for one in known.personas]
    assert [one.name for one in named.personas] == [one.name for one in made.personas]
    hand = replace(known, personas=tuple(replace(one, name_author="analyst") for one in known.personas))
    assert merged(made, hand, before.evidence, "name") == replace(made, personas=hand.personas)
