"""Options: what every line of the menu asks: what becomes a node, and whether a language model reads along."""

from dataclasses import dataclass

from segment_core.choices import option


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphOptions:
    """What customers may have in common, and who finds it."""

    values: bool = option(True, "Categories, yes/no and places", help="Each value becomes a node.")
    numbers: bool = option(
        True,
        "Numbers in fifths",
        help="Such as the fifth of the customers who spend most; few numbers stay as they are.",
    )
    n_phrases: int = option(
        300, "Key phrases at most", low=0, high=1500, help="Taken from the texts; 0 leaves the texts out."
    )
    url: str = option(
        "",
        "Server address",
        help="Empty: key phrases alone. With an OpenAI-compatible address, a language model also reads some of the "
        "texts for who does what to whom. If the server is not on this machine or its local network, these texts "
        "leave the machine, masked as far as personal data can be recognised.",
    )
    model: str = option("", "Model name", help="As the server knows it, such as qwen3:8b or gpt-4o-mini.")
    n_calls: int = option(
        10, "Questions to the model at most", low=1, high=200, help="Each question shows it twelve short texts."
    )
    timeout: float = option(180.0, "Time limit in seconds", low=1, high=3600, help="For all questions together.")
