"""Chinese: reviews in Chinese, grown from a grammar of their own on the themes of the English ones."""

from collections.abc import Mapping, Sequence

import numpy as np

from segment_core.intake.samples.chinese_words import SLOTS

_THEMES: dict[str, tuple[str, ...]] = {
    "price": (
        "{season}打{fold}折入手的{thing}，{cheap}",
        "领了满减券，{thing}到手价{cheap}",
        "原价买{thing}{dear}，用券之后{cheap}",
        "{thing}比{shop}便宜不少，{cheap}",
        "蹲了{days}终于等到{thing}降价",
        "凑单满减买的{thing}，算下来{cheap}",
        "{shop}同款{thing}更便宜，希望能保价",
        "只想买一款{thing}，运费却{dear}",
        "积分抵了一半的钱，{thing}{cheap}",
        "清仓区又淘到一款{thing}，{fold}折实在忍不住",
        "每到{weekday}就来看看{thing}有没有特价",
        "{season}的价格才肯下手，{thing}{cheap}",
    ),
    "thrift": (
        "这个价位的{thing}{okay}，没什么好挑剔的",
        "便宜的{thing}一样能用，{okay}",
        "我只买打折的，这款{thing}{okay}",
        "趁活动囤了{some}件{thing}，够用好一阵子",
        "过日子能省则省，特价{thing}正合适",
        "不图牌子，{thing}够用就行",
        "省下来的钱又能添一款{thing}",
    ),
    "family": (
        "{kid}特别喜欢这款{kidthing}",
        "给{kid}买的{kidthing}，天天都在用",
        "家里有{some}个孩子，{kidthing}必须结实，这款没问题",
        "{kidthing}脏了一擦就干净，带{kid}的家庭很需要",
        "{kid}长得快，旧的{kidthing}小了，又换了大一号",
        "全家都在用这款{thing}，连{kid}也抢着用",
        "趁{kid}午睡把{kidthing}装好了，步骤不难",
        "{kidthing}没有尖角，{kid}用着放心",
        "每周给家里补货，顺便给{kid}带了{kidthing}",
        "开学用品一次买齐，{kidthing}和{thing}一起到的",
        "{kidthing}是{kid}自己挑的，得意得很",
    ),
    "delivery": (
        "{kidthing}{safe}，一如既往",
        "{carrier}先打了电话，还把{kidthing}搬上楼，没吵醒{kid}",
        "孩子的东西装在一个包裹里，{safe}",
        "固定{weekday}送货，省得带着{kid}跑一趟",
        "可以约接{kid}放学之后的时间，包裹{safe}",
        "一大家子的订单一件不少，{safe}",
    ),
    "craft": (
        "{fine}的{craft}{fair}",
        "看得出做{fine}的师傅很讲究{craft}",
        "我愿意为{lasts}的{fine}多花钱",
        "用料扎实，{craft}到位，这件{fine}{lasts}",
        "别家找不到{craft}这么好的{fine}",
        "在这位匠人手里买的第三件了，{fine}{fair}",
        "{fine}摆在{room}里，{fair}",
        "这样的{fine}{lasts}",
        "一分钱一分货，{fine}的{craft}{good}",
    ),
    "taste": (
        "设计{fair}，和家里原有的{fine}很搭",
        "来做客的朋友都问{room}里的{fine}是哪里买的",
        "喜欢这件{fine}出自小作坊，木料还有认证",
        "门店的店员讲得出{fine}的来历，推荐得很专业",
        "{fine}的颜色{fair}，和画册上一样",
        "包装得像珠宝，打开一看，{fine}{fair}",
    ),
    "gift": (
        "买{thing}送给{person}，包装很用心",
        "{person}收到{occasion}礼物特别开心，一直夸这款{thing}",
        "临时要准备{occasion}礼物，多亏了这款{thing}",
        "{occasion}的贺卡和丝带{good}",
        "{thing}直接寄给了{person}，还附了手写卡片",
        "不知道送{person}什么，在这里挑到了{thing}",
        "{occasion}礼物赶上了，{person}很喜欢",
        "和朋友凑钱给{person}一个惊喜，选了{thing}",
    ),
    "app": (
        "{new}，{tech}{good}",
        "{found}发现的这家店，{easy}",
        "{tech}{good}，挑{occasion}礼物{easy}",
        "{found}注册的，还送了新人礼",
        "{new}，用{tech}挑{occasion}礼物很省心",
        "扫码选好礼物，{easy}",
        "{tech}要是能记住朋友的地址就更好了，其他{good}",
    ),
    "trouble": (
        "{thing}到手就{fault}，{bad}",
        "因为{fault}退了{thing}，等了{long}退款还没到",
        "换了两次货还是{fault}",
        "退货单打不开，{clerk}{care}",
        "{fault}的问题反馈了{long}没人理",
        "{thing}{fault}，谁都不肯负责",
        "说好给{thing}退款，{long}了还没动静",
        "收到的{thing}{fault}，包装{bad}",
        "图片和实物差太多：{fault}",
        "{thing}来回退了{some}次，{bad}",
    ),
    "service": (
        "{clerk}{care}，{bad}",
        "打了{some}次电话，{clerk}{care}",
        "{carrier}把{thing}{spot}，{clerk}{care}",
        "电话一直占线，好不容易接通，{clerk}{care}",
        "为{thing}写了{some}封邮件，只收到自动回复",
        "订单等了{long}被莫名取消，{never}",
        "投诉要把同一个单号填{some}遍，{never}",
    ),
    "anything": (
        "{thing}{okay}",
        "等了{days}收到{thing}",
        "{thing}的颜色{okay}",
        "{thing}放在{room}里正合适",
        "{weekday}买的{thing}",
        "说明书可以写得再清楚一点",
        "包装{okay}",
        "{carrier}用了{days}送到",
    ),
}
_OPENERS = ("说实话，", "总的来说，", "追评：", "补充一下：", "用了{days}来评价，", "老实讲，", "先说结论，")
_CLOSERS = ("，会回购", "，下次还来", "，值得推荐", "，就说这么多", "，谢谢店家")
_ENDS = ("。", "。", "。", "！", "~", "……")
_SLIPS = (("一直", "一只"), ("特别", "特地"), ("终于", "中于"), ("还是", "还事"), ("包装", "包庄"))


def chinese_review(themes: Mapping[str, float], random: np.random.Generator) -> str:
    """Write one to three Chinese sentences on themes drawn by their weights."""
    weights = np.cumsum(np.array(list(themes.values())))
    names = list(themes)
    n = 1 + int(np.searchsorted((0.2, 0.65), random.random()))
    drawn = [names[int(np.searchsorted(weights, random.random() * weights[-1]))] for _ in range(n)]
    opened = _pick(_OPENERS, random) if random.random() < 0.2 else ""
    closed = _pick(_CLOSERS, random) if random.random() < 0.2 and "trouble" not in themes else ""
    last = len(drawn) - 1
    return "".join(
        _sentence(theme, opened if position == 0 else "", closed if position == last else "", random)
        for position, theme in enumerate(drawn)
    )


def grow(text: str, slots: Mapping[str, Sequence[str]], random: np.random.Generator) -> str:
    """Fill each slot of a sentence with one of its entries."""
    first, *rest = text.split("{")
    grown = [first]
    for part in rest:
        slot, after = part.split("}", 1)
        grown += [_pick(slots[slot], random), after]
    return "".join(grown)


def _sentence(theme: str, opened: str, closed: str, random: np.random.Generator) -> str:
    grown = grow(opened + _pick(_THEMES[theme], random) + closed, SLOTS, random)
    if random.random() < 0.05:
        grown = grown.replace(*_SLIPS[int(random.integers(len(_SLIPS)))])
    return grown + _pick(_ENDS, random)


def _pick(entries: Sequence[str], random: np.random.Generator) -> str:
    return entries[int(random.integers(len(entries)))]
