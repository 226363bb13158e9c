"""Extras in English: what the senses that are spoken of by their own words suggest.

`{v}` and `{o}` are as in speech, `{t}` is a word of theirs.
"""

EXTRAS: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "needs": {
        "app": (
            ("The whole journey in the app", "An app that remembers where they stopped", "Updates where the app is"),
            ("Every step without the app", "A browser page that does what the app does"),
        ),
        "phone": (
            ("A line that is answered", "A person who knows their case when they call"),
            ("Answers that can be read instead of heard", "A written trail in place of a call"),
        ),
        "tier": (("What “{v}” gives them, in plain sight", "Benefits of “{v}” that are easy to use"), ()),
        "returns": (
            ("Choosing right at the start: sizes, pictures, honest descriptions", "A way back for goods without fuss"),
            ("Assurance that first choices are good ones", "The confidence to try something new"),
        ),
        "range": (
            ("A deep choice of “{v}”", "News around “{v}” as soon as there is any", "Things that go with “{v}”"),
            ("A way round “{v}”", "More to see beyond “{v}”"),
        ),
        "object": (
            ("A fine choice of {o}", "First word on what is new in {o}", "Good company for their {o}"),
            ("A range in which {o} can be skipped", "Something other than {o} to begin with"),
        ),
        "distance": (("Delivery that makes up for the way", "Less of a trip"), ("A good use of being close by",)),
        "browse": (("Something new to see on each look", "A short path from looking to buying"), ()),
    },
    "objections": {
        "app": (
            ("Whatever the app cannot do", "Being thrown out of the app halfway", "An update that moves the buttons"),
            ("Having to install something first", "Perks that are for app users only"),
        ),
        "phone": (
            ("Being put on hold, or passed on", "Menus that answer in place of a person"),
            ("Having to call to get it settled", "A number where a button would do"),
        ),
        "tier": (("Losing “{v}”, or what comes with it", "A status that buys them little"), ()),
        "returns": (
            ("The effort of sending it back once more", "Doubt whether it will fit this time"),
            ("A strict policy for a case that seldom comes up", "The fuss they have been spared so far"),
        ),
        "range": (
            ("A poor choice just where “{v}” should be", "Finding “{v}” sold out", "Pressure to look beyond “{v}”"),
            ("Too much talk of “{v}”", "A shop that looks like all “{v}”"),
        ),
        "object": (
            ("A dull choice of {o}", "Quality of {o} that slips", "Being led away from {o}"),
            ("Being offered {o} at every turn", "A basket that only pays with {o} in it"),
        ),
        "distance": (("The way there and back", "Delivery that takes its time"), ("Waiting for a parcel so close by",)),
        "browse": (("Looking is easy, deciding is not", "A better offer may be a page away"), ()),
    },
    "channels": {
        "app": (
            ("A note in the app comes first", "Let the app carry the message", "Reach them where the app is open"),
            ("Save the app messages for others", "Go round the app"),
        ),
        "phone": (
            ("Call, or be there when they call", "Keep a direct line open", "Give the call center the same news"),
            ("Spare them the call", "Put it in writing"),
        ),
        "browse": (
            ("The site itself is the place, in the banner and beside the basket", "Speak where they are looking"),
            ("Reach out, for they will not come by on the site", "A message has to find them off the site"),
        ),
        "distance": (("Post and screen spare them the way",), ("The nearest branch can speak for itself",)),
    },
    "tone": {
        "app": (
            ("Snappy, as a notification should be", "Short, with a thumb in mind"),
            ("In whole sentences that need no tap", "As on paper, and not as on a button"),
        ),
        "phone": (
            ("Spoken rather than written", "As on the phone: greet, listen, settle"),
            ("Written to be read and kept", "Clear enough to need no call"),
        ),
        "returns": (("Exact about sizes and materials", "Frank about what it is not"), ("Relaxed and sure of itself",)),
        "range": (("Like a fellow lover of “{v}”", "With the eye of someone who knows “{v}”"), ()),
        "object": (("Like a fellow lover of {o}", "With the tongue of someone who knows {o}"), ()),
        "tier": (("As among insiders of “{v}”", "With a nod to “{v}”"), ()),
    },
    "frustrations": {
        "word": ((), ("“{t}”, and no answer that takes it up.", "Having to bring up “{t}” once more.")),
        "how": ((), ("“{t}”, and silence after it.", "That “{t}” is the word for it.")),
        "app": (
            ("Being sent from the app to a form.", "An app that logs them out."),
            ("Banners that cover the page to push the app.", "Codes that only work in the app."),
        ),
        "phone": (
            ("Ringing again about the same thing.", "Music in the line in place of an answer."),
            ("A callback at the wrong moment.", "Hearing that they have to ring somebody."),
        ),
        "tier": (("Being “{v}” and not noticing it anywhere.", "Having to ask for what “{v}” includes."), ()),
        "returns": (
            (
                "Things that look different out of the box.",
                "Packing it all up again.",
                "Waiting for money to come back.",
            ),
            ("Fine print about cases they do not have.", "Being doubted the first time something does go back."),
        ),
        "range": (
            ("Seeing the same “{v}” over and over.", "“{v}” that is out of stock.", "“{v}” tucked away at the back."),
            ("“{v}” on top of every page.", "Suggestions full of “{v}”."),
        ),
        "object": (
            ("Running into the same {o} again.", "Finding their {o} gone from the shelf."),
            ("Sets that come with {o} anyway.", "Recipes and tips that turn round {o}."),
        ),
        "distance": (("A trip for something that was not there.",), ("Paying for delivery round the corner.",)),
        "browse": (("A site that looks the same each time.", "Things that vanish between looks."), ()),
    },
    "values": {
        "word": (("“{t}”, which they bring up themselves.", "What they sum up as “{t}”."), ()),
        "how": (("That it is “{t}”, to use their word.", "What they call “{t}”."), ()),
        "app": (
            ("Everything in one pocket.", "A tap and it is done."),
            ("Nothing to install, nothing to update.", "A page that simply opens."),
        ),
        "phone": (
            ("A human voice.", "Being put through to someone who decides."),
            ("Getting it done without a word.", "A clear text."),
        ),
        "tier": (("The standing that “{v}” gives them.", "Being known as “{v}”."), ()),
        "returns": (
            ("The freedom to change their minds.", "Trying at home before deciding."),
            ("Getting it right first time.", "Choices they can stand by."),
        ),
        "range": (
            ("“{v}”, and somebody who knows the subject.", "A good hand with “{v}”.", "“{v}” above the rest."),
            ("Something that is not “{v}”.", "A range that is broader than “{v}”."),
        ),
        "object": (
            ("Good {o}, at a price that shows it.", "Finding {o} that they had not tried."),
            ("Plain choices without {o}.", "Money kept for other things than {o}."),
        ),
        "distance": (("Having it brought to them.",), ("Just dropping in.",)),
        "browse": (("Looking at leisure.", "Knowing what is out there."), ()),
    },
    "dos": {
        "word": (
            ("Bring up “{t}” early.", "Begin with “{t}”."),
            ("Say what was done about “{t}”.", "Take up “{t}” before anything else."),
        ),
        "how": (
            ("Show that it is “{t}”.", "Let “{t}” be seen, not only said."),
            ("Ask what was “{t}”, and answer that.", "Say what has changed where they say “{t}”."),
        ),
        "app": (
            ("Send it as a note in the app.", "Link into the app, at the right place."),
            ("Show it in the browser.", "Give a link that opens without an app."),
        ),
        "phone": (
            ("Print the number large.", "Brief the people who pick up the phone."),
            ("Answer in writing.", "Put the answer where they read it."),
        ),
        "tier": (("Name “{v}” and what it gives.", "Let “{v}” go first."), ()),
        "returns": (
            ("Add measurements and pictures in use.", "Ask what was wrong with the last one."),
            ("Suggest something bolder.", "Show that their choices are well made."),
        ),
        "range": (
            ("Open with “{v}”.", "Build the page round “{v}”.", "Add something new next to “{v}”."),
            ("Begin with something other than “{v}”.", "Let “{v}” come last."),
        ),
        "object": (
            ("Lead with {o}.", "Tell the story behind {o}.", "Pair {o} with something new."),
            ("Leave {o} out of the picture.", "Show what there is beside {o}."),
        ),
        "place": (
            ("Mention “{v}” and its dates.", "Sign the message from “{v}”."),
            ("Keep it independent of place.", "Ship it anywhere."),
        ),
        "distance": (("Say how it gets to them.",), ("Invite them round.",)),
        "browse": (("Show something new at the top of the page.", "Make the last step short."), ()),
    },
    "donts": {
        "app": (
            ("Do not make them leave the app.", "Do not flood them with notes on the screen."),
            ("Do not make the app a condition.", "Do not hide things behind a download."),
        ),
        "phone": (
            ("Do not hide the number.", "Do not let a robot pick up."),
            ("Do not ring them up.", "Do not end with a hotline."),
        ),
        "tier": (("Do not treat “{v}” as small print.", "Do not send “{v}” what goes to the rest."), ()),
        "returns": (
            ("Do not dress the product up.", "Do not make the way back hard."),
            ("Do not dwell on the policy.", "Do not sow doubt."),
        ),
        "range": (
            ("Do not steer them away from “{v}”.", "Do not treat “{v}” as an afterthought."),
            ("Do not open with “{v}”.", "Do not fill the page with “{v}”."),
        ),
        "object": (
            ("Do not cut down on {o}.", "Do not talk down to people who know their {o}."),
            ("Do not push {o}.", "Do not build the set round {o}."),
        ),
        "distance": (("Do not make them come by.",), ("Do not forget that they could walk in.",)),
        "browse": (("Do not show the same page again.", "Do not let the trail end in a form."), ()),
    },
}
