"""Spares: further wordings of what is often true of several segments, so that each still reads as its own."""

_Spares = dict[str, dict[str, tuple[str, ...]]]

_ENGLISH: _Spares = {
    "rating+": {
        "needs": ("More of what has worked so far", "Somewhere to say what they like"),
        "objections": ("What was good once has to be good again", "Praise sets a standard that is missed easily"),
        "tone": ("Relaxed, for there is nothing to put right", "Open and cheerful"),
        "frustrations": ("A change for the worse that is sold as news.", "Kind words that nobody answers."),
        "values": ("Knowing what they will get.", "A good thing that is left alone."),
        "dos": ("Thank them for what they said.", "Offer more of the same kind."),
        "donts": ("Do not fix what works for them.", "Do not let their praise go unanswered.", "Do not coast on it."),
    },
    "rating-": {
        "needs": ("An answer to what went wrong", "To see that somebody has read what they wrote"),
        "objections": ("Another try may end like the last", "They have heard promises before"),
        "tone": ("Calm, and without excuses", "As one who has listened"),
        "frustrations": ("Being asked to rate what was never put right.", "Getting a voucher in place of an answer."),
        "values": ("A plain word about what went wrong.", "Things that work the first time."),
        "dos": ("Answer what they wrote, point by point.", "Fix one thing and show it."),
        "donts": ("Do not praise yourselves.", "Do not sell before it is settled.", "Do not send a form letter."),
    },
    "tier+": {
        "needs": ("To see what “{v}” is good for, each time",),
        "objections": ("“{v}” may not feel worth keeping", "Rules of “{v}” that change"),
        "tone": ("As to somebody who knows what “{v}” means",),
        "frustrations": (
            "“{v}” in the letter, and the same service as before.",
            "Benefits of “{v}” that lapse unseen.",
        ),
        "values": ("“{v}”, and what it opens.", "A thank-you that goes with “{v}”."),
        "dos": ("Remind them of what “{v}” holds.", "Say what “{v}” gave them lately."),
        "donts": ("Do not make them ask what “{v}” is worth.", "Do not change “{v}” without notice."),
    },
    "range+": {
        "needs": ("A short way to “{v}”", "Advice from people who know “{v}”"),
        "objections": ("“{v}” elsewhere may be better", "A season without anything new in “{v}”"),
        "frustrations": ("Searching for “{v}” and landing elsewhere.",),
        "values": ("Taking time over “{v}”.", "Being shown “{v}” that fits."),
        "dos": ("Show “{v}” in use.", "Say first what is new in “{v}”."),
        "donts": ("Do not thin out “{v}”.", "Do not talk past “{v}”."),
    },
    "category+": {
        "needs": ("More of what they go for, and less of the rest", "To find their usual at once"),
        "objections": ("A change in what they are used to", "Having to explain again what they want"),
        "frustrations": ("Suggestions meant for somebody else.", "Starting from the front page each time."),
        "values": ("Being understood without many words.", "What they know, where they expect it."),
        "dos": ("Name what they go for in the first line.", "Keep their usual in view."),
        "donts": ("Do not send them what suits everybody.", "Do not hide their usual behind news."),
    },
    "new+": {
        "tone": ("Helpful, and free of insider talk",),
        "donts": ("Do not take anything for known.", "Do not ask for loyalty yet."),
    },
}

_CHINESE: _Spares = {
    "rating+": {
        "needs": ("继续做好已经做对的事", "有个地方说说喜欢什么"),
        "objections": ("这次好，下次也得好", "夸得越多，越容易落空"),
        "tone": ("轻松，没有什么要弥补", "开朗大方"),
        "frustrations": ("越改越差，却说是升级。", "说了好话没人回。"),
        "values": ("知道会得到什么。", "好东西不乱改。"),
        "dos": ("谢谢他们说的话。", "多给同一类的。"),
        "donts": ("不要乱动本来就好的。", "不要让好评没有回音。", "不要躺在好评上。"),
    },
    "rating-": {
        "needs": ("对出过的问题有个答复", "看到有人读过自己写的话"),
        "objections": ("再试一次，也许还是老样子", "承诺听过不止一次"),
        "tone": ("平静，不找借口", "像听过他们说话的人"),
        "frustrations": ("问题没解决，却被请去打分。", "要的是答复，来的是一张券。"),
        "values": ("一句实话，说明哪里出了错。", "头一回就能用好。"),
        "dos": ("逐条答复他们写的话。", "先修好一件，再给人看。"),
        "donts": ("不要自夸。", "没解决之前不要推销。", "不要发套话。"),
    },
    "tier+": {
        "needs": ("每次都看得到“{v}”的用处",),
        "objections": ("“{v}”也许不值得保留", "“{v}”的规则说变就变"),
        "tone": ("像对懂得“{v}”的人说话",),
        "frustrations": ("信里写着“{v}”，服务还是老样子。", "“{v}”的权益悄悄过期。"),
        "values": ("“{v}”和它打开的门。", "与“{v}”相称的一声谢。"),
        "dos": ("提醒“{v}”包含什么。", "说说最近“{v}”给了什么。"),
        "donts": ("不要让他们来问“{v}”值什么。", "不要不打招呼就改“{v}”。"),
    },
    "range+": {
        "needs": ("到“{v}”的路要短", "懂“{v}”的人给建议"),
        "objections": ("别处的“{v}”也许更好", "“{v}”一季没有新东西"),
        "frustrations": ("找“{v}”却跳到别处。",),
        "values": ("在“{v}”上花时间。", "有人挑出合适的“{v}”。"),
        "dos": ("展示“{v}”用起来的样子。", "先说“{v}”有什么新的。"),
        "donts": ("不要削减“{v}”。", "不要绕开“{v}”。"),
    },
    "category+": {
        "needs": ("多一点他们要的，少一点别的", "一眼找到常用的"),
        "objections": ("用惯的东西变了", "又要再说一遍想要什么"),
        "frustrations": ("推荐像是给别人的。", "每次都从首页找起。"),
        "values": ("不用多说就被理解。", "熟悉的东西在熟悉的地方。"),
        "dos": ("第一句就说他们要的。", "把常用的放在眼前。"),
        "donts": ("不要发人人适用的内容。", "不要用新闻挡住常用的。"),
    },
    "new+": {
        "tone": ("乐于帮忙，不用行话",),
        "donts": ("不要默认他们都知道。", "先别谈忠诚。"),
    },
}

_SPARES = {"en": _ENGLISH, "zh": _CHINESE}


def more(language: str, section: str, sense: str) -> tuple[str, ...]:
    """Return further wordings of what a sense suggests for a section, none where there are none."""
    return _SPARES[language].get(sense, {}).get(section, ())
