"""Buying: products, orders and order lines, by a purchase process that differs from segment to segment."""

import numpy as np
import pandas as pd

from segment_core.intake.samples.kinds import APP_GROWTH, BANDS, CHANNELS, DEPARTMENTS, DISCOUNTS, INFLATION, KINDS
from segment_core.intake.samples.people import ENDS, STARTS
from segment_core.intake.samples.words import SLOTS

_PRICES = {"low": 14.0, "middle": 45.0, "high": 240.0}
_GROWTH = 0.15
_CANCELLED_SHARE = 0.015
_STRAY_SHARE = 0.15
_QUALITIES = ("plain", "classic", "folding", "large", "small", "striped", "round", "handmade", "light", "sturdy")


def products(random: np.random.Generator, n: int = 144) -> pd.DataFrame:
    """Invent the catalogue: text columns as in the file, and `price` and `pull` for those who choose."""
    things = {"children": SLOTS["kidthing"], "furniture": SLOTS["fine"]}
    rows = []
    for number in range(n):
        department = DEPARTMENTS[number % len(DEPARTMENTS)]
        band = BANDS[number // len(DEPARTMENTS) % len(BANDS)]
        names = things.get(department, SLOTS["thing"])
        quality = _QUALITIES[int(random.integers(len(_QUALITIES)))]
        rows.append(
            {
                "product_id": f"P{number + 1:04d}",
                "department": department,
                "name": f"{quality} {names[int(random.integers(len(names)))]}",
                "price_band": band,
                "price": _PRICES[band] * float(random.lognormal(0, 0.35)),
                "pull": 1 / (1 + random.integers(0, 20)),  # a few products sell far more than most
            }
        )
    return pd.DataFrame(rows)


def orders(people: pd.DataFrame, period: str, random: np.random.Generator) -> tuple[pd.DataFrame, np.ndarray]:
    """Let everybody buy for a period (BG/NBD: Fader, Hardie & Lee 2005, with a season); return orders, and who lapsed.

    Each has a rate of their own (Gamma) and after each order stops for good with a chance of their own (Beta).
    """
    segments = people[period.lower()].to_numpy()
    here = segments >= 0
    start = np.maximum(people["signup"].to_numpy().astype("datetime64[D]"), STARTS[period])
    new = (people["signup"].to_numpy().astype("datetime64[D]") >= STARTS[period]) & here
    length = np.where(here, (ENDS[period] - start).astype(int), 0)
    evenness = np.array([kind.evenness for kind in KINDS])[segments]
    rate = random.gamma(evenness, np.array([kind.orders for kind in KINDS])[segments] / evenness)
    lives = random.geometric(np.clip(random.beta(*np.array([kind.dropout for kind in KINDS]).T[:, segments]), 1e-6, 1))

    peak = max(max(kind.season) for kind in KINDS) * (1 + _GROWTH)
    tries = random.poisson(rate * length / 365 * peak)
    who = np.repeat(np.arange(len(people)), tries)
    day = start[who] + (random.random(len(who)) * length[who]).astype(int)
    month = day.astype("datetime64[M]").astype(int) % 12
    season = np.array([kind.season for kind in KINDS])[segments[who], month]
    grown = 1 + _GROWTH * (day - STARTS[period]).astype(int) / 365
    kept = random.random(len(who)) < season * grown / peak
    who = np.concatenate([np.flatnonzero(new), who[kept]])  # the first order makes a customer
    day = np.concatenate([start[new], day[kept]])

    made = pd.DataFrame({"person": who, "day": day}).sort_values(["person", "day"], ignore_index=True)
    nth = made.groupby("person").cumcount().to_numpy()
    alive = nth < lives[made["person"]]
    lapsed = np.zeros(len(people), dtype=bool)
    lapsed[made.loc[~alive, "person"].unique()] = True
    made = made[alive].reset_index(drop=True)
    made["segment"] = segments[made["person"]]
    made["discount"] = _drawn(segments[made["person"]], np.array([kind.discount for kind in KINDS]), random)
    made["discount"] = np.array(DISCOUNTS)[made["discount"]]
    channels = np.array([kind.channel for kind in KINDS])
    channels[:, CHANNELS.index("app")] *= 1.0 if period == "A" else APP_GROWTH
    made["channel"] = np.array(CHANNELS)[_drawn(segments[made["person"]], channels, random)]
    made["cancelled"] = random.random(len(made)) < _CANCELLED_SHARE
    bought: pd.DataFrame = made.sort_values(["day", "person"], ignore_index=True)
    return bought, lapsed


def lines(made: pd.DataFrame, catalogue: pd.DataFrame, period: str, random: np.random.Generator) -> pd.DataFrame:
    """Fill each order with lines; what came back follows as lines of negative quantity."""
    segment = made["segment"].to_numpy()
    n = 1 + random.poisson(np.array([kind.basket for kind in KINDS])[segment])
    order = np.repeat(np.arange(len(made)), n)
    segment = segment[order]
    product = _drawn(segment, _tastes(catalogue), random)
    price = catalogue["price"].to_numpy()[product] * (1.0 if period == "A" else INFLATION)
    bulk = np.where(random.random(len(order)) < 0.01, random.pareto(1.5, len(order)) * 4, 0)
    found = pd.DataFrame(
        {
            "order": order,
            "product": product,
            "quantity": 1 + random.poisson(0.25, len(order)) + np.minimum(bulk, 60).astype(int),
            "price": np.maximum(price * (1 - made["discount"].to_numpy()[order] / 100), 0.5).round(2),
        }
    )
    back = random.random(len(order)) < np.array([kind.returned for kind in KINDS])[segment]
    returned = found[back & ~made["cancelled"].to_numpy()[order]].assign(quantity=lambda each: -each["quantity"])
    whole: pd.DataFrame = pd.concat([found, returned]).sort_values("order", kind="stable", ignore_index=True)
    whole["line"] = whole.groupby("order").cumcount() + 1
    return whole


def _tastes(catalogue: pd.DataFrame) -> np.ndarray:
    """Return how much each segment is drawn to each product."""
    department = catalogue["department"].map(DEPARTMENTS.index).to_numpy()
    band = catalogue["price_band"].map(BANDS.index).to_numpy()
    pull = catalogue["pull"].to_numpy()
    return np.array(
        [np.array(kind.department)[department] * np.array(kind.band)[band] * pull for kind in KINDS], dtype=float
    )


def _drawn(segment: np.ndarray, weights: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Draw one position for each entry by the weights of its segment, now and then by those of another."""
    stray = random.random(len(segment)) < _STRAY_SHARE
    segment = np.where(stray, random.integers(0, len(weights), len(segment)), segment)
    ends = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    level = random.random(len(segment))
    drawn = np.zeros(len(segment), dtype=int)
    for each in range(len(weights)):
        mine = segment == each
        drawn[mine] = np.searchsorted(ends[each], level[mine], side="right")
    limited: np.ndarray = np.minimum(drawn, weights.shape[1] - 1)
    return limited
