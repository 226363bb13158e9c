"""Contents: messages for each segment and channel, within what the analyst's brief allows."""

from segment_core.choices import Choice
from segment_core.contents import builtin, model
from segment_core.contents.channels import CHANNELS, Line, fits, length, limit, parts
from segment_core.contents.checking import counts, problems
from segment_core.contents.options import BuiltinOptions, ModelOptions
from segment_core.contents.prompt import letters
from segment_core.contents.sensitive import unsaid

CONTENTS: dict[str, Choice] = {
    "builtin": Choice(
        "Built-in writer",
        builtin.write,
        BuiltinOptions,
        when="Always works, in no time, and nothing leaves the machine. It places your offer word for word.",
    ),
    "model": Choice(
        "Language model",
        model.write,
        ModelOptions,
        when="For wording that follows your goal and voice closely. What is too long, or promises more than your brief "
        "holds, is refused, and the built-in writer fills the gap.",
        needs=("pydantic_ai", "openai"),
    ),
}

__all__ = [
    "CHANNELS",
    "CONTENTS",
    "BuiltinOptions",
    "Line",
    "ModelOptions",
    "counts",
    "fits",
    "length",
    "letters",
    "limit",
    "parts",
    "problems",
    "unsaid",
]
