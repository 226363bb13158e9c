"""Fillers: words that are in every text and name nothing, so that they are no aspect of anything."""

ENGLISH = frozenset(
    (  # noqa: SIM905 - a list would take a line a word
        "able absolutely actually ago almost already also although amazing anybody anyone anything anyway "
        "arrived ask asked available avoid away awesome awful bad beautiful best better big bit bought bring "
        "brought buy buying called came can't cannot certainly close come comes coming completely couldn't "
        "cute day days decided definitely did didn't different disappointed does doesn't doing don't easily "
        "easy edit end ended enough especially evening exactly excellent expect expected extremely far fast "
        "favorite favourite feel feels felt figure finally fine fit fits flattering forward friday getting "
        "gets give given gives giving glad goes going gone good gorgeous got great guess half happen happened "
        "happy hard hasn't haven't having he's hope horrible i'd i'll immediately incredibly isn't it'd it'll "
        "just keep kept kind knew know known large largely last later least left less let let's like liked "
        "likes little long look looked looking looks lot lots love loved lovely loves made make makes making "
        "maybe means might minute month months morning nearly needed needs new nice non normally nothing ok "
        "okay old older one's ones order ordered ordering otherwise overall particularly people perfect "
        "perfectly person person's plus point poor possible possibly pretty probably purchase purchased put "
        "quick quickly quite read ready real really reason received recommend regret rest returned right said "
        "saturday saw say says see seen seems send sent set she's short simple simply slightly small someone "
        "something soon sort started stars stay stuff summer sunday super sure take taken takes terrible "
        "thank thanks that'd there's thing things think thinking thought thursday time times today told "
        "tomorrow took totally tried truly try trying tuesday understand unfortunately update use used using "
        "usual usually various want wanted wants wasn't way wear wearing wednesday week weeks weren't what's "
        "whatever winter won't wonderful word words wore work worked works worst worth wouldn't wrong year "
        "years yes yesterday yet you'd you'll you're monday tbh lol etc via per need went wish hit add added "
        "tell check saying wait waiting pick extra huge reference referenced pay ordinary anymore everybody "
        "everyday everything's nobody nor none ever every second third twice hour hours"
    ).split()
)
CHINESE = frozenset(
    (  # noqa: SIM905 - a list would take a line a word
        "不错 很好 好吃 好评 差评 喜欢 觉得 感觉 真的 真是 这次 这家 这里 那里 下次 每次 一次 今天 "
        "昨天 明天 已经 有点 一点 一直 一下 一般 一样 东西 时候 时间 知道 看到 看着 出来 起来 下来 "
        "没有 没 有 太 很 特别 比较 非常 挺 还是 还有 还行 可以 可能 不能 不会 不要 不是 不到 不过 "
        "但是 虽然 而且 然后 结果 最后 以后 之后 以前 之前 现在 马上 终于 居然 竟然 只是 只有 就是 "
        "都是 也是 还要 想要 需要 应该 必须 为什么 怎么 什么 哪里 多少 几个 这个 那个 这样 那样 这么 "
        "那么 其他 别的 所有 全部 大家 别人 自己 人家 推荐 建议 希望 谢谢 感谢 满意 失望 垃圾 完美 "
        "真心 总体 整体 总之 反正 确实 其实 本来 原来 好像 似乎 大概 左右 进来 出去 回来 一半 半个 "
        "一个半 一个多 我要 有些 全是 根本 实在 完全 简直 直接 再也 再也不会 可是 只能 是不是 呵呵 不想 "
        "我点 两次 多次 你家 他家 好多 很多 还好 第一次 不好 不够 不如 超级 没法 这款 这位 一款 那款 "
        "这件 几次 几天 有人 无语 不知道 说实话 先说 结论 追评 收到 买 买来 购买 下单 一个 两个 三个 "
        "一份 两份 一家 半天 分钟 小时 星期 月 年 天 次 点 更 最 再 又"
    ).split()
)
