"""Talks in English: what a message may say by what people say, and to those of whom little is known."""

from collections.abc import Mapping

from segment_core.contents.idea import Idea

TALKS: Mapping[str, tuple[Idea, ...]] = {
    "care": (
        Idea(
            "We are listening",
            "Tell us what would make it better",
            "Say it in your own words: every line helps.",
            "What does not work is worth saying, in a line or in many.",
            "Tell us",
        ),
        Idea(
            "Let us get it right",
            "Questions first, everything else after",
            "Before anything else: is everything as it should be?",
            "If something is not as it should be, that comes first, and the rest can wait.",
            "Ask for help",
        ),
        Idea(
            "How can we help?",
            "What would you like to know?",
            "Ask what you would like to know, in your own words.",
            "It helps to know what matters to you. One line is enough.",
            "Write to us",
        ),
    ),
    "share": (
        Idea(
            "Pass it on",
            "Good things are worth passing on",
            "If you like it, somebody you know may like it as well.",
            "A word from you says more than any page of ours.",
            "Pass it on",
        ),
        Idea(
            "More of what you like",
            "Liked it? Here is more like it",
            "More of the kind that people come back for.",
            "When something is right, the next thing is easily found: it is the one beside it.",
            "See more like it",
        ),
        Idea(
            "A word from you",
            "What would you tell a friend?",
            "A sentence from you helps others choose.",
            "Say what you would tell a friend: it takes a minute and helps a lot.",
            "Say a word",
        ),
    ),
    "first": (
        Idea(
            "Hear it first",
            "Be among the first to know",
            "News reaches you here before it is all over the place.",
            "Some like to know early. This message is for them.",
            "Read the news",
        ),
        Idea(
            "Here is the news",
            "Something to answer with yes",
            "A short note with one idea in it. What do you think?",
            "One question, one answer: say yes, and the rest follows.",
            "Say yes",
        ),
        Idea(
            "Just in",
            "Just in, and worth a minute",
            "Have a look while it is new.",
            "New things are most fun at the start. This is the start.",
            "See what is in",
        ),
    ),
    "brief": (
        Idea(
            "One short note",
            "A short note, and that is all",
            "One thing worth knowing; you choose what to do with it.",
            "A long letter would say no more than this short one.",
            "Read it",
        ),
        Idea(
            "Only the essentials",
            "In one line: what matters here",
            "No long read: here is the one thing to know.",
            "If it is useful, keep it. If not, nothing is lost.",
            "See the one thing",
        ),
        Idea(
            "Quick to read",
            "Read in a breath or so",
            "Short, plain, and done before your coffee is cold.",
            "That is the whole message, apart from the button.",
            "Have a look",
        ),
    ),
    "welcome": (
        Idea(
            "A warm welcome",
            "Welcome: here is how it works",
            "Find your way around, step by step, at your own pace.",
            "The first steps are the simplest ones. Begin wherever you like.",
            "First steps",
        ),
        Idea(
            "Nice to meet you",
            "Let us show you around",
            "A short tour of what is here, and where to find it.",
            "Once you have looked around, everything else is quick.",
            "Take the tour",
        ),
        Idea(
            "The first steps",
            "Good places to begin",
            "Begin with what most people ask about, then follow your nose.",
            "Questions are welcome, simple ones above all.",
            "Begin here",
        ),
    ),
    "loyal": (
        Idea(
            "Thank you for staying",
            "A thank you, and an idea",
            "It is good to have you with us. Here is something we thought of.",
            "Trust takes time. We mean to keep it.",
            "See the idea",
        ),
        Idea(
            "Still good together",
            "Old friends, new ideas",
            "You know us. Let us show you something you may not know yet.",
            "There is usually a corner that even those who know us well have missed.",
            "See what you missed",
        ),
        Idea(
            "Good company",
            "In good company for a while now",
            "What has proved itself can stay; what is new may join it.",
            "Keep what you like about us, and tell us what you would change.",
            "Keep it up",
        ),
    ),
    "topic": (
        Idea(
            "In focus: {x}",
            "A closer look at {x}",
            "{x}: ideas, and what goes with them.",
            "Begin with {x}, if that is where you like to begin.",
            "Take a closer look",
        ),
        Idea(
            "All about {x}",
            "Let us talk about {x}",
            "Ideas, answers and a good choice around {x}.",
            "Look, compare and ask: {x} may deserve the time.",
            "Go to the page",
        ),
        Idea(
            "Start with {x}",
            "Start with {x}, and go on from there",
            "Begin with {x}; the rest follows from there.",
            "Side by side with {x}, the rest is easier to choose.",
            "Start here",
        ),
    ),
    "words": (
        Idea(
            "What counts: {x}",
            "What counts in the end: {x}",
            "In a word or so: {x}. Let us talk about that.",
            "What a thing is like matters more than what it is called: {x}, for one.",
            "See what counts",
        ),
        Idea(
            "Key word: {x}",
            "Worth talking about: {x}",
            "Worth a closer look: {x}, and what comes with it.",
            "Ask about {x}: that is where a good choice begins.",
            "Ask about it",
        ),
        Idea(
            "It comes down to: {x}",
            "It often comes down to this: {x}",
            "Choose by what matters to you: {x}.",
            "People weigh things differently. Begin with {x}, and see what follows.",
            "Choose by that",
        ),
    ),
    "plain": (
        Idea(
            "Have a look",
            "Something worth a look",
            "Come and see whether it is for you.",
            "A minute is enough to find out.",
            "Have a look",
        ),
        Idea(
            "A good moment",
            "A good moment to look around",
            "Look around, and take with you what fits.",
            "No fuss: look at what you like, and leave the rest.",
            "Look around",
        ),
        Idea(
            "Here is an idea",
            "An idea for the next time",
            "Keep it in mind, or act on it at once.",
            "Good ideas keep. This one can wait until you need it.",
            "See the idea",
        ),
        Idea(
            "See for yourself",
            "See for yourself what is here",
            "Nobody knows better than you what fits you.",
            "So here it is, without many words.",
            "See for yourself",
        ),
        Idea(
            "What do you need?",
            "What could be useful to you?",
            "Say what you need, and find it in a few steps.",
            "Start from the need, and the choice gets short.",
            "Find it",
        ),
        Idea(
            "Shall we show you?",
            "Let us show you around",
            "A short look around, and you know what is where.",
            "It is easier to choose once you have seen it.",
            "Show me",
        ),
    ),
}
