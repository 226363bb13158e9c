"""Senses: what a fact says of a segment, such as "lapse+" for a long silence, whatever its column is called."""

from functools import lru_cache

from segment_core.artifacts import EvidenceItem
from segment_core.llm.filters import fold
from segment_core.phrasing.facts import is_sour, says_nothing
from segment_core.phrasing.things import part_of_speech
from segment_core.phrasing.wording import humanise, word

_WORDS: tuple[tuple[str, str], ...] = (
    ("returns", "return returns returned refund refunds cancelled cancellations 退货 退款 退单"),
    ("trouble", "complain complains complaint complaints ticket tickets claim claims issues 投诉 差评 工单 客诉"),
    (
        "rating",
        "rating ratings satisfaction satisfied nps stars recommend recommends recommended sentiment "
        "评分 满意 评价 星级",
    ),
    ("price", "deal deals discount discounts coupon coupons promo promotion promotions voucher 折扣 优惠 促销 券 特价"),
    ("distance", "distance km miles 距离"),
    ("response", "accepted response responses campaign campaigns cmp newsletter 营销 响应 打开率"),
    ("app", "app apps 小程序"),
    ("browse", "session sessions click clicks page pages 浏览 点击"),
    ("online", "web website online internet site 网站 网购 线上 在线"),
    ("phone", "phone telephone call calls hotline 电话"),
    ("catalogue", "catalog catalogue catalogs catalogues brochure leaflet 目录 画册 邮购"),
    ("store", "store stores shop shops branch branches 门店 到店 线下 店铺"),
    ("means", "income salary wage 收入 工资 薪"),
    ("age", "age birth born 年龄 出生"),
    (
        "people",
        "kid kids kidhome teen teenhome child children marital gender sex education family household 婚 性别 学历 家庭",
    ),
    ("tier", "membership tier loyalty 会员 等级"),
    ("new", "tenure joined signup registered registration customer since 注册 入会 会龄"),
    ("place", "city region country state province town location district zip 城市 省份 地区 国家 区域"),
    ("basket", "basket average avg 客单 单价 均"),
    (
        "spend",
        "spend spent spending amount amounts revenue monetary mnt turnover expenditure bill lifetime "
        "金额 消费 花费 支出",
    ),
    (
        "frequency",
        "order orders purchase purchases frequency transactions trips bookings 订单 次数 购买 下单 频次 频率",
    ),
    (
        "range",
        "department departments category class division product products brand favourite favorite dishes "
        "品类 类别 部门 品牌 菜",
    ),
)
_CHANNELS = {
    "app": "app 小程序",
    "online": "website web online site internet 网站 线上",
    "phone": "phone telephone call 电话",
    "store": "store shop branch offline 门店 线下",
    "catalogue": "catalog catalogue 目录",
}
_DATES = {
    "lapse": "last latest recent order visit purchase active 最近 最后 上次",
    "new": "signup joined registered registration customer first created since 注册 首次 入会",
}
_AGO = "recency inactive dormant lapsed since churn 距今 未购 流失 沉睡"
_VISITS = frozenset({"visit", "visits", "session", "sessions", "click", "clicks", "page", "pages"})
_MONEY = frozenset({"mnt", "spend", "spent", "amount", "revenue"})
_ONE_WAY = frozenset({"range", "place", "people", "tier"})
_SORTS = {"time": "time", "category": "category", "flag": "flag", "count": "count", "amount": "amount"}

FAMILIES: dict[str, tuple[str, ...]] = {
    "channel": ("app", "browse", "online", "phone", "catalogue", "store", "distance"),
    "money": ("spend", "basket", "price", "means"),
    "rhythm": ("lapse", "frequency", "new", "tier", "time", "response"),
    "mood": ("rating", "trouble", "returns"),
    "choice": ("range", "object", "category", "flag", "count", "amount"),
    "person": ("people", "age", "place"),
}
"""Senses that belong together, and are said together."""

OPPOSITES = {"app": "online", "browse": "online", "spend": "basket", "trouble": "returns"}
"""Senses that speak of the same thing: where two of them point in different directions, advice follows the stronger."""

_SPOKEN = {"thing": "word", "quality": "how", "": "said"}
"""Senses of their own words; nothing is built on what neither names nor describes anything."""


@lru_cache(8192)
def sense(item: EvidenceItem) -> str:
    """Return what a fact is about, and a sign: "frequency+" for many orders, "lapse+" for a last order long ago.

    Examples
    --------
    A median of "NumDealsPurchases" above the rest is "price+"; an early "last_order_date" is "lapse+".
    """
    if item.kind == "term":
        return _SPOKEN[part_of_speech(item)] + ("-" if is_sour(item) else "+")
    over = item.direction != "under"
    about = _about(item)
    name = fold(humanise(item.column or item.label)).split()
    inverted = (
        (about == "lapse" and item.kind == "date")
        or (about == "new" and item.kind != "date")
        or (about == "age" and bool({"birth", "born", "出生"} & set(name)))
    )
    return about + ("+" if over != inverted else "-")


_LIVELY = {
    "rating": 1,
    "frequency": 1,
    "spend": 1,
    "basket": 1,
    "response": 1,
    "lapse": -1,
    "trouble": -1,
    "returns": -1,
}


def clash(one: EvidenceItem, other: EvidenceItem) -> bool:
    """Tell whether two facts surprise beside one another, such as a high spend and a low rating."""
    moods = [_LIVELY.get(sense(item)[:-1], 0) * (1 if sense(item).endswith("+") else -1) for item in (one, other)]
    if all(moods):
        return moods[0] != moods[1]
    alike = family(one) == family(other) == "channel" or sense(one)[:-1] == sense(other)[:-1]
    return alike and sense(one)[-1] != sense(other)[-1]


def family(item: EvidenceItem) -> str:
    """Return the family of a fact's sense."""
    about = sense(item)[:-1]
    return next((name for name, members in FAMILIES.items() if about in members), "choice")


@lru_cache(8192)
def thing(item: EvidenceItem) -> str:
    """Return what money goes to where the column says so: "wines" of MntWines, else ""."""
    words = fold(humanise(item.column or item.label)).split()
    if len(words) < 2 or words[0] not in _MONEY or item.kind == "share":
        return ""
    rest = [one for one in words[1:] if one not in ("on", "products", "prods", "total", "per")]
    return " ".join(rest) if rest and not _matching(" ".join(rest)) else ""


def _about(item: EvidenceItem) -> str:
    wording = word(item)
    name = fold(humanise(item.column or item.label))
    if item.kind == "share" and wording.sort == "category":
        return _category(name, fold(wording.value), says_nothing(item))
    if wording.sort == "time":
        found = next((about for about, known in _DATES.items() if _has(name, known)), "")
        return found or ("age" if _has(name, "birth born 出生") else "time")
    if thing(item):
        return "object"
    if _has(name, _AGO) and item.kind != "share":
        return "lapse"
    found = _matching(name)
    if found == "online" and _VISITS & set(name.split()):
        found = "browse"
    if found in _ONE_WAY and found != "people":
        found = ""
    if found == "new" and "since" not in name and "tenure" not in name and item.kind == "share":
        found = ""
    return found or _SORTS[wording.sort]


def _category(name: str, value: str, empty: bool) -> str:
    channel = next((about for about, known in _CHANNELS.items() if value in fold(known).split()), "")
    if channel:
        return channel
    found = _matching(name)
    return found if found in _ONE_WAY and not empty else "category"


def _matching(name: str) -> str:
    return next((about for about, known in _WORDS if _has(name, known)), "")


def _has(name: str, known: str) -> bool:
    words = set(name.split())
    return any(entry in words or (not entry.isascii() and entry in name) for entry in fold(known).split())
