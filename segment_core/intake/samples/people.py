"""People: who the invented customers are, in which segment each year, and what the shop has on file about them."""

import numpy as np
import pandas as pd

from segment_core.intake.samples.kinds import (
    CONTACT_SHARES,
    CONTACTS,
    HOUSEHOLDS,
    KINDS,
    MEMBERSHIPS,
    SOURCES,
    transitions,
)
from segment_core.intake.samples.names import FIRST_NAMES, LAST_NAMES, PLACES, STREETS, chinese_street, full_name
from segment_core.intake.samples.personal import chinese_mobile, drama_phone

STARTS = {"A": np.datetime64("2024-07-01"), "B": np.datetime64("2025-07-01")}
ENDS = {"A": np.datetime64("2025-07-01"), "B": np.datetime64("2026-07-01")}
ABSENT = -1
_NEWBORN_SHARE = 0.12
_SILENT_SHARE = {"marketing_consent": 0.06, "household": 0.04, "birth_year": 0.05, "acquired_by": 0.03}


def invent(n_customers: int, random: np.random.Generator) -> pd.DataFrame:
    """Invent people: one row each, with positions of their segments in `a` and `b` (-1 where they are no customers)."""
    newborn = round(n_customers * _NEWBORN_SHARE)
    first = np.concatenate(
        [
            _deal([kind.share for kind in KINDS], n_customers - newborn),
            _deal([kind.newborn_share for kind in KINDS], newborn),
        ]
    )
    is_newborn = np.arange(n_customers) >= n_customers - newborn
    people = pd.DataFrame({"a": np.where(is_newborn, ABSENT, first), "b": first, "first": first})
    people = people.iloc[random.permutation(n_customers)].reset_index(drop=True)
    people["customer_id"] = [f"C{number:05d}" for number in random.permutation(np.arange(1, n_customers + 1))]
    people["signup"] = [
        _signup(segment, newborn, random)
        for segment, newborn in zip(people["first"], people["a"] == ABSENT, strict=True)
    ]
    for bent in ("loyalty", "talk", "fatigue"):  # what stays theirs from year to year, 0 to 1
        people[bent] = random.random(n_customers)
    records = [_on_file(segment, number, random) for number, segment in enumerate(people["first"])]
    return pd.concat([people, pd.DataFrame(records)], axis="columns")


def migrate(people: pd.DataFrame, lapsed: np.ndarray, random: np.random.Generator) -> pd.DataFrame:
    """Send everybody of period A on to period B by the known chances; those who stopped buying are the first to go."""
    chances = transitions().to_numpy()
    gone = len(KINDS)
    people = people.copy()
    for segment in range(len(KINDS)):
        members = np.flatnonzero(people["a"] == segment)
        going = np.sort(random.choice(gone + 1, size=len(members), p=chances[segment]))[::-1]
        order = np.lexsort((random.random(len(members)), ~lapsed[members]))
        n_gone = int((going == gone).sum())
        people.loc[members[order[:n_gone]], "b"] = ABSENT
        people.loc[members[order[n_gone:]], "b"] = random.permutation(going[n_gone:])
    return people


def customers_table(people: pd.DataFrame, period: str, last_order: pd.Series) -> pd.DataFrame:
    """Return the shop's file of its customers as it stands at the end of a period."""
    segment = people[period.lower()].to_numpy()
    member = [
        _at(MEMBERSHIPS, KINDS[kind].membership, level) for kind, level in zip(segment, people["loyalty"], strict=True)
    ]
    silent = (pd.Timestamp(ENDS[period]) - last_order.reindex(people["customer_id"])).dt.days.fillna(999).to_numpy()
    table = people[["customer_id", *_ON_FILE]].copy()
    table["membership"] = member
    table["tier_code"] = [f"T{MEMBERSHIPS.index(level)}" for level in member]
    table["preferred_contact"] = [_at(CONTACTS, CONTACT_SHARES[period], each) for each in people["talk"]]
    table["unsubscribed"] = np.where(people["fatigue"] < (0.07 if period == "A" else 0.10), "yes", "no")
    table["churn_flag"] = np.where(silent > 180, "yes", "no")
    table["signup_date"] = people["signup"].astype("datetime64[s]").dt.strftime("%Y-%m-%d")
    table["store_brand"] = "Fennel & Oak"
    return table.sort_values("customer_id", ignore_index=True)


_ON_FILE = (
    "name",
    "email",
    "phone",
    "birth_year",
    "gender",
    "household",
    "street",
    "postcode",
    "city",
    "country",
    "language",
    "acquired_by",
    "referral_code",
    "marketing_consent",
)


def _deal(shares: list[float], n: int) -> np.ndarray:
    edges = np.round(np.cumsum(shares) / sum(shares) * n).astype(int)
    return np.repeat(np.arange(len(shares)), np.diff(edges, prepend=0))


def _signup(segment: int, newborn: bool, random: np.random.Generator) -> np.datetime64:
    if newborn:
        return STARTS["B"] + int(random.integers(0, 330))
    years = float(np.clip(random.normal(*KINDS[segment].member_years), 0.1, 14))
    return ENDS["A"] - int(years * 365)


def _on_file(segment: int, number: int, random: np.random.Generator) -> dict[str, str]:
    kind = KINDS[segment]
    language = "zh" if random.random() < kind.chinese else "en"
    places = PLACES[language]
    country, city, postcode, _share = places[int(_position([place[3] for place in places], random.random()))]
    first, last = (names[language][int(random.integers(len(names[language])))] for names in (FIRST_NAMES, LAST_NAMES))
    phone = {"CN": chinese_mobile, "GB": drama_phone, "US": drama_phone}.get(country)
    house = int(random.integers(1, 180))
    streets = STREETS[language]
    street = streets[int(random.integers(len(streets)))]
    record = {
        "name": full_name(first, last, language),
        "email": f"{first[-1]}.{last[-1]}{number:04d}@{('example.com', 'example.org', 'example.net')[number % 3]}",
        "phone": phone(random, country) if phone else "",
        "birth_year": str(2025 - int(np.clip(random.normal(*kind.age), 18, 88))),
        "gender": "f" if random.random() < kind.women else "m",
        "household": _at(HOUSEHOLDS, kind.household, random.random()),
        "street": chinese_street(street, house, random) if language == "zh" else f"{house} {street}",
        "postcode": postcode,
        "city": city,
        "country": country,
        "language": language,
        "acquired_by": _at(SOURCES, kind.source, random.random()),
        "referral_code": f"R{int(random.integers(36**5)):07d}{number % 7}",
        "marketing_consent": "yes" if random.random() < 0.79 else "no",
    }
    return {name: "" if random.random() < _SILENT_SHARE.get(name, 0.0) else cell for name, cell in record.items()}


def _at(names: tuple[str, ...], shares: tuple[float, ...], level: float) -> str:
    return names[_position(shares, level)]


def _position(shares: tuple[float, ...] | list[float], level: float) -> int:
    return min(int(np.searchsorted(np.cumsum(shares), level * sum(shares), side="right")), len(shares) - 1)
