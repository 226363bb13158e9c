"""Sentences: the frames into which the built-in writer sets facts, and what a fact's sense suggests."""

from segment_core.personas import advice_en, advice_zh, extras_en, extras_zh, portraits_en, portraits_zh
from segment_core.personas.kinds import kinds
from segment_core.personas.spares import more

_BOOKS = {
    "en": (extras_en.EXTRAS, advice_en.ADVICE, portraits_en.PORTRAITS),
    "zh": (extras_zh.EXTRAS, advice_zh.ADVICE, portraits_zh.PORTRAITS),
}
_LIKE = {"basket": "spend", "object": "amount", "age": "people", "browse": "online", "range": "category"}
"""Senses that are advised on like others where they have no words of their own."""


def suggested(language: str, section: str, sense: str) -> tuple[str, ...]:
    """Return the wordings of what a sense such as "lapse+" suggests for a section; none where it suggests nothing."""
    about, side = sense[:-1], 1 if sense.endswith("-") else 0
    if own := kinds(language, section, about):
        return own[side]
    for known in (about, _LIKE.get(about, about)):
        for book in _BOOKS[language]:
            if known in book.get(section, {}):
                return (*book[section][known][side], *more(language, section, about + sense[-1]))
    return ()


FRAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "tagline-term": ("{s}, and they write of “{t}”", "{s}; “{t}” is a word of theirs"),
        "tagline-terms": ("Best known by what they write about", "Their words set them apart"),
        "tagline-figures": ("What marks them out", "Where they stand apart", "The figures that set them apart"),
        "tagline-few": ("Too few customers to compare with the others", "Too few customers for a comparison"),
        "tagline-none": ("Close to the whole customer base on every column", "Nothing sets this group far apart"),
        "who-channel": ("{S}", "For contact, {s}", "Where to find them: {s}", "When it comes to channels, {s}"),
        "who-money": ("{S}", "In terms of money, {s}", "At the till, {s}", "Seen from the till, {s}"),
        "who-rhythm": ("{S}", "As customers, {s}", "Over time, {s}", "As for habit, {s}"),
        "who-mood": ("{S}", "In their experience, {s}", "Once they have bought, {s}", "Looking back, {s}"),
        "who-choice": ("{S}", "In what they choose, {s}", "What else is known: {s}", "On the sheet, {s}"),
        "who-person": ("{S}", "As people, {s}", "In private, {s}", "Off the shop floor, {s}"),
        "who-terms": ("They are best known by their words", "What is known of them is what they write of"),
        "who-figures": ("What the columns say of them", "The figures that describe them"),
        "who-size": ("What is known of them is how many they are", "Their number is what there is to go by"),
        "needs-none": ("Nothing on the sheet sets their needs apart", "No need stands out on the sheet"),
        "needs-terms": (
            "What they write about",
            "Topics that come up in their own words",
            "On their minds, in their words",
            "What they have to say",
            "Words that keep coming up",
        ),
        "needs-quote": (
            "A typical voice, with the word {t}",
            "In their own words; {t} is one of them",
            "One of them, who also says {t}",
            "A voice from among them; listen for {t}",
        ),
        "needs-voice": (
            "A typical voice from the group",
            "In their own words",
            "One of them, in full",
            "How one of them puts it",
            "Heard from the middle of the group",
            "A voice from among them",
        ),
        "objections-none": ("Nothing on the sheet speaks of objections", "No objection stands out on the sheet"),
        "frustration-terms": (
            "Sore points in their own words",
            "What they complain of",
            "Words that come with trouble",
        ),
        "frustration-quote": ("An unhappy voice", "A complaint in full", "One that went wrong"),
        "frustrations-none": ("Nothing on the sheet speaks of frustration", "No frustration stands out on the sheet"),
        "values-terms": ("What they praise, in their words", "Praise they have for it", "Good words they find for it"),
        "values-none": ("Nothing on the sheet sets apart what they value", "What they value does not stand out"),
        "channel-none": (
            "No channel stands out; test small before choosing one",
            "The columns name no channel; let a small test decide",
            "Which channel works is open; start small and compare",
            "No column speaks of a channel; ask them",
        ),
        "tone-terms": (
            "Borrow their vocabulary",
            "Speak of it as they do",
            "Let their own words sound through",
            "Take up their words",
        ),
        "tone-nothing": ("Plain and friendly; nothing on the sheet calls for a special voice", "Plain and friendly"),
        "beside": ("{t}. Here {s}", "{t}. In this group {s}"),
        "worth-size": (
            "How many they are",
            "Their part of the base",
            "Head count",
            "How large the group is",
            "In numbers",
            "The size of it",
        ),
        "worth-over": (
            "They bring in more than their head count would suggest",
            "A greater part of the money than of the people",
            "Worth more than their number says",
        ),
        "worth-under": (
            "They bring in less than their head count would suggest",
            "A smaller part of the money than of the people",
            "Worth less than their number says",
        ),
        "worth-even": ("As much money as people", "They bring in what their number says", "Money and number in step"),
        "worth-over-of": (
            "In “{c}” they bring in more than their head count would suggest",
            "In “{c}” a greater part of the money than of the people",
            "“{c}” weighs more here than their number",
        ),
        "worth-under-of": (
            "In “{c}” they bring in less than their head count would suggest",
            "In “{c}” a smaller part of the money than of the people",
            "“{c}” weighs less here than their number",
        ),
        "worth-even-of": ("In “{c}” they bring in what their number says", "“{c}” and their number are in step"),
        "worth-each": (
            "The typical customer here",
            "What one of them usually comes to",
            "Somebody from the middle of the group",
            "Customer by customer, at the median",
        ),
        "worth-none": ("Nothing on the sheet says what they are worth",),
        "dos-none": ("Treat them as you treat your customers in general", "Ask them before you decide anything"),
        "donts-none": ("Do not invent differences that the sheet does not show", "Do not single them out"),
    },
    "zh": {
        "tagline-term": ("{s}，常说“{t}”", "{s}，话里常有“{t}”"),
        "tagline-terms": ("他们写下的话最能说明他们", "用词与众不同"),
        "tagline-figures": ("最突出的几点", "与众不同之处", "让他们有别于整体的数据"),
        "tagline-few": ("客户太少，无法与其他客户比较", "人数太少，比较不出什么"),
        "tagline-none": ("各项都与全部客户接近", "没有明显的特别之处"),
        "who-channel": ("{s}", "说到渠道，{s}", "要找他们：{s}", "从哪里来：{s}"),
        "who-money": ("{s}", "说到花钱，{s}", "从账上看，{s}", "钱这方面，{s}"),
        "who-rhythm": ("{s}", "论往来，{s}", "从节奏上看，{s}", "说到习惯，{s}"),
        "who-mood": ("{s}", "买过之后，{s}", "回头看，{s}", "说到体验，{s}"),
        "who-choice": ("{s}", "说到选择，{s}", "此外，{s}", "资料里看得出：{s}"),
        "who-person": ("{s}", "就人来说，{s}", "生活里，{s}", "再看人：{s}"),
        "who-terms": ("最能说明他们的，是他们的用词", "对他们的了解，来自他们写下的词"),
        "who-figures": ("各列这样描述他们", "描述他们的数字"),
        "who-size": ("目前只知道人数", "能说的只有人数"),
        "needs-none": ("资料中没有特别的需求", "需求上没有突出之处"),
        "needs-terms": (
            "他们写到的内容",
            "他们自己常说的话题",
            "他们关心的事，用他们的话说",
            "他们想说的",
            "反复提到的词",
        ),
        "needs-quote": (
            "典型的声音，说到了{t}",
            "用他们自己的话说，其中有{t}",
            "其中一位的原话，留意{t}一词",
            "他们这样说，也用了{t}",
        ),
        "needs-voice": (
            "典型的声音",
            "用他们自己的话说",
            "其中一位的原话",
            "他们是这样说的",
            "来自这群人中间的声音",
            "听听他们怎么说",
        ),
        "objections-none": ("资料中没有提到顾虑", "顾虑上没有突出之处"),
        "frustration-terms": ("他们自己说出的痛点", "他们抱怨的事", "伴随烦恼出现的词"),
        "frustration-quote": ("一个不满的声音", "一条完整的抱怨", "有一次没办好"),
        "frustrations-none": ("资料中没有提到烦恼", "没有突出的烦恼"),
        "values-terms": ("他们夸的是", "夸奖的话", "他们给出的好话"),
        "values-none": ("资料中看不出他们特别看重什么", "看重之处没有突出"),
        "channel-none": (
            "没有突出的渠道，先小范围测试再选",
            "各列没有提到渠道，让小测试来决定",
            "哪个渠道有效尚待验证，先小步比较",
            "没有一列说到渠道，不如直接问",
        ),
        "tone-terms": ("借用他们的说法", "像他们那样说", "让他们的话透出来", "接过他们的词"),
        "tone-nothing": ("朴实友好即可，资料中没有特别的要求", "朴实友好即可"),
        "beside": ("{t}。这群客户里，{s}", "{t}。在他们当中，{s}"),
        "worth-size": ("他们有多少人", "在客户中的分量", "人数", "群体的大小", "论人数", "规模"),
        "worth-over": ("带来的金额高于人数占比", "金额的分量大于人数的分量", "人不算多，带来的金额不少"),
        "worth-under": ("带来的金额低于人数占比", "金额的分量小于人数的分量", "人不算少，带来的金额不多"),
        "worth-even": ("金额与人数相当", "带来的金额正合人数", "金额和人数齐步"),
        "worth-over-of": ("{c}的占比高于人数占比", "{c}的分量大于人数的分量"),
        "worth-under-of": ("{c}的占比低于人数占比", "{c}的分量小于人数的分量"),
        "worth-even-of": ("{c}的占比与人数相当", "{c}正合人数"),
        "worth-each": ("这里的典型客户", "一位客户通常的数额", "取这群人正中的一位", "逐个客户看中位数"),
        "worth-none": ("资料中没有说明他们价值多少",),
        "dos-none": ("像对待一般客户那样对待他们", "先问问他们再决定"),
        "donts-none": ("不要编造资料里没有的差别", "不要把他们单独对待"),
    },
}

BETWEEN = {"en": ("; ", ", "), "zh": ("；", "、")}
"""Stands between slots: of figures, and of terms."""

JOIN = {"en": " — ", "zh": "——"}
"""Stands between the words and the slots that back them."""
