"""Worth: the share of the money beside the share of the customers, and only of money that adds up."""

import numpy as np
import pandas as pd
import pytest

from segment_core.grounding import figure
from segment_core.profiles.worth import worth
from tests.planted import customers_of


def test_the_share_of_all_money_stands_beside_that_of_customers() -> None:
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{n}" for n in range(40)],
            "total_spend": ["€100.50"] * 10 + ["€10.50"] * 29 + [None],
            "average_order_value": [f"€{10 + n}.99" for n in range(40)],
        }
    )
    customers = customers_of(frame)
    assert set(customers.named("money")) == {"total_spend", "average_order_value"}
    group = customers.frame["total_spend"].to_numpy() > 50
    (item,) = worth(customers, group, "S1")
    assert (item.column, item.n) == ("total_spend", 10)
    assert item.value == pytest.approx(1005 / (1005 + 29 * 10.5))
    assert item.base == pytest.approx(0.25)
    assert figure(item) == "total_spend: 77 % of the total, with 25 % of the customers"
    assert figure(item, "zh") == "total_spend：占总额 77 %，占客户 25 %"
    assert worth(customers, ~np.isfinite(customers.frame["total_spend"].to_numpy()), "S1") == []
