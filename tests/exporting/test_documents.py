"""Documents: strict JSON, with the verdict, and every figure filled in."""

import dataclasses
import json
import re

import pytest

from segment_core.artifacts import Claim
from segment_core.errors import DataError
from segment_core.exporting import personas_json, scorecard_json
from segment_core.metrics import METRICS
from segment_core.study import Study


def strict(text: str) -> dict:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    assert text.endswith("\n")
    return json.loads(text, parse_constant=refuse)


def test_the_scorecard_is_strict_json_with_the_verdict(small_study: Study) -> None:
    found = strict(scorecard_json(small_study))
    assert found["verdict"] == small_study.scorecard.verdict
    measured = {score["name"] for score in found["scores"]}
    assert set(METRICS) - {"term_coherence"} <= measured
    assert all(isinstance(score["meaning"], str) and score["space"] for score in found["scores"])
    assert [check["code"] for check in found["checks"]] == [
        "structure",
        "stability",
        "weakest",
        "continuum",
        "border",
        "one-column",
    ]
    assert all("{" not in check["finding"] for check in found["checks"])


def test_personas_are_written_as_shown_with_every_figure_filled_in(small_study: Study) -> None:
    text = personas_json(small_study)
    found = strict(text)
    assert "⟦" not in text
    assert [persona["segment"] for persona in found["personas"]] == ["S1", "S2", "S3", "S4"]
    assert sum(persona["customers"] for persona in found["personas"]) == 300
    assert found["written_by"] == "builtin"
    known = {item["id"] for item in found["evidence"]}
    claims = [
        claim
        for persona in found["personas"]
        for section in ("who", "needs", "objections", "channels", "tone")
        for claim in persona[section]
    ]
    assert {id_ for claim in claims for id_ in claim["evidence"]} <= known
    assert any(re.search(r"\d", claim["text"]) for claim in claims)
    quotes = [claim["quote"] for claim in claims if "quote" in claim]
    assert all(quote["customer"] in small_study.customers.frame.index for quote in quotes)


def test_what_the_analyst_wrote_stays_as_written(small_study: Study) -> None:
    first, *rest = small_study.personas.personas
    own = dataclasses.replace(
        first, name="Our best", name_author="analyst", tagline=Claim("7 in 10 ⟦S1.f1⟧", author="analyst")
    )
    study = small_study.having(personas=dataclasses.replace(small_study.personas, personas=(own, *rest)))
    persona = strict(personas_json(study))["personas"][0]
    assert (persona["name"], persona["name_by"]) == ("Our best", "analyst")
    assert (persona["tagline"]["text"], persona["tagline"]["by"]) == ("7 in 10 ⟦S1.f1⟧", "analyst")


def test_before_there_is_something_to_write_it_says_so(small_study: Study) -> None:
    bare = small_study.having(customers=small_study.customers)
    with pytest.raises(DataError, match="There are no scores yet"):
        scorecard_json(bare)
    with pytest.raises(DataError, match="There are no personas yet"):
        personas_json(bare)


def test_the_scorecard_tells_the_audit_and_personas_which_segments_it_concerns(small_study: Study) -> None:
    found = strict(scorecard_json(small_study))["audit"]
    assert [column["column"] for column in found] == ["age"]
    assert found[0]["flagged"] is True
    assert found[0]["association"]["measure"] == "eta squared"
    assert "follow age" in found[0]["finding"]
    assert found[0]["segments"][0]["fact"].startswith("age, median: ")
    told = [persona["sensitive"] for persona in strict(personas_json(small_study))["personas"]]
    concerned = {fact["segment"] for fact in found[0]["segments"]}
    assert [bool(each) for each in told] == [segment in concerned for segment in ("S1", "S2", "S3", "S4")]
    assert any(each and each[0]["here"][0].startswith("age, median: ") for each in told)


def test_without_an_audit_nothing_is_said_of_it(small_study: Study) -> None:
    without = dataclasses.replace(small_study, audit=None)
    assert "audit" not in strict(scorecard_json(without))
    assert all(persona["sensitive"] == [] for persona in strict(personas_json(without))["personas"])
