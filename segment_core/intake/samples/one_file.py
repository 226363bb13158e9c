"""One file: customers of an invented retailer with known segments, to try everything without a file of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from segment_core.intake.samples.reviews import review

Shape = tuple[float, float]

_TODAY = np.datetime64("2026-06-30")
_MISSING_SHARE = 0.03
_SILENT_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One planted segment. Pairs are centre and spread; those of heavy-tailed figures are of the logarithm."""

    name: str
    share: float
    age: Shape
    spend: Shape
    order_value: Shape
    discount: Shape
    visits: Shape
    orders: float
    returns: float
    tickets: float
    satisfaction: Shape
    member_years: Shape
    silent_days: Shape
    household: Sequence[float]
    membership: Sequence[float]
    channel: Sequence[float]
    favourite: Sequence[float]
    cities: Sequence[float]
    app: float
    themes: Mapping[str, float]


_HOUSEHOLDS = ("single", "couple", "family", "shared flat")
_MEMBERSHIPS = ("none", "silver", "gold")
_CHANNELS = ("website", "app", "store", "phone")
_FAVOURITES = ("kitchen", "children", "furniture", "outdoor", "decoration")
_PLACES = (
    ("Milan", "Italy"),
    ("Turin", "Italy"),
    ("Lyon", "France"),
    ("Nantes", "France"),
    ("Cologne", "Germany"),
    ("Leipzig", "Germany"),
    ("Ghent", "Belgium"),
    ("Porto", "Portugal"),
)

_KINDS = (
    _Kind(
        name="bargain hunters",
        share=0.32,
        age=(39, 11),
        spend=(5.3, 0.45),
        order_value=(3.2, 0.30),
        discount=(68, 10),
        visits=(3.0, 0.35),
        orders=6.0,
        returns=0.6,
        tickets=0.3,
        satisfaction=(3.9, 0.6),
        member_years=(4.5, 1.5),
        silent_days=(3.6, 0.5),
        household=(0.35, 0.35, 0.15, 0.15),
        membership=(0.70, 0.27, 0.03),
        channel=(0.72, 0.13, 0.13, 0.02),
        favourite=(0.30, 0.05, 0.10, 0.25, 0.30),
        cities=(0.08, 0.14, 0.08, 0.16, 0.12, 0.22, 0.08, 0.12),
        app=0.25,
        themes={"price": 6, "thrift": 3, "anything": 1},
    ),
    _Kind(
        name="family planners",
        share=0.24,
        age=(37, 6),
        spend=(7.2, 0.40),
        order_value=(4.1, 0.30),
        discount=(32, 9),
        visits=(2.2, 0.35),
        orders=22.0,
        returns=2.2,
        tickets=0.5,
        satisfaction=(4.3, 0.5),
        member_years=(6.0, 1.5),
        silent_days=(2.2, 0.5),
        household=(0.02, 0.06, 0.90, 0.02),
        membership=(0.12, 0.70, 0.18),
        channel=(0.35, 0.45, 0.18, 0.02),
        favourite=(0.17, 0.65, 0.06, 0.07, 0.05),
        cities=(0.12, 0.12, 0.14, 0.10, 0.20, 0.12, 0.12, 0.08),
        app=0.70,
        themes={"family": 6, "delivery": 3, "anything": 1},
    ),
    _Kind(
        name="quality lovers",
        share=0.20,
        age=(54, 9),
        spend=(8.3, 0.50),
        order_value=(5.9, 0.40),
        discount=(9, 6),
        visits=(0.9, 0.40),
        orders=7.0,
        returns=0.4,
        tickets=0.4,
        satisfaction=(4.6, 0.4),
        member_years=(8.5, 1.8),
        silent_days=(3.9, 0.5),
        household=(0.18, 0.66, 0.12, 0.04),
        membership=(0.06, 0.22, 0.72),
        channel=(0.16, 0.05, 0.70, 0.09),
        favourite=(0.22, 0.02, 0.58, 0.06, 0.12),
        cities=(0.30, 0.06, 0.22, 0.05, 0.18, 0.04, 0.11, 0.04),
        app=0.12,
        themes={"craft": 6, "taste": 3, "anything": 1},
    ),
    _Kind(
        name="young gift givers",
        share=0.14,
        age=(25, 4),
        spend=(4.4, 0.45),
        order_value=(3.7, 0.30),
        discount=(26, 9),
        visits=(1.7, 0.40),
        orders=1.6,
        returns=0.2,
        tickets=0.2,
        satisfaction=(4.2, 0.5),
        member_years=(0.7, 0.3),
        silent_days=(4.2, 0.5),
        household=(0.38, 0.12, 0.02, 0.48),
        membership=(0.93, 0.06, 0.01),
        channel=(0.12, 0.84, 0.03, 0.01),
        favourite=(0.12, 0.03, 0.04, 0.14, 0.67),
        cities=(0.14, 0.08, 0.16, 0.08, 0.16, 0.10, 0.12, 0.16),
        app=0.95,
        themes={"gift": 5, "app": 4, "anything": 1},
    ),
    _Kind(
        name="let down",
        share=0.10,
        age=(44, 11),
        spend=(6.3, 0.45),
        order_value=(4.6, 0.30),
        discount=(22, 9),
        visits=(0.3, 0.40),
        orders=5.0,
        returns=4.5,
        tickets=6.0,
        satisfaction=(1.6, 0.5),
        member_years=(3.5, 1.2),
        silent_days=(5.6, 0.35),
        household=(0.28, 0.34, 0.28, 0.10),
        membership=(0.55, 0.37, 0.08),
        channel=(0.26, 0.08, 0.10, 0.56),
        favourite=(0.18, 0.12, 0.36, 0.22, 0.12),
        cities=(0.12, 0.14, 0.12, 0.14, 0.12, 0.14, 0.10, 0.12),
        app=0.30,
        themes={"trouble": 5, "service": 4, "anything": 0.6},
    ),
)


def sample(n_customers: int = 5000, seed: int = 0) -> tuple[pd.DataFrame, pd.Series]:
    """Invent customers as an analyst would get them, and the segment each was planted in.

    Five segments of unequal size show in numbers, categories, dates and texts, with noise, missing
    cells, an email column, a constant column and columns that mean nothing. No column holds the truth.

    Returns
    -------
    The frame, with `customer_id`, and the planted segment by customer id.

    Examples
    --------
    >>> frame, planted = sample(200)
    >>> len(frame), planted.nunique()
    (200, 5)
    """
    random = np.random.default_rng(seed)
    kinds = _deal(n_customers, random)
    ids = [f"C{number:05d}" for number in random.permutation(np.arange(1, n_customers + 1))]
    records = [_customer(kind, random) for kind in kinds]
    frame = pd.DataFrame(records)
    frame.insert(0, "customer_id", ids)
    frame.insert(1, "email", [_email(customer, random) for customer in ids])
    frame = _with_gaps(frame, random)
    planted = pd.Series([kind.name for kind in kinds], index=pd.Index(ids, name="customer_id"), name="planted")
    return frame, planted


@lru_cache(maxsize=1)
def sample_csv() -> bytes:
    """Return the bundled sample as a CSV file: always the same bytes."""
    frame, _ = sample()
    return frame.to_csv(index=False, lineterminator="\n").encode()


def _deal(n_customers: int, random: np.random.Generator) -> list[_Kind]:
    """Give each segment its share of customers, and mix them."""
    edges = np.round(np.cumsum([kind.share for kind in _KINDS]) * n_customers).astype(int)
    sizes = np.diff(edges, prepend=0)
    dealt = np.repeat(np.arange(len(_KINDS)), sizes)
    return [_KINDS[position] for position in random.permutation(dealt)]


def _customer(kind: _Kind, random: np.random.Generator) -> dict[str, object]:
    city, country = _PLACES[int(random.choice(len(_PLACES), p=kind.cities))]
    signup = _TODAY - int(np.clip(random.normal(*kind.member_years), 0.1, 14) * 365)
    last_order = max(_TODAY - int(np.clip(random.lognormal(*kind.silent_days), 0, 1500)), signup + 1)
    return {
        "age": int(np.clip(random.normal(*kind.age), 18, 88)),
        "household": _one(_HOUSEHOLDS, kind.household, random),
        "city": city,
        "country": country,
        "signup_date": str(signup),
        "last_order_date": str(last_order),
        "membership": _one(_MEMBERSHIPS, kind.membership, random),
        "preferred_channel": _one(_CHANNELS, kind.channel, random),
        "favourite_department": _one(_FAVOURITES, kind.favourite, random),
        "uses_app": "yes" if random.random() < kind.app else "no",
        "total_spend": round(float(random.lognormal(*kind.spend)), 2),
        "average_order_value": round(float(random.lognormal(*kind.order_value)), 2),
        "discount_percent": int(np.clip(random.normal(*kind.discount), 0, 100)),
        "orders_last_year": 1 + int(random.poisson(kind.orders)),
        "returns_last_year": int(random.poisson(kind.returns)),
        "support_tickets": int(random.poisson(kind.tickets)),
        "site_visits_per_month": int(random.lognormal(*kind.visits)),
        "satisfaction": int(np.clip(round(random.normal(*kind.satisfaction)), 1, 5)),
        "distance_to_store_km": round(float(random.lognormal(2.3, 0.8)), 1),
        "pets": int(random.poisson(0.7)),
        "marketing_consent": "yes" if random.random() < 0.81 else "no",
        "store_brand": "Fennel & Oak",
        "review": review(kind.themes, random) if random.random() >= _SILENT_SHARE else "",
    }


def _one(names: Sequence[str], shares: Sequence[float], random: np.random.Generator) -> str:
    return names[int(random.choice(len(names), p=shares))]


_FIRST = (
    "ada",
    "bo",
    "carla",
    "dev",
    "elif",
    "femi",
    "gina",
    "hugo",
    "ines",
    "jon",
    "kaia",
    "luca",
    "mina",
    "noor",
    "otto",
)
_LAST = (
    "abel",
    "brandt",
    "costa",
    "dubois",
    "eriksen",
    "ferri",
    "garcia",
    "hoang",
    "ito",
    "jansen",
    "kaya",
    "lima",
    "moreau",
)


def _email(customer: str, random: np.random.Generator) -> str:
    return f"{_FIRST[random.integers(len(_FIRST))]}.{_LAST[random.integers(len(_LAST))]}.{customer[1:]}@example.com"


_COMPLETE = ("customer_id", "email", "store_brand", "review", "signup_date", "marketing_consent")


def _with_gaps(frame: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Leave some cells empty, as real files do."""
    for name in [name for name in frame.columns if name not in _COMPLETE]:
        frame[name] = frame[name].astype("object").mask(random.random(len(frame)) < _MISSING_SHARE)
    return frame.astype("str").mask(lambda cells: cells.isin(["nan", ""]) | frame.isna())
