"""Lexicons: the words that a sentence about customers may use only with evidence, or not at all."""

import re


def _english(words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(part.strip() for part in words.split(",")) + r")\b", re.IGNORECASE)


def _chinese(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()))


_SPELLED = _english(
    "two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, "
    "seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety, hundreds?, "
    "thousands?, millions?, billions?, dozens?, half, halves, (?:a|one|per) third, thirds, third of, quarters?, "
    "fifths?, tenths?, twice, thrice, double[ds]?, tripl(?:e|es|ed), quadrupled?, "
    r"(?:two|three|four|five|ten|many)fold, per ?cents?, percentage, one (?:in|out of|of every), couple of"
)
_CHINESE_FIGURES = re.compile(
    r"百分之|千分之|[一二两三四五六七八九十百千万亿〇零]+分之|一半|半数|过半|大半|翻[了一两]?[番倍]|成倍"
    r"|[一二两三四五六七八九十百千万亿半]+[成倍折]"
    r"|[二两三四五六七八九十百千万亿][一二三四五六七八九十百千万亿]*(?:个|位|人|名|次|单|件|元|块|岁|年|月|天|日|周|小时|分钟|公里|点)"
)
SPELLED_NUMBERS = (_SPELLED, _CHINESE_FIGURES)

TRAITS = (
    _english(
        "young(?:er|est)?, youth, youngsters?, elderly, elders?, older, seniors?, retirees?, retired, pensioners?, "
        "teen(?:s|ager|agers|aged)?, adolescents?, millennials?, gen[- ]?[xyz], boomers?, middle-?aged, aged, ages?, "
        "students?, parents?, parenthood, mothers?, moms?, mums?, fathers?, dads?, kids?, child, children, toddlers?, "
        "bab(?:y|ies), famil(?:y|ies), husbands?, wife, wives, married, unmarried, singles, divorced, "
        "widow(?:ed|s|er)?, "
        "pregnan(?:t|cy), households?, rich(?:er|est)?, wealth(?:y|ier)?, affluent, well-off, incomes?, "
        "salar(?:y|ies), "
        "low-income, high-income, earners?, m[ae]n, wom[ae]n, males?, females?, boys?, girls?, lad(?:y|ies), "
        "gentlem[ae]n, "
        "gender, he, she, his, hers?, him, ill(?:ness)?, sick, disabled, disabilit(?:y|ies), diabet(?:es|ic), "
        "overweight, "
        "obes(?:e|ity), patients?, pregnant, health, christians?, muslims?, jew(?:s|ish)?, hindus?, buddhists?, "
        "religio(?:n|us), ethnic(?:ity)?, asians?, hispanics?, latin[oa]s?, african(?:s)?, caucasians?, immigrants?, "
        "migrants?, gay, lesbians?, heterosexual, homosexual, lgbt\\w*, republicans?, democrats?, left-wing, "
        "right-wing, "
        "educated, graduates?, academics, executives?, professionals?, workers?, unemployed, blue-collar, white-collar"
    ),
    _chinese(
        "年轻 青年 中年 老年 年长 老人 学生 退休 父母 家长 妈妈 母亲 宝妈 爸爸 父亲 孩子 儿童 婴儿 家庭 已婚 "
        "未婚 单身 离婚 "
        "怀孕 孕妇 富裕 富有 有钱 贫困 收入 工资 薪 男性 女性 男士 女士 男人 女人 男生 女生 性别 患者 疾病 残疾 "
        "健康 宗教 "
        "基督 佛教 穆斯林 犹太 民族 移民 白领 蓝领 失业 高学历 学历 职业"
    ),
)
CAUSES = (
    _english(
        "because, due to, owing to, caus(?:e|es|ed|ing), leads? to, led to, leading to, result(?:s|ed|ing)? in, "
        "as a result, thanks to, therefore, hence, thus, consequently, driv(?:es|en) by, drives, makes them, "
        "mak(?:e|es|ing) customers, explains?, that is why, which is why, reason (?:for|why|that)"
    ),
    _chinese("因为 由于 所以 因此 因而 导致 造成 使得 促使 之所以 归因 原因是 引起"),
)
UPWARD = (
    _english(
        "more, higher, highest, high, above, over-?represented, greater, larger, many, often, mostly, mainly, "
        "frequent(?:ly)?, "
        "exceeds?, most likely"
    ),
    _chinese("更多 更高 较高 较多 偏高 偏多 高于 多于 超过 大多 多为 常常 经常"),
)
DOWNWARD = (
    _english(
        "less, lower, lowest, low, below, under-?represented, fewer, fewest, few, smaller, rarely, seldom, "
        "hardly, infrequent(?:ly)?, "
        "scarcely, lacks?"
    ),
    _chinese("更少 更低 较低 较少 偏低 偏少 低于 少于 不足 很少 少有 极少"),
)
NEITHER = (
    _english(
        "(?:no|not|never|neither|don't|do not|does not|isn't|aren't) (?:be |a |the |any )?\\w+, than most, at "
        "most, at least, "
        "more or less, no more, over time, one or more"
    ),
    _chinese("不是更 并不 没有更 不比"),
)
"""Wordings that hold a direction word without saying a direction; blanked out before looking."""

LESS_OFTEN = re.compile(r"\bless (?:often|frequent(?:ly)?|high|likely)\b")
MORE_RARELY = re.compile(r"\bmore (?:rarely|seldom)\b")
"""Two words that together say a direction which one of them alone would not."""

MAJORITY = (
    _english("majority, most (?:of|customers|people|are|have), mostly, mainly, predominantly, chiefly"),
    _chinese("多数 大部分 主要是 多为"),
)
EVERYBODY = (
    _english("everyone, everybody, all of (?:them|these), every (?:single )?(?:customer|one), nobody, no one, none of"),
    _chinese("人人 每个人 每位 无一 全都 没有人"),
)
PROMISES = (
    _english(
        "guarantee[ds]?, free, discounts?, refunds?, money back, vouchers?, cashback, cheapest, lowest price, "
        "promise[sd]?"
    ),
    _chinese("保证 免费 打折 折扣 退款 返现 优惠券 最低价 承诺"),
)
"""What a creative line may not promise in the company's name."""
