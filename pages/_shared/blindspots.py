"""Blind spots: what the checker of sentences cannot see, until the checker lists it itself."""

from segment_core.messages import Message, say

BLIND: tuple[Message, ...] = (
    say("Whether a sentence is a fair summary: each of its facts is right, and the choice of them may still mislead."),
    say("Words for age, family, income, health, origin, belief or occupation that its lists do not hold."),
    say("Causes and judgements that are only implied."),
    say("Irony, double meanings, and words in languages other than English and Chinese."),
    say("What you write yourself: it is marked as yours and shown as it is."),
)
