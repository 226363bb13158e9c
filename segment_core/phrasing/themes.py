"""Themes: what a column is about, as far as its name tells, so that advice fits the fact."""

from segment_core.artifacts import EvidenceItem
from segment_core.llm.filters import fold
from segment_core.phrasing.wording import humanise, word

CHANNELS = ("online", "store", "catalogue", "response", "place")

_WORDS: dict[str, str] = {
    "trouble": "complain complaint complaints ticket tickets return returns returned refund refunds claim "
    "claims 投诉 退货 退款 差评",
    "rating": "rating ratings score satisfaction satisfied nps stars review sentiment 评分 满意 评价 星级",
    "price": "deal deals discount discounts coupon coupons promo promotion promotions voucher vouchers sale "
    "折扣 优惠 促销 券 特价",
    "lapse": "recency inactive churn dormant lapsed since 未购 流失 沉睡 距上次 距今",
    "response": "accepted response responses campaign campaigns cmp opened opens newsletter 营销 响应 活动 打开率",
    "online": "web website online app site click clicks session sessions page pages email mobile 网 网页 网站 "
    "线上 在线 App 小程序 点击",
    "store": "store stores shop shops branch branches counter offline 门店 到店 线下 店铺",
    "catalogue": "catalog catalogue catalogs brochure mail leaflet 目录 画册 邮寄",
    "means": "income salary wage wealth 收入 工资 薪",
    "people": "age birth kid kids kidhome teen teenhome child children marital gender sex education family "
    "年龄 出生 性别 婚 学历 家庭 孩子",
    "tenure": "tenure joined signup registered registration membership member 注册 入会 会龄",
    "place": "city region country state province town location district zip postcode 城市 省份 地区 国家 区域",
    "spend": "spend spent spending amount revenue monetary mnt total price value basket cost expenditure bill "
    "金额 消费 花费 客单 支出 总额 单价",
    "frequency": "order orders purchase purchases frequency transactions visits visit trips bookings 订单 次数 "
    "购买 下单 频次 频率",
}


TELLING = frozenset(_WORDS)
"""Themes found by name; the others only say what sort of fact it is."""


def theme(item: EvidenceItem) -> str:
    """Return what the fact's column is about, or what sort of fact it is where the name does not tell.

    Examples
    --------
    A median of "NumDealsPurchases" is about "price"; one of "Tannin" is an "amount".
    """
    name = fold(humanise(item.column or item.label))
    words = set(name.split())
    for found, known in _WORDS.items():
        if any(entry in words or (not entry.isascii() and entry in name) for entry in fold(known).split()):
            return found
    return word(item).sort
