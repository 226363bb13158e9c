"""Blind: what the checker cannot see, said where people read what it let through."""

from segment_core.messages import Message, say

BLIND: tuple[Message, ...] = (
    say("Whether a sentence is fair: every figure and quote in it may be right, and the picture still one-sided."),
    say("A quote used against its meaning, such as irony, or a rare voice shown as if it were a common one."),
    say("Words that only resemble a column, such as “website” for a column on app visits, or single customer words."),
    say("Which of two cited facts a “more” or “less” belongs to, where one lies above and the other below."),
    say("Directions said without a word for it, such as “delighted” for a low rating."),
    say("Traits, causes, numbers and promises in words that are not on its lists, or in languages other than English "
        "and Chinese."),
    say("Whether advice is good advice: needs, objections, tone and a day with the product are suggestions."),
    say("Whether a difference matters, or would show again in other customers: the evidence only describes these."),
    say("A harmless-looking sentence that some text in the data told the language model to write."),
)  # fmt: skip
"""Sentences for the help of a page, each complete in itself."""
