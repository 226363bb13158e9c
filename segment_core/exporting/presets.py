"""Presets: what each kind of tool wants of a file, and which columns of this one hold addresses."""

import re
from dataclasses import dataclass
from typing import Literal

from segment_core.artifacts import Customers
from segment_core.exporting.consent import CHANNELS
from segment_core.messages import Message, say

Preset = Literal["table", "email", "google", "meta", "traits"]
LOOKED_AT = 200
FEWEST_IN_AUDIENCE = 100
"""Customers below which advertising platforms refuse an audience, or do not show it to anybody."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A preset: its name, when to take it, and the channel whose consent counts ("" is any)."""

    label: Message
    when: Message
    channel: str = ""


PRESETS: dict[Preset, Kind] = {
    "table": Kind(
        say("Table"),
        say("Segment, confidence and band, and any columns. For analysis and most tools."),
    ),
    "email": Kind(say("Email tool"), say("Email address, segment and its name, and the columns you choose."), "email"),
    "google": Kind(
        say("Ad audience: Google"),
        say(
            "Email and Phone as SHA-256, and nothing else: addresses without blanks and in lower case, of Gmail also "
            "without dots and without what follows a +; numbers as + and digits with the country."
        ),
        "ads",
    ),
    "meta": Kind(
        say("Ad audience: Meta"),
        say(
            "email and phone as SHA-256, and nothing else: addresses trimmed and in lower case, numbers as digits with "
            "the country, without +."
        ),
        "ads",
    ),
    "traits": Kind(
        say("CRM traits"), say("The customer's id, for each segment (by its id) true or false, and the segment's name.")
    ),
}


def guess(customers: Customers, what: Literal["email", "phone"]) -> str:
    """Return the column that holds addresses or phone numbers, by its name and cells; "" where none does."""
    for column in customers.columns:
        if column.role in ("consent", "suppression", "text", "yes/no"):
            continue
        cells = [str(cell) for cell in customers.frame[column.name].head(LOOKED_AT).dropna() if str(cell).strip()]
        if cells and sum(_fits(cell, what) for cell in cells) > len(cells) / 2:
            named = re.search(CHANNELS[what] + ("|mobile|handy|手机" if what == "phone" else ""), column.name, re.I)
            if what == "email" or named:
                return column.name
    return ""


def _fits(cell: str, what: str) -> bool:
    if what == "email":
        return re.fullmatch(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", cell) is not None
    return re.fullmatch(r"[\d ()+./-]{6,25}", cell) is not None and sum(letter.isdigit() for letter in cell) >= 6
