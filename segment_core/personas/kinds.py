"""Kinds: what a category or a yes suggests where the column's name does not tell what it is about, both named."""

_Kinds = dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]]

_ENGLISH: _Kinds = {
    "category": {
        "needs": (
            (
                "Service that takes {c} “{v}” into account",
                "An approach made for {c} “{v}”",
            ),
            (
                "Service that does not presume {c} “{v}”",
                "An approach that works without {c} “{v}”",
            ),
        ),
        "objections": (
            (
                "A plan that overlooks {c} “{v}”",
                "Terms that leave out {c} “{v}”",
            ),
            (
                "A plan made for {c} “{v}”",
                "Terms that presume {c} “{v}”",
            ),
        ),
        "frustrations": (
            (
                "Messages that pass over {c} “{v}”.",
                "Having to explain {c} “{v}” again.",
            ),
            (
                "Being taken for {c} “{v}”.",
                "Messages meant for {c} “{v}”.",
            ),
        ),
        "values": (
            (
                "Somebody who knows what {c} “{v}” means.",
                "Being dealt with as {c} “{v}”.",
            ),
            (
                "Offers that do not hang on {c} “{v}”.",
                "Not being taken for {c} “{v}”.",
            ),
        ),
        "dos": (
            (
                "Write for {c} “{v}”, and try it on a few first.",
                "Read the message again with {c} “{v}” in mind.",
            ),
            (
                "Choose examples other than {c} “{v}”.",
                "Read the message once without {c} “{v}” in mind.",
            ),
        ),
        "donts": (
            (
                "Do not make {c} “{v}” a footnote.",
                "Do not write as if {c} “{v}” were an exception.",
            ),
            (
                "Do not open with {c} “{v}”.",
                "Do not build the offer on {c} “{v}”.",
            ),
        ),
    },
    "flag": {
        "needs": (
            (
                "Service that takes “{c}” into account",
                "An approach that builds on “{c}”",
            ),
            (
                "Service that does not presume “{c}”",
                "An approach that works without “{c}”",
            ),
        ),
        "objections": (
            (
                "A plan that overlooks “{c}”",
                "Change where “{c}” is concerned",
            ),
            (
                "A plan that presumes “{c}”",
                "Steps that make sense only with “{c}”",
            ),
        ),
        "frustrations": (
            (
                "Messages that pass over “{c}”.",
                "Being asked about “{c}” as if it were news.",
            ),
            (
                "Messages that presume “{c}”.",
                "Being asked about “{c}” once more.",
            ),
        ),
        "values": (
            (
                "What goes well with “{c}”.",
                "Somebody who has “{c}” in mind.",
            ),
            (
                "Ways that do without “{c}”.",
                "Not having “{c}” assumed.",
            ),
        ),
        "dos": (
            (
                "Read the message again with “{c}” in mind.",
                "Try on a few first what builds on “{c}”.",
            ),
            (
                "Offer a way that does without “{c}”.",
                "Read the message once without “{c}” in mind.",
            ),
        ),
        "donts": (
            (
                "Do not write as if “{c}” were an exception.",
                "Do not pass over “{c}”.",
            ),
            (
                "Do not take “{c}” for granted.",
                "Do not build the offer on “{c}”.",
            ),
        ),
    },
}

_CHINESE: _Kinds = {
    "category": {
        "needs": (
            (
                "照顾到{c}“{v}”的服务",
                "为{c}“{v}”准备的做法",
            ),
            (
                "不默认{c}“{v}”的服务",
                "没有{c}“{v}”也行得通的做法",
            ),
        ),
        "objections": (
            (
                "方案没有考虑{c}“{v}”",
                "条件里漏了{c}“{v}”",
            ),
            (
                "方案只为{c}“{v}”而做",
                "条件默认{c}“{v}”",
            ),
        ),
        "frustrations": (
            (
                "消息略过了{c}“{v}”。",
                "{c}“{v}”要一再解释。",
            ),
            (
                "被归到{c}“{v}”里。",
                "收到写给{c}“{v}”的消息。",
            ),
        ),
        "values": (
            (
                "有人懂得{c}“{v}”意味着什么。",
                "按{c}“{v}”的情况来对待。",
            ),
            (
                "优惠不以{c}“{v}”为条件。",
                "不被归到{c}“{v}”里。",
            ),
        ),
        "dos": (
            (
                "先为{c}“{v}”写，小范围试过再发。",
                "想着{c}“{v}”再读一遍消息。",
            ),
            (
                "举例不只用{c}“{v}”。",
                "撇开{c}“{v}”再读一遍消息。",
            ),
        ),
        "donts": (
            (
                "不要把{c}“{v}”放进附注。",
                "不要把{c}“{v}”当例外。",
            ),
            (
                "不要以{c}“{v}”开头。",
                "不要把优惠建在{c}“{v}”上。",
            ),
        ),
    },
    "flag": {
        "needs": (
            (
                "照顾到{c}的服务",
                "在{c}的基础上来做",
            ),
            (
                "不默认{c}的服务",
                "没有{c}也行得通的做法",
            ),
        ),
        "objections": (
            (
                "方案没有考虑{c}",
                "{c}方面的改动",
            ),
            (
                "方案默认{c}",
                "有了{c}才说得通的步骤",
            ),
        ),
        "frustrations": (
            (
                "消息略过了{c}。",
                "像没听说过一样问起{c}。",
            ),
            (
                "消息默认{c}。",
                "又一次被问到{c}。",
            ),
        ),
        "values": (
            (
                "与{c}相配的东西。",
                "有人想着{c}。",
            ),
            (
                "没有{c}也能走的路。",
                "不被默认{c}。",
            ),
        ),
        "dos": (
            (
                "想着{c}再读一遍消息。",
                "以{c}为基础的做法，先小范围试。",
            ),
            (
                "给出没有{c}也行的路。",
                "撇开{c}再读一遍消息。",
            ),
        ),
        "donts": (
            (
                "不要把{c}当例外。",
                "不要略过{c}。",
            ),
            (
                "不要默认{c}。",
                "不要把优惠建在{c}上。",
            ),
        ),
    },
}


def kinds(language: str, section: str, about: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return what to say where there is more of it and where there is less; None where a section has nothing."""
    return (_CHINESE if language == "zh" else _ENGLISH).get(about, {}).get(section)
