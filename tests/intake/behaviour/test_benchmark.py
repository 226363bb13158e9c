"""The benchmark of orders to come runs, and its peers are reckoned as it says."""

from pathlib import Path

from benchmarks.behaviour import compared, days_of_orders, orders
from tests.intake.behaviour.shop import frame_of


def test_orders_to_come_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    frame_of(300).to_csv(path, index=False)
    table = compared(path, split="2023-03-01", end="2023-08-01")
    assert [len(cells) for cells in table.rows] == [len(table.heads)] * 4
    assert table.rows[-1][1:] == ("-", table.rows[-1][2], "1.00")
    # Customers of this shop stop without a word, which is what the model knows and the peers do not.
    assert float(table.rows[0][2]) < min(float(cells[2]) for cells in table.rows[1:])
    days = days_of_orders(orders(path), "2023-03-01", "2023-08-01")
    own = frame_of(300)
    own["day"] = own["order_date"].str[:10]
    own = own[own["day"].between("2023-03-01", "2023-07-31")]
    assert days.to_dict() == own.groupby("customer_id")["day"].nunique().to_dict()
