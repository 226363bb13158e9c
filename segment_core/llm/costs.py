"""Costs: about how many tokens a text is, and what tokens cost where the price is known."""

import math
import re
from dataclasses import dataclass

from segment_core.llm.access import ModelAccess

CURRENCY = "USD"
MILLION = 1_000_000
LETTERS_A_TOKEN, CJK_A_TOKEN = 4.0, 1.25
"""Characters that make a token, about: Latin and the like, and Chinese, Japanese or Korean."""
ANSWERED_OF_SENT, FEWEST_ANSWERED = 0.3, 100
"""Tokens of an answer for each token sent, about, where nothing better is known, and at least so many."""

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, of what is sent and of what is answered."""

    sent: float
    answered: float

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """Return what so many tokens cost."""
        return (self.sent * tokens_in + self.answered * tokens_out) / MILLION


def tokens_in(text: str) -> int:
    """Estimate the tokens of a text by its script, without any model's own tokenizer: give or take a third.

    Examples
    --------
    >>> tokens_in("The parcel came two days late."), tokens_in("包裹晚了两天才到"), tokens_in("")
    (8, 7, 0)
    """
    n_cjk = len(_CJK.findall(text))
    return math.ceil(n_cjk / CJK_A_TOKEN + (len(text) - n_cjk) / LETTERS_A_TOKEN)


def tokens_out(sent: int) -> int:
    """Guess the tokens of an answer to so many tokens; how long an answer gets is the model's affair."""
    return max(FEWEST_ANSWERED, math.ceil(ANSWERED_OF_SENT * sent))


def price(access: ModelAccess, sent: int, answered: int, own: Price | None = None) -> float | None:
    """Return US dollars for so many tokens, by the analyst's own prices or else by a list of providers.

    A list price counts only at its provider's own address: the same model elsewhere may cost anything. Where
    nothing is known that is None, and so is the price of a server on this machine.

    Examples
    --------
    >>> price(ModelAccess("https://api.openai.com/v1", "gpt-4o-mini"), 1_000_000, 0)
    0.15
    >>> price(ModelAccess("https://models.example.com/v1", "gpt-4o-mini"), 1_000_000, 0) is None
    True
    >>> price(ModelAccess("https://models.example.com/v1", "gpt-4o-mini"), 1_000_000, 0, Price(2.0, 8.0))
    2.0
    """
    if access.stays_here:
        return None
    if own is not None:
        return own.of(sent, answered)
    from genai_prices import Usage, calc_price

    try:
        usage = Usage(input_tokens=sent, output_tokens=answered)
        found = calc_price(usage, access.model, provider_api_url=access.url.strip())
    except LookupError:  # a model or a provider that is on no list
        return None
    return float(found.total_price)


def place(access: ModelAccess) -> str:
    """Return the key under which a price of one's own is kept: the host and the model."""
    return f"{access.host} {access.model}"
