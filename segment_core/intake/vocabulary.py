"""Vocabulary: what the words in a column's name say about the column."""

import re

from segment_core.artifacts import Basis

CUSTOMER = frozenset(
    "customer client user member contact account person buyer shopper subscriber guest patient household kunde kunden "
    "cliente clientes client usuario 客户 会员 用户 顾客".split()
)
ID = frozenset("id ids uid uuid guid nr no num number key code pk identifier ref 编号 号 号码 代码".split())
BARE_ID = frozenset("id uid uuid guid identifier pk customerid clientid userid memberid 编号".split())
ROW_COUNTER = frozenset(["", "index", "row", "rownames", "unnamed", "column"])

EMAIL = frozenset("email mail e-mail emailaddress 邮箱".split())
PHONE = frozenset("phone telephone tel mobile cell fax telefon telefono 电话 手机 phone".split())
PERSON = frozenset(
    "firstname lastname surname fullname forename vorname nachname nombre apellido prenom 姓名 名字".split()
)
SECRET = frozenset(
    "iban ssn passport creditcard cardnumber password street address adresse strasse 地址 身份证".split()
)

PLACE = frozenset(
    "city town country county province region district postcode postal zip zipcode plz stadt bundesland ville pays "
    "ciudad pais provincia cidade estado municipality continent 城市 省 省份 国家 地区 区域 市".split()
)
WEAK_PLACE = frozenset("area state location place market land ort".split())
"""Places when they stand alone or with one of `WHOSE`: "Business_Area" and "order_state" are none."""

WHOSE = frozenset("home living residence sales geo delivery shipping billing us federal store".split()) | CUSTOMER
DATE = frozenset(
    "date day time datetime timestamp dt on at since until birthday dob datum fecha data 日期 时间".split()
)
YEAR = frozenset("year yr jahr ano 年份".split())
CONSENT = frozenset(
    "consent optin optout unsubscribe unsubscribed gdpr dsgvo permission suppressed suppression donotcontact donotmail "
    "donotcall newsletter einwilligung".split()
)
MONEY = frozenset(
    "income revenue spend spending spent price amount amt mnt salary cost expenditure sales turnover balance fee "
    "payment paid value wealth budget debt loan expense expenses gmv ltv clv usd eur gbp charge charges "
    "umsatz preis einkommen betrag 消费 金额 收入 价格 expense".split()
)
COUNT = frozenset(
    "count num number n qty quantity orders order visits visit kids kid children child teens teen purchases items "
    "times sessions logins clicks calls tickets returns frequency transactions dependents anzahl 次数 数量".split()
)
IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic")
AUDIO_ENDINGS = (".wav", ".mp3", ".m4a", ".ogg", ".flac", ".aac", ".opus")

_DEMOGRAPHIC = frozenset(
    "age gender sex birth born birthday dob education marital status income salary children kids kid kidhome teenhome "
    "teen teens family household occupation job profession ethnicity race religion nationality generation owner "
    "employment dependents 年龄 性别 学历 职业 收入".split()
)
_PSYCHOGRAPHIC = frozenset(
    "satisfaction rating score nps csat opinion attitude interest interests preference preferences hobby hobbies "
    "lifestyle value values personality motivation recommended recommend sentiment review feedback comment comments "
    "complain complaint title text 评分 评价 满意度 评论".split()
)
_BEHAVIOURAL = frozenset(
    "purchase purchases order orders visit visits recency frequency spend spending spent amount mnt revenue clicks "
    "sessions logins channel device product category basket cart return returns last response accepted campaign cmp "
    "web store catalog deals discount usage plan tenure action department class division positive loyalty "
    "消费 购买 订单 次数 金额".split()
)


def words_of(name: str) -> tuple[str, ...]:
    """Split a column's name into lower-case words: snake_case, camelCase, blanks, and trailing digits.

    Examples
    --------
    >>> words_of("AcceptedCmp3"), words_of("Customer_ID"), words_of("MntWines")
    (('accepted', 'cmp', '3'), ('customer', 'id'), ('mnt', 'wines'))
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])", " ", name)
    return tuple(word for word in re.split(r"[^\w]+|_", spaced.lower()) if word)


def speaks_of(name: str, words: frozenset[str]) -> bool:
    """Tell whether a name holds one of the words, also written together (`opt_in`, `optin`) or inside Chinese."""
    parts = words_of(name)
    pairs = {first + second for first, second in zip(parts, parts[1:], strict=False)}
    if words.intersection(parts) or words & pairs or "".join(parts) in words:
        return True
    return not name.isascii() and any(word in name for word in words if not word.isascii())


def names_place(name: str) -> bool:
    """Tell whether a column's name speaks of a place on a map."""
    words = words_of(name)
    alone = len(words) == 1 or (len(words) == 2 and words[0] in WHOSE)
    return speaks_of(name, PLACE) or (alone and words[-1] in WEAK_PLACE)


def basis_of(name: str, role: str) -> Basis:
    """Return the basis of segmentation that a column of this name and role speaks for."""
    if role in ("id", "ignore", "consent"):
        return "none"
    if role == "place":
        return "geographic"
    for words, basis in (
        (_DEMOGRAPHIC, "demographic"),
        (_PSYCHOGRAPHIC, "psychographic"),
        (_BEHAVIOURAL, "behavioural"),
    ):
        if speaks_of(name, words):
            return basis  # type: ignore[return-value]
    if names_place(name) or words_of(name)[:1] in (("lat",), ("lon",), ("latitude",), ("longitude",)):
        return "geographic"
    if role == "text":
        return "psychographic"
    return "behavioural" if role in ("money", "count", "date") else "none"
