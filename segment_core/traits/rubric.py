"""Rubric: what is read from texts, and what each end of its scale means; shown to people and sent to models alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from segment_core.messages import Message, say

SENTIMENT = "sentiment"
OF_ASPECT = "sentiment: "
"""How the name of an aspect's sentiment starts; the aspect follows."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is read: its label, and in a sentence what its scale means.

    Sentiments run from -1 to 1, traits from 0 to 1.
    """

    label: Message
    rubric: Message
    kind: Literal["sentiment", "aspect", "trait"]

    @property
    def low(self) -> float:
        """Return the lower end of the scale."""
        return 0.0 if self.kind == "trait" else -1.0


def _aspect(label: Message, rubric: Message) -> Criterion:
    return Criterion(label, rubric, "aspect")


def _trait(label: Message, rubric: Message) -> Criterion:
    return Criterion(label, rubric, "trait")


RUBRIC: Mapping[str, Criterion] = MappingProxyType(
    {
        SENTIMENT: Criterion(
            say("Sentiment"),
            say("How content the customer sounds overall: −1 angry or disappointed, 0 neutral or mixed, 1 delighted."),
            "sentiment",
        ),
        OF_ASPECT + "delivery": _aspect(
            say("Sentiment: delivery"),
            say("How content with shipping, courier and punctuality: −1 angry, 0 without judgement, 1 delighted."),
        ),
        OF_ASPECT + "price": _aspect(
            say("Sentiment: price"),
            say("How content with what it costs: −1 far too dear, 0 without judgement, 1 a bargain."),
        ),
        OF_ASPECT + "quality": _aspect(
            say("Sentiment: quality"),
            say("How content with material and make: −1 broken or shoddy, 0 without judgement, 1 excellent."),
        ),
        OF_ASPECT + "fit": _aspect(
            say("Sentiment: fit and size"),
            say("How content with fit and size: −1 does not fit, 0 without judgement, 1 fits perfectly."),
        ),
        OF_ASPECT + "look": _aspect(
            say("Sentiment: look"),
            say("How content with look and colour: −1 ugly or not as pictured, 0 without judgement, 1 beautiful."),
        ),
        OF_ASPECT + "taste": _aspect(
            say("Sentiment: taste"),
            say("How content with food and drink: −1 inedible, 0 without judgement, 1 delicious."),
        ),
        OF_ASPECT + "service": _aspect(
            say("Sentiment: service"),
            say("How content with staff and service: −1 rude or no help, 0 without judgement, 1 very helpful."),
        ),
        OF_ASPECT + "app": _aspect(
            say("Sentiment: app and website"),
            say("How content with app, website and checkout: −1 does not work, 0 without judgement, 1 effortless."),
        ),
        OF_ASPECT + "returns": _aspect(
            say("Sentiment: returns"),
            say("How content with returns, exchanges and refunds: −1 a struggle, 0 without judgement, 1 smooth."),
        ),
        OF_ASPECT + "packaging": _aspect(
            say("Sentiment: packaging"),
            say("How content with packing and wrapping: −1 careless, 0 without judgement, 1 lovely."),
        ),
        "price_sensitivity": _trait(
            say("Price sensitivity"),
            say("How much price and savings decide: 0 says that price does not matter, 0.5 price is weighed, "
                "1 buys by sales, vouchers or the lowest price."),
        ),
        "quality_seeking": _trait(
            say("Quality seeking"),
            say("How much make, material and lasting value decide: 0 says that they do not matter, 0.5 quality is "
                "judged, 1 quality is the main point."),
        ),
        "convenience": _trait(
            say("Convenience seeking"),
            say("How much saving time and effort decides: 0 puts up with effort, 0.5 ease is noticed, "
                "1 ease is the main point."),
        ),
        "service_need": _trait(
            say("Need for service"),
            say("How much help is needed: 0 says that none is needed, 0.5 one question or fault, "
                "1 contacts, complaints, returns or refunds are the main point."),
        ),
        "novelty_seeking": _trait(
            say("Novelty seeking"),
            say("How drawn to the new: 0 sticks to the familiar, 0.5 tries something new, "
                "1 discovering new shops, styles or things is the main point."),
        ),
        "loyalty": _trait(
            say("Loyalty"),
            say("How attached to shop or brand: 0 says that they leave, 0.5 has bought before or would recommend, "
                "1 comes back again and again."),
        ),
        "gift_giving": _trait(
            say("Gift giving"),
            say("How much is bought as a present: 0 only for themselves, 0.5 an occasion is mentioned, "
                "1 the gift is the main point."),
        ),
        "family_focus": _trait(
            say("Family focus"),
            say("How much is bought for children and family: 0 says that it is not, 0.5 family is mentioned, "
                "1 family needs are the main point."),
        ),
        "style_seeking": _trait(
            say("Style seeking"),
            say("How much look and design decide: 0 says that they do not matter, 0.5 look is judged, "
                "1 style is the main point."),
        ),
    }
)  # fmt: skip
"""Everything that can be read, by its name in `Traits`."""


def criterion(name: str) -> Criterion:
    """Return what a name in `Traits` stands for; one that we do not know is a trait without a rubric."""
    return RUBRIC.get(name) or Criterion(Message("{name}", {"name": name}), Message("", {}), "trait")
