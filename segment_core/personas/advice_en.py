"""Advice in English: what a fact suggests for needs, objections, channels and tone."""

ADVICE: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "needs": {
        "trouble": (
            ("Problems put right visibly and fast", "A clear route for complaints earns its keep"),
            ("A smooth routine worth protecting", "Service can stay in the background"),
        ),
        "rating": (
            ("A chance to pass their good experience on", "Asking for a recommendation is natural"),
            ("Proof that things get better", "A repair of trust comes before any offer"),
        ),
        "price": (
            ("Deals that are easy to find and plain to read", "A good bargain deserves the front page"),
            ("Quality first, price talk second", "The full-price range can lead"),
        ),
        "lapse": (
            ("A fresh occasion to return", "A reminder of what they picked last is a good start"),
            ("Momentum to build on", "The next step can follow soon after the last"),
        ),
        "response": (
            ("Campaigns that ask for an answer", "Early access to what is new is welcome"),
            ("Contact with a purpose in place of routine mailings", "Each message needs a clear use"),
        ),
        "online": (
            ("Answers on the screen at any hour", "A quick path through the site matters"),
            ("Help that works away from the screen", "A person to talk to beats another page"),
        ),
        "store": (
            ("Stock and advice on the shop floor", "The visit itself should be worth the trip"),
            ("Delivery or pick-up that spares the trip", "The shop should come to them"),
        ),
        "catalogue": (
            ("Something to leaf through before choosing", "A well-made selection by post fits"),
            ("A lighter touch with printed matter", "The range is better shown elsewhere"),
        ),
        "means": (
            ("Choice at the upper end of the range", "Quality can be shown before price"),
            ("Value they can count on from the start", "Small sizes and clear prices help"),
        ),
        "people": (
            ("Examples they recognise themselves in", "Pictures and cases should match"),
            ("Examples that do not assume the usual profile", "The standard picture misses them"),
        ),
        "new": (
            ("A warm welcome and first orientation", "The basics still deserve a word"),
            ("Acknowledgement of a long relationship", "Loyalty should be noticed"),
        ),
        "place": (
            ("Offers with a local touch", "Local service and dates are worth a mention"),
            ("Offers that travel well", "Nothing should hang on that place"),
        ),
        "spend": (
            ("Service that matches what they put in", "Recognition is due"),
            ("A small first step before a big basket", "Entry-level choices fit"),
        ),
        "frequency": (
            ("Reordering without effort", "A routine that runs by itself is welcome"),
            ("A good occasion to come back", "A timely nudge does better than routine"),
        ),
        "category": (
            ("A clear path to what they pick already", "A range built around it is the place to start"),
            ("A different focus from the rest of the range", "Other parts of the range can lead"),
        ),
        "flag": (
            ("Keep this close at hand for them", "Build on what they do already"),
            ("Do not build on this", "Another way in is needed"),
        ),
        "amount": (
            ("Make room for what stands out here", "Offers around it come first"),
            ("Start from what is scarce here", "A gentle introduction fits"),
        ),
        "count": (
            ("Plan for regular use", "A standing arrangement is worth a test"),
            ("Plan for occasional use", "The odd occasion is what to serve"),
        ),
        "time": (
            ("Fit the message to where they are in time", "Recent news is the hook"),
            ("Remind them of what they know already", "Look back before looking ahead"),
        ),
    },
    "objections": {
        "trouble": (
            ("Earlier trouble is on their mind", "Expect distrust until old cases are closed"),
            ("A first bad experience would stand out", "They are not used to trouble, and will notice it"),
        ),
        "rating": (
            ("Expectations are set, and a slip will be noticed", "A drop in quality would disappoint"),
            ("Doubt about whether it will be any good this time", "Promises will be read with suspicion"),
        ),
        "price": (
            ("Full price will be questioned", "They may hold back until the next offer"),
            ("Loud price cuts may cheapen the offer", "A bargain alone is a weak argument"),
        ),
        "lapse": (
            ("The habit may be gone", "They may have found another answer meanwhile"),
            ("Asking again too soon", "They were just here, so the next message needs news"),
        ),
        "response": (
            ("One campaign after the other wears out goodwill", "Answering should not bring a flood of mail"),
            ("Campaigns are easily passed over", "Another mailing may go unread"),
        ),
        "online": (
            ("Slow pages and long forms", "Anything that cannot be settled on the screen"),
            ("Being sent to a website for everything", "Online-only steps are a hurdle"),
        ),
        "store": (
            ("Empty shelves and closed doors", "A visit that leads nowhere"),
            ("Having to come in person", "Offers tied to the shop will pass them by"),
        ),
        "catalogue": (
            ("Out-of-date printed prices", "A selection that says nothing new"),
            ("Paper they did not ask for", "Print is a weak way in"),
        ),
        "means": (
            ("Anything that looks second-rate", "Cheap-looking presentation"),
            ("Hidden costs", "A price that only becomes clear at the end"),
        ),
        "people": (
            ("Being spoken to as if they were somebody else", "Clichés about people like them"),
            ("Messages made for another public", "The standard story does not fit"),
        ),
        "new": (
            ("Not yet sure how things work here", "Trust still has to be built"),
            ("Being treated like a stranger", "Better terms for newcomers than for them"),
        ),
        "place": (
            ("Offers that do not reach their area", "Advice that ignores where they are"),
            ("Too much talk of places that are not theirs", "Events held elsewhere"),
        ),
        "spend": (
            ("Careless service weighs heavily at this level", "Being treated as just another number"),
            ("A large outlay up front", "Minimum order values are a hurdle"),
        ),
        "frequency": (
            ("Repeating the same steps at each order", "Routine that turns into bother"),
            ("No habit to rely on", "Standing commitments will put them off"),
        ),
        "category": (
            ("Being moved away from what they pick already", "A range that thins out just there"),
            ("Being pushed towards what they pass over", "The bestseller elsewhere is no argument here"),
        ),
        "flag": (
            ("Losing what they rely on", "Change where things work already"),
            ("Being asked for what they leave aside", "A step they tend to skip"),
        ),
        "amount": (
            ("Offers that ignore what stands out here", "A middle-of-the-road offer says little"),
            ("Offers that take it for granted", "What works elsewhere has little to hold on to"),
        ),
        "count": (
            ("Effort that adds up over time", "Small frictions, met again and again"),
            ("Plans made for heavy users", "Being counted on too early"),
        ),
        "time": (
            ("Being taken for an old hand", "Talk of a past they do not share"),
            ("Being taken for a newcomer", "Old news told as new"),
        ),
    },
    "channels": {
        "online": (
            ("Meet them on the screen", "Lead with the website"),
            ("Do not rely on the web alone", "Keep the website as a second path"),
        ),
        "store": (
            ("Meet them in the shop", "Let the shop carry the message"),
            ("Look beyond the shop floor", "Reach them before they would come in"),
        ),
        "catalogue": (
            ("Print still opens doors here", "A catalogue can lead, with the rest behind it"),
            ("Print can wait", "Save the postage for others"),
        ),
        "response": (
            ("Direct campaigns find an answer here", "Write to them directly, and measure the reply"),
            ("Direct campaigns need a test first", "Try a small mailing before a big one"),
        ),
        "place": (
            ("Use local media and partners", "Go where they are, and name the place"),
            ("Keep the reach wider than that place", "Local media there will miss them"),
        ),
    },
    "tone": {
        "trouble": (
            ("Calm and concrete, and own up to mistakes", "Answer first, sell later"),
            ("Easy-going, with no alarm", "Light, as between good acquaintances"),
        ),
        "rating": (
            ("Warm, with thanks", "Confident, as among friends of the brand"),
            ("Modest and matter-of-fact", "Show, do not boast"),
        ),
        "price": (
            ("Straight to the offer, with the terms in plain sight", "Brisk and practical"),
            ("Talk about quality and leave the price in small print", "No shouting"),
        ),
        "lapse": (
            ("Friendly and without reproach", "A light tap on the shoulder"),
            ("Pick up where the last visit ended", "Present tense, close to what just happened"),
        ),
        "means": (
            ("Understated, with an eye for detail", "Choose words with care and leave out the slang"),
            ("Plain, respectful and clear about costs", "Useful before elegant"),
        ),
        "people": (
            ("Close to their daily life, without clichés", "Speak to the person, not to the type"),
            ("Open, without assuming how they live", "Neutral pictures, direct words"),
        ),
        "new": (
            ("Show the ropes, as to a new guest", "Inviting and easy to follow"),
            ("Familiar, as with an old acquaintance", "Skip the introduction"),
        ),
        "spend": (
            ("Attentive, personal and unhurried", "As to a valued guest"),
            ("Light and encouraging", "Short, easy and free of pressure"),
        ),
        "frequency": (
            ("Short, as to a regular", "Get to the point, for they know the way"),
            ("Set the scene anew each time", "A friendly reintroduction"),
        ),
        "online": (
            ("Crisp, made for a small screen", "Short lines, with the key word first"),
            ("Like a letter and not like a pop-up", "Full sentences, unhurried"),
        ),
        "other": (
            ("Specific to what marks them out", "Open with the point that is theirs"),
            ("Take nothing for granted", "Introduce before selling"),
        ),
    },
}
