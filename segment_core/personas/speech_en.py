"""Speech in English: what a fact says as a predicate behind "they", and what it gives to a name.

`{c}` is the column, `{v}` the category, `{o}` what money goes to; "~" starts a clause with a subject of its own,
in which `{most}` stands for those it is true of.
"""

PREDICATES: dict[str, tuple[str, ...]] = {
    "returns+": ("send things back often", "return what they bought often"),
    "returns-": ("keep what they buy", "rarely send anything back"),
    "trouble+": ("turn to support often", "have had trouble to report", "get in touch with complaints and questions"),
    "trouble-": ("rarely have trouble to report", "get by without support"),
    "rating+": ("give good marks", "come away content", "have good things to say"),
    "rating-": ("give low marks", "come away disappointed", "are hard to please so far"),
    "price+": ("shop by the deal", "wait for the reduced price", "look for the bargain first"),
    "price-": ("buy without waiting for deals", "pay little heed to price cuts", "take things at full price"),
    "distance+": ("have a long way to come", "are far from the door"),
    "distance-": ("are close by", "have a short way to come"),
    "response+": ("answer campaigns", "react when they are written to", "take up an invitation"),
    "response-": ("let campaigns pass", "leave invitations unanswered", "hardly react to mailings"),
    "app+": ("reach for the app", "do things in the app", "have the app at hand"),
    "app-": ("leave the app aside", "do without the app", "hardly touch the app"),
    "browse+": ("look around the site often", "drop by the site again and again", "browse a great deal"),
    "browse-": ("hardly look at the site", "seldom drop by the site", "do little browsing"),
    "online+": ("order on the web", "like to buy on the web", "go through the web"),
    "online-": ("order little on the web", "leave the web aside", "seldom buy on the web"),
    "phone+": ("pick up the phone", "prefer to call", "settle things by phone"),
    "phone-": ("rarely pick up the phone", "rarely call"),
    "catalogue+": ("order from the catalogue", "choose from the catalogue", "like to leaf through the catalogue"),
    "catalogue-": ("leave the catalogue aside", "order little from the catalogue", "hardly open the catalogue"),
    "store+": ("buy in the shop", "come in person", "like the shop floor"),
    "store-": ("rarely come in person", "stay away from the shop floor"),
    "means+": ("have a high {c}", "stand out by a high {c}"),
    "means-": ("have a low {c}", "live on a low {c}"),
    "age+": ("are older than is usual here", "are older on the whole", "are older than the rest"),
    "age-": ("are younger than is usual here", "are younger on the whole", "are younger than the rest"),
    "people+": ("rank high in “{c}”", "lie above the rest in “{c}”"),
    "people-": ("rank low in “{c}”", "lie below the rest in “{c}”"),
    "household+": ("live in a “{v}” household", "have a “{v}” household"),
    "person+": ("are “{v}”", "are “{v}” by {c}"),
    "tier+": ("hold “{v}”", "are on “{v}”"),
    "new+": ("joined later than the rest", "are newer than the rest", "came on board later"),
    "new-": ("joined earlier than the rest", "have been around for longer", "go back further than the rest"),
    "place+": ("are from “{v}”", "come from “{v}”"),
    "basket+": ("fill big baskets", "order in large sums", "put a lot into each order"),
    "basket-": ("fill small baskets", "order in small sums", "put little into each order"),
    "spend+": ("spend well above the rest", "spend a great deal", "leave a large bill behind"),
    "spend-": ("spend little", "keep the bill small", "spend below the rest"),
    "object+": ("spend freely on {o}", "put a lot of money into {o}", "like to buy {o}"),
    "object-": ("spend little on {o}", "put little money into {o}", "seldom spend on {o}"),
    "frequency+": ("buy often", "come back again and again", "are steady buyers"),
    "frequency-": ("buy now and then", "buy on the odd occasion", "seldom buy"),
    "lapse+": ("have not been back for a while", "have gone quiet", "were last here long ago"),
    "lapse-": ("were here only lately", "have been back lately", "are fresh from the last purchase"),
    "empty+": ("are without {c}", "do without {c}"),
    "tierless+": ("hold no {c}", "are without {c}"),
    "range+": ("go for “{v}”", "head for “{v}”", "choose “{v}”"),
    "category+": ("have the {c} “{v}”", "have “{v}” as their {c}"),
    "flag+": ("have a “yes” for {c}", "answer “yes” to {c}"),
    "count+": ("come with many “{c}”", "have many “{c}”", "stand out by many “{c}”"),
    "count-": ("come with few “{c}”", "have few “{c}”", "stand out by few “{c}”"),
    "amount+": ("rank high in “{c}”", "stand out by high “{c}”", "lie above the rest in “{c}”"),
    "amount-": ("rank low in “{c}”", "stand out by low “{c}”", "lie below the rest in “{c}”"),
    "time+": ("~{c} lies later than usual", "~{c} is later than elsewhere"),
    "time-": ("~{c} lies earlier than usual", "~{c} is earlier than elsewhere"),
}
"""By sense. Of shares below the rest the subject says that they are few, and the predicate is that of "+"."""

FIRST: dict[str, str] = {
    "returns-": "Contented",
    "trouble+": "Help-seeking",
    "trouble-": "Trouble-free",
    "rating+": "Satisfied",
    "rating-": "Disappointed",
    "price+": "Deal-minded",
    "price-": "Full-price",
    "distance+": "Far-off",
    "distance-": "Nearby",
    "response+": "Responsive",
    "response-": "Unresponsive",
    "app+": "App-first",
    "app-": "App-shy",
    "browse+": "Browsing",
    "online+": "Web-minded",
    "online-": "Web-shy",
    "phone+": "Phone-first",
    "catalogue+": "Catalogue-minded",
    "store+": "Shop-going",
    "means+": "High-{c}",
    "means-": "Low-{c}",
    "age+": "Older",
    "age-": "Younger",
    "tier+": "{v}",
    "place+": "{v}",
    "new+": "Newer",
    "new-": "Long-standing",
    "basket+": "Big-basket",
    "basket-": "Small-basket",
    "spend+": "High-spending",
    "spend-": "Low-spending",
    "frequency+": "Frequent",
    "frequency-": "Occasional",
    "lapse+": "Lapsed",
    "lapse-": "Active",
}
"""What stands before the noun in a name."""

SECOND: dict[str, str] = {
    "returns+": "returners",
    "trouble+": "help seekers",
    "rating+": "satisfied customers",
    "rating-": "disappointed customers",
    "price+": "bargain hunters",
    "price-": "full-price buyers",
    "response+": "campaign responders",
    "app+": "app users",
    "browse+": "browsers",
    "online+": "web shoppers",
    "phone+": "phone customers",
    "catalogue+": "catalogue buyers",
    "store+": "shop visitors",
    "tier+": "{v} members",
    "place+": "customers from {v}",
    "new+": "newer customers",
    "new-": "old hands",
    "basket+": "big-basket buyers",
    "basket-": "small-basket buyers",
    "spend+": "big spenders",
    "spend-": "small spenders",
    "object+": "{o} buyers",
    "frequency+": "regulars",
    "frequency-": "occasional buyers",
    "lapse+": "lapsed customers",
    "range+": "“{v}” buyers",
}
"""What a name calls the customers."""

SUBJECTS = ("they", "most of them", "comparatively many", "few of them", "comparatively few")
"""Of numbers; of shares that are larger than usual, over and under a half; of smaller ones, low and not so low."""

AGAIN = ("they", "most", "comparatively many", "few", "comparatively few")
"""The same, where they were named just before."""

CUSTOMERS, AND, WRITE = " customers", " and ", "they write of “{t}”"

WHOM = ("most of them", "comparatively many", "few of them", "comparatively few")

PAIRS = {
    "and": ("{a} and {b}",),
    "but": ("{a} but {b}", "{a}, yet {b}"),
    "two": ("{x}, and {y}", "{x}; {y}"),
    "against": ("{x}, but {y}", "{x}; still, {y}", "{x}, while {y}"),
}
"""How predicates of one subject are joined, and clauses of two."""

TAGLINES = ("{s}", "Customers who {p}", "In short: {s}", "Seen from afar, {s}", "A group apart: {s}", "Above all, {s}")
"""`{s}` is a sentence, `{p}` its predicate where "they" is the subject."""
