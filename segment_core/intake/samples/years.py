"""Years: one period's files put together from what people bought and wrote."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from segment_core.intake.samples import buying, flaws, people, texts
from segment_core.intake.samples.flaws import Row
from segment_core.intake.samples.twins import add_twins, orders_of_twins

_CONTRADICTING_SHARE = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """One period: the tables, the planted rows, and who is angry (one truth value a person)."""

    tables: dict[str, pd.DataFrame]
    items: list[Row]
    wrongs: list[Row]
    angry: np.ndarray


def year(
    period: str,
    folk: pd.DataFrame,
    twins: pd.DataFrame,
    made: pd.DataFrame,
    *,
    catalogue: pd.DataFrame,
    random: np.random.Generator,
) -> Year:
    """Write the files of a period."""
    made = made.assign(
        order_id=[f"O{_first(period) + number:06d}" for number in range(len(made))],
        customer_id=orders_of_twins(made, folk["customer_id"], twins, random),
    )
    filled = buying.lines(made, catalogue, period, random)
    made["spent"] = (filled["quantity"] * filled["price"]).groupby(filled["order"]).sum()
    made["returned"] = (filled["quantity"] < 0).groupby(filled["order"]).any()
    angry = texts.angry_spenders(folk, made, round(len(folk) * _CONTRADICTING_SHARE), random)
    reviews = texts.write_reviews(folk, made, angry, period, random).sort_values(
        "day", kind="stable", ignore_index=True
    )
    tickets = texts.write_tickets(folk, angry, period, random).sort_values("day", kind="stable", ignore_index=True)
    reviews["review_id"] = [f"R{period}{number + 1:05d}" for number in range(len(reviews))]
    tickets["ticket_id"] = [f"T{period}{number + 1:05d}" for number in range(len(tickets))]

    here = folk[folk[period.lower()] >= 0]
    last = made.groupby(folk["customer_id"].to_numpy()[made["person"]])["day"].max()
    tables = {
        "customers": add_twins(people.customers_table(here, period, last), twins, random),
        "orders": _orders(made),
        "order_lines": _lines(filled, made, catalogue),
        "products": catalogue[["product_id", "department", "name", "price_band"]],
        "reviews": _dated(reviews, "review_id", "order_id", "date", "stars", "text"),
        "tickets": _dated(tickets, "ticket_id", "customer_id", "opened", "topic", "text"),
    }
    wrongs = flaws.plant_orphans(tables, random) + flaws.plant_alike(tables, reviews["language"], random)
    taken = {row[name] for row in wrongs for name in ("row_id", "of")}
    known = tables["orders"].set_index("order_id")["customer_id"]
    known = known[known.isin(tables["customers"]["customer_id"])]
    authors = {"reviews": _authors(reviews, folk), "tickets": _authors(tickets, folk)}
    authors["reviews"]["customer_id"] = tables["reviews"]["order_id"].map(known).fillna("").to_numpy()
    items = flaws.plant_personal(tables, authors, taken, random)
    wrongs += flaws.plant_repeats(tables, taken | {row["row_id"] for row in items}, random)
    return Year({name: table.astype("str") for name, table in tables.items()}, items, wrongs, angry)


def _first(period: str) -> int:
    """Return the number of a period's first order: the second year's follow the first year's."""
    return 1 if period == "A" else 400_001


def _orders(made: pd.DataFrame) -> pd.DataFrame:
    status = np.where(made["cancelled"], "cancelled", np.where(made["returned"], "partly returned", "completed"))
    return pd.DataFrame(
        {
            "order_id": made["order_id"],
            "customer_id": made["customer_id"],
            "order_date": _iso(made["day"]),
            "channel": made["channel"],
            "status": status,
            "discount": made["discount"].astype("str"),
        }
    )


def _lines(filled: pd.DataFrame, made: pd.DataFrame, catalogue: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order_id": made["order_id"].to_numpy()[filled["order"]],
            "line": filled["line"].astype("str"),
            "product_id": catalogue["product_id"].to_numpy()[filled["product"]],
            "quantity": filled["quantity"].astype("str"),
            "unit_price": [f"{price:.2f}" for price in filled["price"]],
        }
    )


def _dated(written: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Keep the columns that the file has, the day in words."""
    day = names[2]
    return written.assign(**{day: _iso(written["day"])})[list(names)].astype("str")


def _authors(written: pd.DataFrame, folk: pd.DataFrame) -> pd.DataFrame:
    """Return who wrote each text, as the shop has them on file."""
    on_file = folk[["name", "email", "phone", "city", "postcode", "language"]].iloc[written["person"]]
    return on_file.reset_index(drop=True).assign(customer_id=written["customer_id"].to_numpy())


def _iso(day: pd.Series) -> pd.Series:
    return day.astype("datetime64[s]").dt.strftime("%Y-%m-%d")
