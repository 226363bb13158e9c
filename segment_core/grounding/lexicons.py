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
    "a handful, doubly, triply, umpteen, "
    "(?:a|one|per) fifth, fifths, (?:a|one|per) tenth, tenths, (?:a|one|per) (?:sixth|seventh|eighth|ninth), "
    "twice, thrice, double[ds]?, doubling, tripl(?:e|es|ed|ing), trebl(?:e|es|ed|ing), quadrupl(?:e|es|ed|ing), "
    "quintupl(?:e|es|ed|ing), halv(?:e|ed|ing), "
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|thousand|many|several|multi)-?fold, "
    r"(?:a|one) (?:good|bare|full|scant|solid|clear|whole|mere|small|big) "
    r"(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth), "
    r"every (?:second|other|third|fourth|fifth|tenth) (?:one|customer|person|buyer|shopper|order|basket|visit|review), "
    r"(?:several|many|some) times (?:as|more|over (?:the|what|their)|the|higher|larger|what), (?:duo|trio|quartet) of, "
    r"times (?:as|more) (?:many|much|likely|often), "
    "tens of, scores of (?:customers|people|buyers|orders), (?:quart|quint|dec|percent)iles?, per mille, "
    r"zero (?:of|returns?|complaints?|orders?|customers?), "
    r"per ?cents?, percentage, one (?:(?:customer|person|buyer|shopper|order) )?(?:in|out of|of every), couple of"
)
_CHINESE_FIGURES = re.compile(
    r"百分[之点百]|[千万]分之|[一二两三四五六七八九十百千万亿〇零几数]+分之|一半|[半近逾过]半数?|半数|[大小]半(?![天年夜])|一打|对半|对折|半价"
    r"|翻[了一两二三几数]*[番倍]|减半|腰斩|[成几数多双加]倍|倍增|[几数]折|(?:好几|[几数])成(?![为了])|十[之有]八九|百里挑一"
    r"|[一二两三四五六七八九十百千万亿半]+[成倍折]"
    r"|[二两三四五六七八九][十百千万亿]|[十百千][一二三四五六七八九]|[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}|[俩仨廿卅]"
    r"|每(?!一[次单件])[一二两三四五六七八九十百千几]+[个位人名单件次]|[上近逾][百千万][个位人名次单件元笔]|[零一二三四五六七八九十]点[零一二三四五六七八九]"
    r"|(?!十分(?![钟之])|万分(?!之)|四周)(?:[二两三四五六七八九十百千万亿]|数[十百千万])[一二三四五六七八九十百千万亿多几余来]*"
    r"(?:个|位|人|名|次|回|趟|遍|笔|份|号人|单|件|元|块|岁|年|月|天|日|周|小时|分钟|公里|点|分)"
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
        "gender, he, she(?!-), his, hers?, him, ill(?:ness)?, sick, disabled, disabilit(?:y|ies), diabet(?:es|ic), "
        "overweight, "
        "obes(?:e|ity), patients?, pregnant, health, christians?, muslims?, jew(?:s|ish)?, hindus?, buddhists?, "
        "religio(?:n|us), ethnic(?:ity)?, asians?, hispanics?, latin[oa]s?, african(?:s)?, caucasians?, immigrants?, "
        "migrants?, gay, lesbians?, heterosexual, homosexual, lgbt\\w*, republicans?, democrats?, left-wing, "
        "right-wing, "
        "housewi(?:fe|ves), catholics?, protestants?, sikhs?, unhealthy, doctors?, nurses?, teachers?, engineers?, "
        "lawyers?, programmers?, farmers?, soldiers?, veterans?, entrepreneurs?, cash-strapped, couples?, newlyweds?, "
        "grand(?:ma|pa|mother|father|parent)s?, bachelors?, foreigners?, (?:working|middle|upper|lower)[- ]class, "
        "poor (?:people|customers|families), well-heeled, over-?(?:thirties|forties|fifties|sixties), native-born, "
        "educated, graduates?, academics, executives?, professionals?, workers?, unemployed, jobless, "
        "blue-collar, white-collar"
    ),
    _chinese(
        "年轻 青年 中年 老年 年长 老人 学生 退休 父母 家长 妈妈 母亲 宝妈 爸爸 父亲 孩子 儿童 婴儿 家庭 已婚 "
        "未婚 单身 离婚 "
        "怀孕 孕妇 富裕 富有 有钱 贫困 收入 工资 薪 男性 女性 男士 女士 男人 女人 男生 女生 性别 患者 疾病 残疾 "
        "健康 宗教 "
        "基督 佛教 穆斯林 犹太 民族 移民 白领 蓝领 失业 高学历 学历 职业 "
        "打工 没钱 穷人 程序员 医生 护士 教师 老师 工程师 司机 农民 公务员 主妇 奶奶 爷爷 上班族 天主教 同性恋 "
        "党员 外国人 情侣 夫妻 "
        "小孩 宝宝 少数民族"
    ),
)
CAUSES = (
    _english(
        "because, due to, owing to, caus(?:e|es|ed|ing), "
        "(?<!road )(?<!path )(?<!way )(?<!link )leads? to(?! the top), led to, leading to, result(?:s|ed|ing)? in, "
        "as a result, thanks to, therefore, hence, thus, consequently, "
        "driven by, drives?(?= (?:their|the|up|more|higher|sales|demand|spending|orders|loyalty|customers|them)), "
        "(?:makes|made|making|will make) (?:them|customers|people), "
        "make customers, explains?, that is why, which is why, reason (?:for|why|that), "
        "stems? from, stemming from, (?:ratings?|complaints?|returns?|orders?|spending|sales|loyalty) comes? from, "
        "to blame, blamed?, triggers, triggered by, boosts?, boosted, fuels?, fuelled by, "
        "turns? (?:them|customers) into, "
        "since (?:they|these|customers), attribut(?:ed|able) to, so as to make, is why, are why, "
        "(?:what|which|that) brings, push(?:es|ed)? \\w+ (?:up|down), lead(?:s|ing)? (?:them|customers|people) to, "
        "(?:brought|came) about"
    ),
    _chinese(
        "因为 由于 所以 因此 因而 导致 造成 使得 促使 之所以 归因 原因是 引起 源于 归咎 "
        "归功 引发 促成 驱动 造就 带来更 带来了 是因 因[^此而]{1,8}而 使其 使他们"
    ),
)
UPWARD = (
    _english(
        "more, higher, highest, high, above, over-?represented, greater, larger, many, often, mostly, mainly, "
        "frequent(?:ly)?, "
        "exceeds?, older, most likely, common, commonly, widespread, above-average"
    ),
    _chinese("更多 更高 较高 较多 偏高 偏多 高于 多于 超过 大多 多为 常常 经常"),
    re.compile(r"不[低少](?![于过])"),
)
DOWNWARD = (
    _english(
        "less, lower, lowest, low, below, under-?represented, fewer, fewest, few, smaller, rarely, seldom, "
        "hardly, infrequent(?:ly)?, "
        "scarcely, lacks?, younger, rare, uncommon, scarce, missing, absent, below-average, infrequent"
    ),
    _chinese("更少 更低 较低 较少 偏低 偏少 低于 少于 不足 很少 少有 极少 罕见 少见"),
    re.compile(r"(?<!差)不[高多](?![于过])"),
)
NEITHER = (
    _english(
        "(?:no|not|never|neither|don't|do not|does not|isn't|aren't) (?:be |a |the |any )?\\w+, than most, at "
        "most, at least, "
        "more or less, no more, (?<!only )(?<!just )a few, "
        "over time, one or more, in common, (?:though|if) (?:few|rare|small)(?: in all)?, far from (?:rare|uncommon), "
        "not uncommon, nothing missing"
    ),
    _chinese("不是更 并不 没有更 不比"),
)
"""Wordings that hold a direction word without saying a direction; blanked out before looking."""

LATER = (_english("later, recent(?:ly)?, newer"), _chinese("较晚 更晚 偏晚 较近 更近 新近"))
EARLIER = (_english("earlier, early, long ago"), _chinese("较早 更早 偏早 早于"))
"""Directions of dates and years, where a sentence cites nothing else."""

SUPERLATIVES = (
    _english(
        "(?:the|our|your) (?:most (?:loyal|valuable|active|profitable|satisfied|engaged|unhappy|demanding)"
        "|biggest|largest|heaviest|best|worst|happiest|unhappiest)"
        " (?:customers?|segments?|groups?|spenders?|buyers?|shoppers?|of all)"
    ),
    re.compile(r"最(?:忠诚|活跃|有价值|满意|不满|挑剔|好|差|大|赚钱)的?(?:客户|群体|一群|人群|细分)"),
)
"""Ranks among segments, which no fact of a sheet supports: facts compare with all customers."""

NOT_HIGH = re.compile(
    r"(?:\bnot|n't) (?:very |so |that |particularly |especially )?(?:high|many|often|frequent(?:ly)?)\b"
)
LESS_OFTEN = re.compile(r"\bless (?:often|frequent(?:ly)?|high|likely|common(?:ly)?)\b")
MORE_RARELY = re.compile(r"\bmore (?:rarely|seldom)\b")
"""Two words that together say a direction which one of them alone would not."""

MAJORITY = (
    _english(
        "majority, most (?:of|customers|people|are|have), mostly, mainly, predominantly, chiefly, the bulk of, "
        "lion's share, the greater part, (?:almost|nearly|virtually) all"
    ),
    _chinese("多数 大部分 主要是 多为 绝大 几乎都 几乎全"),
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

DATES = (
    _english(
        "mondays?, tuesdays?, wednesdays?, thursdays?, fridays?, saturdays?, sundays?, weekends?, tomorrow, tonight, "
        "january, february, april, june, july, august, september, october, november, december, "
        "(?:in|until|till|by|before|from|since|this|next|of) (?:march|may), (?:until|till) (?:the end|midnight), "
        "deadline, "
        "(?:this|next) (?:week|month|year), (?:today|now) only, only today, ends? (?:today|soon)"
    ),
    _chinese(
        "周[一二三四五六日末] 星期[一二三四五六日天] 明天 今晚 本周 下周 本月 下月 月底 年底 "
        "[一二三四五六七八九十]+月 截止 截至 仅限今日 仅限今天"
    ),
)
"""Days and deadlines, which copy takes from the brief or leaves out."""

PROMISE_KINDS = (
    (
        _english(
            "discounts?, discounted, save[sd]?(?! time), savings?, reduced, reductions?, price cuts?, sales?, deals?, "
            "bargains?, half[- ]price, cheaper"
        ),
        re.compile(r"(?:%|per ?cent|[$€£¥0-9])\s*off\b"),
        _chinese("打折 折扣 减免 优惠 特价 促销 立减 满减 降价 省钱 划算"),
    ),
    (
        _english("vouchers?, coupons?, promo codes?, codes?, cashback"),
        _chinese("优惠券 代金券 红包 返现 优惠码 兑换码"),
    ),
    (
        _english("guarantee[ds]?, guaranteeing, warrant(?:y|ies), promise[sd]?, risk[- ]free, no risk, we ensure"),
        _chinese("保证 承诺 保修 质保 包你 无风险 零风险"),
    ),
    (_english("refund(?:s|ed|able)?, money[- ]back"), _chinese("退款 全额退 包退 无理由退")),
    (
        _english("cheapest, (?:lowest|best|unbeatable) prices?, cannot be beaten, unbeatable"),
        _chinese("最低价 全网最低 底价 最便宜"),
    ),
    (
        _english("gifts?, bonus(?:es)?, win, prizes?, rewards?, giveaways?, surprise (?:box|gift)"),
        _chinese("赠品 礼品 好礼 抽奖 中奖 奖品 赢取"),
    ),
    (
        _english(
            "limited[- ]time, last chance, while stocks? lasts?, only (?:a )?few left, almost gone, hurry, selling fast"
        ),
        _chinese("限时 最后机会 售完即止 先到先得 即将售罄 限量"),
    ),
    (
        _english("next[- ]day, same[- ]day, overnight, express delivery, within (?:hours|days|minutes)"),
        _chinese("次日达 当日达 隔日达 小时达 分钟达"),
    ),
    (
        _english("lifetime, forever, unlimited, always (?:in stock|available), never (?:out of stock|late)"),
        _chinese("终身 永久 无限 永远有货"),
    ),
    (
        _english(
            "number one, no\\. one, the best (?:in|of|on)[a-z ]*, the world's [a-z]+, award[- ]winning, certified, "
            "clinically, scientifically, proven, cures?, heals?"
        ),
        _chinese("第一品牌 全国第一 全球第一 销量第一 国家级 最佳 最好的 唯一 获奖 认证 临床 根治 治愈"),
    ),
)
"""Promises by kind: a brief with a word of a kind allows the other words of that kind."""

FREE = (
    _english(
        "(?<!-)(?<!feel )free(?![- ](?:from|of|and easy|time|day|range|spirit)), no charge, complimentary, "
        "on the house, on us"
    ),
    _chinese("免费 免运费 包邮 赠送 白送 零元"),
)
FREE_THINGS = re.compile(
    r"\b(?:delivery|shipping|returns?|gifts?|trials?|samples?|months?|installation|repairs?|products?|items?|orders?|"
    r"drinks?|meals?|tickets?|upgrades?)\b|运费|包邮|配送|送货|退货|试用|样品|安装|维修|礼物"
)
