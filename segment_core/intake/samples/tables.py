"""Tables: a shop's files over two years, and apart from them what was planted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segment_core.errors import OptionError
from segment_core.intake.samples import buying, people
from segment_core.intake.samples.flaws import Row
from segment_core.intake.samples.kinds import DRIFTED, NAMES, transitions
from segment_core.intake.samples.personal import KINDS_IN_TEXT
from segment_core.intake.samples.twins import choose_twins
from segment_core.intake.samples.years import Year, year

PERIODS = ("A", "B")
FEWEST = 60


@dataclass(frozen=True, slots=True, eq=False)
class SampleTables:
    """What an analyst would get, whole and by period; the other fields are what was planted, for tests."""

    tables: Mapping[str, pd.DataFrame]
    periods: Mapping[str, Mapping[str, pd.DataFrame]]
    truth: pd.DataFrame
    planted_items: pd.DataFrame
    planted_flaws: pd.DataFrame
    transitions: pd.DataFrame
    drifted: tuple[str, ...]


def sample_tables(n_customers: int = 2000, seed: int = 0) -> SampleTables:
    """Invent a shop's files over two years, with planted segments, migration, drift, flaws and personal data.

    Every cell is text, as in a file; an empty one is "". Period A is July 2024 to June 2025, B the year after.
    Some customers come in B, some are gone by then, and others change segment. No column holds the truth.

    Returns
    -------
    `tables` by name, and the same for each of `periods`. `truth` has a row an id: segments ("" where there is none),
    whether words contradict the wallet, language, whose duplicate it is, personal data of each kind in its texts.
    `planted_items` has each of these with row and value, `planted_flaws` each duplicate, near-duplicate and orphan.
    `transitions` has the chance of each segment in B (column) by that in A (row); `drifted` names what shifts.

    Raises
    ------
    OptionError
        If there are too few customers to plant anything in.

    Examples
    --------
    >>> shop = sample_tables(200)
    >>> sorted(shop.tables)
    ['customers', 'order_lines', 'orders', 'products', 'reviews', 'tickets']
    >>> len(shop.truth), shop.truth["segment_b"].nunique()  # with duplicates; five segments, and none
    (203, 6)
    """
    if n_customers < FEWEST:
        raise OptionError(
            "A sample of tables with {n} customers is too small to plant anything in; ask for at least {fewest}.",
            n=n_customers,
            fewest=FEWEST,
        )
    random = np.random.default_rng(seed)
    folk = people.invent(n_customers, random)
    catalogue = buying.products(random)
    bought_first, lapsed = buying.orders(folk, "A", random)
    folk = people.migrate(folk, lapsed, random)
    bought_then, _ = buying.orders(folk, "B", random)
    twins = choose_twins(folk, bought_first, random)
    years = {
        "A": year("A", folk, twins, bought_first, catalogue=catalogue, random=random),
        "B": year("B", folk, twins, bought_then, catalogue=catalogue, random=random),
    }
    items = pd.DataFrame([item for each in years.values() for item in each.items])
    return SampleTables(
        tables=_both({period: each.tables for period, each in years.items()}),
        periods={period: each.tables for period, each in years.items()},
        truth=_truth(folk, twins, years, items),
        planted_items=items,
        planted_flaws=pd.DataFrame([*_doubled(twins), *(row for each in years.values() for row in each.wrongs)]),
        transitions=transitions(),
        drifted=DRIFTED,
    )


def _both(periods: Mapping[str, Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """Put the periods together: of each customer the newest row, everything else one after the other."""
    whole = {name: pd.concat([periods[period][name] for period in PERIODS], ignore_index=True) for name in periods["A"]}
    newest = whole["customers"].drop_duplicates("customer_id", keep="last")
    whole["customers"] = newest.sort_values("customer_id", ignore_index=True)
    whole["products"] = periods["A"]["products"]
    return whole


def _truth(folk: pd.DataFrame, twins: pd.DataFrame, years: Mapping[str, Year], items: pd.DataFrame) -> pd.DataFrame:
    names = np.array([*NAMES, ""])  # -1, who is no customer in a period, is the last
    truth = pd.DataFrame({"customer_id": folk["customer_id"]})
    for period in PERIODS:
        truth[f"segment_{period.lower()}"] = names[folk[period.lower()]]
    for period in PERIODS:
        truth[f"contradicts_{period.lower()}"] = np.where(years[period].angry, "yes", "no")
    truth["language"] = folk["language"]
    truth["duplicate_of"] = ""
    again = truth.iloc[twins["person"]].assign(
        customer_id=twins["twin_id"].to_numpy(), duplicate_of=twins["customer_id"].to_numpy()
    )
    truth = pd.concat([truth, again]).sort_values("customer_id", ignore_index=True)
    counts = pd.crosstab(items["customer_id"], items["kind"]).reindex(truth["customer_id"], fill_value=0)
    for kind in sorted({kind for kinds in KINDS_IN_TEXT.values() for kind in kinds}):
        truth[f"planted_{kind}"] = counts[kind].to_numpy() if kind in counts else 0
    return truth


def _doubled(twins: pd.DataFrame) -> list[Row]:
    return [
        {"table": "customers", "row_id": twin, "kind": "duplicate customer", "of": customer}
        for customer, twin in zip(twins["customer_id"], twins["twin_id"], strict=True)
    ]
