"""Choices: every line of every menu can be asked for, kept as JSON and checked."""

import ast
import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from segment_core.choices import Choice, option, options_from_json, options_to_json, questions
from segment_core.clustering import ALGORITHMS
from segment_core.contrasting import CONTRASTS
from segment_core.encoders import ENCODERS
from segment_core.errors import OptionError
from segment_core.graphs import GRAPHS
from segment_core.metrics import METRICS
from segment_core.personas import WRITERS
from segment_core.projection import PROJECTIONS
from segment_core.topics import TOPICS
from segment_core.traits import TRAITS

MENUS = {
    "encoders": ENCODERS,
    "clustering": ALGORITHMS,
    "projection": PROJECTIONS,
    "metrics": METRICS,
    "personas": WRITERS,
    "contrast": CONTRASTS,
    "topics": TOPICS,
    "graphs": GRAPHS,
    "traits": TRAITS,
}
LINES = [pytest.param(choice, id=f"{menu} {name}") for menu, lines in MENUS.items() for name, choice in lines.items()]
every_line = pytest.mark.parametrize("choice", LINES)


@every_line
def test_a_line_says_what_it_is_and_when_to_pick_it(choice: Choice) -> None:
    assert choice.label
    assert choice.when.endswith((".", "?"))
    assert choice.run.__doc__
    assert choice.options.__name__.endswith("Options")


@every_line
def test_what_a_line_needs_is_installed(choice: Choice) -> None:
    assert choice.missing() == ()
    for package in choice.needs:
        import_module(package)


@every_line
def test_every_option_is_a_question_with_the_seed_last(choice: Choice) -> None:
    asked = questions(choice.options)
    assert [question.name for question in asked] == list(choice.options.__dataclass_fields__)
    assert all(question.label for question in asked)
    assert "seed" not in [question.name for question in asked][:-1]
    for question in asked:
        if question.among:
            assert question.default in question.among


@every_line
def test_options_survive_json(choice: Choice) -> None:
    for options in (choice.options(), _unlike_default(choice.options)):
        text = json.dumps(options_to_json(options))
        assert options_from_json(choice.options, json.loads(text)) == options


@every_line
def test_an_unknown_option_is_refused(choice: Choice) -> None:
    with pytest.raises(OptionError, match="There is no option colour"):
        options_from_json(choice.options, {"colour": 1})


@pytest.mark.parametrize("menu", ["encoders", "clustering", "metrics", "personas", "projection"])
def test_a_menu_is_written_out_by_hand(menu: str) -> None:
    folder = Path(__file__).parents[1] / "segment_core"
    source = folder / menu / "__init__.py" if (folder / menu).is_dir() else folder / f"{menu}.py"
    menus = [
        node
        for node in ast.parse(source.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "dict[str, Choice]"
    ]
    assert len(menus) == 1
    written = menus[0].value
    assert isinstance(written, ast.Dict)
    assert all(isinstance(key, ast.Constant) for key in written.keys)
    assert all(isinstance(value, ast.Call) and ast.unparse(value.func) == "Choice" for value in written.values)
    assert len(written.keys) == len(MENUS[menu])


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of every kind there is."""

    n: int = option(3, "Number", low=2, high=9)
    part: float = option(0.5, "Part", low=0.0, high=1.0)
    word: str = option("red", "Word", among=("red", "blue"))
    sure: bool = option(True, "Sure")
    most: int | None = option(None, "Most", low=1)


@pytest.mark.parametrize(
    "found, said",
    [
        ({"n": 1}, "must lie between 2 and 9"),
        ({"n": 10}, "must lie between 2 and 9"),
        ({"n": 2.5}, "must be of type int"),
        ({"n": True}, "must be of type int"),
        ({"n": "3"}, "must be of type int"),
        ({"n": None}, "must be of type int"),
        ({"part": 1.01}, "must lie between 0.0 and 1.0"),
        ({"part": float("nan")}, "must lie between"),
        ({"part": float("inf")}, "must lie between"),
        ({"word": "green"}, "must be one of red, blue"),
        ({"word": 3}, "must be of type str"),
        ({"sure": 1}, "must be of type bool"),
        ({"most": 0}, "must lie between 1 and ∞"),
        ({"most": []}, "must be of type int"),
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_with_its_limits(found: dict[str, Any], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        options_from_json(Options, found)


def test_right_values_are_taken() -> None:
    made = options_from_json(Options, {"n": 9, "part": 1, "word": "blue", "sure": False, "most": 7})
    assert made == Options(n=9, part=1.0, word="blue", sure=False, most=7)
    assert isinstance(made.part, float)
    assert options_from_json(Options, {"most": None}).most is None


def test_a_missing_package_is_named() -> None:
    choice = Choice("Made", print, Options, when="Never.", needs=("json", "no_such_package"))
    assert choice.missing() == ("no_such_package",)


def _unlike_default(kind: type) -> Any:
    """Answer every question with something else than its default."""
    answers: dict[str, Any] = {}
    for question in questions(kind):
        if question.among:
            answers[question.name] = question.among[-1]
        elif question.kind is bool:
            answers[question.name] = not question.default
        elif question.kind is str:
            answers[question.name] = "other"
        else:
            limit = question.high if question.high is not None else (question.low or 0) + 1
            answers[question.name] = question.kind(limit)
    return kind(**answers)
