"""Forms: what was read of a question as JSON, so that it travels from the worker to a page, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, get_args

from segment_core.answering.asked import Asked, CannotAnswer, Measure, Understood
from segment_core.artifacts import Condition
from segment_core.errors import DataError
from segment_core.messages import Message
from segment_core.store.plain import to_plain


def read_to_json(read: Understood | CannotAnswer) -> dict[str, Any]:
    """Return what was read of a question as a JSON object."""
    if isinstance(read, CannotAnswer):
        nearest = [to_plain(asdict(one)) for one in read.nearest]
        return {"message": read.message.to_json(), "nearest": nearest, "beyond": read.beyond}
    others = [to_plain(asdict(one)) for one in read.others]
    return {"asked": to_plain(asdict(read.asked)), "others": others, "by_model": read.by_model}


def read_from_json(found: Mapping[str, Any]) -> Understood | CannotAnswer:
    """Rebuild what `read_to_json` wrote.

    Raises
    ------
    DataError
        If it is something else; whether it fits a study is found out when it is computed.
    """
    try:
        if "message" in found:
            nearest = tuple(_asked(one) for one in found["nearest"])
            return CannotAnswer(Message.from_json(found["message"]), nearest, bool(found["beyond"]))
        others = tuple(_asked(one) for one in found["others"])
        return Understood(_asked(found["asked"]), others, bool(found["by_model"]))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise DataError("What was read of the question cannot be used; ask it again.") from error


def _asked(found: Mapping[str, Any]) -> Asked:
    measure, top = found["measure"], found["top"]
    if measure not in get_args(Measure) or top not in (-1, 0, 1):
        raise ValueError("not a question")
    column, about, by = (_text(found[name]) for name in ("column", "about", "by"))
    only, test = (tuple(_condition(one) for one in found[name]) for name in ("only", "test"))
    return Asked(measure, column, about, by, only, top, test)


def _condition(found: Mapping[str, Any]) -> Condition:
    return Condition(_text(found["column"]), _text(found["op"]), tuple(_text(value) for value in found["values"]))


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError("not text")
    return found
