"""Names: are they told apart? Shuffled, they are matched back to sheets made of other customers than the names were."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.tables import Table
from segment_core.artifacts import Clustering, Customers, Evidence, EvidenceItem, Features, Persona, Segment, Step
from segment_core.clustering import kmeans
from segment_core.clustering.membership import settle
from segment_core.composition import compose
from segment_core.features.text import texts_of
from segment_core.grounding import slots
from segment_core.intake import gather, read, sample
from segment_core.llm.filters import fold
from segment_core.personas import builtin
from segment_core.personas.clashes import words_of
from segment_core.personas.contrasts import tellings
from segment_core.personas.options import BuiltinOptions
from segment_core.phrasing.facts import strength
from segment_core.phrasing.wording import humanise
from segment_core.plan import Plan
from segment_core.profiles import describe

LANGUAGES = ("en", "zh")
UP = "high many often mostly recent more most above later yes talks 偏高 偏多 较近 多为 大多 常提 更多 更高"
DOWN = "low few rarely early less below earlier 偏低 偏少 较早 更少 更低"
DUPLICATES = (
    ("Bargain hunters online", "Online bargain hunters"),
    ("The loyal customers", "Loyal shopper"),
    ("Quiet and careful", "Careful, quiet people"),
    ("Wine lovers", "Wine Lover Segment"),
    ("忠诚客户", "忠诚的用户"),
    ("线上优惠群体", "优惠线上客户"),
    ("Discount seekers", "Bargain hunters"),
    ("低频客户", "不常购买者"),
)
"""Names that say the same; the last two in other words, which no rule of words can see."""
CONTRASTS = (
    ("High-value loyal", "High-value lapsed"),
    ("High income · low age", "Low income · high age"),
    ("Online bargain hunters", "Store bargain hunters"),
    ("Often Dresses", "Rarely Dresses"),
    ("上海新客", "上海老客"),
    ("消费金额偏高 · 评分偏低", "消费金额偏低 · 评分偏高"),
)
"""Names that share words and say different things."""

_SPLIT = re.compile(r"[·,;，；]|\b(?:and|but|with)\b")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[^\W_\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Case:
    """Customers in segments that are to be told apart by their names."""

    title: str
    customers: Customers
    features: Features
    clustering: Clustering


def measure(n_customers: int = 1500, n_draws: int = 5, cuts: Sequence[int] = (5, 12)) -> Table:
    rows = [row(case, n_draws) for case in cases(n_customers, cuts)]
    caught = sum(words_of(one) == words_of(other) for one, other in DUPLICATES)
    alarms = sum(words_of(one) == words_of(other) for one, other in CONTRASTS)
    return Table(
        "Names matched back to their segments, blind",
        (
            "",
            "segments",
            "chance",
            "scripted, English",
            "with tagline",
            "scripted, Chinese",
            "with tagline",
            "offline writer, English",
            "Chinese",
        ),
        rows,
        f"The share of names that find their segment. The customers are cut in halves at random, {n_draws} times; the "
        "built-in writer names the segments from one half's sheet, the names are shuffled and matched, one to one, "
        "to the sheets of the other half. The scripted matcher knows only the words of a name and of the sheets; the "
        "offline writer names the other half too, and goes by the words the two names share. Chance is one in the "
        f"number of segments. Of {len(DUPLICATES)} planted pairs of names that say the same, the rule that no two "
        f"names hold the same words finds {caught} (it cannot see the {len(DUPLICATES) - caught} in other words, "
        f"which the rule on facts is for); of {len(CONTRASTS)} that share words and do not, it takes {alarms} for "
        "the same.",
    )


def cases(n_customers: int, cuts: Sequence[int]) -> list[Case]:
    frame, truth = sample(n_customers)
    customers = gather(read(frame.to_csv(index=False).encode(), "sample.csv"))
    features = compose(customers, Plan(encoder=Step("tfidf", {"n_dimensions": 20}))).features
    planted = truth.reindex(customers.frame.index).astype(str).to_numpy()
    codes = np.unique(planted, return_inverse=True)[1].astype(np.int64)
    found = [Case("sample: planted", customers, features, settle(features, codes, Step("planted")))]
    for k in cuts:
        labels = kmeans.labels_of(features, kmeans.KMeansOptions(n_segments=k, n_starts=3, seed=0))
        found.append(Case(f"sample: cut into {k}", customers, features, settle(features, labels, Step("kmeans"))))
    return [
        *found,
        planted_case("planted, English columns", ENGLISH),
        planted_case("planted, Chinese columns", CHINESE),
    ]


ENGLISH = ("orders", "basket", "visits", "returns", "rating", "discounts", "city", "channel")
CHINESE = ("订单次数", "客单价", "访问次数", "退货次数", "评分", "优惠券", "城市", "渠道")
_CITIES = {"city": ("Rome", "Milan", "Turin"), "城市": ("上海", "北京", "成都")}
_CHANNELS = {"channel": ("store", "website", "phone"), "渠道": ("门店", "网站", "电话")}


def planted_case(title: str, columns: Sequence[str], n_customers: int = 900, k: int = 8, seed: int = 0) -> Case:
    """Plant segments that each lean in two or three columns, drawn at random."""
    random = np.random.default_rng(seed)
    labels = np.arange(n_customers) % k
    numbers, (city, channel) = columns[:6], columns[6:]
    values = random.normal(50, 10, (n_customers, len(numbers)))
    picks = {city: random.integers(0, 3, n_customers), channel: random.integers(0, 3, n_customers)}
    for segment in range(k):
        own = np.flatnonzero(labels == segment)
        for column in random.choice(len(numbers), 2, replace=False):
            values[own, column] += random.choice([-12.0, 12.0])
        if segment % 2:
            name = city if segment % 4 == 1 else channel
            picks[name][own[random.random(len(own)) < 0.6]] = segment % 3
    frame = pd.DataFrame({"customer_id": [f"C{n:04}" for n in range(n_customers)]})
    for number, name in enumerate(numbers):
        frame[name] = values[:, number].round(2)
    for name, levels in {**_CITIES, **_CHANNELS}.items():
        if name in picks:
            frame[name] = np.array(levels)[picks[name]]
    customers = gather(read(frame.to_csv(index=False).encode(), "planted.csv"))
    order = pd.Series(labels, index=frame["customer_id"]).reindex(customers.frame.index).to_numpy()
    features = Features.of(values[customers.frame.index.str[1:].astype(int)])
    return Case(title, customers, features, settle(features, order, Step("planted")))


def row(case: Case, n_draws: int) -> tuple[str, ...]:
    k = case.clustering.n_segments
    shares: dict[str, list[float]] = {}
    for seed in range(n_draws):
        first, second = halves(case, seed)
        for language in LANGUAGES:
            named = builtin.write(first, BuiltinOptions(language=language)).personas
            again = builtin.write(second, BuiltinOptions(language=language)).personas
            ways = ways_of(second)
            for way, rate in ways.items():
                shares.setdefault(f"{way}-{language}", []).append(matched(named, again, rate, seed))
    told = [f"{np.mean(shares[f'{way}-{language}']):.0%}" for language in LANGUAGES for way in ("name", "tagline")]
    return (
        case.title,
        str(k),
        f"{1 / k:.0%}",
        *told,
        *(f"{np.mean(shares[f'writer-{language}']):.0%}" for language in LANGUAGES),
    )


def ways_of(sheets: Evidence) -> dict[str, Callable[[Persona, Persona], float]]:
    def by_name(one: Persona, other: Persona) -> float:
        return score(one.name, other.segment, sheets)

    def by_tagline(one: Persona, other: Persona) -> float:
        return score(f"{one.name}; {slots.without(one.tagline.text)}", other.segment, sheets)

    def by_writer(one: Persona, other: Persona) -> float:
        return likeness(one.name, other.name)

    return {"name": by_name, "tagline": by_tagline, "writer": by_writer}


def halves(case: Case, seed: int) -> tuple[Evidence, Evidence]:
    """Return the sheets of two halves of the customers, drawn at random."""
    order = np.random.default_rng(seed).permutation(len(case.customers))
    cut = len(order) // 2
    return sheet(case, np.sort(order[:cut])), sheet(case, np.sort(order[cut:]))


def sheet(case: Case, rows: NDArray[np.int64]) -> Evidence:
    frame, said, made = case.customers.frame.iloc[rows], case.customers.said, case.clustering
    kept = None if said is None else said[said["customer"].isin(frame.index)]
    customers = replace(case.customers, frame=frame, said=kept)
    labels = made.labels[rows]
    sizes = np.bincount(labels, minlength=made.n_segments)
    clustering = Clustering(
        labels,
        made.strengths[rows],
        made.bands[rows],
        tuple(Segment(segment.id, int(size)) for segment, size in zip(made.segments, sizes, strict=True)),
        made.made_by,
    )
    features = replace(case.features, matrix=case.features.matrix[rows])
    return describe(customers, features, clustering, texts_of(customers))


def matched(
    named: Sequence[Persona], there: Sequence[Persona], rate: Callable[[Persona, Persona], float], seed: int
) -> float:
    """Shuffle the names, match them one to one, and return the share that came to their own segment."""
    from scipy.optimize import linear_sum_assignment

    random = np.random.default_rng(seed)
    shuffled = [named[place] for place in random.permutation(len(named))]
    rates = np.array([[rate(one, other) for other in there] for one in shuffled])
    rows, columns = linear_sum_assignment(-(rates + 1e-9 * random.random(rates.shape)))
    return float(np.mean([shuffled[r].segment == there[c].segment for r, c in zip(rows, columns, strict=True)]))


def score(text: str, segment: str, evidence: Evidence) -> float:
    """Say how well the words of a name suit a sheet: part by part, the strongest fact that holds them."""
    sheets = {one: [(words(spoken(i)), i) for i in tellings(evidence, one)] for one in evidence.typical}
    rarity = _rarity([{word for said, _ in facts for word in said} for facts in sheets.values()])
    total = 0.0
    for part in _SPLIT.split(fold(text)):
        said = words(part) - words(UP) - words(DOWN)
        weight = sum(rarity.get(word, 0.0) for word in said)
        if not weight:
            continue
        rates = []
        for own, item in sheets[segment]:
            shared = sum(rarity[word] for word in said & own) / weight
            rates.append(shared * strength(item) * _agrees(part, item))
        total += max(rates, key=abs, default=0.0)
    return total


def likeness(one: str, other: str) -> float:
    """Say how much two names share: whole parts, and words."""
    here, there = words_of(one), words_of(other)
    flat = [frozenset().union(*parts) for parts in (here, there)]
    return len(here & there) / len(here | there) + len(flat[0] & flat[1]) / max(len(flat[0] | flat[1]), 1)


def words(text: str) -> set[str]:
    """Return the words of a text: Latin ones, and every two Chinese characters in a row."""
    folded = fold(text)
    pairs = {run[n : n + 2] for run in _CHINESE.findall(folded) for n in range(max(len(run) - 1, 1))}
    return set(_LATIN.findall(folded)) | pairs


def spoken(item: EvidenceItem) -> str:
    return item.text or item.label if item.kind == "term" else humanise(item.label.replace(" = ", " "))


def _agrees(part: str, item: EvidenceItem) -> float:
    up, down = (any(_stands(word, part) for word in listed.split()) for listed in (UP, DOWN))
    if up == down:
        return 0.5
    return 1.0 if up == (item.direction != "under") else -1.0


def _stands(word: str, part: str) -> bool:
    return word in part if _CHINESE.match(word) else word in _LATIN.findall(part)


def _rarity(sheets: Sequence[set[str]]) -> dict[str, float]:
    every = {word for found in sheets for word in found}
    return {word: math.log((len(sheets) + 1) / (sum(word in found for found in sheets) + 0.5)) for word in every}
