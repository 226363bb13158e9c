"""Vocabulary: what the words in a column's name say about the column."""

import re
from collections.abc import Mapping
from itertools import pairwise

from segment_core.artifacts import Basis, Role


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CUSTOMER = _set(
    "customer client user member contact account person buyer shopper subscriber guest patient household kunde kunden "
    "cliente clientes client usuario 客户 会员 用户 顾客"
)
ID = _set("id ids uid uuid guid nr no num number key code pk identifier ref 编号 号 号码 代码")
CUSTOMER_ID = _set("customerid clientid userid memberid contactid accountid kundennummer kundennr")
BARE_ID = _set("id uid uuid guid identifier pk 编号")

EMAIL = _set("email mail e-mail emailaddress 邮箱")
PHONE = _set("phone telephone tel mobile cell fax telefon telefono 电话 手机 phone")
PERSON = _set("firstname lastname surname fullname forename vorname nachname nombre apellido prenom 姓名 名字")
SECRET = _set("iban ssn passport creditcard cardnumber password street address adresse strasse 地址 身份证")

PLACE = _set(
    "city town country county province region district postcode postal zip zipcode plz stadt bundesland ville pays "
    "ciudad pais provincia cidade estado municipality continent 城市 省 省份 国家 地区 区域 市"
)
WEAK_PLACE = _set("area state location place market land ort")
"""Places when they stand alone or with one of `WHOSE`: "Business_Area" and "order_state" are none."""

WHOSE = _set("home living residence sales geo delivery shipping billing us federal store") | CUSTOMER
DATE = _set("date day time datetime timestamp dt on at since until birthday dob datum fecha data 日期 时间")
CONSENT = _set(
    "consent optin optout unsubscribe unsubscribed gdpr dsgvo permission suppressed suppression donotcontact donotmail "
    "donotcall newsletter einwilligung"
)
MONEY = _set(
    "income revenue spend spending spent price amount amt mnt salary cost expenditure sales turnover balance fee "
    "payment paid value wealth budget debt loan expense expenses gmv ltv clv usd eur gbp charge charges "
    "umsatz preis einkommen betrag 消费 金额 收入 价格 expense"
)
COUNT = _set(
    "count num number n qty quantity orders order visits visit kids kid kidhome teenhome children child teens teen "
    "purchases items "
    "times sessions logins clicks calls tickets returns frequency transactions dependents anzahl 次数 数量"
)
IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic")
AUDIO_ENDINGS = (".wav", ".mp3", ".m4a", ".ogg", ".flac", ".aac", ".opus")

_DEMOGRAPHIC = _set(
    "age gender sex birth born birthday dob education marital status income salary children kids kid kidhome teenhome "
    "teen teens family household occupation job profession ethnicity race religion nationality generation owner "
    "employment dependents 年龄 性别 学历 职业 收入"
)
_PSYCHOGRAPHIC = _set(
    "satisfaction rating score nps csat opinion attitude interest interests preference preferences hobby hobbies "
    "lifestyle personality motivation recommended recommend sentiment review feedback comment comments "
    "complain complaint title text 评分 评价 满意度 评论"
)
_BEHAVIOURAL = _set(
    "purchase purchases order orders visit visits recency frequency spend spending spent amount mnt revenue clicks "
    "sessions logins channel device product category basket cart return returns last response accepted campaign cmp "
    "web store catalog deals discount usage plan tenure action department class division positive loyalty "
    "消费 购买 订单 次数 金额"
)

_SPEAKS_FOR: Mapping[Basis, frozenset[str]] = {
    "demographic": _DEMOGRAPHIC,
    "psychographic": _PSYCHOGRAPHIC,
    "behavioural": _BEHAVIOURAL,
}


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
    pairs = {first + second for first, second in pairwise(parts)}
    if words.intersection(parts) or words & pairs or "".join(parts) in words:
        return True
    return not name.isascii() and any(word in name for word in words if not word.isascii())


def names_place(name: str) -> bool:
    """Tell whether a column's name speaks of a place on a map."""
    words = words_of(name)
    alone = len(words) == 1 or (len(words) == 2 and words[0] in WHOSE)
    return speaks_of(name, PLACE) or (alone and words[-1] in WEAK_PLACE)


def basis_of(name: str, role: Role) -> Basis:
    """Return the basis of segmentation that a column of this name and role speaks for."""
    if role in ("id", "ignore", "consent", "suppression", "name"):
        return "none"
    if role == "place":
        return "geographic"
    for basis, words in _SPEAKS_FOR.items():
        if speaks_of(name, words):
            return basis
    if names_place(name) or words_of(name)[:1] in (("lat",), ("lon",), ("latitude",), ("longitude",)):
        return "geographic"
    if role == "text":
        return "psychographic"
    return "behavioural" if role in ("money", "count", "date") else "none"
