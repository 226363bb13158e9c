"""Sentences: the frames, in English and Chinese, into which the built-in writer sets facts."""

from segment_core.personas import advice_en, advice_zh

ADVICE = {"en": advice_en.ADVICE, "zh": advice_zh.ADVICE}

FRAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "tagline-over": (
            "{x} and {y}, both above the rest",
            "What marks them out is {x} together with {y}",
            "{x} meets {y}",
        ),
        "tagline-plain": ("{x} together with {y}", "What marks them out is {x} next to {y}", "{x} goes with {y}"),
        "tagline-under": (
            "{x} and {y}, both below the rest",
            "A quiet profile: {x} and {y}",
        ),
        "tagline-mixed": (
            "{x}, but {y}",
            "{x} side by side with {y}",
            "They combine {x} with {y}",
        ),
        "tagline-term": ("{x}, and a way of putting it that is theirs", "{x}; listen for these words"),
        "tagline-one": ("What marks them out is {x}", "Known above all by {x}"),
        "tagline-terms": ("Best known by what they write about", "Their words set them apart"),
        "tagline-figures": ("What marks them out", "Where they stand apart", "The figures that set them apart"),
        "tagline-few": ("Too few customers to compare with the others",),
        "tagline-none": ("Close to the whole customer base on every column", "Nothing sets this group far apart"),
        "needs-none": ("Nothing on the sheet sets their needs apart", "No need stands out on the sheet"),
        "objections-none": ("Nothing on the sheet speaks of objections", "No objection stands out on the sheet"),
        "size-large": ("A large group with {x}", "A large part of the base, with {x}"),
        "size-middle": ("A mid-sized group with {x}", "Neither a large nor a small group, with {x}"),
        "size-small": ("A small group with {x}", "A narrow slice of the base, with {x}"),
        "size-large-only": ("A large group", "A large part of the base"),
        "size-middle-only": ("A mid-sized group", "Neither a large nor a small group"),
        "size-small-only": ("A small group", "A narrow slice of the base"),
        "over": ("Above the rest in {n}", "Higher than usual: {n}", "Also high here: {n}"),
        "under": ("Below the rest in {n}", "Lower than usual: {n}", "On the low side: {n}"),
        "category-over": ("Found more often here than elsewhere: {n}", "Frequent in this group: {n}"),
        "category-under": ("Rarely found here: {n}", "Found less often here than elsewhere: {n}"),
        "time-over": ("Later than usual: {n}", "Towards the recent end: {n}"),
        "time-under": ("Earlier than usual: {n}", "Towards the early end: {n}"),
        "needs-terms": (
            "What they write about",
            "Topics that come up in their own words",
            "On their minds, in their words",
        ),
        "needs-quote": ("A typical voice, on {t}", "In their own words, on {t}"),
        "needs-voice": ("A typical voice from the group", "In their own words"),
        "objection-terms": ("Sore points in their own words", "What they complain of"),
        "objection-quote": ("An unhappy voice", "A complaint in full"),
        "channel-none": (
            "No channel stands out, so test small before choosing one: {x}",
            "The columns name no channel; pick one that suits {x}",
            "Open question which channel works; start from {x}",
        ),
        "channel-nothing": ("No channel stands out; test small before choosing one",),
        "tone-terms": ("Use the words they use", "Borrow their vocabulary", "Speak of it as they do"),
        "tone-nothing": ("Plain and friendly; nothing on the sheet calls for a special voice",),
        "both": ("{a}, next to {x}", "{a}, together with {x}"),
    },
    "zh": {
        "tagline-over": ("{x}，{y}，都高于整体", "{x}与{y}是他们的标志", "既有{x}，又有{y}"),
        "tagline-plain": ("{x}，同时{y}", "{x}与{y}同在", "标志是{x}，加上{y}"),
        "tagline-under": ("{x}，{y}，都低于整体", "表现平静：{x}，{y}"),
        "tagline-mixed": ("{x}，但{y}", "{x}，同时{y}", "一边是{x}，一边是{y}"),
        "tagline-term": ("{x}，说法也自成一派", "{x}，并且常提到这些词"),
        "tagline-one": ("最突出的一点：{x}", "一眼可辨：{x}"),
        "tagline-terms": ("他们写下的话最能说明他们", "用词与众不同"),
        "tagline-figures": ("最突出的几点", "与众不同之处", "让他们有别于整体的数据"),
        "tagline-few": ("客户太少，无法与其他客户比较",),
        "tagline-none": ("各项都与全部客户接近", "没有明显的特别之处"),
        "needs-none": ("资料中没有特别的需求", "需求上没有突出之处"),
        "objections-none": ("资料中没有提到顾虑", "顾虑上没有突出之处"),
        "size-large": ("规模较大的群体，{x}", "客户中的一大块，{x}"),
        "size-middle": ("规模中等的群体，{x}", "不大不小的群体，{x}"),
        "size-small": ("规模较小的群体，{x}", "客户中的一小块，{x}"),
        "size-large-only": ("规模较大的群体", "客户中的一大块"),
        "size-middle-only": ("规模中等的群体", "不大不小的群体"),
        "size-small-only": ("规模较小的群体", "客户中的一小块"),
        "over": ("高于整体：{n}", "同样偏高：{n}", "比一般客户更高：{n}"),
        "under": ("低于整体：{n}", "同样偏低：{n}", "比一般客户更低：{n}"),
        "category-over": ("在这里更常见：{n}", "出现得较多：{n}"),
        "category-under": ("在这里较少见：{n}", "出现得较少：{n}"),
        "time-over": ("比一般客户更晚：{n}", "时间偏近：{n}"),
        "time-under": ("比一般客户更早：{n}", "时间偏早：{n}"),
        "needs-terms": ("他们写到的内容", "他们自己常说的话题", "他们关心的事，用他们的话说"),
        "needs-quote": ("典型的声音，谈到{t}", "用他们自己的话谈{t}"),
        "needs-voice": ("来自群体的典型声音", "用他们自己的话说"),
        "objection-terms": ("他们自己说出的痛点", "他们抱怨的事"),
        "objection-quote": ("一个不满的声音", "一条完整的抱怨"),
        "channel-none": (
            "没有突出的渠道，先小范围测试再选：{x}",
            "各列没有提到渠道，选与此相称的：{x}",
            "哪个渠道有效尚待验证，可由此入手：{x}",
        ),
        "channel-nothing": ("没有突出的渠道，先小范围测试再选",),
        "tone-terms": ("用他们用的词", "借用他们的说法", "像他们那样说"),
        "tone-nothing": ("朴实友好即可，资料中没有特别的要求",),
        "both": ("{a}，并且{x}", "{a}，加上{x}"),
    },
}

BETWEEN = {"en": ("; ", ", "), "zh": ("；", "、")}
"""Stands between slots: of figures, and of terms."""

JOIN = {"en": " — ", "zh": "——"}
"""Stands between the words and the slots that back them."""
