"""Vocabulary: what the words in a column's name say about the column, in seven languages."""

import re
import unicodedata
from functools import lru_cache


class Words:
    """Words to look for in names: `*sum` also ends a longer word, `sum*` also starts one; accents do not count."""

    def __init__(self, text: str) -> None:
        given = folded(text).split()
        self.exact = frozenset(word for word in given if word.isascii() and "*" not in word)
        self.inside = tuple(word for word in given if not word.isascii())
        self.endings = tuple(word[1:] for word in given if word.startswith("*"))
        self.beginnings = tuple(word[:-1] for word in given if word.endswith("*"))

    def has(self, word: str) -> bool:
        """Tell whether a single word is one of these, in the plural too."""
        return (
            word in self.exact
            or (len(word) > 3 and word[-1] == "s" and word[:-1] in self.exact)
            or word.endswith(self.endings)
            or word.startswith(self.beginnings)
            or (not word.isascii() and any(part in word for part in self.inside))
        )


def folded(text: str) -> str:
    """Lower a text and take accents off its letters; other scripts stay as they are."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f"))


CUSTOMER = Words(
    "customer client user member contact account person buyer shopper subscriber guest patient household requester "
    "respondent visitor passenger donor lead prospect player borrower policyholder employee participant "
    "kunde kunden kund* mitglied* teilnehmer cliente usuario abonne adherent utente socio 客户 会员 用户 顾客 买家"
)
ID = Words(
    "id uid uuid guid nr no num number key code pk identifier ref *nummer *nr numero codigo "
    "codice cod 编号 号 号码 代码"
)
SURE_ID = frozenset({"id", "ids", "uid", "uuid", "guid", "identifier", "pk"})
BARE_ID = frozenset({"id", "uid", "uuid", "guid", "identifier", "pk", "编号"})
ONE_PERSON = frozenset({"unique", "master", "global", "golden", "universal"})
"""Of two customer ids the one that says so stands for the person, the other for one of their orders or accounts."""

EMAIL = Words("email mail e-mail emailaddress courriel correo 邮箱 邮件")
PHONE = Words(
    "phone telephone tel mobile cell cellphone fax telefon *telefon telefono telefone portable handy 电话 手机"
)
SECRET = Words(
    "iban ssn passport creditcard cardnumber password ip ipaddress cpf cnpj dni nif nie nino taxid steuerid "
    "codicefiscale licenseplate 身份证 护照 银行卡"
)
ADDRESS = Words(
    "street address adresse strasse *strasse hausnummer rue direccion calle indirizzo endereco rua 地址 街道"
)
PERSON = Words(
    "firstname lastname surname fullname forename givenname familyname middlename maidenname vorname nachname "
    "familienname apellido apellidos prenom cognome sobrenome 姓名 名字 联系人"
)
BARE_NAME = frozenset({"name", "nom", "nombre", "nome"})
NAME_TAILS = frozenset({"name", "names", "名", "名称"})

PLACE = Words(
    "city town country county province region district postcode postal zip zipcode plz stadt wohnort bundesland ville "
    "pays departement ciudad pais provincia municipio cidade estado municipality continent citta regione comune cep "
    "postleitzahl *ort 城市 省 省份 国家 地区 区域 市"
)
WEAK_PLACE = Words("area state location place market land ort cap uf territory")
"""Places when they stand alone or with one of `WHOSE`: "Business_Area" and "order_state" are none."""

WHOSE = Words(
    "home living residence sales geo delivery shipping billing mailing us federal store seller vendor supplier branch"
)
NO_PLACE = Words("civil capacity support sort report import export passport wort antwort capital 市场")
DATE = Words("date day time datetime timestamp dt on at since until birthday dob datum *datum fecha data 日期 时间")
DATE_MADE = frozenset({"at", "on", "date", "timestamp", "time"})

SUPPRESSION = Words(
    "optout optedout unsubscribe unsubscribed suppressed suppression donotcontact donotmail donotcall donotemail "
    "donotsms donottext dnc bounced hardbounce bouncestatus blacklist blacklisted blocklist blocked abgemeldet "
    "werbesperre *sperre robinson desabonne desinscrit baja bloqueado disiscritto cancellato descadastrado "
    "退订 黑名单 拒收 勿扰"
)
CONSENT = Words(
    "consent optin optedin gdpr dsgvo rgpd lgpd permission newsletter acceptsmarketing marketingallowed einwilligung "
    "*einwilligung consentement consentimiento consenso consentimento subscribed 同意 授权 订阅"
)
MONEY = Words(
    "income revenue spend spending spent price amount amt mnt salary cost expenditure sale turnover balance fee "
    "paid value wealth budget debt loan expense gmv ltv clv usd eur gbp charge invoiced payable receivable "
    "*umsatz preis *preis einkommen *einkommen *betrag kosten gehalt montant chiffre prix revenu depense salaire "
    "importe precio ingreso gasto gastado importo prezzo reddito spesa renda valor preco salario gasto "
    "消费 金额 收入 价格 单价 总价 费用 余额"
)
WEAK_MONEY = Words("payment billing total 支付")
"""Money when they end a name; "payment_installments" are none."""

NO_MONEY = Words(
    "sensitivity rate share percent percentage pct ratio index score rank count number num nb qty quantity day days "
    "month months installment sequential frequency type method level band code 次数 率"
)
COUNT = Words(
    "count num n nb nbr qty quantity anzahl nombre numero cantidad quantita quantidade frequency "
    "次数 数量 个数 订单数 件数"
)
COUNTED = frozenset(
    Words(
        "orders visits kids kidhome teenhome children teens purchases items times sessions logins clicks calls tickets "
        "returns transactions dependents abandonments complaints opens views referrals coupons pets cars siblings "
        "points campaigns emails messages kinder bestellungen besuche enfants commandes hijos pedidos compras "
        "figli ordini filhos visitas reopens "
        "installments nights seats members adults"
    ).exact
)
NO_COUNT = Words(
    "status type rate share percent percentage pct ratio average avg mean value amount size length "
    "name code id date day days "
    "score rating level index rank 率 平均 金额"
)
GENDER = Words("gender sex sexe genero sesso geschlecht 性别")
CODED = Words(
    "gender sex sexe genero sesso geschlecht status type mode group class cluster method channel segment "
    "category code 性别 类型 状态"
)
"""Words that make a few whole numbers codes instead of amounts."""

IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic")
AUDIO_ENDINGS = (".wav", ".mp3", ".m4a", ".ogg", ".flac", ".aac", ".opus")


@lru_cache(maxsize=32_768)
def words_of(name: str) -> tuple[str, ...]:
    """Split a column's name into lower-case words: snake_case, camelCase, blanks, and trailing digits.

    Examples
    --------
    >>> words_of("AcceptedCmp3"), words_of("Customer_ID"), words_of("MntWines"), words_of("Prénom")
    (('accepted', 'cmp', '3'), ('customer', 'id'), ('mnt', 'wines'), ('prenom',))
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])", " ", name)
    return tuple(word for word in re.split(r"[^\w]+|_", folded(spaced)) if word)


def word_in(name: str, words: Words) -> str | None:
    """Return the first of the words that a name holds, also written together (`opt_in`, `do not call`)."""
    parts = words_of(name)
    for part in parts:
        if words.has(part):
            return part
    for size in (2, 3):
        for start in range(len(parts) - size + 1):
            if "".join(parts[start : start + size]) in words.exact:
                return " ".join(parts[start : start + size])
    return None


def speaks_of(name: str, words: Words) -> bool:
    """Tell whether a name holds one of the words."""
    return word_in(name, words) is not None


def names_place(name: str) -> bool:
    """Tell whether a column's name speaks of a place on a map."""
    words = words_of(name)
    if not words or speaks_of(name, NO_PLACE):
        return False
    alone = len(words) == 1 or (len(words) == 2 and (WHOSE.has(words[0]) or CUSTOMER.has(words[0])))
    return speaks_of(name, PLACE) or (alone and WEAK_PLACE.has(words[-1]))


def names_person(name: str) -> bool:
    """Tell whether a name says outright that a column holds names of people."""
    return speaks_of(name, PERSON)


def may_name_person(name: str) -> bool:
    """Tell whether a column could hold names of people, if its values look like it: "name", "customer name"."""
    words = words_of(name)
    if words in (("姓",), ("名",)):
        return True
    named = BARE_NAME.intersection(words[:1] + words[-1:])
    return bool(named) and (len(words) == 1 or any(CUSTOMER.has(word) for word in words))


def is_sure_id(name: str) -> bool:
    """Tell whether a name says id: somewhere in it, or its last word is a number, a code or the like."""
    words = words_of(name)
    if not words or names_place(name):
        return False
    return bool(SURE_ID.intersection(words)) or ID.has(words[-1])
