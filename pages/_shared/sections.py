"""Sections: the parts of a persona by name, and how they are marked."""

from pages._shared.words import t
from segment_core.artifacts import CREATIVE


def title(part: str) -> str:
    """Name a part of a persona, or the messages beside it."""
    return {
        "name": t("Name"),
        "tagline": t("In one sentence"),
        "who": t("Who they are"),
        "worth": t("Size and value"),
        "needs": t("What they need"),
        "frustrations": t("What frustrates them"),
        "objections": t("What holds them back"),
        "values": t("What they value"),
        "channels": t("Where to reach them"),
        "tone": t("How to speak to them"),
        "dos": t("Do"),
        "donts": t("Don't"),
        "day": t("A day with the product"),
        "messages": t("Messages"),
    }[part]


def badge(part: str) -> str:
    """Mark a part that is advice or a picture and holds no facts, as markdown; or nothing."""
    return f":gray-badge[:small[{t('advice, not data')}]]" if part in CREATIVE else ""
