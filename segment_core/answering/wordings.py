"""Wordings: how questions are put in English and Chinese, as patterns over folded text."""

from collections.abc import Mapping

from segment_core.answering.asked import Measure

BEYOND: Mapping[str, str] = {
    "cause": r"\bwhy\b|\bbecause\b|\bcauses?\b|\breasons?\b|为什么|为何|原因|怎么会",
    "forecast": r"\bwill\b|\bnext (?:year|month|week|quarter)\b|\bforecast|\bpredict|\bgoing to\b|将会|会不会|预测|明年|下个?月",  # noqa: E501
    "advice": r"\bshould\b|\bhow (?:can|do) (?:we|i)\b|应该|怎样才能|如何",
    "outside": r"\bcompetitors?\b|\bmarket share\b|\bindustry\b|\bamazon\b|\bweather\b|竞争对手|同行|行业|市场份额|天气",  # noqa: E501
}
SEGMENTS = (
    r"\b(?:which|what) (?:customer )?segments?\b|\b(?:by|per|in each|for each|of each|across|each) segments?\b|"
    r"\bcompare (?:the )?segments\b|哪个客群|哪一?个?细分|哪类客户|各个?客群|每个客群|按客群"
)
BY = r"\b(?:which|by|per|in each|for each|each|across) {name}\b|(?:哪个|各个?|每个|按){name}"
MOST = r"\b(?:the )?(?:most|highest|largest|biggest|greatest|top(?! *\d))\b|最多|最高|最大"
LEAST = r"\b(?:the )?(?:least|fewest|lowest|smallest)\b|最少|最低|最小"
COUNT = r"\bhow many\b|\bnumber of\b|\bcount\b|多少(?:个|位|名)?(?:客户|顾客|人)|几个客户|(?:客户|顾客|人)数|\bcustomers?\b|客户"  # noqa: E501
MEASURES: Mapping[Measure, str] = {
    "median": r"\bmedian\b|中位数",
    "mean": r"\b(?:average|mean)\b|平均",
    "sum": r"\b(?:total|sum of)\b|总和|总共|合计",
    "share": r"\b(?:what )?(?:share|percentage|percent|proportion|part|rate)\b|占比|比例|百分之几|百分比",
}
COMPLAIN = (
    r"\bcomplain(?:s|ed|ing)?\s+(?:the\s+)?(?:most|least)?\s*about\s+((?:the )?[a-z]+)\b|抱怨([^\s最的]{2,6}?)(?=最|的|\s)|"  # noqa: E501
    r"\bcomplain(?:s|ed|ing|ts?)?\b|抱怨"
)
MENTION = (
    r"\b(?:mentions?|mentioned|talks? about|writes? about|speaks? of)\s+((?:the )?[a-z]+)\b|"
    r"(?:提到|谈到|说到)([^\s最的]{1,6}?)(?=最|的|\s)"
)
ASPECTS: Mapping[str, str] = {
    **{
        name: name
        for name in ("delivery", "price", "quality", "fit", "look", "taste", "service", "app", "returns", "packaging")
    },
    "shipping": "delivery",
    "prices": "price",
    "配送": "delivery",
    "物流": "delivery",
    "送货": "delivery",
    "价格": "price",
    "质量": "quality",
    "服务": "service",
    "包装": "packaging",
    "退货": "returns",
    "味道": "taste",
}
FILLER = (
    r"\b(?:which|what|is|are|the|a|an|of|in|do|does|has|have|had|with|who|whose|that|for|from|by|customers?|people|"
    r"segments?|there|on|and|we|our|me|show|tell|give|many|how|much|their|to|was|were|between|"
    r"compare|value|s)\b|[的是有在了吗呢中里]|客户|顾客|客群|多少|哪些|什么|哪个|所有|谁"
)
