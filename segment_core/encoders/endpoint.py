"""Endpoint: texts by what they mean, read by a model behind an OpenAI-compatible address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.llm import ModelAccess, embed
from segment_core.messages import say

KEY = "llm_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointOptions:
    """Options of a model at an address."""

    url: str = option(
        "",
        "Server address",
        help="Any OpenAI-compatible address, such as http://127.0.0.1:11434/v1. If the server is not on this machine "
        "or its local network, your customers' texts leave the machine (e-mail addresses, phone and card numbers and "
        "the like are masked first, as far as they can be recognised).",
    )
    model: str = option("", "Model name", help="A model for embeddings, such as bge-m3 or text-embedding-3-small.")
    longest: int = option(
        2000, "Longest text, letters", low=50, high=30_000, help="Longer texts are cut, since most models read no more."
    )
    batch_size: int = option(64, "Batch size", low=1, high=1000, help="Texts sent at once.")
    timeout: float = option(60.0, "Time limit in seconds", low=1, high=1800, help="For each batch, retries included.")


def encode(
    texts: Sequence[str],
    options: EndpointOptions = EndpointOptions(),
    progress: Progress = silent,
    *,
    secrets: Mapping[str, str] = {},
) -> Vectors:
    """Have texts read at an address; the key to it, if it needs one, is `secrets["llm_key"]`.

    What leaves is cleaned, masked and counted first, and entered in the ledger; `reason` says how much it was.

    Returns
    -------
    Vectors
        Matrix (n_texts, d), each row of length 1, that of an empty text zero; d is the model's own.

    Raises
    ------
    ModelError
        If the server does not answer usably, or nothing may leave this machine.
    """
    access = ModelAccess(options.url, options.model, secrets.get(KEY, ""))
    made = embed(
        texts,
        access,
        longest=options.longest,
        batch=options.batch_size,
        seconds=options.timeout,
        progress=progress,
    )
    lengths = np.linalg.norm(made.matrix.astype(np.float64), axis=1, keepdims=True)
    matrix = (made.matrix / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    counts = {"n": made.n_sent, "characters": made.n_characters, "masked": made.n_masked}
    if made.tokens is None:
        reason = say(
            "Read by meaning with the model {model} at {host}: {n:,} different texts sent ({characters:,} letters), "
            "{masked:,} personal details masked first.",
            model=options.model,
            host=access.host,
            **counts,
        )
    else:
        reason = say(
            "Read by meaning with the model {model} at {host}: {n:,} different texts sent ({characters:,} letters, "
            "{tokens:,} tokens), {masked:,} personal details masked first.",
            model=options.model,
            host=access.host,
            tokens=made.tokens,
            **counts,
        )
    return Vectors(matrix, Step("endpoint", options_to_json(options)), reason)
