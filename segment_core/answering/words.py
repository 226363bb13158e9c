"""Words: how people ask, in English and Chinese, as one small language of marks that the grammar reads."""

import re
from collections.abc import Mapping

from segment_core.labelling.rules import folded


def words_of(line: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(line.split())


CHINESE: Mapping[str, str] = {
    "哪个客群": "which segment", "哪个细分": "which segment", "哪个群体": "which segment",
    "哪一客群": "which segment",
    "哪类客户": "which segment", "哪个分群": "which segment", "哪群客户": "which segment",
    "哪一类客户": "which segment",
    "哪些客群": "which segment", "每个客群": "each segment", "各客群": "each segment",
    "各个客群": "each segment",
    "每个细分": "each segment", "客群": "segment", "细分": "segment", "哪个": "which",
    "哪一个": "which", "哪种": "which",
    "每个": "each", "各个": "each", "各": "each", "按": "by", "多少": "how many",
    "几个": "how many", "人数": "count",
    "数量": "count", "占比": "share", "比例": "share", "百分比": "share", "百分之几": "share", "份额": "share",
    "平均": "average", "均值": "average", "人均": "average", "中位数": "median", "中位": "median",
    "总共": "total",
    "总额": "total", "总计": "total", "总和": "total", "合计": "total", "一共": "total", "总": "total",
    "最多": "most", "最高": "highest", "最大": "largest", "最常见": "most common", "最常": "most",
    "最少": "least",
    "最低": "lowest", "最小": "smallest", "最年轻": "youngest", "最年长": "oldest",
    "最老": "oldest", "年轻": "youngest",
    "抱怨": "complain", "吐槽": "complain", "投诉": "complain", "不满": "complain",
    "提到": "mention", "提及": "mention",
    "谈到": "mention", "说到": "mention", "比较": "compare", "对比": "compare", "和": "and",
    "与": "and", "大于": "over",
    "超过": "over", "高于": "over", "多于": "over", "小于": "under", "低于": "under",
    "少于": "under", "不到": "under",
    "至少": "at least", "至多": "at most", "岁以上": "years or more", "岁以下": "years or less", "岁": "years",
    "为什么": "why", "为何": "why", "原因": "why", "明年": "next year", "下个月": "next month",
    "预测": "forecast",
    "将来": "future", "未来": "future", "会不会": "will", "将会": "will", "竞争对手": "competitor",
    "市场": "market",
    "行业": "industry", "天气": "weather", "应该": "should", "建议": "recommend",
    "昨天": "yesterday", "上周": "last week",
    "客户": "customers", "顾客": "customers", "用户": "customers", "消费": "spend", "花费": "spend",
    "花钱": "spend",
    "客单价": "average order value", "收入": "income", "工资": "income", "年龄": "age",
    "满意度": "satisfaction",
    "满意": "satisfaction", "订单": "orders", "下单": "orders", "退货": "returns",
    "工单": "tickets", "折扣": "discount",
    "宠物": "pets", "距离": "distance", "会员等级": "membership", "会员": "membership",
    "渠道": "channel", "城市": "city",
    "国家": "country", "家庭类型": "household", "住户": "household", "部门": "department", "品类": "department",
    "访问": "visits", "金卡": "gold", "银卡": "silver", "情侣": "couple", "家庭": "family", "单身": "single",
    "合租": "shared flat", "网站": "website", "门店": "store", "电话": "phone", "应用": "app",
    "德国": "Germany",
    "法国": "France", "意大利": "Italy", "比利时": "Belgium", "葡萄牙": "Portugal", "米兰": "Milan",
    "里昂": "Lyon",
    "厨房": "kitchen", "家具": "furniture", "户外": "outdoor", "装饰": "decoration",
    "儿童": "children", "使用": "uses",
    "用": "uses", "住在": "live in", "来自": "from", "没有": "not", "不": "not", "非": "not", "除了": "except",
    "除": "except", "以外": " ",
    "之外": " ",
    "外": " ",
    "属于": "in", "不属于": "not in", "从不": "never", "从未": "never", "没": "not", "配送": "delivery",
    "送货": "delivery",
    "快递": "delivery", "物流": "delivery", "价格": "price", "质量": "quality", "客服": "service",
    "服务": "service",
    "包装": "packaging", "设计": "design", "尺寸": "size", "其他": "other", "去年": "last year",
    "每月": "per month",
    "的": " ", "了": " ", "是": "is", "有": "have", "里": " ", "中": " ", "吗": " ", "呢": " ",
    "最": "most", "在": "in",
    "请问": " ", "什么": "what", "关于": "about", "客人": "customers", "人": "customers",
    "所有": "all", "全部": "all",
    "数": " ", "次数": "count", "次": " ", "被": " ", "对": " ", "个": " ", "位": " ", "名": " ", "我们": "we",
    "分别": "each",
    "喜欢": "favourite", "偏好": "preferred", "首选": "preferred", "占": "share", "率": "share", "给出": "show",
    "喜爱": "favourite", "常": " ", "比": " ", "高": " ", "低": " ", "额": " ", "金额": "spend",
    "远": "distance",
}  # fmt: skip
_LONGEST_FIRST = re.compile("|".join(sorted(map(re.escape, CHINESE), key=len, reverse=True)))

SAME: tuple[str, ...] = (
    "spend spent spending spender spenders revenue money monetary",
    "satisfaction satisfied happy happiest happier",
    "age aged old older oldest young younger youngest",
    "order orders purchase purchases buy buys bought",
    "return returns returned refund refunds",
    "ticket tickets",
    "discount discounts",
    "visit visits",
    "pet pets",
    "distance far farthest furthest nearest closest",
    "membership member members tier loyalty",
    "channel channels",
    "city cities town",
    "country countries nation",
    "household households",
    "department departments category",
    "income salary earn earns",
    "use uses using user users used",
    "prefer prefers preferred preference",
    "favourite favorite favourites",
)
ROOT: Mapping[str, str] = {word: line.split()[0] for line in SAME for word in line.split()}

GENERIC = words_of("total average mean per month year last number percent to km of the mnt count amount num id date")
"""Words of a column's name that alone do not name it."""

FILLER = words_of(
    "the a an of in on at is are was were do does did we our us have has had who that which what whats how "
    "many much customer customers people person persons client clients shopper shoppers there all any their "
    "they them it its for to by with from and or as me my show give tell list please can you i each per every "
    "across segment segments group groups between than more most least less fewer fewest highest lowest "
    "biggest largest smallest top best bottom high low big large small count number share percentage percent "
    "proportion part average mean median typical total sum overall whole common popular frequent often "
    "frequently usual usually usually complain complains complaint complaints complaining unhappy annoyed "
    "angry grumble grumbles mention mentions mentioned mentioning talk talks write writes wrote say says speak "
    "speaks about compare comparison versus vs over under above below least years year or live lives living "
    "based be been size worst greatest come comes make makes made makeup up this data file study "
    "place placed belong belongs fall falls not don't "
    "non doesn't didn't never isn't aren't wasn't neither nor except excluding outside none belong belonging "
    "without no one ones when where get gets yes many rate last month also only just among amongst within "
    "inside their's here those everyone everybody anyone anybody having own owns"
)
MOST = words_of("most highest biggest largest top best greatest oldest happiest furthest farthest more")
LEAST = words_of("least lowest smallest fewest bottom worst youngest nearest closest fewer less")
COMPLAIN = words_of("complain complains complaint complaints complaining unhappy annoyed angry grumble grumbles")
MENTION = words_of("mention mentions mentioned mentioning talk talks write writes wrote speak speaks say says")


def translated(text: str) -> str:
    """Fold a text and put the English marks in place of the Chinese that is known; the rest stays.

    Examples
    --------
    >>> translated("哪个客群最常抱怨配送？").split()
    ['which', 'segment', 'most', 'complain', 'delivery', '?']
    """
    plain = _aged(folded(text)).replace("？", " ? ").replace("，", " , ").replace("。", " ")
    return " ".join(folded(_LONGEST_FIRST.sub(lambda found: f" {CHINESE[found[0]]} ", plain)).split())


def _aged(text: str) -> str:
    """Name the age where only its unit is named, and tell a span from two numbers."""
    text = re.sub(
        r"\b(everyone|everybody|anyone|all|all customers|customers) (?:but|save) (?!not\b)", r"\1 except ", text
    )
    text = re.sub(r"\b(?:apart from|other than|except for)\b", "except", text)
    text = re.sub(r"(\d)\s*岁?\s*[到至~–-]\s*(?=\d)", r"\1 to ", text)
    if "除" not in text:
        text = re.sub(r"([a-z]\d+|[^\s，。？?的]{1,8})(?:以外|之外)", r"除\1", text)
    return text if "年龄" in text else re.sub("岁(以上|以下)?", lambda found: f"{found[0]} age ", text)


def tokens(text: str) -> list[str]:
    """Return the words and figures of a translated text."""
    return [one.removesuffix("'s") for one in re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[a-z]+)?\d*", text)]


def root(word: str) -> str:
    """Bring words that mean the same, and a plural with its singular, to one form.

    Examples
    --------
    >>> root("spent"), root("cities"), root("discounts"), root("class")
    ('spend', 'city', 'discount', 'class')
    """
    if word in ROOT:
        return ROOT[word]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
