"""Refusing: questions that no table of customers can answer, and what to say to each."""

import re

from segment_core.messages import Message, say

_WHY = re.compile(r"\b(?:why|reasons?|causes?|caused|because|due to|leads? to|drives?|how come|effect of|impact of)\b")
_AHEAD = re.compile(
    r"\b(?:will|next (?:year|month|week|quarter)|forecast|predict|prediction|future|going to|expected|tomorrow|would)\b"
)
_OUTSIDE = re.compile(
    r"\b(?:competitors?|market|industry|weather|inflation|news|benchmark|rivals?|economy|population|capital of|"
    r"president|stock)\b"
)
_ADVICE = re.compile(r"\b(?:should|recommend|advice|advise|best way|how (?:can|do|to)|what to do|improve)\b")
_BEFORE = re.compile(
    r"\b(?:yesterday|last (?:week|quarter)|trend|over time|since|before|after|growth|grew|increase[ds]?|"
    r"decrease[ds]?|changed?|rising|falling)\b"
)
_TOGETHER = re.compile(r"\b(?:correlat\w*|relationship|related|depend\w*|associated)\b")


def refused(text: str) -> Message | None:
    """Return why a translated question is beyond any table of customers, or None."""
    kinds = (
        (
            _WHY,
            say("The data say what is, not why: a cause cannot be read from them. Ask what differs between segments."),
        ),
        (_AHEAD, say("The data hold what has been; nothing in them says what will be. Ask about what the file holds.")),
        (
            _OUTSIDE,
            say("This is about something outside the file; only what its columns and texts hold can be computed."),
        ),
        (
            _ADVICE,
            say("Advice is not computed from a table. Ask for a figure, such as a count, a share or an average."),
        ),
        (
            _TOGETHER,
            say("How two columns go together is not computed here; ask for one column by segment or by category."),
        ),
        (_BEFORE, say("Each customer has one row and no history here, so changes and periods cannot be computed.")),
    )
    return next((message for pattern, message in kinds if pattern.search(text)), None)
