"""Options of the persona writers."""

from dataclasses import dataclass

from segment_core.choices import option

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltinOptions:
    """What the built-in writer can be asked for."""

    language: str = option("en", "Language of the personas", among=LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """Which language model writes, in which language, and how long it may take in all."""

    url: str = option(
        "",
        "Server address",
        help="Any OpenAI-compatible address, such as http://127.0.0.1:11434/v1. If the server is not on this "
        "machine or its local network, figures, terms and quotes from your texts leave the machine "
        "(e-mail addresses, phone and card numbers and the like are masked first, as far as they can be recognised, "
        "and people's names where a column marked as name holds them).",
    )
    model: str = option("", "Model name", help="As the server knows it, such as qwen3:8b or gpt-4o-mini.")
    language: str = option("en", "Language of the personas", among=LANGUAGES)
    timeout: float = option(
        300.0, "Time limit in seconds", low=1, high=1800, help="After this the built-in writer takes over."
    )
