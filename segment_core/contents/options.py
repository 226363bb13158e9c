"""Options of the message writers."""

from dataclasses import dataclass

from segment_core.choices import option


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltinOptions:
    """What the built-in writer can be asked for."""

    variants: int = option(3, "Variants", low=1, high=5, help="Messages to choose from, for each segment and channel.")
    turn: int = option(0, "Turn", low=0, high=20, help="Each turn takes the next best ideas; 0 takes the best.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """Which language model writes, how many variants, and how long it may take in all."""

    url: str = option(
        "",
        "Server address",
        help="Any OpenAI-compatible address, such as http://127.0.0.1:11434/v1. If the server is not on this "
        "machine or its local network, your brief and facts and terms of the segments leave the machine; columns "
        "marked as sensitive and quotes never do.",
    )
    model: str = option("", "Model name", help="As the server knows it, such as qwen3:8b or gpt-4o-mini.")
    variants: int = option(3, "Variants", low=1, high=5, help="Messages to choose from, for each segment and channel.")
    timeout: float = option(
        180.0, "Time limit in seconds", low=1, high=1800, help="After this the built-in writer takes over."
    )
