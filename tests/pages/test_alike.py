"""Look-alikes on Explore: whom to be like, the cut-off, and what can be done with those taken."""

from streamlit.testing.v1 import AppTest

from segment_core.store import Workspace
from segment_core.study import Study


def open_study(tmp_path) -> Study:
    workspace = Workspace(tmp_path / "workspace")
    found = workspace.load_study(Study, workspace.studies()[0].id)
    workspace.close()
    return found


def listed(app: AppTest):
    return next(frame.value for frame in app.dataframe if "Most alike in" in frame.value.columns)


def slider(app: AppTest):
    return next(each for each in app.slider if each.key.startswith("alike_n"))


def select(app: AppTest, ids: list[str]) -> AppTest:
    app.session_state["selected_customers"] = tuple(ids)
    return app.run()


def test_a_selection_comes_first_and_its_look_alikes_are_listed_with_reasons(full, tmp_path) -> None:
    app = full("explore", part="alike")
    assert not app.exception
    assert app.selectbox(key="alike_seeds").value.startswith("segment:")
    study = open_study(tmp_path)
    own = study.customers.frame.index[study.clustering.labels == 1].tolist()
    app = full("explore", part="alike")
    app = select(app, own[: len(own) // 2])
    assert not app.exception
    app.selectbox(key="alike_seeds").set_value("selection").run()
    found = listed(app)
    assert not set(found["Customer"]) & set(own[: len(own) // 2])
    assert len(found) == min(500, slider(app).value)
    assert found["Customer"].isin(own).mean() > 0.6
    assert found["Most alike in"].str.contains(r"\d% / \d+%\)").all()
    assert found["As alike as seeds"].is_monotonic_decreasing


def test_the_cut_off_is_kept_as_a_custom_segment_and_shown_on_the_map(full, tmp_path) -> None:
    app = full("explore", part="alike")
    slider(app).set_value(7).run()
    assert len(listed(app)) == 7
    app.text_input(key="alike_name").set_value("More like them").run()
    app.button(key="alike_keep").click().run()
    assert not app.exception
    group = open_study(tmp_path).groups[0]
    assert (group.name, len(group.customers)) == ("More like them", 7)
    app.button(key="alike_to_map").click().run()
    assert len(app.session_state["selected_customers"]) == 7


def test_too_few_to_be_like_is_said(full, tmp_path) -> None:
    ids = open_study(tmp_path).customers.frame.index[:3].tolist()
    app = full("explore")
    app = select(app, ids)
    app.session_state["explore_part"] = "alike"
    app.run()
    assert not app.exception
    assert any("at least 10" in each.value.replace("\\", "") for each in app.info)
