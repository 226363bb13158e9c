"""Sample words: what fills the slots of the invented reviews."""


def _any(text: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in text.split("|"))


SLOTS: dict[str, tuple[str, ...]] = {
    "thing": _any(
        """lamp | rug | kettle | desk chair | duvet | side table | bookshelf | raincoat | backpack | frying pan |
        garden bench | blender | curtain rail | mattress topper | picture frame | towel set | storage box |
        toaster | tent | wool blanket | coffee grinder | mirror | planter | desk lamp | casserole | camping
        stove | cushion | shoe rack | wall clock | lunch box | step ladder | laundry basket | umbrella | water
        bottle | tool kit | sun lounger"""
    ),
    "fine": _any(
        """oak table | linen bedspread | cast iron pot | leather armchair | walnut sideboard | hand-blown carafe |
        merino throw | chef's knife | brass lamp | stoneware bowl | copper pan | Persian rug | teak bench |
        cashmere scarf | silk cushion | marble board | silver ladle | handmade vase | cherry wood desk |
        porcelain teapot | felt hat"""
    ),
    "kidthing": _any(
        """bunk bed | school bag | pair of rain boots | high chair | toy chest | bike helmet | night light | play
        tent | drawing desk | snow suit | feeding set | puzzle mat | swing | little bathrobe | set of pyjamas |
        bath toy | car seat cover | growing chair | craft box | scooter | sandpit | baby monitor | changing mat"""
    ),
    "kid": _any(
        """son | daughter | toddler | youngest | eldest | little one | teenager | grandson | granddaughter |
        six-year-old | middle one | four-year-old | baby | stepson"""
    ),
    "person": _any(
        """sister | mum | best friend | colleague | flatmate | dad | aunt | neighbour | cousin | godson | boss |
        niece | girlfriend | boyfriend | brother-in-law | professor | grandma | trainer"""
    ),
    "occasion": _any(
        """birthday | housewarming | wedding | graduation | anniversary | moving-in party | leaving party | baby
        shower | name day | Christmas | retirement | engagement | Valentine's Day | exam result | Mother's Day"""
    ),
    "season": _any(
        """spring | summer | autumn | winter | January | Black Friday | end of season | bank holiday | mid-year"""
    ),
    "percent": _any("ten | fifteen | twenty | twenty-five | thirty | forty | fifty | sixty | seventy"),
    "some": _any("two | three | four | five | six | seven | a dozen"),
    "days": _any("two days | three days | a week | ten days | a fortnight | five days | a month | a day"),
    "long": _any(
        """three weeks | a month | five weeks | two months | nine days | half a year | far too long | seven weeks"""
    ),
    "shop": _any(
        """the supermarket | a big online shop | the outlet | another site | the discounter | the shop in town | a
        rival"""
    ),
    "cheap": _any(
        """a bargain | good value | really cheap | a steal | half of what others ask | very affordable | cheaper
        than I expected | next to nothing | kind to the wallet"""
    ),
    "dear": _any(
        """too dear | overpriced | more than I want to pay | beyond my budget | not worth full price | a rip-off"""
    ),
    "good": _any(
        """lovely | great | just right | really nice | spot on | excellent | very good | brilliant | perfect"""
    ),
    "okay": _any("""fine | decent | all right | good enough | as described | not bad at all | okay for what it is"""),
    "bad": _any(
        """dreadful | a mess | disappointing | really poor | a shambles | not acceptable | infuriating | hopeless"""
    ),
    "craft": _any(
        """stitching | grain of the wood | finish | joinery | heft | glaze | weave | texture | polish | dovetailing
        | hand-sewn edge | patina"""
    ),
    "fault": _any(
        """a cracked corner | a missing screw | a torn seam | scratches all over | the wrong colour | a bent leg |
        a broken zip | no instructions | a deep dent | stains on it | a loose handle | half the parts missing |
        a dead battery"""
    ),
    "lasts": _any(
        """will last for decades | ages beautifully | feels made to be handed down | gets better with use | still
        looks new after years | is an heirloom in the making"""
    ),
    "fair": _any(
        """elegant | timeless | understated | refined | warm | sculptural | simple in the best way | beautifully
        made | exquisite"""
    ),
    "room": _any(
        """hallway | kitchen | bedroom | living room | balcony | study | bathroom | garden | guest room | attic"""
    ),
    "clerk": _any(
        """the agent | your hotline | the person on chat | customer service | the support desk | somebody called
        Ben | the call centre | the claims team"""
    ),
    "care": _any(
        """was polite but useless | had no clue | never called back | read from a script | hung up on me | kept
        passing me on | could not find my order | blamed the courier | closed my case without asking"""
    ),
    "tech": _any(
        """the app | the checkout | your website | the wish list | the search | mobile pay | the barcode scanner |
        the push alert | the tracking page | the chat bot"""
    ),
    "easy": _any(
        """in two taps | in under a minute | without any fuss | on the train | from my phone in bed | between two
        lectures | with one thumb | while queueing for coffee"""
    ),
    "new": _any(
        """first order here | first time I tried this shop | my very first purchase | only my second order | new to
        this shop | I have just discovered you"""
    ),
    "found": _any(
        """through a friend | on social media | by an advert | in a video | thanks to an influencer | from a
        podcast | by chance"""
    ),
    "weekday": _any("Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday"),
    "carrier": _any("""the driver | the courier | the parcel van | the delivery man | the postwoman | the carrier"""),
    "spot": _any(
        """behind the bins | with a stranger | in the rain | at the wrong door | in the stairwell | at a depot
        miles away"""
    ),
    "safe": _any(
        """on the day you promised | in the hour they named | before school | well packed | ahead of the weekend |
        right to the door"""
    ),
    "hm": _any("""Honestly | To be fair | Well | All in all | I must say | So far | Overall | In short | Frankly"""),
    "again": _any(
        """I will be back | would order again | happy to recommend | see you next time | will look in again | can
        recommend it"""
    ),
    "never": _any(
        """never again | I am done with this shop | I want my money back | I will shop elsewhere | do not bother |
        I expected more"""
    ),
}
"""Each slot's entries; an entry fits wherever its slot stands."""
