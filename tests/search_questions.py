"""Thirty questions to the sample with the customers that answer each, known from how the sample was written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import pandas as pd

from segment_core.artifacts import Condition, Customers, Query
from segment_core.intake import gather, read, sample, sample_tables
from segment_core.intake.samples import chinese, chinese_words, reviews, tickets, words

Kind = Literal["words", "meaning", "filter", "combined"]
Where = Literal["shop", "shop_zh"]
SLIPS = {wrong: right for right, wrong in (*reviews._SLIPS, *chinese._SLIPS)}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and who answers it: who wrote a sentence of these `templates`, and meets `also`.

    `also` looks at the file's own cells and at what was written, not at what the search makes of them.
    """

    kind: Kind
    query: Query
    templates: tuple[str, ...] = ()
    also: Callable[[Customers], "pd.Series[bool]"] | None = None
    where: Where = "shop"

    def answers(self, customers: Customers) -> frozenset[str]:
        """Return the ids of the customers who answer the question."""
        found = pd.Series(True, index=customers.frame.index)
        if self.templates:
            wrote = _wrote(customers)
            found &= found.index.isin(wrote.loc[wrote["template"].isin(self.templates), "customer"])
        if self.also is not None:
            found &= self.also(customers)
        return frozenset(found.index[found])


def shop(n_customers: int, seed: int = 0) -> Customers:
    """Return customers of the one-file sample, who write English."""
    return gather(read(sample(n_customers, seed)[0].to_csv(index=False).encode(), "shop.csv"))


def shop_zh(n_customers: int, seed: int = 0) -> Customers:
    """Return those customers of the tables' first period who write Chinese, with their reviews and tickets."""
    made = sample_tables(n_customers, seed)
    tables = made.periods["A"]
    owner = tables["orders"].set_index("order_id")["customer_id"]
    texts = tables["reviews"].assign(customer_id=tables["reviews"]["order_id"].map(owner))
    people = tables["customers"].set_index("customer_id")
    for name, table in (("review", texts), ("ticket", tables["tickets"])):
        people[name] = table.groupby("customer_id")["text"].agg("\n".join).reindex(people.index).fillna("")
    people = people[(people["language"] == "zh").to_numpy()]
    kept = ["birth_year", "household", "city", "membership", "acquired_by", "review", "ticket"]
    return gather(read(people[kept].reset_index().to_csv(index=False).encode(), "shop.csv"))


def _wrote(customers: Customers) -> pd.DataFrame:
    """Say of which templates each customer's sentences were grown: customer, template."""
    assert customers.said is not None
    texts = customers.said["text"]
    known = {text: _grown_from(text) for text in texts.unique()}
    pairs = [
        (customer, template)
        for customer, text in zip(customers.said["customer"], texts, strict=True)
        for template in known[text]
    ]
    return pd.DataFrame(pairs, columns=["customer", "template"])


@cache  # thirty questions ask it of the same texts
def _grown_from(text: str) -> tuple[str, ...]:
    clean = text
    for wrong, right in SLIPS.items():
        clean = clean.replace(wrong, right)
    clean = _articled(" ".join(clean.split()))
    return tuple(template for template, pattern in _patterns().items() if pattern.search(clean))


def _articled(text: str) -> str:
    """Write "an" as "a", as in the templates before their slots are filled."""
    return re.sub(r"\ban (?=[aeio])", "a ", text, flags=re.IGNORECASE)


@cache
def _patterns() -> Mapping[str, "re.Pattern[str]"]:
    """Return for each template what every sentence grown from it looks like."""
    english = [*_all(reviews._THEMES), *_all(tickets._ENGLISH)]
    chinese_ones = [*_all(chinese._THEMES), *_all(tickets._CHINESE)]
    found = {template: _pattern(template, words.SLOTS) for template in english}
    return found | {template: _pattern(template, chinese_words.SLOTS) for template in chinese_ones}


def _all(themes: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [template for templates in themes.values() for template in templates]


def _pattern(template: str, slots: Mapping[str, tuple[str, ...]]) -> "re.Pattern[str]":
    parts = re.split(r"\{(\w+)\}", _articled(template))
    grown = "".join(_among(slots[part]) if place % 2 else re.escape(part) for place, part in enumerate(parts))
    # It begins a sentence, or follows an opener; a name may have been masked.
    return re.compile(rf"(?:^|[.!?,:。！？~…，：]\s*|\s){grown}", re.IGNORECASE)


def _among(entries: tuple[str, ...]) -> str:
    tagged = [r"somebody called \[[A-Z]+(?: \d+)?\]"] if "somebody called Ben" in entries else []
    return f"(?:{'|'.join([*(re.escape(_articled(entry)) for entry in entries), *tagged])})"


def _theme(themes: Mapping[str, tuple[str, ...]], name: str, *having: str) -> tuple[str, ...]:
    """Return the templates of a theme, or those of them that hold one of these pieces."""
    found = tuple(one for one in themes[name] if not having or any(piece in one for piece in having))
    assert found and all(any(piece in one for one in found) for piece in having), (name, having)
    return found


def _cells(column: str, test: Callable[["pd.Series[str]"], "pd.Series[bool]"]) -> Callable[[Customers], "pd.Series"]:
    return lambda customers: test(customers.frame[column])


def _says(*pieces: str) -> Callable[[Customers], "pd.Series[bool]"]:
    """Tell who wrote all of these, in whatever case; read from what was written, one customer after the other."""

    def said(customers: Customers) -> "pd.Series[bool]":
        assert customers.said is not None
        whole = customers.said.groupby("customer")["text"].agg("\n".join).str.lower()
        found = pd.Series(True, index=whole.index)
        for piece in pieces:
            found &= whole.str.contains(piece, regex=False)
        return found.reindex(customers.frame.index, fill_value=False)

    return said


def _both(*tests: Callable[[Customers], "pd.Series[bool]"]) -> Callable[[Customers], "pd.Series[bool]"]:
    def met(customers: Customers) -> "pd.Series[bool]":
        found = tests[0](customers)
        for test in tests[1:]:
            found &= test(customers)
        return found

    return met


def _meant(asked: str, *templates: str) -> Question:
    return Question("meaning", Query(meaning=asked), templates)


def _said(asked: str, *pieces: str) -> Question:
    return Question("words", Query(words=asked), also=_says(*pieces))


def _filtered(*conditions: Condition, also: Callable[[Customers], "pd.Series[bool]"]) -> Question:
    return Question("filter", Query(conditions=conditions), also=also)


R, K = reviews._THEMES, chinese._THEMES
UNHELPFUL = (*_theme(R, "service", "{care}", "form letter"), *_theme(R, "trouble", "{clerk} {care}"))
FAULTY = _theme(R, "trouble", "came with {fault}", "again {fault}", "has {fault}", "arrived with {fault}", ": {fault}")
REFUND = _theme(R, "trouble", "refund")
PRESENT = (*R["gift"], *_theme(R, "app", "gift", "present"))
BARGAINS = (
    *_theme(R, "price", "percent off", "sale", "voucher took", "last-chance", "deals", "coupons", "clearance"),
    *_theme(R, "thrift", "reduced", "promotion", "marked-down"),
)
CHEAPER_ELSEWHERE = _theme(R, "price", "for less, please match")
LASTING = _theme(R, "craft", "{lasts}")
MADE_WELL = _theme(R, "craft", "{craft}")

ENGLISH = (
    _meant("still waiting to get the money back", *REFUND),
    _meant("customer service was no help at all", *UNHELPFUL),
    _meant("it arrived broken, damaged or incomplete", *FAULTY, *_theme(R, "trouble", "because of {fault}")),
    _meant("bought as a present for somebody", *PRESENT),
    _meant("waits for sales and buys with discounts", *BARGAINS),
    _meant("other stores sell this cheaper", *CHEAPER_ELSEWHERE),
    _meant("postage costs too much", *_theme(R, "price", "shipping fees")),
    _meant("will keep for a lifetime", *LASTING),
    _meant("praises the craftsmanship", *MADE_WELL),
    _meant("the delivery was punctual", *_theme(R, "delivery", "{safe}")),
    _meant("my child likes it and uses it", *_theme(R, "family", "loves", "every day", "proud", "even our {kid}")),
    _meant("new customer, never bought here before", *_theme(R, "app", "{new}")),
    _meant("they dropped my order without telling me", *_theme(R, "service", "cancelled")),
    _said("refund", "refund"),
    _said('"Living Room"', "living room"),
    _said("VOUCHER price", "voucher", "price"),
    _filtered(
        Condition("age", "between", ("30", "40")),
        Condition("city", "is one of", ("Lyon", "Nantes")),
        also=_both(
            _cells("age", lambda age: age.between(30, 40)), _cells("city", lambda city: city.isin(["Lyon", "Nantes"]))
        ),
    ),
    _filtered(
        Condition("total_spend", "≥", ("2000",)),
        Condition("uses_app", "is", ("yes",)),
        also=_both(_cells("total_spend", lambda spend: spend >= 2000), _cells("uses_app", lambda app: app == 1.0)),
    ),
    Question(
        "combined",
        Query(meaning="complains about customer service", conditions=(Condition("total_spend", ">", ("500",)),)),
        UNHELPFUL,
        _cells("total_spend", lambda spend: spend > 500),
    ),
    Question(
        "combined",
        Query(meaning="bought as a gift", words="birthday"),
        PRESENT,
        _says("birthday"),
    ),
    Question(
        "combined",
        Query(meaning="made to last for many years", conditions=(Condition("age", "≥", ("60",)),)),
        LASTING,
        _cells("age", lambda age: age >= 60),
    ),
    Question(
        "combined",
        Query(words="voucher", conditions=(Condition("household", "is", ("single",)),)),
        (),
        _both(_says("voucher"), _cells("household", lambda home: home == "single")),
    ),
)

WAITING = (*_theme(K, "trouble", "退款"), *_theme(tickets._CHINESE, "refund", "还没收到退款"))
CHINESE = tuple(
    replace(question, where="shop_zh")
    for question in (
        _meant("退货以后一直没有收到退款", *WAITING),
        _meant("客服态度不好，不解决问题", *_theme(K, "service", "{clerk}"), *_theme(K, "trouble", "{clerk}")),
        _meant("买来送人的礼物", *K["gift"], *_theme(K, "app", "礼物")),
        _meant("打折的时候买的，价格便宜", *_theme(K, "price", "{cheap}")),
        _said("发票", "发票"),
        _said("客服 退款", "客服", "退款"),
        _filtered(
            Condition("membership", "is", ("gold",)),
            Condition("household", "is not", ("family",)),
            also=_both(
                _cells("membership", lambda level: level == "gold"),
                _cells("household", lambda home: home.notna() & (home != "family")),
            ),
        ),
        Question(
            "combined",
            Query(meaning="做工精细", conditions=(Condition("membership", "is one of", ("silver", "gold")),)),
            _theme(K, "craft", "{craft}"),
            _cells("membership", lambda level: level.isin(["silver", "gold"])),
        ),
    )
)
QUESTIONS = (*ENGLISH, *CHINESE)
assert len(QUESTIONS) == 30
