"""Deeds in English: what a message may say to those who buy, visit and browse in a way, in five lengths."""

from collections.abc import Mapping

from segment_core.contents.idea import Idea

DEEDS: Mapping[str, tuple[Idea, ...]] = {
    "comeback": (
        Idea(
            "It is good to be back",
            "Pick up where you stopped",
            "Some things are easier the next time round. Your next visit is one of them.",
            "A lot can be found in a few minutes, and nothing needs to be set up again.",
            "Take another look",
        ),
        Idea(
            "Time for another look",
            "A fresh look costs a minute",
            "Come in, look around, and see what fits you now.",
            "Tastes change, and so does what we show. See what speaks to you now.",
            "Look around again",
        ),
        Idea(
            "Shall we start again?",
            "Where were we?",
            "A short visit is enough to find your way around again.",
            "Start with one thing you need now; the rest can wait.",
            "Start again",
        ),
    ),
    "regular": (
        Idea(
            "Made for regulars",
            "Your usual, and something beside it",
            "What you come for is here, and so is what goes with it.",
            "Good routines deserve a little variety. Keep what works, and try one thing beside it.",
            "See what goes with it",
        ),
        Idea(
            "Good to have you here",
            "Thank you for coming by",
            "Nothing to learn, nothing to look for: carry on as you like it.",
            "We would rather keep things simple for you than surprise you.",
            "Carry on",
        ),
        Idea(
            "What comes next?",
            "The next one is easily chosen",
            "A small choice, well made, for the next time you need it.",
            "You know your way around. This is a short cut to what may come next.",
            "Choose the next one",
        ),
    ),
    "value": (
        Idea(
            "Worth doing the sums",
            "Good things, sensibly chosen",
            "Compare at leisure, and take what is worth it to you.",
            "A good choice is one that still feels good when it is paid for.",
            "See the offer",
        ),
        Idea(
            "A reason to compare",
            "This one is for careful choosers",
            "Look closely, compare, decide: the terms are on the table.",
            "No small print in this message: what is offered is what you read here.",
            "Compare now",
        ),
        Idea(
            "Choose well, spend well",
            "Something for those who look closely",
            "Take a second look: it may well be worth it.",
            "Whoever compares knows what a thing is worth. Here is something to compare.",
            "Take a second look",
        ),
    ),
    "online": (
        Idea(
            "A few taps, and done",
            "Settled from wherever you are",
            "Look, choose and order from your screen, whenever it suits you.",
            "No detour and no opening hours: the whole choice is a few taps away.",
            "Open the page",
        ),
        Idea(
            "Your screen is enough",
            "The whole choice on your screen",
            "Everything in one place, sorted, so that you find it at once.",
            "Keep what you like on your list, and decide when you are ready.",
            "Browse online",
        ),
        Idea(
            "Found at a glance",
            "From first look to done, on one page",
            "Search, pick, done: the page keeps it short.",
            "If you know what you want, it takes a moment. If not, looking around is part of the fun.",
            "Find it online",
        ),
    ),
    "visit": (
        Idea(
            "Come in and see",
            "Some things are best seen up close",
            "Touch it, try it, ask about it: drop by when it suits you.",
            "A picture shows a lot, and holding a thing in your hands shows the rest.",
            "Plan your visit",
        ),
        Idea(
            "See you in the shop?",
            "Drop by, and take your time",
            "Look around, ask what you like, and take things into your hands.",
            "Bring your questions along. Good advice is easier face to face.",
            "Drop by",
        ),
        Idea(
            "Try it in person",
            "Try first, decide after",
            "Nothing replaces trying it yourself. Come in and do so.",
            "Walk in, look around, and leave with what convinces you.",
            "Come and try",
        ),
    ),
    "browse": (
        Idea(
            "Pages to leaf through",
            "Something to leaf through at leisure",
            "Sit down, turn a few pages, and mark what you like.",
            "Ideas come while leafing through. Let this be a start.",
            "Leaf through",
        ),
        Idea(
            "A quiet look through",
            "Take a quiet look through the pages",
            "The whole range, page by page, whenever you have a moment.",
            "No rush: good choices are made with a cup of something warm.",
            "See the pages",
        ),
        Idea(
            "Page by page",
            "Ideas, page by page",
            "Start on any page. What fits will stand out.",
            "What you mark is what you will remember; begin with what catches your eye.",
            "Start reading",
        ),
    ),
    "select": (
        Idea(
            "Chosen with care",
            "For those who choose with care",
            "Fewer things, better chosen: have a look at what stands out.",
            "Good taste is knowing what to leave out. This is what we would leave in.",
            "See the selection",
        ),
        Idea(
            "A finer selection",
            "The pieces worth a second look",
            "Well made, and shown without fuss.",
            "Take your time with the details: they are what makes the difference.",
            "View the pieces",
        ),
        Idea(
            "Only what is good",
            "A short list, well picked",
            "We kept the list short, so that every choice on it is a good one.",
            "Whatever you pick from it, you will want to keep.",
            "See the short list",
        ),
    ),
    "start": (
        Idea(
            "Start small",
            "A small first step is enough",
            "Begin with one simple thing, and see how it feels.",
            "There is no need to decide everything at once. One thing is a good start.",
            "Start small",
        ),
        Idea(
            "Easy to begin with",
            "Something simple to begin with",
            "Easy to choose, easy to use: a good place to begin.",
            "Simple things often turn out to be the ones used every day.",
            "Begin here",
        ),
        Idea(
            "One thing at a time",
            "Just one thing, well chosen",
            "Pick one thing that helps you now, and leave the rest for later.",
            "A short visit, a simple choice, and you are done.",
            "Pick one thing",
        ),
    ),
}
