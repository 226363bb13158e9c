"""Shop: small lists of orders to test with, and the way from text to behaviour."""

import numpy as np
import pandas as pd

from segment_core.intake import read, suggest
from segment_core.intake.behaviour import Behaviour, BehaviourOptions, Lines, Recognised, lines, measure, recognise
from segment_core.intake.behaviour.options import DEFAULTS

HEAD = "customer_id,order_id,order_date,product_id,product_name,category,quantity,unit_price\n"


def recognised(text: str, options: BehaviourOptions = DEFAULTS) -> Recognised | None:
    table = read(text.encode(), "orders.csv")
    return recognise(table.frame, suggest(table), table.dialect.decimal, options)


def lines_of(text: str, options: BehaviourOptions = DEFAULTS) -> Lines:
    table = read(text.encode(), "orders.csv")
    found = recognise(table.frame, suggest(table), table.dialect.decimal, options)
    assert found is not None
    return lines(table.frame, found, table.dialect.decimal)


def behaviour_of(text: str, options: BehaviourOptions = DEFAULTS) -> Behaviour:
    return measure(lines_of(text, options), options)


def count(found: Lines | Behaviour, code: str) -> int | None:
    counts = [note.count for note in found.notes if note.code == code]
    assert len(counts) <= 1
    return counts[0] if counts else None


def frame_of(n_customers: int = 200, seed: int = 0) -> pd.DataFrame:
    """Return lines of orders in which customers differ in how often they buy, and stop at some time."""
    random = np.random.default_rng(seed)
    products = {f"P{number}": ("toys", "books", "garden")[number % 3] for number in range(30)}
    prices = dict(zip(products, random.uniform(2, 40, 30).round(2), strict=True))
    rows = []
    number = 1000
    for customer in range(n_customers):
        day = float(random.uniform(0, 200))
        gap = float(random.gamma(2, 15))
        worth = int(random.integers(1, 5))
        while day < 700:
            number += 1
            when = pd.Timestamp("2022-01-01") + pd.Timedelta(days=day)
            for product in random.choice(list(products), random.integers(1, 4), replace=False):
                price, pieces = prices[product], int(random.integers(1, 3)) * worth
                rows.append(
                    (f"K{customer}", number, when, product, f"Thing {product}", products[product], pieces, price)
                )
            day += float(random.exponential(gap)) + 0.1
            if random.random() < 0.15:
                break
    frame = pd.DataFrame(rows, columns=HEAD.strip().split(","))
    return frame.assign(order_date=frame["order_date"].dt.strftime("%Y-%m-%d %H:%M:%S"))
