"""Behaviour on the Data page: what the orders say, how they are read, and the way back from a wrong choice."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import charts, ordercharts
from pages._shared.state import PLAN
from segment_core.exporting import measures_csv
from segment_core.intake import Choices, assemble, read
from segment_core.intake.behaviour import CELLS, Lifetime, summarise
from segment_core.plan import Plan

CUSTOMERS = "customer_id;age;city\n" + "\n".join(f"C{n};{n % 40 + 20};Rome" for n in range(1, 121)) + "\n"


def invented(n_customers: int = 200, seed: int = 0) -> pd.DataFrame:
    """Make lines of orders of two years; customers differ in how often and for how much they buy, and stop."""
    random = np.random.default_rng(seed)
    rows = []
    number = 1000
    for customer in range(n_customers):
        day, gap, worth = float(random.uniform(0, 200)), float(random.gamma(2, 25)), int(random.integers(1, 6))
        while day < 600:
            number += 1
            date = (pd.Timestamp("2022-01-05") + pd.Timedelta(days=int(day))).date()
            for product in random.choice(20, 2, replace=False):
                pieces = int(random.integers(1, 3)) * worth
                rows.append((f"I{number}", f"K{customer}", date, f"P{product}", pieces, 2.25 + product))
            day += float(random.exponential(gap)) + 0.1
            if random.random() < 0.2:
                break
    return pd.DataFrame(rows, columns=["invoice_no", "customer_id", "invoice_date", "stock_code", "quantity", "price"])


def opened(empty, frame: pd.DataFrame | str, locale: str = "en-GB") -> AppTest:
    app = empty(locale=locale)
    data = frame if isinstance(frame, str) else frame.to_csv(index=False)
    app.file_uploader[0].upload("lines.csv", data.encode()).run()
    assert not app.exception
    return app


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def keyed(elements, start: str):
    (found,) = [element for element in elements if str(element.key).startswith(start)]
    return found


def said(app: AppTest) -> str:
    elements = [*app.markdown, *app.caption, *app.info, *app.error]
    return " ".join(element.value for element in elements).replace("\\", "")


def table(app: AppTest, column: str) -> pd.DataFrame:
    return next(
        frame.value for frame in app.dataframe if column in frame.value.columns and len(frame.value.columns) < 7
    )


def test_the_figures_are_those_of_plain_pandas(empty) -> None:
    frame = invented()
    app = opened(empty, frame)
    amount = frame["quantity"] * frame["price"]
    n_orders = frame.groupby("customer_id")["invoice_no"].nunique()
    shown = metrics(app)
    assert shown["Customers with orders"] == str(frame["customer_id"].nunique())
    assert shown["Orders"] == str(frame["invoice_no"].nunique())
    assert shown["Money"] == f"{amount.sum():,.0f}"
    assert shown["Ordered again"] == f"{(n_orders > 1).mean():.1%}"
    cells = table(app, "Meaning")
    assert cells["Customers"].sum() == frame["customer_id"].nunique()
    assert cells["Money"].sum() == pytest.approx(amount.sum())
    assert set(cells["Kind"]) <= set(CELLS)


def test_the_lifetime_value_stands_with_its_assumptions(empty) -> None:
    app = opened(empty, invented())
    measured = assemble([read(invented().to_csv(index=False).encode(), "lines.csv")]).measured
    assert measured is not None
    frame = measured.behaviour.frame
    shown = metrics(app)
    assert shown["Lifetime value, all customers"] == f"{frame['lifetime_value'].sum():,.0f}"
    assert shown["Median of a customer"] == f"{frame['lifetime_value'].median():,.0f}"
    assert shown["Likely still customers"] == f"{(frame['p_alive'] > 0.5).mean():.1%}"
    assert "Customers go on as they have so far" in said(app)
    assert len(measured.behaviour.assumptions) >= 4
    parameters = table(app, "Figure").set_index("Figure")["Value"]
    assert parameters["r"] == measured.behaviour.lifetime.purchases.r


def test_the_cohorts_are_those_of_plain_pandas(empty) -> None:
    frame = invented()
    month = pd.to_datetime(frame["invoice_date"]).dt.to_period("M")
    first = month.groupby(frame["customer_id"]).transform("min")
    january = frame["customer_id"][first == pd.Period("2022-01")]
    again = frame["customer_id"][(first == pd.Period("2022-01")) & (month == pd.Period("2022-03"))]
    cohorts = table(opened(empty, frame), "Months later")
    row = cohorts[(cohorts["First month"] == "2022-01") & (cohorts["Months later"] == 2)].iloc[0]
    assert (row["Customers"], row["Ordered"]) == (january.nunique(), again.nunique())
    assert row["Share"] == pytest.approx(again.nunique() / january.nunique())


def test_another_reference_date_changes_what_is_measured_and_can_be_taken_back(empty) -> None:
    frame = invented()
    app = opened(empty, frame)
    last = pd.to_datetime(frame["invoice_date"]).max()
    day = app.date_input[0]
    assert day.value == (last + pd.Timedelta(days=1)).date()
    assert "The day after the last line" in said(app)
    middle = pd.Timestamp("2022-07-01")
    day.set_value(middle.date()).run()
    assert not app.exception
    assert app.session_state[PLAN].behaviour.reference_date == "2022-07-01"
    before = frame[pd.to_datetime(frame["invoice_date"]) < middle]
    assert metrics(app)["Orders"] == str(before["invoice_no"].nunique())
    assert app.date_input[0].value == middle.date()
    app.button(key="reference_date_automatic").click().run()
    assert app.session_state[PLAN].behaviour.reference_date is None
    assert metrics(app)["Orders"] == str(frame["invoice_no"].nunique())


def test_a_wrong_column_is_refused_in_a_sentence_and_can_be_taken_back(empty) -> None:
    app = opened(empty, invented())
    keyed(app.selectbox, "part.date").select("stock_code").run()
    assert not app.exception
    assert "No line has both a customer" in app.error[0].value
    assert not app.metric
    assert "Date: **stock_code**" in said(app)
    app.button(key="undo_orders.date").click().run()
    assert not app.error
    assert app.session_state[PLAN].behaviour == Plan().behaviour
    assert keyed(app.selectbox, "part.date").value is None
    assert metrics(app)["Customers with orders"] == "200"


def test_everything_goes_back_to_automatic_at_once(empty) -> None:
    app = opened(empty, invented())
    keyed([field for field in app.number_input if "horizon_days" in str(field.key)], "orders").set_value(180).run()
    assert app.session_state[PLAN].behaviour.horizon_days == 180
    keyed(app.selectbox, "part.date").select("stock_code").run()
    assert app.error
    app.button(key="orders_automatic").click().run()
    assert app.session_state[PLAN].behaviour == Plan().behaviour
    assert metrics(app)["Customers with orders"] == "200"


def test_orders_need_not_be_measured(empty) -> None:
    app = opened(empty, invented())
    keyed([toggle for toggle in app.toggle if "measure" in str(toggle.key)], "orders").set_value(False).run()
    assert not app.exception
    assert not app.metric
    assert "Measure orders: no" in said(app)
    app.button(key="undo_orders.measure").click().run()
    assert "Orders" in metrics(app)


def test_customers_without_orders_get_nothing(empty) -> None:
    app = opened(empty, CUSTOMERS)
    assert not app.metric
    assert not app.date_input
    assert "What customers did" not in [heading.value for heading in app.subheader]


def test_why_there_is_no_lifetime_value_is_said(empty) -> None:
    app = opened(empty, invented(30))
    assert "Lifetime value, all customers" not in metrics(app)
    assert any("Lifetime value is not estimated" in info.value and "50" in info.value for info in app.info)


def test_what_was_set_aside_is_counted_above_and_beside_the_orders(empty) -> None:
    frame = invented()
    frame.loc[:9, "customer_id"] = None
    words = said(opened(empty, frame))
    assert words.count("Lines without a customer, set aside: 10") == 2  # above as a warning, and beside the orders


def test_the_csv_holds_every_measure_and_no_formula() -> None:
    frame = invented()
    frame["customer_id"] = frame["customer_id"].replace("K7", "=cmd()")
    found = assemble([read(frame.to_csv(index=False).encode(), "lines.csv")], Choices())
    assert found.measured is not None
    text = measures_csv(found.measured.behaviour.frame, found.customers).decode()
    assert text.startswith("customer_id,recency_days,orders,")
    assert "\n'=cmd()," in text
    assert text.count("\n") == 201


def test_without_money_the_cells_still_come_out() -> None:
    frame = invented().drop(columns=["price", "quantity"])
    measured = assemble([read(frame.to_csv(index=False).encode(), "lines.csv")]).measured
    assert measured is not None
    summary = summarise(measured.behaviour)
    assert summary.money is None
    assert sum(cell.n for cell in summary.cells) == summary.n_customers == 200
    look = charts.Look(("#112233",) * 10, ("#000000", "#ffffff"), "#ffffff", "#000000")
    figure = ordercharts.cells([cell.share for cell in summary.cells], None, ["x"] * len(summary.cells), look)
    assert len(figure.data) == 1


def test_a_month_that_is_not_over_has_a_star() -> None:
    look = charts.Look(("#112233",) * 10, ("#000000", "#ffffff"), "#ffffff", "#000000")
    figure = ordercharts.retention(["a", "b"], [[0.5, 0.25], [1.0]], [[True, False], [False]], [["", ""], [""]], look)
    assert [list(row) for row in figure.data[0].text] == [["50%", "25%*"], ["100%*", ""]]


def test_where_nobody_is_seen_to_leave_no_share_is_shown(empty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lifetime, "tells_who_left", False)
    assert metrics(opened(empty, invented()))["Likely still customers"] == "–"


def test_it_speaks_chinese(empty) -> None:
    app = opened(empty, invented(), "zh-CN")
    assert not [kind for kind in table(app, "含义")["类型"] if kind in CELLS]
