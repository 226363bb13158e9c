"""Advice in English: what a fact suggests for needs, objections, channels and tone; `{x}` is the fact in words."""

ADVICE: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "needs": {
        "trouble": (
            ("Problems put right visibly and fast: {x}", "With {x}, a clear route for complaints earns its keep"),
            ("A smooth routine worth protecting: {x}", "With {x}, service can stay in the background"),
        ),
        "rating": (
            ("A chance to pass their good experience on: {x}", "With {x}, asking for a recommendation is natural"),
            ("Proof that things get better: {x}", "With {x}, a repair of trust comes before any offer"),
        ),
        "price": (
            ("Deals that are easy to find and plain to read: {x}", "With {x}, a good bargain deserves the front page"),
            ("Quality first, price talk second: {x}", "With {x}, the full-price range can lead"),
        ),
        "lapse": (
            ("A fresh occasion to return: {x}", "With {x}, a reminder of what they picked last is a good start"),
            ("Momentum to build on: {x}", "With {x}, the next step can follow soon after the last"),
        ),
        "response": (
            ("Campaigns that ask for an answer: {x}", "With {x}, early access to what is new is welcome"),
            ("Contact with a purpose in place of routine mailings: {x}", "With {x}, each message needs a clear use"),
        ),
        "online": (
            ("Answers on the screen at any hour: {x}", "With {x}, a quick path through the site matters"),
            ("Help that works away from the screen: {x}", "With {x}, a person to talk to beats another page"),
        ),
        "store": (
            ("Stock and advice on the shop floor: {x}", "With {x}, the visit itself should be worth the trip"),
            ("Delivery or pick-up that spares the trip: {x}", "With {x}, the shop should come to them"),
        ),
        "catalogue": (
            ("Something to leaf through before choosing: {x}", "With {x}, a well-made selection by post fits"),
            ("A lighter touch with printed matter: {x}", "With {x}, the range is better shown elsewhere"),
        ),
        "means": (
            ("Choice at the upper end of the range: {x}", "With {x}, quality can be shown before price"),
            ("Value they can count on from the start: {x}", "With {x}, small sizes and clear prices help"),
        ),
        "people": (
            ("Examples they recognise themselves in: {x}", "With {x}, pictures and cases should match"),
            ("Examples that do not assume the usual profile: {x}", "With {x}, the standard picture misses them"),
        ),
        "tenure": (
            ("A warm welcome and first orientation: {x}", "With {x}, the basics still deserve a word"),
            ("Acknowledgement of a long relationship: {x}", "With {x}, loyalty should be noticed"),
        ),
        "place": (
            ("Offers with a local touch: {x}", "With {x}, local service and dates are worth a mention"),
            ("Offers that travel well: {x}", "With {x}, nothing should hang on that place"),
        ),
        "spend": (
            ("Service that matches what they put in: {x}", "With {x}, recognition is due"),
            ("A small first step before a big basket: {x}", "With {x}, entry-level choices fit"),
        ),
        "frequency": (
            ("Reordering without effort: {x}", "With {x}, a routine that runs by itself is welcome"),
            ("A good occasion to come back: {x}", "With {x}, a timely nudge does better than routine"),
        ),
        "category": (
            ("A clear path to what they pick already: {x}", "With {x}, a range built around it is the place to start"),
            ("A different focus from the rest of the range: {x}", "With {x}, other parts of the range can lead"),
        ),
        "flag": (
            ("Keep this close at hand for them: {x}", "With {x}, build on what they do already"),
            ("Do not build on this: {x}", "With {x}, another way in is needed"),
        ),
        "amount": (
            ("Make room for what stands out here: {x}", "With {x}, offers around it come first"),
            ("Start from what is scarce here: {x}", "With {x}, a gentle introduction fits"),
        ),
        "count": (
            ("Plan for regular use: {x}", "With {x}, a standing arrangement is worth a test"),
            ("Plan for occasional use: {x}", "With {x}, the odd occasion is what to serve"),
        ),
        "time": (
            ("Fit the message to where they are in time: {x}", "With {x}, recent news is the hook"),
            ("Remind them of what they know already: {x}", "With {x}, look back before looking ahead"),
        ),
    },
    "objections": {
        "trouble": (
            ("Earlier trouble is on their mind: {x}", "Expect distrust until old cases are closed: {x}"),
            ("A first bad experience would stand out: {x}", "They are not used to trouble, and will notice it: {x}"),
        ),
        "rating": (
            ("Expectations are set, and a slip will be noticed: {x}", "A drop in quality would disappoint: {x}"),
            ("Doubt about whether it will be any good this time: {x}", "Promises will be read with suspicion: {x}"),
        ),
        "price": (
            ("Full price will be questioned: {x}", "They may hold back until the next offer: {x}"),
            ("Loud price cuts may cheapen the offer: {x}", "A bargain alone is a weak argument: {x}"),
        ),
        "lapse": (
            ("The habit may be gone: {x}", "They may have found another answer meanwhile: {x}"),
            ("Asking again too soon: {x}", "They were just here, so the next message needs news: {x}"),
        ),
        "response": (
            ("One campaign after the other wears out goodwill: {x}", "Answering should not bring a flood of mail: {x}"),
            ("Campaigns are easily passed over: {x}", "Another mailing may go unread: {x}"),
        ),
        "online": (
            ("Slow pages and long forms: {x}", "Anything that cannot be settled on the screen: {x}"),
            ("Being sent to a website for everything: {x}", "Online-only steps are a hurdle: {x}"),
        ),
        "store": (
            ("Empty shelves and closed doors: {x}", "A visit that leads nowhere: {x}"),
            ("Having to come in person: {x}", "Offers tied to the shop will pass them by: {x}"),
        ),
        "catalogue": (
            ("Out-of-date printed prices: {x}", "A selection that says nothing new: {x}"),
            ("Paper nobody asked for: {x}", "Print is a weak way in: {x}"),
        ),
        "means": (
            ("Anything that looks second-rate: {x}", "Cheap-looking presentation: {x}"),
            ("Hidden costs: {x}", "A price that only becomes clear at the end: {x}"),
        ),
        "people": (
            ("Being spoken to as if they were somebody else: {x}", "Clichés about people like them: {x}"),
            ("Messages made for another public: {x}", "The standard story does not fit: {x}"),
        ),
        "tenure": (
            ("Not yet sure how things work here: {x}", "Trust still has to be built: {x}"),
            ("Being treated like a stranger: {x}", "Better terms for newcomers than for them: {x}"),
        ),
        "place": (
            ("Offers that do not reach their area: {x}", "Advice that ignores where they are: {x}"),
            ("Too much talk of places that are not theirs: {x}", "Events held elsewhere: {x}"),
        ),
        "spend": (
            ("Careless service weighs heavily at this level: {x}", "Being treated as just another number: {x}"),
            ("A large outlay up front: {x}", "Minimum order values are a hurdle: {x}"),
        ),
        "frequency": (
            ("Repeating the same steps at each order: {x}", "Routine that turns into bother: {x}"),
            ("No habit to rely on: {x}", "Standing commitments will put them off: {x}"),
        ),
        "category": (
            ("Being moved away from what they pick already: {x}", "A range that thins out just there: {x}"),
            ("Being pushed towards what they pass over: {x}", "The bestseller elsewhere is no argument here: {x}"),
        ),
        "flag": (
            ("Losing what they rely on: {x}", "Change where things work already: {x}"),
            ("Being asked for what they leave aside: {x}", "A step they tend to skip: {x}"),
        ),
        "amount": (
            ("Offers that ignore what stands out here: {x}", "A middle-of-the-road offer says little: {x}"),
            ("Offers that take it for granted: {x}", "What works elsewhere has little to hold on to: {x}"),
        ),
        "count": (
            ("Effort that adds up over time: {x}", "Small frictions, met again and again: {x}"),
            ("Plans made for heavy users: {x}", "Being counted on too early: {x}"),
        ),
        "time": (
            ("Being taken for an old hand: {x}", "Talk of a past they do not share: {x}"),
            ("Being taken for a newcomer: {x}", "Old news told as new: {x}"),
        ),
    },
    "channels": {
        "online": (
            ("Meet them on the screen: {x}", "Lead with the website and app: {x}"),
            ("Do not rely on the web alone: {x}", "Keep the website as a second path: {x}"),
        ),
        "store": (
            ("Meet them in the shop: {x}", "Let the shop carry the message: {x}"),
            ("Look beyond the shop floor: {x}", "Reach them before they would come in: {x}"),
        ),
        "catalogue": (
            ("Print still opens doors here: {x}", "A catalogue can lead, with the rest behind it: {x}"),
            ("Print can wait: {x}", "Save the postage for others: {x}"),
        ),
        "response": (
            ("Direct campaigns find an answer here: {x}", "Write to them directly, and measure the reply: {x}"),
            ("Direct campaigns need a test first: {x}", "Try a small mailing before a big one: {x}"),
        ),
        "place": (
            ("Use local media and partners: {x}", "Go where they are, and name the place: {x}"),
            ("Keep the reach wider than that place: {x}", "Local media there will miss them: {x}"),
        ),
    },
    "tone": {
        "trouble": (
            ("Calm and concrete, and own up to mistakes: {x}", "Answer first, sell later: {x}"),
            ("Easy-going, with no alarm: {x}", "Light, as between good acquaintances: {x}"),
        ),
        "rating": (
            ("Warm, with thanks: {x}", "Confident, as among friends of the brand: {x}"),
            ("Modest and matter-of-fact: {x}", "Show, do not boast: {x}"),
        ),
        "price": (
            ("Straight to the offer, with the terms in plain sight: {x}", "Brisk and practical: {x}"),
            ("Talk about quality and leave the price in small print: {x}", "No shouting: {x}"),
        ),
        "lapse": (
            ("Friendly and without reproach: {x}", "A light tap on the shoulder: {x}"),
            ("Pick up where the last visit ended: {x}", "Present tense, close to what just happened: {x}"),
        ),
        "means": (
            ("Understated, with an eye for detail: {x}", "Choose words with care and leave out the slang: {x}"),
            ("Plain, respectful and clear about costs: {x}", "Useful before elegant: {x}"),
        ),
        "people": (
            ("Close to their daily life, without clichés: {x}", "Speak to the person, not to the type: {x}"),
            ("Open, without assuming how they live: {x}", "Neutral pictures, direct words: {x}"),
        ),
        "tenure": (
            ("Explain a little, as to a new guest: {x}", "Inviting and easy to follow: {x}"),
            ("Familiar, as with an old acquaintance: {x}", "Skip the introduction: {x}"),
        ),
        "spend": (
            ("Attentive, personal and unhurried: {x}", "As to a valued guest: {x}"),
            ("Light and encouraging: {x}", "Short, easy and free of pressure: {x}"),
        ),
        "frequency": (
            ("Short, as to a regular: {x}", "Get to the point, for they know the way: {x}"),
            ("Set the scene anew each time: {x}", "A friendly reintroduction: {x}"),
        ),
        "online": (
            ("Crisp, made for a small screen: {x}", "Short lines, with the key word first: {x}"),
            ("Like a letter and not like a pop-up: {x}", "Full sentences, unhurried: {x}"),
        ),
        "other": (
            ("Specific to what marks them out: {x}", "Open with the point that is theirs: {x}"),
            ("Take nothing for granted: {x}", "Introduce before selling: {x}"),
        ),
    },
}
