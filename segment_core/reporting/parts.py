"""Parts: what a reader may leave out of a report; the summary always stands in it."""

from collections.abc import Iterable

from segment_core.errors import OptionError
from segment_core.messages import Message, say

PARTS: dict[str, Message] = {
    "verdict": say("How far to trust it"),
    "map": say("The map"),
    "segments": say("The segments"),
    "campaigns": say("Campaigns"),
    "quotes": say("Customers' own words"),
    "audit": say("Sensitive columns and what gives them away"),
    "method": say("Method"),
    "data": say("What was done to the data"),
    "evidence": say("Evidence appendix"),
    "versions": say("Made with"),
}
"""Each part that may be left out, in the order of the report; quotes stand in several sections."""


def left_out(names: Iterable[str]) -> frozenset[str]:
    """Return the parts to leave out, once each.

    Raises
    ------
    OptionError
        If there is no such part.
    """
    found = frozenset(names)
    if unknown := sorted(found - set(PARTS)):
        raise OptionError(
            "A report has no part “{part}”; there are: {parts}.", part=str(unknown[0])[:40], parts=", ".join(PARTS)
        )
    return found
