"""Facts: the evidence of one segment, sorted into what a writer needs."""

import re

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.llm.filters import fold, is_unseen, reads_like_a_command, unfit
from segment_core.phrasing.phrases import can_be_said
from segment_core.phrasing.wording import word

FEWEST = 5
"""Customers that a segment needs before anything is compared, as in `segment_core.profiles.drivers`."""

_LARGE_EFFECT = {"share": 0.8, "median": 0.474, "mean": 0.474, "date": 0.474}
"""Where a difference counts as large: Cohen (1988) for h, Romano et al. (2006) for Cliff's delta."""

_SOUR = re.compile(
    r"\b(?:(?<!not as )(?<!not so )(?<!not )bad|poor|late|slow|broke|worst|terrible|awful|horribl|disappoint|"
    r"refund|returned|wrong|rude|dirty|itch|unflattering|problem|issue|fail|cancel|wait|delay|missing|cold\b|never|"
    r"unhappy|complain|expensive|overpriced|waste|damage|fault|cheaply|too (?:small|tight|large|big|short|long)|"
    r"sen[dt] (?:it|them|this) back)"
    r"|差|太慢|慢了|退货|退款|太贵|迟到|太少|凉了|冷了|不好|不新鲜|失望|投诉|送错|漏|没送|难吃|催"
)

_SWEET = re.compile(
    r"\b(?:lov|great|excellent|perfect|happy|happi|good|beautiful|delight|thank|wonderful|recommend|nice|pleased|"
    r"worth|well made|quick|friendly|comfort|best|favou?rite|cheap and)"
    r"|不错|满意|很好|好吃|推荐|新鲜|很快|喜欢|赞|实惠"
)
_DENIED = re.compile(r"(?:\b(?:no|not|nothing|never|without|hardly)\b|n't\b|没有|没|无)[^.,;!?。，；！？]{0,16}$")


_MISSING = frozenset(
    ["na", "n/a", "n.a.", "nan", "null", "missing", "unknown", "not available", "-", "?", "未知", "缺失", "不详", "空"]
)


def segments_of(evidence: Evidence) -> tuple[str, ...]:
    """Return the segments in the order of the sheet."""
    return tuple(dict.fromkeys(item.segment for item in evidence.items))


def strength(item: EvidenceItem) -> float:
    """Return how strong a difference is on one scale for all kinds: 1 is large."""
    if item.kind == "term":
        return 0.45
    return min(abs(item.effect) / _LARGE_EFFECT.get(item.kind, 0.5), 2.0)


def differences(evidence: Evidence, segment: str) -> list[EvidenceItem]:
    """Return what lies above or below the rest, strongest first.

    Medians can be equal although the distributions differ; such a figure would belie its sentence.
    """
    found = [
        item
        for item in evidence.of(segment, "share", "median", "date")
        if item.direction in ("over", "under") and (item.value is None or item.value != item.base)
    ]
    return sorted(found, key=strength, reverse=True)


def too_few(evidence: Evidence, segment: str) -> bool:
    """Tell a segment with fewer customers than a comparison needs, of which nothing is known, likeness neither."""
    return any(item.n < FEWEST for item in evidence.of(segment, "size"))


def is_missing(item: EvidenceItem) -> bool:
    """Tell a category that stands for a cell left empty, such as "NA": it describes the file, and nobody in it."""
    return word(item).value.casefold() in _MISSING


def says_nothing(item: EvidenceItem) -> bool:
    """Tell a category that only says that there is none, such as "NA": it can be counted, not advised on."""
    return is_missing(item) or word(item).value.casefold() in {"none", "other", "无", "其他"}


def terms(evidence: Evidence, segment: str) -> list[EvidenceItem]:
    """Return the terms that can be repeated and say something, without those that contain one another."""
    found: list[EvidenceItem] = []
    for item in evidence.of(segment, "term"):
        text = fold(item.text or item.label)
        if (
            can_be_said(item)
            and not is_empty(item)
            and not any(_overlap(text, fold(other.text or other.label)) for other in found)
        ):
            found.append(item)
    return found


def quotes(evidence: Evidence, segment: str) -> list[EvidenceItem]:
    """Return the quotes fit to be shown, those from the segment's centre first."""
    found = [item for item in evidence.of(segment, "quote") if is_showable(item.text)]
    return sorted(found, key=lambda item: item.boundary)


def is_sour(item: EvidenceItem) -> bool:
    """Tell whether a term or a quote is plainly unhappy.

    A quote counts only with two complaints more than praises, and "nothing missing" is no complaint:
    to show a contented customer as a complaining one would be worse than to show none.
    """
    text = fold(item.text or item.label)
    complaints = [found for found in _SOUR.finditer(text) if not _DENIED.search(text[: found.start()])]
    if item.kind == "term":
        return bool(complaints)
    return len(complaints) >= 2 + len(_SWEET.findall(text))


def is_showable(quote: str) -> bool:
    """Tell whether a quote is neither an advertisement nor an attack."""
    fair = any(map(str.isalpha, quote)) and not quote.startswith(("=", "＝", "@", "+")) and "<<" not in quote
    fair = fair and not any(letter in "{}|" or is_unseen(letter) for letter in quote.replace("\n", " "))
    return fair and not unfit(quote) and not reads_like_a_command(quote)


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


_EMPTY_WORDS = (
    "like came come old day days looks look looked got get one really did didn't took left need needed "
    "ordered order time times thing things think know said buy bought pay wanted want try tried just also "
    "later job piece make made great good nice well much way use used going went back put let say new bit "
    "lot shown huge adds usual will can not still even ever never always "
    "absolutely actually definitely totally completely extremely probably especially honestly literally simply maybe "
    "however unfortunately surprisingly certainly exactly particularly overall "
    "小时 分钟 半小时 多小时 一般 左右 多久 "
    "东西 感觉 觉得 可以 没有 就是 还是 这个 那个 我们 他们 一个 什么 还有 不会 不是 "
    "不过 不能 不要 不用 不到 不够 而且 虽然 然后 所以 因为 但是 如果 已经 一直 一些 "
    "一样 一下 一次 这样 这么 那么 怎么 为什么 真的 真是 真心 居然 竟然 只有 只是 只能 "
    "只要 都是 也是 还要 还可以 有点 有些 挺 挺好 比较 非常 特别 十分 实在 应该 可能 "
    "其实 其他 另外 最后 今天 昨天 现在 之前 以后 以前 时候 每次 这次 上次 下次 第一次 "
    "大家 自己 你们 别人 起来 出来 过来 下来 知道 说是 结果 "
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
_EDGES_WORDS = (
    "did didn't does doesn't do don't was wasn't were had has have is are be been can can't could couldn't would "
    "will just really also got get said told want wanted need needed "
    "think thought know say went came try tried put"
)
_EDGES = frozenset(_EDGES_WORDS.split())
"""Words that leave a pair half said where they begin or end it, as in "car did"."""


def is_empty(item: EvidenceItem) -> bool:
    """Tell a term that says little by itself, such as "came" or "car did"."""
    said = fold(item.text or item.label).replace("’", "'")
    pieces = said.split()
    if all(piece in _EMPTY for piece in pieces):
        return True
    return len(pieces) > 1 and (pieces[0] in _EDGES or pieces[-1] in _EDGES)


def is_sweet(item: EvidenceItem) -> bool:
    """Tell whether a term praises."""
    return bool(_SWEET.search(fold(item.text or item.label))) and not is_sour(item)
