"""The Explore page: a selection drawn on the map becomes customers, and outlives the drawing."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import evidence, scatter, state
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


@pytest.fixture
def study(full) -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def square(study: Study) -> tuple[dict, list[str]]:
    """Return a lasso round a quarter of the map, and the ids of the customers in it."""
    points = study.projection.points.astype(np.float64)
    (left, bottom), (right, top) = points.min(axis=0) - 1, np.median(points, axis=0)
    inside = (points[:, 0] > left) & (points[:, 0] < right) & (points[:, 1] > bottom) & (points[:, 1] < top)
    lasso = {"xref": "x", "yref": "y", "x": [left, right, right, left], "y": [bottom, bottom, top, top]}
    return {"points": [], "point_indices": [], "lasso": [lasso], "box": []}, study.customers.frame.index[
        inside
    ].tolist()


def drawn(app: AppTest, selection: dict) -> AppTest:
    app.session_state["map"] = {"selection": selection}
    return app.run()


def charts(app: AppTest) -> list[str]:
    return [chart.key for chart in app.get("plotly_chart")]


def test_empty_page_leads_back_to_the_data(empty) -> None:
    app = empty("explore")
    assert not app.exception
    assert not app.get("plotly_chart")
    app.button(key="empty_action").click().run()
    assert app.title[0].value == "Data"


def test_full_page_shows_the_map_the_segments_and_the_largest_ones_profile(full) -> None:
    app = full("explore")
    assert not app.exception
    assert app.radio(key="legend").value == 0
    assert len(app.radio(key="legend").options) == 4
    assert charts(app) == ["map", "drivers", "profile_column.S1.chart", "radar", "heat"]
    assert "PCA" in " ".join(caption.value for caption in app.caption)
    assert app.header[0].value.startswith(":color[●]")


def test_choosing_a_segment_shows_its_profile(full, study) -> None:
    app = full("explore")
    before = app.header[0].value
    app.radio(key="legend").set_value(2).run()
    assert not app.exception
    assert app.session_state[state.SEGMENT] == "S3"
    assert app.header[0].value != before


def test_a_lasso_selects_exactly_the_customers_inside_it(full, study) -> None:
    selection, ids = square(study)
    app = drawn(full("explore"), selection)
    assert not app.exception
    assert 0 < len(ids) < 400
    assert list(app.session_state[state.SELECTION]) == ids
    assert app.metric[0].value == f"{len(ids):,}"
    rows = next(found.value for found in app.dataframe if "review" in found.value.columns)
    assert rows.index.tolist() == ids
    assert "review" in rows.columns and "customer_id" not in rows.columns


def test_a_selection_outlives_recolouring_and_other_pages(full, study) -> None:
    selection, ids = square(study)
    app = drawn(full("explore"), selection)
    app.session_state["map"] = {
        "selection": {"points": [], "lasso": [], "box": []}
    }  # the chart forgets it when redrawn
    app.selectbox(key="map_colour").set_value("age").run()
    assert list(app.session_state[state.SELECTION]) == ids
    app.switch_page("pages/personas.py").run()
    app.switch_page("pages/explore.py").run()
    assert not app.exception
    assert app.metric[0].value == f"{len(ids):,}"
    assert app.session_state[state.OUTLINES] == scatter.drawn_on(selection)


def test_a_cleared_selection_stays_cleared_though_the_chart_still_reports_it(full, study) -> None:
    selection, _ = square(study)
    app = drawn(full("explore"), selection)
    app.session_state["map"] = {"selection": selection}
    app.button(key="clear").click().run()
    assert app.session_state[state.SELECTION] == ()
    assert app.radio(key="legend").value == 0


def test_a_lasso_round_nobody_selects_nobody(full, study) -> None:
    far = {"lasso": [{"x": [1e6, 1e6 + 1, 1e6], "y": [0.0, 0.0, 1.0]}], "box": []}
    app = drawn(full("explore"), far)
    assert not app.exception
    assert not app.session_state[state.SELECTION]
    assert app.radio(key="legend").value == 0


@pytest.mark.parametrize("colour", ["\0confidence", "age", "city", "uses_app", "signup_date"])
def test_the_map_is_coloured_by_anything(full, study, colour: str) -> None:
    app = full("explore")
    app.selectbox(key="map_colour").set_value(colour).run()
    assert not app.exception
    assert charts(app)[0] == "map"


def test_without_a_map_there_is_a_table(full, study) -> None:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    workspace.save_study(entry.id, study.having(projection=None), summary=dict(entry.summary))
    app = full("explore")
    assert not app.exception
    assert len(app.dataframe[0].value) == 400


def test_every_fact_has_customers_behind_it_in_its_own_segment(study) -> None:
    ids = study.clustering.ids
    for item in study.evidence.items:
        mask = evidence.behind(item, study)
        assert mask.any() or item.value == 0, item
        if item.kind == "quote":
            assert study.customers.frame.index[mask].tolist() == [item.source]
        else:
            assert set(ids[mask]) <= {item.segment}
    shares = [item for item in study.evidence.items if item.kind == "share" and 0 < item.value < 1]
    for item in shares:
        assert evidence.behind(item, study).sum() == pytest.approx(item.value * item.n, abs=1.0)
