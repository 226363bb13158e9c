"""English words: what praises, what blames, what turns it round, and what speaks of aspects and traits; plain data.

Written by hand for what customers write. "#" stands for a number; a word also stands for its plain inflections.
"""

VALENCES = {
    3.0: """love | adore | excellent | perfect | perfectly | perfection | amazing | awesome | fantastic | wonderful |
        brilliant | outstanding | superb | exceptional | flawless | gorgeous | stunning | phenomenal | magnificent |
        incredible | best | delightful | delighted | thrilled | obsessed | exquisite | heavenly | spectacular |
        impeccable | blown away | could not be happier | couldn't be happier | second to none | top notch |
        must have | love love | can't say enough | cannot say enough | absolute favorite | ten out of ten |
        hands down | five star | five stars | 5 star | 5 stars""",
    2.0: """great | beautiful | beautifully | lovely | happy | pleased | impressed | impressive | terrific |
        fabulous | super | glad | enjoy | enjoyable | delicious | tasty | elegant | timeless | refined | flattering |
        cute | adorable | comfy | comfortable | cozy | cosy | luxurious | classy | chic | recommend | favorite |
        favourite | bargain | steal | spot on | just right | well made | beautifully made | high quality |
        good quality | great value | good value | thank you | thankful | grateful | worth every penny | worth it |
        pleasure | versatile | charming | vibrant | compliment | loved by | as good as new | like new | excited |
        cheerful | generous | courteous | knowledgeable | prompt | promptly | painless | effortless | reliable |
        trustworthy | proud | exceeded | exceeds | exceed | pleasant | pleasantly surprised | fits like a glove |
        go to | saved me | hard to beat | cannot go wrong | can't go wrong | could not resist | couldn't resist |
        no complaints | without any fuss | no fuss | without a hitch | no problem | no problems | no issue |
        no issues | in love | can't wait | cannot wait | never disappoint | never disappoints | never fails |
        never let me down | not a single complaint | nothing but praise | pop of color | well worth |
        lasts for decades | stylish | heirloom | sculptural | easiest | prettiest | softest | four stars | 4 stars |
        sophisticated | unique | feels great | fits great | looks great | quick to help | very helpful | stands out |
        lifesaver""",
    1.0: """good | nice | nicely | well | like | fine | decent | easy | easily | fast | quick | quickly | helpful |
        friendly | polite | kind | kindly | warm | soft | sturdy | solid | durable | smooth | smoothly | clean |
        fresh | useful | handy | practical | cheap | affordable | reasonable | inexpensive | on time | in time |
        safe | safely | pretty | true to size | fits well | all right | alright | okay | ok | good enough | not bad |
        thanks | welcome | fair | honest | satisfied | satisfying | interesting | fun | convenient | simple |
        improved | better | improvement | will be back | will buy again | order again | would order again |
        buy again | see you next time | look in again | as described | as expected | as promised | works | worked |
        understated | free of charge | surprise | surprised | win | wins | winner | lightweight | breathable |
        well packed | well packaged | loyal | trust | saves | saved | save | reduced | suits | suit | smile |
        ahead of schedule | ahead of time | right to the door | before school | arrived early | arrived quickly |
        on the day you promised | in two taps | lasts | handmade | crafted | refreshing | appreciate | accurate |
        flatter | flows | drapes | dressed up | dress up or down | can be dressed | year round | staple | glad to |
        look forward | looking forward | timely | neat | tidy | bright | colorful | generously | rich""",
    -1.0: """slow | late | delay | delayed | small | tight | scratchy | itchy | stiff | thin | flimsy | sheer |
        see through | baggy | boxy | short | snug | frumpy | shapeless | bulky | awkward | odd | weird | strange |
        expensive | pricey | dear | overpriced | costly | confusing | complicated | difficult | hard to | unclear |
        missing | lacking | lack | lacks | loose | wrinkle | wrinkled | fade | faded | dull | bland | boring | plain |
        cold | stale | noisy | loud | smell | smelly | smells | stain | stained | dirty | dusty | damp | sticky |
        heavy | unfortunately | sadly | alas | however not | sorry | regret | meh | mediocre | so so | average |
        problem | problems | issue | issues | trouble | error | mistake | fault | wait | waited | waiting |
        still wait | still waiting | on hold | no reply | no answer | no response | no refund | no longer | not work |
        not working | complain | complaint | returned | returning | return | send back | sent back | sending back |
        going back | went back | cancelled | canceled | refund | replacement | second replacement | could be clearer |
        could be better | could have been | should have been | should be | would be nice if | wish | wished |
        if only | instead of | except | too big | too small | too short | too long | too large | too tight |
        too wide | runs small | runs large | runs big | too much fabric | too much material | too high | too low |
        maternity | unflattering | tent | sack | muumuu | looked like a | made me look | swallowed | oversized |
        pilling | pill | shrink | shrunk | shrank | unravel | snag | snagged | wear out | wore out | worn out |
        looked cheap | look cheap | looks cheap | feels cheap | felt cheap | cheaply | cheap looking |
        cheap material | not for me | not what i expected | not as pictured | not as described |
        nothing like the picture | nothing like | different from the picture | two different things |
        nothing special | for less | rip | ripped | hole | holes | tear | tore | torn | crooked | bent | dent |
        scratch | scratches | scratched | crack | loose thread | forgot | forgotten | lost | lose | ignored | refuse |
        refused | blame | blamed | charge | charged | overcharged | hidden fee | hidden fees | shipping fees |
        not sure | off | uneven | uncomfortable | unsure | three stars | 3 stars | underwhelming | underwhelmed |
        overwhelming | hopes | high hopes | had hoped | hoping | hoped | expected more | i expected | where is my |
        short by | wrong month | behind the bins | with a stranger | in the rain | at the wrong door |
        in the stairwell | no instructions | parts missing | ago nothing yet | nothing yet |
        nobody feels responsible | form letter | without a word | did not work | didn't work | stopped working |
        keeps | kept passing | passing me on | read from a script | had no clue | no clue | called back |
        cannot sign in | not accepted | cannot log in | pass on this | had to return | ordered a smaller | same for |
        not covered | in a row with | concerned | worried | worry | excessive | limp | itch | scratch up |
        poorly made | puckered | gaped | gaping | gap | gaps | bunched | bunches | clingy | clung | cling |
        unwearable | wide | weirdly | strangely | oddly | cropped | bubble | gathers""",
    -2.0: """bad | badly | poor | poorly | disappoint | disappointed | disappointing | disappointment | sad |
        unhappy | annoyed | annoying | frustrating | frustrated | frustration | upset | angry | rude | unhelpful |
        useless | broken | broke | breaks | damaged | defective | faulty | ugly | cheap quality | low quality |
        poor quality | waste | wasted | fail | failed | fails | failure | fell apart | falls apart | fall apart |
        falling apart | wrong | cracked | dead | stink | gross | disgusted | unacceptable | not acceptable |
        unprofessional | careless | incompetent | dissatisfied | unsatisfied | let down | never called back |
        hung up on me | polite but useless | could not find my order | closed my case | shopping elsewhere |
        shop elsewhere | go elsewhere | rip off | money back | want my money back | never arrived | never came |
        not arrived | not received | wanted to love | wanted to like | want to love | tried to love |
        wanted this to work | so much potential | great in theory | looks nothing like | save your money | not worth |
        do not buy | don't buy | do not bother | don't bother | would not buy | would not recommend | stay away |
        avoid | mess | shambles | nonsense | lie | lied | lying | liar | fake | counterfeit | misleading | two stars |
        2 stars | one and a half stars | forever | far too long | beware | unusable | unfortunate | hated | dislike |
        sloppy | clueless | insulting | ridiculous | rotten | spoiled | mouldy | moldy | soggy | inedible | hideous |
        unimpressed | letdown | thumbs down | falling off | fell off | waste of money | waste of time | unwearable""",
    -3.0: """terrible | horrible | awful | dreadful | worst | hate | disgusting | atrocious | appalling | horrendous |
        pathetic | garbage | trash | rubbish | junk | crap | scam | fraud | thieves | thief | nightmare | disaster |
        infuriating | outrageous | furious | hopeless | shameful | never again | i am done with | one star | 1 star |
        zero stars | 0 stars | abysmal | disgrace | disgraceful | horrid | ripped off | robbed | hot mess""",
    0.0: """likely | hardly any time | fine line | well known | not only | no doubt | no wonder | kind of | sort of |
        looks like | look like | feels like | feel like | felt like | something like | like a | like this |
        like these | like that | like it was | like the | like an | would like | i'd like | as well | oh well |
        well as | like to be | like to | nice to meet | for a long | welcome surprise to | pretty much | pretty sure |
        super market | best wishes | short sleeve | short sleeves | long sleeve | return policy | return label |
        no return | love to | better than | off the shoulder | on and off | day off | off season | percent off |
        # off | took off | take off | code off | cold shoulder | cold weather | warm weather | thin straps |
        wide leg | i am short | i'm short | short torso | small chest | small bust | usually small | usual small |
        size small | in a small | the small | a small | xs | small and | good thing i | how good | not only is |
        as good as | too good to be | short and | free time | new to | trouble finding | no trouble |
        without trouble | problem solved | wait to wear | worth a | wait for the | i always wait | matching |
        as much as | broken in | lost weight | losing weight | heavy duty | well that | i hope | hope | would be |
        little black | free shipping | size wise | without returning | i wish i had bought | wish i bought |
        tent like a | camping tent | play tent | a tent | the tent | pear shape | good on the model |
        cute on the model | great on the model | pretty on the model | beautiful on the model | nice on the model |
        looked great on the | fast forward | hot weather | cool weather""",
}

NEGATORS = """not | no | never | none | nobody | nothing | neither | nor | cannot | without | hardly | barely |
    scarcely | isn't | aren't | wasn't | weren't | don't | doesn't | didn't | won't | wouldn't | can't | couldn't |
    shouldn't | hasn't | haven't | hadn't | ain't | isnt | dont | doesnt | didnt | wont | wouldnt | cant | couldnt |
    wasnt | arent | far from | anything but | nowhere near | lack of | lacks any | too bad it | not so | not very |
    not really | would have been | could have been | might have been | would've been"""

STRONGER = """very | really | so | extremely | absolutely | totally | completely | incredibly | super | highly |
    truly | especially | particularly | exceptionally | utterly | deeply | awfully | terribly | way | much | far |
    definitely | such | most | always | quite honestly | too | insanely | ridiculously"""

WEAKER = """slightly | somewhat | a bit | a little | kind of | sort of | rather | fairly | almost | mildly | partly |
    moderately | maybe | perhaps | quite | a tad | a touch | occasionally | sometimes | for what it is"""

CONTRASTS = "but | however | although | though | yet | except | unfortunately | sadly | nevertheless | otherwise"

ASPECTS = {
    "delivery": """delivery | deliver | delivered | shipping | shipped | ship | courier | driver | carrier | parcel |
        postwoman | postman | delivery man | arrived | arrive | arrives | arrival | tracking | tracking page |
        dispatch | in the mail | doorstep | transit | on time | depot""",
    "price": """price | priced | prices | pricing | cost | costs | money | value | cheap | cheaper | expensive |
        pricey | afford | affordable | bargain | sale | discount | voucher | coupon | deal | deals | fee | fees |
        penny | overpriced | budget | on sale | full price | price point | rip off | a steal | dear | for less""",
    "quality": """quality | material | materials | fabric | stitching | workmanship | craftsmanship | durable |
        sturdy | solid | flimsy | broke | broken | crack | cracked | fell apart | seam | seams | zipper | zip |
        finish | joinery | glaze | weave | polish | patina | grain of the wood | texture | dovetailed | lasts |
        handmade | well made | defective | faulty | torn | shrunk | shrank | pilling | thin | sewn | lining | screw |
        scratches | dent | stains | loose handle | battery | bent leg | poorly made | cheaply made | was made |
        last for years | last for decades""",
    "fit": """fit | fits | fitted | fitting | size | sizes | sized | sizing | runs small | runs large | true to size |
        tight | loose | length | long | short | waist | hips | shoulders | sleeve | sleeves | bust | chest | petite |
        arms | baggy | snug | too big | too small | xs | armholes | outgrew | comfortable | comfy""",
    "look": """color | colors | colour | colours | design | pattern | print | style | stylish | look | looks |
        looked | looking | beautiful | gorgeous | pretty | cute | elegant | timeless | flattering | unflattering |
        picture | pictured | photo | pictures | understated | refined | exquisite | ugly | frumpy | compliment |
        compliments""",
    "taste": """taste | tasted | tastes | tasty | delicious | flavor | flavour | food | meal | fresh | bland | salty |
        soggy | stale | inedible""",
    "service": """service | customer service | support desk | agent | hotline | call centre | call center | staff |
        chat | representative | rep | manager | claims team | complaint form | on hold | hung up | rude | polite |
        helpful | advised | assistant | salesperson | somebody called | person on chat | no reply |
        the lady in the store | customer support | tech support | called # times | wrote # emails | for an answer |
        never answered | never replied""",
    "app": """app | website | site | checkout | search | wish list | mobile pay | web page | login | sign in |
        log in | chat bot | push alert | barcode scanner | scanned | page""",
    "returns": """return | returns | returned | returning | refund | refunds | refunded | exchange | exchanged |
        replacement | send back | sent back | sending back | money back | return label | going back""",
    "packaging": """packaging | packing | packed | packaged | boxed | wrapped | wrapping | ribbon | bubble wrap |
        gift box""",
}

CUES = {
    "price_sensitivity": {
        2: """sale | sales | discount | discounted | voucher | vouchers | coupon | coupons | bargain | bargains |
            deal | deals | clearance | marked down | marked-down | reduced | percent off | promo | promotion |
            on sale | budget | every penny counts | full price | cheaper | cheapest | good value | great value |
            a steal | for less | price match | match it | half of what | afford | affordable | overpriced | pricey |
            expensive | too dear | beyond my budget | rip off | rip-off | low price | for the money | for that money |
            kind to the wallet | next to nothing | for so little money | why pay | wait for the sale | price drop |
            drops | my points | worth full price | percent less | with the code | price point | price tag |
            save money""",
        1: """price | prices | priced | cheap | cost | costs | money | fees | shipping fees | points | paid | pay |
            value""",
        0: """worth every penny | gladly pay more | price does not matter | price doesn't matter |
            money is no object | worth the price | pay more for | happy to pay | worth the splurge | splurge |
            worth the money | regardless of price | whatever it costs""",
    },
    "quality_seeking": {
        2: """workmanship | craftsmanship | stitching | joinery | grain of the wood | glaze | weave | patina | heft |
            dovetailing | dovetailed | hand-sewn | hand sewn | handmade | heirloom | solid materials | well made |
            beautifully made | gladly pay more | lasts for decades | last for decades | last for years | last for |
            ages beautifully | handed down | gets better with use | after years | certified | workshop | this maker |
            durable | durability | built to last | high quality | good quality | quality | poor quality |
            cheaply made | made by people who care | texture | polish | finish | materials""",
        1: "sturdy | solid | fabric | sewn | seams | lining | refined | exquisite | long-lasting | flimsy | material",
        0: """don't care about quality | quality does not matter | plain and cheap | why pay for a brand |
            does the job""",
    },
    "convenience": {
        2: """convenient | convenience | easy to order | in two taps | under a minute | without any fuss |
            hassle free | hassle-free | saves me a trip | saves time | save time | quick and easy | one click |
            with one thumb | from my phone | on the train | between two lectures | while queueing | pick a slot |
            regular delivery | no hassle | time saver | delivered to my door | right to the door | carried the |
            upstairs | in one box | in one parcel | everything for | busy | easy to use | easy care |
            machine washable | wipes clean | while queueing for coffee | worked in""",
        1: "easy | quick | app | handy | practical | slot | checkout | mobile pay | straight to",
        0: "had to drive | cumbersome | had to go to",
    },
    "service_need": {
        2: """customer service | support desk | hotline | call centre | call center | claims team | agent |
            complaint | complain | refund | replacement | called # times | emails | no reply | no answer |
            no response | on hold | nobody feels responsible | never called back | hung up | passing me on |
            blamed the courier | closed my case | return label | had to return | still wait | still waiting | waited |
            for an answer | where is my | money back | please confirm | would like a replacement | please have it |
            i cannot sign in | cannot sign in | please change | please merge | please send | not accepted |
            is that covered | i need an invoice | wrong colour | cracked | torn seam | scratches all over |
            missing screw | parts missing | broken zip | bent leg | deep dent | stains on it | loose handle |
            dead battery | no instructions | order cancelled | contacted | contact them | defective | damaged |
            faulty | sent the | person on chat | second replacement""",
        1: """service | help | helped | advised | question | chat | return | returned | send back | sent back |
            missing | broken | wrong | fault | invoice""",
        0: "never needed help | no need to call | no complaints | no problems | without any fuss",
    },
    "novelty_seeking": {
        2: """first order | first time | very first | new to this shop | just discovered | have just discovered |
            second order | found this shop | on social media | by an advert | in a video | influencer | podcast |
            through a friend | by chance | new arrivals | new collection | latest | trendy | on trend | trend |
            try new | something new | something different | out of my comfort zone | try out | signed up | new style |
            one of a kind | something unique | discovered""",
        1: "curious | newest | welcome surprise | experiment | adventurous",
        0: "same as always | as always | stick to what i know | nothing new | again and again",
    },
    "loyalty": {
        2: """will be back | order again | would order again | buy again | see you next time | look in again |
            as always | my third | # time | third piece | loyal | regular customer | for years | always order |
            always buy | always shop | go to | favorite store | favourite shop | favorite brand | never disappoints |
            regular | weekly order | next size | recommend | repeat | keep coming back | every season | own several |
            in every color | in every colour | another one | second one | bought two | have it in | this maker |
            ordered another | happy to recommend | can recommend it""",
        1: "again | already own | every week | brand",
        0: """never again | shop elsewhere | done with this shop | last time | go elsewhere | do not bother |
            don't bother | will not be back | won't be back | not buy again | want my money back""",
    },
    "gift_giving": {
        2: """gift | gifts | present | as a present | housewarming | valentine's day | mother's day | father's day |
            baby shower | name day | ribbon | surprised my | delighted with | for my mother | for my mom |
            for my mum | for my sister | moving-in party | moving in party | leaving party | for my husband |
            for my wife | chipped in | gifted""",
        1: """occasion | sister | aunt | cousin | colleague | niece | girlfriend | boyfriend | godson |
            brother-in-law | brother in law | grandma | birthday | wedding | graduation | anniversary | christmas |
            retirement | engagement | exam result | wrapped | last minute | with a note | for a friend |
            for my friend | for my daughter | the card | chipped in with friends""",
        0: "treat myself | only for myself",
    },
    "family_focus": {
        2: """my son | my daughter | toddler | my kids | our kids | my children | the kids | children | our son |
            youngest | eldest | little one | grandson | granddaughter | my baby | the whole family | whole family |
            family | household | with kids | nursery | back to school | before school | six-year-old | four-year-old |
            middle one | stepson | bunk bed | high chair | stroller | playground | six year old | four year old |
            our baby""",
        1: "kid | kids | child | son | daughter | baby | school | toy | toys | teenager | grandchildren",
        0: "",
    },
    "style_seeking": {
        2: """style | stylish | design | elegant | timeless | fashionable | fashion | outfit | outfits | chic |
            flattering | compliments | compliment | colours of | beautiful print | pattern | sculptural |
            understated | exquisite | suits the | guests keep asking | looks so | gorgeous | pairs with |
            pair it with | accessorize | silhouette | dress it up | dressed up | refined | lovely print | embroidery |
            detail | details | feminine | boho""",
        1: "look | looks | color | colour | colors | colours | beautiful | pretty | cute | print | picture",
        0: "looks do not matter | don't care how it looks | does the job",
    },
}

IDLE = """no kidding | just kidding | to my surprise | sales associate | sales associates | sales assoc |
    sales clerk | sales lady | sales person | sales girl | my taste | your taste | personal taste | good taste |
    post baby | baby bump | baby blue | baby doll | a great deal | big deal | no big deal | deal with | deal breaker |
    return policy | for sale | at first | first of all | the first time i wore | in store | drop waist | gift card |
    gift cards | present in | at present | light weight | in the long run | as long as | long time | no longer |
    so long as | too long ago | the box on | style it | lift up"""
"""What holds a word that speaks of an aspect or a trait, and does not."""

FUNCTION_WORDS = """a | an | the | and | or | but | if | of | to | in | on | at | by | for | from | with | about |
    as | into | is | are | was | were | be | been | am | it | its | it's | this | that | these | those | i | i'm |
    i've | me | my | we | our | you | your | he | she | they | them | their | his | her | him | who | what | which |
    when | where | why | how | all | any | both | each | few | more | most | other | some | such | than | then | too |
    very | can | will | just | have | has | had | do | does | did | there | here | out | up | down | over | again |
    after | before | because | so | not | no | only | own | same | would | could | should | also | got | get | one"""
