"""Bases: which of the four bases of segmentation a column speaks for, and what says so."""

from collections.abc import Mapping

from segment_core.artifacts import Basis, Column, Role
from segment_core.intake.levels import Kind
from segment_core.intake.vocabulary import Words, names_place, speaks_of, word_in
from segment_core.messages import Message, say

_NO_BASIS: tuple[Role, ...] = ("id", "name", "ignore", "consent", "suppression")

_PLACES = Words(
    "distance entfernung lat lon lng latitude longitude geo gps timezone urban rural urbanity climate nearest "
    "entfernung breitengrad langengrad 距离 经度 纬度"
)
_TASTES = Words(
    "satisfaction rating nps csat ces opinion attitude interest preference hobby lifestyle personality motivation "
    "recommended recommend sentiment review feedback comment complain complaint sensitivity agree agreement trust "
    "like likelihood hobbies feel think believe belief value values mood emotion need wish intention stars loves "
    "zufriedenheit bewertung meinung interesse bemerkung kommentar hobbys avis commentaire note opinion "
    "valoracion comentario valutazione soddisfazione recensione avaliacao satisfacao comentario "
    "评分 评价 满意度 评论 兴趣 偏好 爱好 态度 意见"
)
_PEOPLE = Words(
    "age gender sex birth born birthday dob education marital income salary child children kid kids kidhome teenhome "
    "teen teens family household occupation job profession ethnicity race religion nationality generation owner "
    "employment employed dependents pet salutation jobtitle senior citizen partner married language industry company "
    "employees school degree student retired civil siblings "
    "alter geschlecht anrede geburt* beruf familienstand kinder haushalt* einkommen sprache bildung branche "
    "sexe naissance metier enfants langue foyer revenu edad genero sexo nacimiento hijos ocupacion profesion "
    "eta sesso nascita figli professione titolo studio reddito idade nascimento filhos profissao renda idioma lingua "
    "年龄 性别 学历 职业 收入 孩子 子女 婚姻 出生 生日 家庭 行业 教育"
)
_DEEDS = Words(
    "purchase order visit recency frequency spend spending spent amount mnt revenue click session login channel device "
    "product category basket cart return last response accepted campaign cmp web store catalog deal discount usage "
    "plan tenure action department class division positive loyalty status stage payment contract membership tier "
    "brand item quantity price sale invoice ticket call support source browser app open rate coupon subscription "
    "delivery shipping transaction visits activity description dish area topic "
    "umsatz *umsatz bestellung* rabatt zahlung* kanal stammkunde commande fidelite achat paiement canal pedido compra "
    "pago ordini acquisto pagamento sconto fedelta desconto "
    "消费 购买 订单 次数 金额 支付 等级 渠道 会员"
)
_MONEY_MADE = Words("income salary einkommen *einkommen gehalt revenu salaire reddito renda ingreso salario 收入 工资")

_SPEAKS_FOR: Mapping[Basis, Words] = {
    "geographic": _PLACES,
    "psychographic": _TASTES,
    "demographic": _PEOPLE,
    "behavioural": _DEEDS,
}
_BORN = Words("birth born birthday dob geburt* naissance nacimiento nascita nascimento 出生 生日")
_KINDS: Mapping[Kind, Basis] = {
    "gender": "demographic",
    "salutation": "demographic",
    "marital": "demographic",
    "education": "demographic",
    "age": "demographic",
    "agreement": "psychographic",
    "sentiment": "psychographic",
}


def basis_of(name: str, role: Role, kind: Kind | None = None, example: str = "") -> tuple[Basis, Message | None]:
    """Return the basis that a column of this name, role and kind of values speaks for, and why; ids have none.

    Examples
    --------
    >>> basis_of("age", "number")[0], basis_of("last_order", "date")[0], basis_of("customer_id", "id")
    ('demographic', 'behavioural', ('none', None))
    """
    if role in _NO_BASIS:
        return "none", None
    if role == "place":
        return "geographic", say("Places are geographic.")
    if role == "date":
        return _of_date(name)
    if kind is not None and kind in _KINDS:
        return _by_values(_KINDS[kind], example)
    return _by_role(name, role) or _by_name(name)


def _by_role(name: str, role: Role) -> tuple[Basis, Message] | None:
    """Take money and counts for deeds and texts for tastes, unless they are of income or of people."""
    people = speaks_of(name, _PEOPLE)
    if role == "money" and not speaks_of(name, _MONEY_MADE):
        return "behavioural", say("Amounts of money and counts are what customers do: behavioural.")
    if role == "count" and not people and not speaks_of(name, _TASTES):
        return "behavioural", say("Amounts of money and counts are what customers do: behavioural.")
    if role == "text" and not people:
        return "psychographic", say("What people write tells what they think and want: psychographic.")
    return None


def _by_name(name: str) -> tuple[Basis, Message]:
    for basis, words in _SPEAKS_FOR.items():
        if word := word_in(name, words):
            return _by_word(basis, word)
    if names_place(name):
        return "geographic", say("Places are geographic.")
    return "behavioural", say("Nothing says which basis it speaks for; counted as behavioural.")


def basis_as(column: Column, role: Role) -> tuple[Basis, Message | None]:
    """Return the basis that a column speaks for in this role, suggested or not, and why."""
    if role == column.role:
        return column.basis, column.basis_reason
    return basis_of(column.name, role)


def named_basis(name: str) -> Basis | None:
    """Return the basis that the words of a name speak for by themselves, None where they tell nothing."""
    return next((basis for basis, words in _SPEAKS_FOR.items() if speaks_of(name, words)), None)


def _of_date(name: str) -> tuple[Basis, Message]:
    if word := word_in(name, _BORN):
        return _by_word("demographic", word)
    return "behavioural", say("Dates are when customers did something: behavioural.")


def _by_word(basis: Basis, word: str) -> tuple[Basis, Message]:
    if basis == "geographic":
        return basis, say("“{word}” in its name speaks of where customers are: geographic.", word=word)
    if basis == "demographic":
        return basis, say("“{word}” in its name speaks of who customers are: demographic.", word=word)
    if basis == "psychographic":
        return basis, say("“{word}” in its name speaks of what customers think and want: psychographic.", word=word)
    return basis, say("“{word}” in its name speaks of what customers do: behavioural.", word=word)


def _by_values(basis: Basis, example: str) -> tuple[Basis, Message]:
    if basis == "demographic":
        return basis, say("Values such as “{example}” speak of who customers are: demographic.", example=example)
    return basis, say(
        "Values such as “{example}” speak of what customers think and want: psychographic.", example=example
    )
