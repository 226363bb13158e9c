"""Portraits in English: what a fact suggests for what they value, what frustrates them, what to do and not to do."""

PORTRAITS: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "frustrations": {
        "trouble": (
            ("Telling the same story to one agent after the other.", "Waiting for an answer that never comes."),
            ("A smooth record spoilt by a careless slip.", "Forms and tickets for something that should just work."),
        ),
        "rating": (
            ("A favourite that is changed without a word.", "Good experience taken for granted."),
            ("Answers that sound friendly and mend nothing.", "The same disappointment a second time."),
        ),
        "price": (
            ("Small print that takes the bargain back.", "An offer that has run out by the time they arrive."),
            ("Being chased with deals they did not ask for.", "Quality hidden behind red price tags."),
        ),
        "lapse": (
            ("A shop that has moved on without them.", "Having to find their way round again."),
            (
                "Being asked to buy again before the last parcel is unpacked.",
                "A welcome-back message though they never left.",
            ),
        ),
        "response": (
            ("Answering a campaign and hearing nothing back.", "The same message in every channel."),
            ("A full inbox with nothing in it for them.", "Newsletters that could be for anybody."),
        ),
        "online": (
            ("A page that forgets what they put in the basket.", "Search that finds everything but the thing."),
            ("Being told to look it up on the website.", "An app for what a word would settle."),
        ),
        "store": (
            ("Making the trip and finding the shelf empty.", "Staff on the floor who do not know the range."),
            ("Things that can only be had by coming in.", "Opening hours that do not fit their day."),
        ),
        "catalogue": (
            ("A catalogue that shows what is out of stock.", "Leafing through pages that look like last season."),
            ("Paper in the letterbox they did not ask for.", "Print that repeats what they saw elsewhere."),
        ),
        "means": (
            ("Having to settle for the second best.", "Finish and packaging that let the product down."),
            ("Extra costs that appear on the last page.", "Sizes and sets that force a bigger outlay."),
        ),
        "people": (
            ("Pictures and examples that show somebody else.", "Being put in a drawer."),
            ("Messages that assume a life they do not lead.", "Examples that have nothing to do with them."),
        ),
        "new": (
            (
                "Insider words left without a word of explanation.",
                "Having to prove themselves before they are served well.",
            ),
            ("New customers getting the better welcome.", "Being asked for what is on file already."),
        ),
        "place": (
            ("Delivery dates that ignore where they are.", "Local offers that turn out to be for elsewhere."),
            ("News about places they never go to.", "Terms that depend on an address they do not have."),
        ),
        "spend": (
            ("Being served like a walk-in after all that they put in.", "Perks that take a form to claim."),
            ("Thresholds set just out of reach.", "Being upsold at every step."),
        ),
        "frequency": (
            ("Typing in the same details at every order.", "Their usual being out of stock."),
            ("Subscriptions pushed on them for an occasional need.", "Reminders that keep coming at the wrong moment."),
        ),
        "category": (
            ("A thin choice just where they look first.", "Recommendations that ignore what they come for."),
            ("Being led back to a shelf they walk past.", "Bestseller lists that are not theirs."),
        ),
        "flag": (
            ("A familiar option that has been moved or removed.", "Doing it their way and being corrected."),
            ("Being asked again for something they leave aside.", "Steps that exist only for others."),
        ),
        "amount": (
            ("Being treated as the average customer.", "Advice that stops where it becomes interesting."),
            ("Starter steps that are missing.", "A range that begins where they would stop."),
        ),
        "count": (
            ("Every time feeling like the first time.", "No shortcut for what they do again and again."),
            ("Rules made for regulars.", "Losing their benefits between visits."),
        ),
        "time": (
            ("News that is old by the time it arrives.", "Slow answers while the topic is fresh."),
            ("Being treated as if they had come yesterday.", "Old habits that are no longer supported."),
        ),
    },
    "values": {
        "trouble": (
            ("Being taken seriously when something goes wrong.",),
            ("Things that simply work.", "Calm, uneventful service."),
        ),
        "rating": (
            ("Quality that stays as it is.", "A brand they can recommend with a good conscience."),
            ("Honesty about what will change.", "Somebody who listens first."),
        ),
        "price": (
            ("A good find and a fair price.", "Knowing that they paid what it is worth."),
            ("Quality over bargains.", "A choice made once and made well."),
        ),
        "lapse": (
            ("A reason worth coming back for.", "Being remembered without being pressed."),
            ("Keeping up the good rhythm.", "Being current with what is new."),
        ),
        "response": (
            ("An invitation that feels personal.", "Hearing first about what is new."),
            ("A quiet inbox.", "Contact only when it matters."),
        ),
        "online": (
            ("Doing it themselves, when it suits them.", "Speed and a clear screen."),
            ("A voice rather than a form.", "Things they can settle away from the screen."),
        ),
        "store": (
            ("Seeing and touching before choosing.", "Advice from somebody who knows the shelf."),
            ("Not having to make the trip.", "Having it brought to the door."),
        ),
        "catalogue": (
            ("Time to browse with a page in hand.", "A selection somebody has thought about."),
            ("Finding things without leafing.", "Digital over print."),
        ),
        "means": (
            ("Workmanship and good materials.", "The upper end of the range."),
            ("Value that lasts for the money.", "Clear prices from the start."),
        ),
        "people": (
            ("Being seen as they are.", "Examples from a life like theirs."),
            ("Not being put in a drawer.", "A tone that fits anybody and means them."),
        ),
        "new": (
            ("A warm first welcome.", "Being shown round without pressure."),
            ("Recognition for staying.", "Familiar faces and familiar ways."),
        ),
        "place": (
            ("Something local.", "Service that knows the area."),
            ("Offers that work anywhere.", "Not being tied to a place."),
        ),
        "spend": (
            ("Being treated according to what they put in.", "Service that anticipates."),
            ("Small steps and full control over the bill.", "Being able to start small."),
        ),
        "frequency": (
            ("A routine that runs by itself.", "Reliability at every order."),
            ("The right thing for a special occasion.", "No strings attached."),
        ),
        "category": (
            ("A deep choice in what they come for.", "Knowing that their favourite corner is looked after."),
            ("Variety beyond the usual shelf.", "Finding their own way through the range."),
        ),
        "flag": (
            ("Doing it the way they are used to.", "Options that stay where they are."),
            ("Freedom to leave things out.", "A simple path without extras."),
        ),
        "amount": (
            ("Depth where it counts for them.", "A brand that goes all the way with them."),
            ("A gentle start.", "Just enough, and no clutter."),
        ),
        "count": (
            ("Shortcuts for regulars.", "Consistency from one time to the next."),
            ("Being welcome on the odd occasion.", "No obligation to come back."),
        ),
        "time": (
            ("What is new.", "Being part of what happens now."),
            ("What has proved itself.", "Things that stay as they were."),
        ),
    },
    "dos": {
        "trouble": (
            ("Answer the complaint before you sell anything.", "Say when it will be settled, and by whom."),
            ("Keep service out of the way.", "Let the record speak for itself."),
        ),
        "rating": (
            ("Ask for a recommendation.", "Show reviews by people like them."),
            ("Say what has been mended since.", "Begin with a question, not with an offer."),
        ),
        "price": (
            ("Put the price where it can be seen.", "Show what the deal is worth."),
            ("Open with quality and leave price for later.", "Show the full range."),
        ),
        "lapse": (
            ("Give one clear reason to return.", "Remind them of what they picked last."),
            ("Build on the last visit while it is fresh.", "Suggest the next step."),
        ),
        "response": (
            ("Ask for an answer, and answer back.", "Give them a first look."),
            ("Write seldom, and with a clear use.", "Try another channel."),
        ),
        "online": (
            ("Link straight to the basket.", "Keep everything within a click."),
            ("Give a name to call.", "Offer a way without a screen."),
        ),
        "store": (
            ("Invite them in, with something to see.", "Reserve on the shelf and say so."),
            ("Bring the shop to their door.", "Show delivery times up front."),
        ),
        "catalogue": (
            ("Send a well-made selection on paper.", "Let print and shop show the same things."),
            ("Show the range on a screen.", "Save the paper."),
        ),
        "means": (
            ("Show detail, material and finish.", "Put the best piece first."),
            ("Show the whole price at once.", "Offer a small size."),
        ),
        "people": (
            ("Use examples they recognise.", "Try pictures out with some of them first."),
            ("Keep pictures open and neutral.", "Let the product be the hero."),
        ),
        "new": (
            ("Show the first steps.", "Welcome them by what they chose."),
            ("Thank them for staying.", "Offer them the new thing before others see it."),
        ),
        "place": (
            ("Mention their area and its dates.", "Let the nearest branch sign the message."),
            ("Keep it independent of place.", "Ship it anywhere."),
        ),
        "spend": (
            ("Give them a contact of their own.", "Recognise what they put in."),
            ("Offer a first small step.", "Show what can be had for a modest bill."),
        ),
        "frequency": (
            ("Make reordering a matter of a tap.", "Tell them in time when it runs out."),
            ("Tie the message to an occasion.", "Send a timely nudge."),
        ),
        "category": (
            ("Open with what they pick already.", "Add new things around their favourite."),
            ("Start from another part of the range.", "Show them a corner they do not know."),
        ),
        "flag": (
            ("Keep it close at hand.", "Mention it in the first line."),
            ("Leave it out of the message.", "Offer another way in."),
        ),
        "amount": (
            ("Lead with what stands out about them.", "Go into depth."),
            ("Begin at the beginning.", "Keep it light."),
        ),
        "count": (
            ("Offer a standing arrangement.", "Reward the routine."),
            ("Make the single visit worth while.", "Keep the door open."),
        ),
        "time": (
            ("Hook the message to something recent.", "Be quick."),
            ("Refer to what they know.", "Take the long view."),
        ),
    },
    "donts": {
        "trouble": (
            ("Do not cross-sell into an open complaint.", "Do not send a survey before an answer."),
            ("Do not talk about problems they do not have.",),
        ),
        "rating": (
            ("Do not change what they like without a word.",),
            ("Do not boast about quality.", "Do not ask for stars."),
        ),
        "price": (
            ("Do not hide conditions.", "Do not let an offer run out unannounced."),
            ("Do not shout about price.", "Do not train them to wait for deals."),
        ),
        "lapse": (
            ("Do not pretend nothing happened.", "Do not scold them for being away."),
            ("Do not press for the next order.",),
        ),
        "response": (
            ("Do not wear out their goodwill with routine mail.",),
            ("Do not raise the volume.", "Do not copy the last mailing."),
        ),
        "online": (
            ("Do not send them to a counter.", "Do not ask again for the same data."),
            ("Do not answer with a link.",),
        ),
        "store": (("Do not make them come for nothing.",), ("Do not tie the offer to a visit.",)),
        "catalogue": (("Do not print what is not in stock.",), ("Do not send paper.",)),
        "means": (("Do not look cheap.",), ("Do not add costs at the end.",)),
        "people": (("Do not play with clichés.",), ("Do not assume the usual profile.",)),
        "new": (
            ("Do not speak in insider words.",),
            ("Do not treat them like strangers.", "Do not keep the best for newcomers."),
        ),
        "place": (("Do not send news from elsewhere.",), ("Do not hang the offer on a place.",)),
        "spend": (
            ("Do not make them queue like anybody.", "Do not haggle over small things."),
            ("Do not open with the big set.",),
        ),
        "frequency": (
            ("Do not make them start from scratch.",),
            ("Do not push a subscription.", "Do not fill the calendar."),
        ),
        "category": (
            ("Do not steer them away from what they come for.",),
            ("Do not lead with that part of the range.",),
        ),
        "flag": (("Do not move what they rely on.",), ("Do not build the offer on it.",)),
        "amount": (("Do not give them the average message.",), ("Do not take it for granted.",)),
        "count": (("Do not treat each visit as the first.",), ("Do not ask for commitment.",)),
        "time": (("Do not come late.",), ("Do not sell novelty for its own sake.",)),
    },
}
