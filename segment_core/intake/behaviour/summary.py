"""Summary: the figures of all customers together, and of each RFM cell, that a page or a report opens on."""

from dataclasses import dataclass

from segment_core.intake.behaviour.measuring import Behaviour
from segment_core.intake.behaviour.rfm import CELLS

LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """One RFM cell: how many customers, and their money net of returns, each also as a share of all customers'."""

    name: str
    n: int
    share: float
    money: float | None
    money_share: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What all customers with an order did together; money is None where nothing is known of it.

    `money` is everybody's, those with returns only included; `repeat_share` ordered more than once. `active_share` is
    likely still a customer (probability above one half), `value` and `value_median` are lifetime value: None without
    the models. `cells` are those with customers, best first.
    """

    n_customers: int
    n_orders: int
    money: float | None
    repeat_share: float
    recency_median: float
    active_share: float | None
    expected_orders: float | None
    value: float | None
    value_median: float | None
    cells: tuple[Cell, ...]


def summarise(behaviour: Behaviour) -> Summary:
    """Add up what was measured of each customer."""
    frame = behaviour.frame
    active = frame[frame["orders"] > 0]
    foreseen = {name: active[name] for name in ("p_alive", "expected_orders", "lifetime_value") if name in active}
    value = foreseen.get("lifetime_value")
    return Summary(
        n_customers=len(active),
        n_orders=int(active["orders"].sum()),
        money=float(frame["monetary"].sum()) if "monetary" in frame else None,
        repeat_share=float((active["orders"] > 1).mean()),
        recency_median=float(active["recency_days"].median()),
        active_share=float((foreseen["p_alive"] > LIKELY).mean()) if "p_alive" in foreseen else None,
        expected_orders=float(foreseen["expected_orders"].sum()) if "expected_orders" in foreseen else None,
        value=float(value.sum()) if value is not None else None,
        value_median=float(value.median()) if value is not None else None,
        cells=_cells(behaviour),
    )


def _cells(behaviour: Behaviour) -> tuple[Cell, ...]:
    known = behaviour.frame[behaviour.frame["rfm_cell"].notna()]
    groups = known.groupby("rfm_cell")
    counts = groups.size()
    money = groups["monetary"].sum() if "monetary" in known else None
    total = float(money.sum()) if money is not None else 0.0
    return tuple(
        Cell(
            name=name,
            n=int(counts[name]),
            share=float(counts[name] / len(known)),
            money=float(money[name]) if money is not None else None,
            money_share=float(money[name]) / total if money is not None and total > 0 else None,
        )
        for name in CELLS
        if name in counts.index
    )
