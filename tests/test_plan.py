"""A plan: kept as JSON without loss, and refused in a sentence where it asks for what does not exist."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segment_core.artifacts import Step
from segment_core.errors import OptionError
from segment_core.intake import ReadingOptions
from segment_core.intake.behaviour import BehaviourOptions
from segment_core.intake.joins import Link
from segment_core.intake.quality import Remedy
from segment_core.plan import MENUS, Plan

NAMES = st.text(max_size=20)
PLANS = st.builds(
    Plan,
    reading=st.builds(
        ReadingOptions,
        encoding=st.none() | st.just("utf-8"),
        delimiter=st.none() | st.sampled_from([",", ";", "\t"]),
        header_row=st.none() | st.integers(0, 9),
    ),
    roles=st.dictionaries(NAMES, st.sampled_from(["id", "number", "text", "ignore"])),
    files=st.dictionaries(NAMES, st.builds(ReadingOptions, decimal=st.none() | st.just(","))),
    bases=st.dictionaries(NAMES, st.sampled_from(["geographic", "none"])),
    links=st.none() | st.lists(st.builds(Link, NAMES, NAMES, NAMES, NAMES), max_size=3).map(tuple),
    behaviour=st.builds(BehaviourOptions, date=st.none() | NAMES.filter(bool), horizon_days=st.integers(7, 900)),
    mask=st.booleans(),
    remedies=st.lists(st.builds(Remedy, NAMES, st.lists(NAMES, max_size=2).map(tuple)), max_size=3).map(tuple),
    weights=st.dictionaries(st.sampled_from(["numbers", "text", "dates"]), st.floats(0, 100)),
    encoder=st.sampled_from([Step("auto"), Step("tfidf", {"n_dimensions": 12})]),
    clustering=st.builds(lambda n: Step("kmeans", {"n_segments": n}), st.integers(2, 40)),
    projection=st.sampled_from([Step("umap", {"spread": 0.5}), Step("pca")]),
    outliers=st.floats(1, 20),
    seed=st.integers(0, 2**32 - 1),
)


@given(PLANS)
def test_a_plan_survives_json(plan: Plan) -> None:
    assert Plan.from_json(plan.to_json()) == plan
    assert Plan.from_json(plan.to_json()).to_json() == plan.to_json()


def test_what_a_plan_leaves_out_keeps_its_default() -> None:
    assert Plan.from_json("{}") == Plan()
    assert Plan.from_json('{"clustering": "ward"}') == Plan(clustering=Step("hierarchical"))


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "is not JSON"),
        ("[1]", 'part "plan" of the plan must be a JSON object'),
        ("{", "is not JSON"),
        ('{"outliers": 0.5}', "Outliers begin at 0.5 standard deviations; it must be a number from 1 to 20"),
        ('{"outliers": true}', "Outliers begin at True"),
        ('{"colour": 1}', "a part named colour; there are: bases, behaviour, clustering"),
        ('{"clustering": {"name": "kmeens"}}', "no clustering named kmeens; there are: auto, kmeans"),
        ('{"clustering": {"name": ["kmeans"]}}', "no clustering named"),
        ('{"clustering": {"name": "kmeans", "options": {"n_segments": 1}}}', "must lie between 2 and 40"),
        ('{"clustering": {"name": "kmeans", "options": []}}', "must be a JSON object"),
        ('{"clustering": 3}', "must be a JSON object"),
        ('{"weights": {"text": -1}}', "weight of block text is -1"),
        ('{"weights": {"txt": 1}}', "no block named txt; there are: numbers"),
        ('{"weights": {"text": true}}', "weight of block text is True"),
        ('{"weights": {"text": NaN}}', "weight of block text is nan"),
        ('{"roles": {"age": "numeric"}}', "Column age is given the role numeric"),
        ('{"roles": {"age": ["id"]}}', "Column age is given the role"),
        ('{"bases": {"age": "young"}}', "Column age is given the basis young"),
        ('{"mask": 1}', "must be true or false"),
        ('{"behaviour": {"horizon_days": 1}}', "must lie between 7 and 1825"),
        ('{"links": {}}', "must be a JSON list"),
        ('{"links": [{"child": "a"}]}', "lacks child_column, parent, parent_column"),
        ('{"remedies": [{"code": 3}]}', "holds code, which cannot be read"),
        ('{"encoder": {"name": "tfidf", "option": {"seed": 1}}}', "holds option, which cannot be read"),
        ('{"files": {"a.csv": {"sign": ","}}}', "no option sign"),
        ('{"seed": -1}', "The seed is -1"),
        ('{"seed": 4294967296}', "The seed is 4294967296"),
        ('{"seed": 1.5}', "The seed is 1.5"),
        ('{"seed": "7"}', "The seed is 7"),
        ('{"reading": {"header_row": "first"}}', "header_row"),
    ],
)
def test_a_wrong_plan_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(OptionError) as caught:
        Plan.from_json(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("family", MENUS)
def test_the_seed_reaches_every_step_that_has_one(family: str) -> None:
    for name, choice in MENUS[family].items():
        plan = Plan(seed=41).having(**{family: Step(name)})
        assert plan.choice(family) is choice
        options = plan.options(family)
        assert isinstance(options, choice.options)
        assert getattr(options, "seed", 41) == 41


def test_a_steps_own_seed_wins() -> None:
    plan = Plan(clustering=Step("kmeans", {"seed": 5}), seed=41)
    assert plan.options("clustering").seed == 5


@pytest.mark.parametrize("part", ["roles", "weights"])
def test_json_holds_what_was_chosen(part: str) -> None:
    chosen: dict[str, Any] = {"roles": {"age": "number"}, "weights": {"text": 0.5}}
    assert json.loads(Plan(**{part: chosen[part]}).to_json())[part] == chosen[part]
