"""Speech in Chinese: what a fact says of customers, and what it gives to a name.

`{c}` is the column, `{v}` the category, `{o}` what money goes to; "~" starts a clause with a subject of its own,
in which `{most}` stands for those it is true of.
"""

PREDICATES: dict[str, tuple[str, ...]] = {
    "returns+": ("退货频繁", "买了又常常退"),
    "returns-": ("买了就留下", "很少退货"),
    "trouble+": ("常找客服", "遇到的麻烦不少", "投诉和疑问较多"),
    "trouble-": ("很少遇到麻烦", "几乎不用找客服"),
    "rating+": ("评价不错", "买得满意", "好话较多"),
    "rating-": ("评分偏低", "买得不满意", "至今没被打动"),
    "price+": ("看准优惠才下手", "等降价再买", "先找实惠"),
    "price-": ("不等促销就买", "对降价不太在意", "按原价也买"),
    "distance+": ("离得远", "过来一趟不近"),
    "distance-": ("离得近", "过来很方便"),
    "response+": ("乐意回应活动", "发去的消息有回音", "请得动"),
    "response-": ("对活动没什么反应", "邀请常常没有下文", "群发消息叫不动"),
    "app+": ("习惯用 App", "爱在 App 里办事", "手边就是 App"),
    "app-": ("不太用 App", "把 App 放在一边", "很少打开 App"),
    "browse+": ("常来网站逛", "一遍遍地看页面", "逛得勤"),
    "browse-": ("很少逛网站", "难得上网站看看", "不怎么逛"),
    "online+": ("爱在网上买", "走线上下单", "习惯网购"),
    "online-": ("网上买得少", "不太走线上", "很少网购"),
    "phone+": ("喜欢打电话", "有事直接来电", "用电话办事"),
    "phone-": ("很少打电话", "不太来电"),
    "catalogue+": ("照着目录买", "爱翻目录", "从目录里挑"),
    "catalogue-": ("不太看目录", "很少按目录买", "把目录放在一边"),
    "store+": ("爱到店里买", "愿意亲自上门", "喜欢当面挑"),
    "store-": ("很少到店", "不太上门"),
    "means+": ("收入偏高", "收入高出一截"),
    "means-": ("收入偏低", "收入低了一截"),
    "age+": ("年纪偏大", "比一般客户年长"),
    "age-": ("年纪偏小", "比一般客户年轻"),
    "people+": ("{c}偏高", "{c}高出一截"),
    "people-": ("{c}偏低", "{c}低了一截"),
    "household+": ("的家庭类型是“{v}”", "的家庭属于“{v}”"),
    "person+": ("的{c}是“{v}”", "的{c}为“{v}”"),
    "tier+": ("是“{v}”", "属于“{v}”"),
    "new+": ("来得比一般客户晚", "资历偏浅", "加入较晚"),
    "new-": ("来得比一般客户早", "资历偏深", "加入较早"),
    "place+": ("来自“{v}”", "在“{v}”"),
    "basket+": ("一单买得多", "客单价偏高", "每次出手大方"),
    "basket-": ("一单买得少", "客单价偏低", "每次只花一点"),
    "spend+": ("花得多", "消费高出一截", "舍得花钱"),
    "spend-": ("花得少", "消费偏低", "账单不大"),
    "object+": ("在{o}上舍得花", "{o}买得多", "爱买{o}"),
    "object-": ("在{o}上花得少", "{o}买得少", "不太买{o}"),
    "frequency+": ("买得勤", "一次次地回来", "下单频繁"),
    "frequency-": ("偶尔才买", "来得不勤", "下单不多"),
    "lapse+": ("有一阵没来了", "渐渐没了动静", "上一次已是很久以前"),
    "lapse-": ("不久前刚来过", "近来还在买", "刚买过不久"),
    "empty+": ("没有{c}", "的{c}一栏为空"),
    "tierless+": ("没有会员等级", "还没有入会"),
    "range+": ("爱选“{v}”", "冲着“{v}”来", "看中“{v}”"),
    "category+": ("的{c}是“{v}”", "的{c}为“{v}”"),
    "flag+": ("的{c}为“是”", "的{c}一栏是“是”"),
    "count+": ("{c}偏多", "{c}比一般客户多", "{c}多出一截"),
    "count-": ("{c}偏少", "{c}比一般客户少", "{c}少了一截"),
    "amount+": ("{c}偏高", "{c}高出一截", "{c}比一般客户高"),
    "amount-": ("{c}偏低", "{c}低了一截", "{c}比一般客户低"),
    "time+": ("~{c}较晚", "~{c}比一般客户晚"),
    "time-": ("~{c}较早", "~{c}比一般客户早"),
}
"""By sense. Of shares below the rest the subject says that they are few, and the predicate is that of "+"."""

FIRST: dict[str, str] = {
    "returns+": "常退货",
    "trouble+": "常求助",
    "rating+": "满意",
    "rating-": "不满意",
    "price+": "爱实惠",
    "price-": "不等优惠",
    "distance+": "路远",
    "distance-": "就近",
    "response+": "有回应",
    "response-": "少回应",
    "app+": "爱用 App",
    "browse+": "常逛网站",
    "online+": "爱网购",
    "phone+": "爱打电话",
    "catalogue+": "爱看目录",
    "store+": "爱到店",
    "means+": "高收入",
    "means-": "低收入",
    "age+": "较年长",
    "age-": "较年轻",
    "place+": "{v}",
    "new+": "较新",
    "new-": "相识已久",
    "basket+": "大单",
    "basket-": "小单",
    "spend+": "高消费",
    "spend-": "低消费",
    "frequency+": "常来",
    "frequency-": "偶尔来",
    "lapse+": "久未光顾",
    "lapse-": "近来活跃",
}
"""What stands before the noun in a name."""

SECOND: dict[str, str] = {
    "returns+": "常退货客户",
    "trouble+": "求助客户",
    "rating+": "满意客户",
    "rating-": "失望客户",
    "price+": "实惠买家",
    "price-": "原价买家",
    "response+": "回应客户",
    "app+": "App 用户",
    "browse+": "浏览客",
    "online+": "网购客",
    "phone+": "电话客户",
    "catalogue+": "目录买家",
    "store+": "到店客",
    "tier+": "{v}会员",
    "place+": "{v}客户",
    "new+": "较新客户",
    "new-": "老客",
    "basket+": "大单客户",
    "basket-": "小单客户",
    "spend+": "大额买家",
    "spend-": "小额买家",
    "object+": "{o}买家",
    "frequency+": "常客",
    "frequency-": "散客",
    "lapse+": "沉睡客户",
    "range+": "{v}买家",
}
"""What a name calls the customers."""

SUBJECTS = ("", "多数人", "较多的人", "很少有人", "较少的人")
"""Of numbers; of shares that are larger than usual, over and under a half; of smaller ones, low and not so low."""

AGAIN = SUBJECTS

CUSTOMERS, AND, WRITE = "客户", "和", "常说“{t}”"

WHOM = ("占多数", "较多", "很少", "较少")

PAIRS = {
    "and": ("{a}，{b}", "{a}，也{b}", "既{a}，又{b}"),
    "but": ("{a}，却{b}", "{a}，只是{b}", "虽然{a}，但{b}"),
    "two": ("{x}，{y}", "{x}；{y}"),
    "against": ("{x}，{y}", "{x}；不过{y}", "{x}，只是{y}"),
}
"""How predicates of one subject are joined, and clauses of two."""

TAGLINES = ("{s}", "这群客户{p}", "一句话：{s}", "最鲜明的是：{s}", "远远看去：{s}", "他们{p}")
"""`{s}` is a sentence, `{p}` its predicate where no subject stands before it."""
