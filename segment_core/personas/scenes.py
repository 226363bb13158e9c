"""Scenes: how a day with the product begins, goes on and ends, by what a segment stands out for."""

_ENGLISH: dict[str, dict[str, tuple[str, ...]]] = {
    "open": {
        "online": ("It begins on a screen, in a spare moment.", "A tab is open beside something else."),
        "store": ("It begins at the shop door.", "They stop by on the way to somewhere else."),
        "catalogue": ("It begins on the sofa, with pages to turn.", "The catalogue lies open on the table."),
        "response": ("It begins with a message that caught their eye.", "They stop at a line in the inbox."),
        "place": ("It begins close to where they are.", "A local errand turns into a visit."),
        "": (
            "It begins with a small need in the middle of the day.",
            "Something has run out, or an occasion is near.",
            "A friend has mentioned it, and now they look for themselves.",
            "They had it in mind for some time.",
        ),
    },
    "middle": {
        "trouble": (
            "Before anything else they check what became of the last complaint.",
            "They keep the receipt at hand, just in case.",
        ),
        "rating": ("They know what they want to see again.", "They read closely what others write about it."),
        "price": (
            "They weigh the price against what else is around.",
            "They look for the bargain and enjoy finding it.",
        ),
        "means": ("They look closely at how it is made.", "They feel for quality before they decide."),
        "spend": ("The basket fills up with intent.", "They choose carefully, piece by piece."),
        "frequency": ("Hands know the way by now.", "They follow a path of their own through the range."),
        "category": ("They go straight to the shelf they know.", "One corner of the range holds them longest."),
        "people": ("They ask themselves whether it fits their life.", "They picture it at home."),
        "": (
            "They compare, put back, and compare again.",
            "They take their time over the choice.",
            "A question comes up, and a quick answer would settle it.",
            "They picture it in use.",
        ),
    },
    "close": {
        "lapse": (
            "Whether they come back soon is open.",
            "Then it goes quiet again, until something brings them back.",
        ),
        "tenure": (
            "Afterwards they know a little better whether this is for them.",
            "It feels familiar, and that counts.",
        ),
        "trouble": ("If anything is wrong, they will say so.", "What happens after the purchase decides the next."),
        "frequency": ("Next time will look much the same.", "The next occasion will show."),
        "rating": ("In the evening they tell somebody about it.", "They would say what they think if somebody asked."),
        "": (
            "Afterwards it is put to use, and the brand is out of mind again.",
            "A good ending is one they need not think about.",
            "What stays is how easy it was.",
            "They close the page with the feeling of having chosen well.",
        ),
    },
}

_CHINESE: dict[str, dict[str, tuple[str, ...]]] = {
    "open": {
        "online": ("从屏幕上的一点空闲开始。", "旁边开着一个页面，边忙边看。"),
        "store": ("从店门口开始。", "顺路走进来看看。"),
        "catalogue": ("从沙发上翻开册子开始。", "册子摊在桌上。"),
        "response": ("从一条让人留意的消息开始。", "收件箱里的一行字让人停了下来。"),
        "place": ("从离自己不远的地方开始。", "出门办事，顺便来一趟。"),
        "": (
            "从日常里的一个小需要开始。",
            "有东西用完了，或者有个日子快到了。",
            "朋友提过，这次自己来看看。",
            "这件事在心里放了一阵子。",
        ),
    },
    "middle": {
        "trouble": ("先看上次的投诉怎么样了。", "小票留着，以防万一。"),
        "rating": ("知道自己还想看到什么。", "对别人的评价会看第二眼。"),
        "price": ("把价格和别处比一比。", "找实惠，也享受找到的那一刻。"),
        "means": ("仔细看做工。", "先感受品质，再决定。"),
        "spend": ("篮子有目的地装满。", "一件一件用心挑。"),
        "frequency": ("手已经认得路。", "照自己的路线走一遍。"),
        "category": ("直奔熟悉的货架。", "有一个角落让他们停得久。"),
        "people": ("想一想合不合自己的生活。", "想象放在家里的样子。"),
        "": ("比较，放回，再比较。", "不急着决定。", "冒出一个问题，有个快的答复就好。", "想象用起来的样子。"),
    },
    "close": {
        "lapse": ("会不会很快再来，还不好说。", "之后又安静下来，直到有什么把他们带回来。"),
        "tenure": ("之后更清楚这里适不适合自己。", "一切都熟悉，这很要紧。"),
        "trouble": ("有什么不对，他们会说出来。", "买完之后发生的事，决定下一次。"),
        "frequency": ("下一次大概也是这样。", "下一个场合见分晓。"),
        "rating": ("晚上会和人说起。", "有人问起，就会照实说。"),
        "": (
            "之后东西用起来，品牌也就淡出脑海。",
            "好的结尾，是不必再惦记。",
            "留下的印象是有多省心。",
            "关上页面，觉得选对了。",
        ),
    },
}

SCENES = {"en": _ENGLISH, "zh": _CHINESE}
