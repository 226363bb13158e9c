"""Kinds: what is planted in the sample's tables, five segments and how they change from one year to the next."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

DEPARTMENTS = ("kitchen", "children", "furniture", "outdoor", "decoration", "textiles")
BANDS = ("low", "middle", "high")
CHANNELS = ("website", "app", "store", "phone")
DISCOUNTS = (0, 5, 10, 20, 30, 40)
HOUSEHOLDS = ("single", "couple", "family", "shared flat")
MEMBERSHIPS = ("none", "silver", "gold")
SOURCES = ("search", "friend", "store", "social media")
CONTACTS = ("email", "phone", "chat")
CONTACT_SHARES = {"A": (0.60, 0.25, 0.15), "B": (0.38, 0.17, 0.45)}
APP_GROWTH = 2.2
INFLATION = 1.08
DRIFTED = ("customers.preferred_contact", "orders.channel", "order_lines.unit_price")

Weights = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One planted segment. Rates are per year; pairs are mean and spread, those of `dropout` a Beta's parameters."""

    name: str
    share: float
    newborn_share: float
    age: tuple[float, float]
    member_years: tuple[float, float]
    chinese: float
    women: float
    household: Weights
    membership: Weights
    source: Weights
    orders: float
    evenness: float
    dropout: tuple[float, float]
    basket: float
    returned: float
    discount: Weights
    channel: Weights
    department: Weights
    band: Weights
    season: Weights
    tickets: float
    stars: tuple[float, float]
    themes: Mapping[str, float]


_SHOPPING_YEAR = (1.3, 0.8, 0.8, 0.9, 0.9, 0.8, 1.1, 0.8, 0.9, 1.0, 1.6, 1.5)
_SCHOOL_YEAR = (0.9, 0.8, 0.9, 1.0, 0.9, 0.9, 0.9, 1.6, 1.3, 0.9, 1.1, 1.5)
_CALM_YEAR = (0.8, 0.8, 1.0, 1.1, 1.1, 0.9, 0.8, 0.7, 1.1, 1.2, 1.2, 1.5)
_GIFT_YEAR = (0.5, 1.4, 0.7, 0.8, 1.4, 1.0, 0.7, 0.6, 0.8, 0.7, 1.1, 2.5)

KINDS = (
    Kind(
        name="bargain hunters",
        share=0.30,
        newborn_share=0.28,
        age=(40, 11),
        member_years=(4.5, 1.8),
        chinese=0.42,
        women=0.52,
        household=(0.35, 0.35, 0.15, 0.15),
        membership=(0.70, 0.26, 0.04),
        source=(0.55, 0.15, 0.10, 0.20),
        orders=9.0,
        evenness=4.0,
        dropout=(1.0, 40.0),
        basket=0.9,
        returned=0.03,
        discount=(0.03, 0.04, 0.08, 0.20, 0.35, 0.30),
        channel=(0.74, 0.12, 0.12, 0.02),
        department=(0.34, 0.06, 0.06, 0.24, 0.20, 0.10),
        band=(0.80, 0.18, 0.02),
        season=_SHOPPING_YEAR,
        tickets=0.3,
        stars=(3.8, 0.8),
        themes={"price": 6, "thrift": 3, "anything": 1},
    ),
    Kind(
        name="family planners",
        share=0.25,
        newborn_share=0.22,
        age=(37, 6),
        member_years=(6.0, 2.0),
        chinese=0.38,
        women=0.60,
        household=(0.03, 0.10, 0.84, 0.03),
        membership=(0.14, 0.68, 0.18),
        source=(0.35, 0.35, 0.20, 0.10),
        orders=17.0,
        evenness=6.0,
        dropout=(1.0, 120.0),
        basket=2.4,
        returned=0.06,
        discount=(0.42, 0.18, 0.20, 0.14, 0.05, 0.01),
        channel=(0.40, 0.38, 0.20, 0.02),
        department=(0.14, 0.66, 0.03, 0.05, 0.03, 0.09),
        band=(0.42, 0.50, 0.08),
        season=_SCHOOL_YEAR,
        tickets=0.6,
        stars=(4.3, 0.7),
        themes={"family": 6, "delivery": 3, "anything": 1},
    ),
    Kind(
        name="quality lovers",
        share=0.20,
        newborn_share=0.12,
        age=(54, 9),
        member_years=(8.0, 2.2),
        chinese=0.35,
        women=0.50,
        household=(0.20, 0.62, 0.14, 0.04),
        membership=(0.08, 0.22, 0.70),
        source=(0.20, 0.30, 0.45, 0.05),
        orders=6.0,
        evenness=4.0,
        dropout=(1.0, 60.0),
        basket=0.5,
        returned=0.02,
        discount=(0.80, 0.10, 0.07, 0.02, 0.01, 0.00),
        channel=(0.20, 0.05, 0.67, 0.08),
        department=(0.20, 0.02, 0.50, 0.04, 0.10, 0.14),
        band=(0.02, 0.20, 0.78),
        season=_CALM_YEAR,
        tickets=0.4,
        stars=(4.6, 0.6),
        themes={"craft": 6, "taste": 3, "anything": 1},
    ),
    Kind(
        name="young gift givers",
        share=0.15,
        newborn_share=0.33,
        age=(25, 4),
        member_years=(0.9, 0.5),
        chinese=0.48,
        women=0.58,
        household=(0.40, 0.14, 0.03, 0.43),
        membership=(0.90, 0.09, 0.01),
        source=(0.15, 0.25, 0.05, 0.55),
        orders=3.2,
        evenness=3.0,
        dropout=(1.0, 14.0),
        basket=0.35,
        returned=0.03,
        discount=(0.40, 0.15, 0.20, 0.20, 0.04, 0.01),
        channel=(0.12, 0.82, 0.05, 0.01),
        department=(0.10, 0.02, 0.02, 0.06, 0.68, 0.12),
        band=(0.45, 0.48, 0.07),
        season=_GIFT_YEAR,
        tickets=0.2,
        stars=(4.2, 0.8),
        themes={"gift": 5, "app": 4, "anything": 1},
    ),
    Kind(
        name="let down",
        share=0.10,
        newborn_share=0.05,
        age=(44, 12),
        member_years=(3.5, 1.5),
        chinese=0.40,
        women=0.50,
        household=(0.28, 0.34, 0.28, 0.10),
        membership=(0.55, 0.36, 0.09),
        source=(0.40, 0.20, 0.20, 0.20),
        orders=5.0,
        evenness=4.0,
        dropout=(1.0, 9.0),
        basket=0.8,
        returned=0.50,
        discount=(0.45, 0.15, 0.20, 0.15, 0.04, 0.01),
        channel=(0.22, 0.08, 0.10, 0.60),
        department=(0.12, 0.10, 0.28, 0.34, 0.08, 0.08),
        band=(0.25, 0.55, 0.20),
        season=_CALM_YEAR,
        tickets=4.5,
        stars=(1.7, 0.7),
        themes={"trouble": 5, "service": 4, "anything": 0.6},
    ),
)
NAMES = tuple(kind.name for kind in KINDS)
ANGRY: Mapping[str, float] = {"trouble": 5, "service": 4}
GONE = "gone"

_TRANSITIONS = (
    (0.74, 0.08, 0.02, 0.02, 0.06, 0.08),
    (0.08, 0.76, 0.05, 0.00, 0.05, 0.06),
    (0.02, 0.04, 0.82, 0.00, 0.06, 0.06),
    (0.16, 0.10, 0.04, 0.52, 0.05, 0.13),
    (0.10, 0.05, 0.04, 0.01, 0.52, 0.28),
)


def transitions() -> pd.DataFrame:
    """Return the chance to be in a column's segment in period B, for a customer of a row's segment in period A."""
    return pd.DataFrame(_TRANSITIONS, index=list(NAMES), columns=[*NAMES, GONE], dtype=float)
