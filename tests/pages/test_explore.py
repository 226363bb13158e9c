"""The Explore page: a selection drawn on the map becomes customers, and outlives the drawing."""

import base64
import dataclasses
import json
from datetime import datetime, timedelta

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import colouring, evidence, scatter, state, view
from pages._shared import map as map_view
from pages._shared.look import names
from pages._shared.selected import EVERYONE
from segment_core.artifacts import Group, Step, Topic, Topics
from segment_core.messages import say
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
    assert app.radio(key="legend").value == EVERYONE
    assert len(app.radio(key="legend").options) == 1 + 4
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
    app.segmented_control(key="selection_part").set_value("people").run()
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
    assert app.radio(key="legend").value == EVERYONE


def test_a_lasso_round_nobody_selects_nobody(full, study) -> None:
    far = {"lasso": [{"x": [1e6, 1e6 + 1, 1e6], "y": [0.0, 0.0, 1.0]}], "box": []}
    app = drawn(full("explore"), far)
    assert not app.exception
    assert not app.session_state[state.SELECTION]
    assert app.radio(key="legend").value == EVERYONE


@pytest.mark.parametrize("colour", ["\0confidence", "\0selected", "age", "city", "uses_app", "signup_date"])
def test_the_map_is_coloured_by_anything(full, study, colour: str) -> None:
    app = full("explore")
    app.selectbox(key="map_colour").set_value(colour).run()
    assert not app.exception
    assert charts(app)[0] == "map"


def test_a_column_named_as_a_choice_is_a_choice_of_its_own(study) -> None:
    columns = [dataclasses.replace(column) for column in study.customers.columns]
    place = next(at for at, column in enumerate(columns) if column.name == "city")
    columns[place] = dataclasses.replace(columns[place], name="Segment")
    frame = study.customers.frame.rename(columns={"city": "Segment"})
    customers = dataclasses.replace(study.customers, columns=tuple(columns), frame=frame)
    offered = colouring.offered(dataclasses.replace(study, customers=customers))
    assert offered[colouring.SEGMENT] == "Segment"
    assert len(set(offered.values())) == len(offered)


def test_two_segments_of_one_name_are_told_apart(study) -> None:
    same = tuple(dataclasses.replace(persona, name="Twins") for persona in study.personas.personas[:2])
    personas = dataclasses.replace(study.personas, personas=(*same, *study.personas.personas[2:]))
    found = names(study.having(personas=personas))
    assert found[:2] == ("Twins (S1)", "Twins (S2)")
    assert found[2:] == names(study)[2:]


def test_without_a_map_there_is_a_table(full, study) -> None:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    workspace.save_study(entry.id, study.having(projection=None), summary=dict(entry.summary))
    app = full("explore")
    assert not app.exception
    assert len(app.dataframe[0].value) == 400
    app.radio(key="legend").set_value(1).run()
    assert len(app.dataframe[0].value) == study.clustering.segments[1].size


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


def charted(app: AppTest) -> dict:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def n_lit(trace: dict) -> int:
    """Count the points of a trace that stand out: the chart holds them as bytes."""
    found = trace["selectedpoints"]
    return (
        len(np.frombuffer(base64.b64decode(found["bdata"]), found["dtype"])) if isinstance(found, dict) else len(found)
    )


def kept(app: AppTest) -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def test_a_segment_chosen_in_the_list_dims_the_others_until_everyone_is_chosen(full, study) -> None:
    app = full("explore")
    assert all("selectedpoints" not in trace for trace in charted(app)["data"])
    app.radio(key="legend").set_value(2).run()
    lit = {trace["name"]: n_lit(trace) for trace in charted(app)["data"]}
    assert lit.pop(names(study)[2]) + lit.pop("", 0) == study.clustering.segments[2].size
    assert set(lit.values()) == {0}
    app.radio(key="legend").set_value(EVERYONE).run()
    assert all("selectedpoints" not in trace for trace in charted(app)["data"])


def test_a_click_on_the_map_chooses_the_customer_and_their_segment(full, study, monkeypatch) -> None:
    app = full("explore")
    row = int(np.flatnonzero(study.clustering.labels == 2)[0])
    x, y = study.projection.points[row].tolist()
    take = map_view.take  # AppTest sends no events of charts
    monkeypatch.setattr(map_view, "take", lambda *both: (map_view.clicked((x, y)), take(*both)))
    app.run()
    monkeypatch.setattr(map_view, "take", take)
    assert not app.exception
    assert app.session_state[state.SEGMENT] == "S3"
    assert app.radio(key="legend").value == 2
    customer = study.customers.frame.index[row]
    assert app.session_state[view.CUSTOMER] == customer
    assert any(customer in text.value for text in app.markdown)
    assert charted(app)["data"][-1]["marker"]["symbol"] == "circle-open"
    app.button(key="customer_select").click().run()
    assert app.session_state[state.SELECTION] == (customer,)


def test_a_lasso_is_named_in_two_clicks_and_the_custom_segment_selects_its_customers(full, study) -> None:
    selection, ids = square(study)
    app = drawn(full("explore"), selection)
    app.text_input(key="new_group").set_value("  *Lower*   left ").run()
    app.button(key="keep_group").click().run()
    assert not app.exception
    (group,) = kept(app).groups
    assert group == Group("*Lower* left", tuple(sorted(ids)))
    app.button(key="clear").click().run()
    assert app.session_state[state.SELECTION] == ()
    show = app.button(key="group_show.0")
    assert r"\*Lower\* left" in show.label and f"{len(ids):,}" in show.label
    show.click().run()
    assert sorted(app.session_state[state.SELECTION]) == sorted(ids)
    assert app.metric[0].value == f"{len(ids):,}"


def test_a_custom_segment_is_renamed_and_deleted_and_both_can_be_taken_back(full, study) -> None:
    selection, ids = square(study)
    app = drawn(full("explore"), selection)
    app.text_input(key="new_group").set_value("One").run()
    app.button(key="keep_group").click().run()
    app.selectbox(key="map_colour").set_value(colouring.GROUPED + "One").run()
    assert [trace["name"] for trace in charted(app)["data"]][:2] == ["Not in it", "In it"]
    app.text_input(key="group_new.0.One").set_value("Two").run()
    app.button(key="group_rename.0").click().run()
    assert not app.exception  # it was the colour of the map
    assert app.selectbox(key="map_colour").value == colouring.SEGMENT
    assert [group.name for group in kept(app).groups] == ["Two"]
    app.button(key="undo_kept").click().run()
    assert [group.name for group in kept(app).groups] == ["One"]
    assert app.session_state["group_edit.0"] is False
    app.session_state["group_edit.0"] = True
    app.button(key="group_delete.0").click().run()
    assert kept(app).groups == ()
    assert app.session_state["group_edit.0"] is False  # else it would open over the next custom segment
    app.button(key="undo_kept").click().run()
    assert [group.customers for group in kept(app).groups] == [tuple(sorted(ids))]


def test_a_custom_segment_tells_who_of_it_is_no_longer_here(full, study) -> None:
    ids = study.customers.frame.index
    groups = (Group("Some", (*ids[:3], "gone")), Group("None", ("gone",)))
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    workspace.save_study(entry.id, study.having(groups=groups), summary=dict(entry.summary))
    app = full("explore")
    assert "3 of its 4 customers are here" in app.button(key="group_show.0").label
    assert app.button(key="group_show.1").disabled
    app.session_state[state.SELECTION] = ("gone",)
    assert all(trace.get("selectedpoints") is None for trace in charted(app.run())["data"])  # nobody is dimmed


def test_a_selection_is_compared_with_everyone_else_until_it_is_gone(full, study) -> None:
    selection, ids = square(study)
    app = drawn(full("explore"), selection)
    app.button(key="compare").click().run()
    assert not app.exception
    assert (app.selectbox(key="compare_a").value, app.selectbox(key="compare_b").value) == ("selected", "rest")
    sizes = next(table.value for table in app.dataframe if "Measure" in table.value.columns)
    assert sizes.iloc[0, 1].startswith(f"{len(ids)} (")
    assert sizes.iloc[0, 2].startswith(f"{400 - len(ids)} (")
    app.button(key="clear").click().run()
    assert app.selectbox(key="compare_a").value == "segment:S1"


def test_a_move_is_recorded_for_later_and_changes_no_segment(full, study) -> None:
    selection, ids = square(study)
    app = drawn(full("explore"), selection)
    labels = study.clustering.labels[study.customers.frame.index.isin(ids)]
    place = int(np.bincount(labels).argmax())
    app.selectbox(key="move_to").set_value(place).run()
    app.button(key="move").click().run()
    assert not app.exception
    (edit,) = kept(app).edits
    moved = [id_ for id_, label in zip(ids, labels, strict=True) if label != place]
    assert (edit.what, edit.customers, edit.segment, edit.run) == ("move", tuple(moved), f"S{place + 1}", study.run)
    assert datetime.fromisoformat(edit.at).utcoffset() == timedelta(0)
    assert set(edit.witnesses[f"S{place + 1}"]) <= set(study.customers.frame.index[study.clustering.labels == place])
    assert np.array_equal(kept(app).clustering.labels, study.clustering.labels)
    assert any(f"Edits that wait: 1 ({len(moved):,} customers)" in caption.value for caption in app.caption)
    app.button(key="undo_edit").click().run()
    assert kept(app).edits[0] == edit
    assert [each.what for each in kept(app).edits] == ["move", "undo"]
    assert not any("Edits that wait" in caption.value for caption in app.caption)


def test_a_selection_looked_up_by_id_is_the_same_as_drawn(full, study) -> None:
    index = study.customers.frame.index
    ids = index[[3, 1, 7]].tolist()
    assert view.among(index, [*ids, "nobody"]).tolist() == index.isin(ids).tolist()
    assert not view.among(index, ()).any()


def test_labels_never_stand_on_the_selection(full, study) -> None:
    app = drawn(full("explore"), square(study)[0])
    assert len(charted(app)["layout"]["annotations"]) <= 4
    assert charted(app)["layout"]["shapes"]


def test_topics_colour_the_map(full, study) -> None:
    shares = np.eye(2, dtype=np.float32)[np.arange(400) % 2]
    shares[:40] = 0
    topics = Topics(
        shares,
        (Topic("T1", ("price", "cheap"), 180, 0.5, 0.1), Topic("T2", ("staff",), 180, 0.5, 0.1)),
        Step("nmf"),
        say("x"),
    )
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    workspace.save_study(entry.id, dataclasses.replace(study, topics=topics), summary=dict(entry.summary))
    app = full("explore")
    app.selectbox(key="map_colour").set_value(colouring.TOPIC).run()
    assert not app.exception
    found = {trace["name"]: trace for trace in charted(app)["data"]}
    assert set(found) == {"Wrote nothing", "T1 · price, cheap", "T2 · staff"}
    assert len(found["Wrote nothing"]["text"]) == 40


@pytest.mark.parametrize("colour", ["\0segment", "\0selected", "age", "city", "uses_app"])
def test_above_what_a_browser_paints_the_map_is_a_picture_that_selects_everybody_inside(
    full, study, monkeypatch, colour: str
) -> None:
    monkeypatch.setattr(scatter, "MOST_POINTS", 100)
    app = full("explore")
    app.selectbox(key="map_colour").set_value(colour).run()
    plain_picture = charted(app)["layout"]["images"][0]["source"]
    assert plain_picture.startswith("data:image/png;base64,")
    assert charted(app)["data"][0]["type"] == "scatter" and len(charted(app)["data"][0]["x"]) < 400
    selection, ids = square(study)
    drawn(app, selection)
    assert not app.exception
    assert list(app.session_state[state.SELECTION]) == ids
    assert charted(app)["layout"]["images"][0]["source"] != plain_picture
    assert any("A picture of all 400 customers" in caption.value for caption in app.caption)


def test_without_webgl_the_map_is_drawn_otherwise_and_the_page_says_so(full, study) -> None:
    app = full("explore")
    assert {trace["type"] for trace in charted(app)["data"]} == {"scattergl"}
    app.session_state[view.NO_WEBGL] = True
    app.run()
    assert {trace["type"] for trace in charted(app)["data"]} == {"scatter"}
    assert any("no WebGL" in caption.value for caption in app.caption)
    app.radio(key="map_drawing").set_value("points").run()
    assert {trace["type"] for trace in charted(app)["data"]} == {"scattergl"}


def test_the_picture_can_be_chosen(full, study) -> None:
    app = full("explore")
    app.radio(key="map_drawing").set_value("picture").run()
    assert {trace["type"] for trace in charted(app)["data"]} == {"scatter"}
    assert app.session_state["map_drawing"] == "picture"
