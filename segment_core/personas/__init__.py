"""Personas: evidence becomes people one can talk about; figures and quotes stand by reference."""

from segment_core.choices import Choice
from segment_core.personas import builtin, model
from segment_core.personas.options import BuiltinOptions, ModelOptions
from segment_core.personas.prompt import letters

WRITERS: dict[str, Choice] = {
    "builtin": Choice(
        "Built-in writer",
        builtin.write,
        BuiltinOptions,
        when="Always works, in no time, and nothing leaves the machine. Every sentence restates the evidence.",
    ),
    "model": Choice(
        "Language model",
        model.write,
        ModelOptions,
        when="For livelier wording, with a model on this machine or a service you have a key for. "
        "What it cannot back with evidence is refused, and the built-in writer fills the gap.",
        needs=("pydantic_ai", "openai"),
        asks=("known", "keep"),
    ),
}

__all__ = ["WRITERS", "BuiltinOptions", "ModelOptions", "letters"]
