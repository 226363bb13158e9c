"""Messages and errors: values are inserted, never parsed, and survive JSON."""

import json

import pytest

from segment_core.errors import DataError, MissingExtraError, ModelError, OptionError, SegmentError
from segment_core.messages import Message, say


def test_values_are_inserted_and_never_parsed() -> None:
    assert str(say("The file {name} has {n} rows.", name="{0} {n} %s", n=3)) == "The file {0} {n} %s has 3 rows."


def test_a_message_survives_json() -> None:
    message = say("{share} of {n}: {name}", share=0.5, n=3, name="北京 {x}")
    again = Message.from_json(json.loads(json.dumps(message.to_json())))
    assert (again, str(again)) == (message, str(message))


@pytest.mark.parametrize("kind", [DataError, OptionError, MissingExtraError, ModelError])
def test_an_error_is_its_sentence_and_keeps_the_values_apart(kind: type[SegmentError]) -> None:
    error = kind("The file {name} is empty.", name="a.csv")
    assert isinstance(error, SegmentError)
    assert str(error) == "The file a.csv is empty."
    assert (error.message.template, dict(error.message.values)) == ("The file {name} is empty.", {"name": "a.csv"})
