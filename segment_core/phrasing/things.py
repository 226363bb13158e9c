"""Things: which of customers' own words name or describe something, so that a sentence can be built on them.

"Bring up “delivery” early" is advice, "Bring up “beautifully” early" is a template that shows. Words in neither list,
whatever their language, are only listed and quoted.
"""

from functools import lru_cache

from segment_core.artifacts import EvidenceItem
from segment_core.llm.filters import fold

_THING_WORDS = (
    "advice anniversary answer answers apology app appointment armchair assembly bargain basket bath bathrobe "
    "battery bed bedding bedspread belt bike billing birthday blanket blouse bonus book booking books boots bowl "
    "box brand brass breakfast cake camera camping cancellation candle candles car card cardigan carpet cars "
    "cashmere casserole catalogue chair chairs charger checkout children choice clearance clock coat code coffee "
    "collection color colors colour colours comfort communication compensation complaint complaints computer "
    "construction contract cost costs cotton coupon coupons courier craft craftsmanship cream credit curtains "
    "cushion cushions damage deal deals delay delays delivery deposit design desk detail details dinner discount "
    "discounts dovetailing downtime drawers dress dresses driver durability ergonomics error errors exchange "
    "experience fabric family fault fee fees finish flowers food fragrance function furniture games garden gift "
    "gifts glaze grain grandchildren grill grip guarantee handle handling hardware hat headphones heirloom helmet "
    "holiday hotel hotline household ingredients instructions insurance interface invoice issue issues jacket "
    "jeans jewellery joinery kids kitchen label lamp laptop laundry leather legs letter linen lining location "
    "lounger loyalty maintenance makeup manual marble material materials mattress meal meals membership menu "
    "mileage mirror museum music newsletter nursery oak offer offers orders oven packaging packing pants parcel "
    "parking pattern payment pen perfume pet petite pets phone pickup picture pictures planter plants pocket "
    "pockets points portion portions postage pot price prices pricing problem problems promotion promotions puzzle "
    "pyjamas quality queue rate rates receipt recipe refund refunds reminder rental repair repairs replacement "
    "replies reply reservation restaurant returns reward rewards room rooms sale sales scarf school screen seam "
    "seams selection service settings shampoo shelf shipping shirt shoes shop shorts sideboard site size sizes "
    "sizing skin skincare skirt sleeves smell sneakers snow sofa sole staff stitching stock stone stoneware "
    "storage store stores style subscription support surcharge surface sweater swing table tablet tariff taste tea "
    "teak tent texture ticket tickets tool tools top tops tour towels toy toys tracking trail trial trip trips "
    "trousers update updates upgrade upholstery value vase vehicle voucher vouchers waist wallet walnut warmth "
    "warranty waste watch website wedding wine wines wood wool workshop yoga zip 交通 产品 价位 价格 价钱 份量 "
    "优惠 优惠券 促销 做工 分量 券 功能 包装 厨房 发票 口味 口感 味道 品牌 品质 售后 外卖 外观 大小 套餐 孩子 客服 "
    "家具 家庭 小哥 尺寸 尺码 屏幕 差评 师傅 店员 店铺 快递 态度 性价比 手感 技术 投诉 折扣 故障 新品 早餐 服务 "
    "服务员 样式 桌子 汽车 活动 游戏 物流 电池 电话 睡眠 礼品 礼物 积分 细节 网站 菜品 衣服 袋子 订单 设计 评价 "
    "质感 质量 购物 运费 退款 退货 速度 面料 鞋子 预约 颜色 风格 食材 餐具 香味 骑士 骑手"
)
_QUALITY_WORDS = (
    "acceptable affordable amazing awesome awful beautiful bold brilliant broken cheap chipped clean cold "
    "comfortable comfy cosy crisp cute damaged delayed delicious delightful dirty disappointing dull durable easy "
    "efficient elegant excellent expensive exquisite fair fantastic fast faulty fine flattering flimsy fragile "
    "fresh friendly fun handmade handy healthy heavy helpful honest horrible incorrect inexpensive itchy late "
    "light lovely luxurious missing modern nice odd outstanding overpriced perfect pleasant polite poor practical "
    "pretty professional quick quiet reasonable refined reliable rude ruined safe scratched sharp simple slow "
    "sluggish smooth soft solid spacious stale straightforward strange strong stunning sturdy stylish superb tasty "
    "terrible thin tidy tight timeless torn ugly unacceptable understated unflattering unfriendly unhelpful unique "
    "unreliable useful useless warm wonderful worn wrong 不好 不新鲜 不错 丰富 便宜 冷了 准时 凉了 及时 坏了 太咸 "
    "太大 太小 太少 太慢 太贵 太辣 好吃 好看 实惠 实用 少 差 干净 很好 很差 很快 很慢 快 慢 挺好吃 挺快 新鲜 方便 "
    "正宗 油腻 漂亮 热情 破了 精致 耐用 舒服 舒适 贴心 贵 超快 难吃 香"
)
_BEFORE_WORDS = "damaged fast free friendly high late low missing poor quick rude slow wrong"
_THINGS, _QUALITIES, _BEFORE = (frozenset(words.split()) for words in (_THING_WORDS, _QUALITY_WORDS, _BEFORE_WORDS))
_CHINESE = tuple(
    sorted((word for word in _THINGS | _QUALITIES if not word.isascii()), key=lambda word: (-len(word), word))
)


@lru_cache(8192)
def part_of_speech(item: EvidenceItem) -> str:
    """Return "thing" for a term that names something, "quality" for one that describes, "" for any other.

    A pair is a thing only where its first word is known to go before one ("late delivery"): pairs are counted with
    little words left out, so "use day" may have been "use it every day".
    """
    said = fold(item.text or item.label)
    *before, last = said.split() or [""]
    if not said.isascii():
        last = next((known for known in _CHINESE if said.endswith(known)), "")
        before = []
    if last in _QUALITIES and not before:
        return "quality"
    return "thing" if last in _THINGS and all(one in _BEFORE for one in before) else ""
