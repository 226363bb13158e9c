"""The recommendations view: a button that starts the job, figures with a warning, and reasons."""

import dataclasses

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from segment_core.artifacts import Fit, Offline, Recommendations, Step
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


def page() -> None:
    import streamlit as st

    from pages._shared import recommending, state

    recommending.ask(state.study())
    recommending.draw(state.study())
    st.caption("drawn to the end")


def opened() -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def keep(gain_low: float = 0.01, *, orders: bool = True, recommend: bool = True) -> None:
    """Keep a study whose customers have orders, with two items recommended."""
    workspace = Workspace(default_folder())
    id_ = workspace.studies()[0].id
    study = workspace.load_study(Study, id_)
    if orders:
        frame = study.customers.frame.assign(orders=1.0, tenure_days=2.0)
        study = dataclasses.replace(study, customers=dataclasses.replace(study.customers, frame=frame))
    n = len(study.customers)
    shape, nan = (n, 2), float("nan")
    peer = Offline("popularity", False, 40, 0.1, 0.05, 0.15, 0.05, 0.02, 0.08, 0.1, 0.1, gain_low, 0.2)
    ours = dataclasses.replace(peer, peer="ours", recall=0.2, gain=nan, gain_low=nan, gain_high=nan)
    made = Recommendations(
        ("p1", "p2"),
        ("*Mug* [x](y)", "Tea"),
        np.tile(np.array([1, -1], np.int32), (n, 1)),
        np.ones(shape, np.float32),
        np.tile(np.array([1, 0], np.int8), (n, 1)),
        np.tile(np.array([0, -1], np.int32), (n, 1)),
        "product",
        n,
        Step("ease", {"n_items": 2, "fewest": 5, "excluded": ["p9"], "seed": 0}),
        "2024-10-01",
        (ours, peer),
        (Fit("S1", 1, 9, 0.5, 0.25),),
    )
    workspace.save_study(id_, study.having(recommendations=made) if recommend else study, summary={})


def test_the_button_starts_the_job_with_what_was_left_out(full, started) -> None:
    full()
    keep()
    app = opened()
    assert not app.exception
    assert app.caption[-1].value == "drawn to the end"
    assert "Better than every plain way" in app.success[0].value
    tables: list[pd.DataFrame] = [table.value for table in app.dataframe]
    assert tables[0]["Offered"].tolist() == ["These recommendations", "What most bought"]
    assert tables[1]["Times everybody"].tolist() == [2.0]
    assert tables[2]["Why"].tolist() == ["because they bought *Mug* [x](y)"]
    app.multiselect(key="recommending_excluded").select("p1").run()
    app.button(key="recommend").click().run()
    ((task, args),) = started
    assert task == "segment_core.offering:offer"
    assert args["recommender"]["name"] == "ease" and args["recommender"]["options"]["n_items"] == 2
    assert args["excluded"] == ["p9", "p1"] and args["level"] == "product"


def test_no_better_than_what_sells_best_is_said(full) -> None:
    full()
    keep(gain_low=-0.01)
    app = opened()
    assert "Not clearly better" in app.warning[0].value and not app.success
    app.text_input(key="recommending_customer").set_value("nobody").run()
    assert "There is no customer nobody" in app.warning[1].value


def test_without_orders_nothing_is_invented(full) -> None:
    full()
    keep(orders=False, recommend=False)
    app = opened()
    assert "nothing is recommended rather than invented" in app.info[0].value
    assert not app.button
