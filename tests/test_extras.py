"""Extras: a package that is missing is named, with the line that brings it."""

import json
import sys

import pytest

from segment_core.errors import MissingExtraError
from segment_core.extras import has, need


def test_a_package_that_is_there_is_imported() -> None:
    assert has("json")
    assert need("json") is json


def test_a_missing_package_says_how_to_get_it() -> None:
    assert not has("no-such-package")
    with pytest.raises(MissingExtraError, match="pip install no-such-package"):
        need("no-such-package")


def test_asking_does_not_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "this", raising=False)
    assert has("this")
    assert "this" not in sys.modules
