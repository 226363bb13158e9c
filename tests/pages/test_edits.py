"""Edits on the pages: said beside a segment or a selection, listed with undo and redo, and done by the worker."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import jobs, runs, state
from pages._shared.charts import Look
from pages._shared.look import names
from segment_core import journey
from segment_core.artifacts import silent
from segment_core.comparing import Comparison
from segment_core.improving.applying import apply
from segment_core.improving.recording import recorded
from segment_core.store import RunEntry, Workspace, default_folder
from segment_core.study import Study


@pytest.fixture
def study(full) -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def kept() -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def table(app: AppTest):
    return next(found.value for found in app.dataframe if "State" in found.value.columns)


def test_the_ledger_says_how_to_begin_and_an_empty_app_leads_back(empty) -> None:
    app = empty("improve")
    assert not app.exception
    assert app.button(key="empty_action")


def test_edits_are_said_beside_a_segment_listed_and_taken_back(full, study, started) -> None:
    app = full("improve")
    app.segmented_control(key="improve_part").set_value("edits").run()
    assert any("Nothing has been said yet" in caption.value for caption in app.caption)
    app.switch_page("pages/segments.py").run()
    app.button(key="edit_card.S2").click().run()
    app.text_input(key="edit_name.S2.1").set_value("Our  best").run()
    app.button(key="edit_name_save").click().run()
    assert names(kept())[1] == "Our best"
    assert kept().personas.of("S2").name_author == "analyst"
    assert started == []  # a name needs no run

    app.button(key="edit_card.S2").click().run()
    app.segmented_control(key="edit_what.S2").set_value("colour").run()
    app.segmented_control(key="edit_colour.S2.1").set_value(3).run()
    app.button(key="edit_colour_do").click().run()
    assert app.session_state["places_of_segments_in_the_palette"] == (0, 3, 2, 1)

    app.button(key="edit_card.S1").click().run()
    app.segmented_control(key="edit_what.S1").set_value("merge").run()
    app.multiselect(key="edit_merge.S1").set_value(["S3"]).run()
    app.button(key="edit_merge_do").click().run()
    assert not app.exception
    assert [edit.what for edit in kept().edits] == ["rename", "recolour", "merge"]
    assert [task for task, _ in started] == [jobs.APPLY]

    app.switch_page("pages/improve.py").run()
    assert table(app)["State"].tolist() == ["waits to be applied", "done", "done"]
    assert table(app)["Is now"].tolist()[-1] == "S2 · Our best"
    for _ in range(3):
        app.button(key="ledger_undo").click().run()
    assert not app.exception
    assert len(kept().edits) == 6
    assert table(app)["State"].tolist() == ["–"] * 3 + ["taken back"] * 3
    assert names(kept()) == names(study)
    assert len(started) == 1  # the merge was never done, so nothing has to be made anew
    app.button(key="ledger_redo").click().run()
    assert names(kept())[1] == "Our best"


def test_two_windows_do_not_edit_what_the_other_has_made_of_the_segments(full, study, started) -> None:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    said = recorded(study, "verdict", segment="S1", value="good", author="Ada")
    workspace.save_study(entry.id, said, summary=dict(entry.summary))
    app = full("improve")
    app.segmented_control(key="improve_part").set_value("edits").run()
    app.button(key="ledger_undo").click()
    workspace.save_study(entry.id, recorded(said, "verdict", segment="S2", value="bad"), summary=dict(entry.summary))
    app.run()
    assert len(kept().edits) == 2  # the button said S1, and the latest is S2 by now
    app.button(key="ledger_undo").click().run()
    assert [edit.what for edit in kept().edits] == ["verdict", "verdict", "undo"]

    app.switch_page("pages/segments.py").run()
    app.button(key="edit_card.S2").click().run()
    app.segmented_control(key="edit_what.S2").set_value("merge").run()
    app.multiselect(key="edit_merge.S2").set_value(["S3"]).run()
    app.button(key="edit_merge_do").click()
    workspace.save_study(entry.id, replace(kept(), run="another"), summary=dict(entry.summary))
    app.run()
    assert len(kept().edits) == 3 and started == []
    assert any("made anew meanwhile" in toast.value for toast in app.toast)
    assert not app.exception


def test_the_segments_of_the_run_that_is_shown_have_their_colours_beside_another_run(monkeypatch) -> None:
    flows, now = np.array([[5, 0, 0], [0, 0, 4], [0, 3, 0]]), (2, 9, 0)
    monkeypatch.setattr(runs, "look", lambda: Look((), (), "", "", places=now))
    found = Comparison(("a", "b", "c"), ("x", "y", "z"), flows, (0, 2, -1), 1.0, 1.0, 1.0, 12, 0, 0)
    other, shown = (RunEntry(id_, 0.0, 0.0, id_ == "now", {}) for id_ in ("then", "now"))
    assert runs._places(found, other, shown) == ([2, 0, 1], [2, 9, 0])
    assert runs._places(found, shown, other) == ([2, 9, 0], [2, -1, 9])
    assert runs._places(found, other, other) == ([0, 1, 2], [0, -1, 1])


def test_a_link_that_is_not_heeded_is_shown_wherever_one_is(full, study) -> None:
    index, ids = study.customers.frame.index, study.clustering.ids
    pair = (str(index[ids == "S1"][0]), str(index[ids == "S2"][0]))
    app = full("explore")
    app.session_state[state.SELECTION] = pair
    app.run()
    app.button(key="selection_together").click().run()
    assert not app.exception
    assert kept().edits[0].customers == pair
    (warning,) = app.warning
    assert all(customer in warning.value for customer in pair)
    app.switch_page("pages/data.py").run()
    assert any("Links that are not heeded: 1" in found.value for found in app.markdown)


def test_what_the_algorithm_tells_of_itself_is_about_the_segments_as_found(full, study, monkeypatch) -> None:
    monkeypatch.setattr(journey, "METRICS", {"balance": journey.METRICS["balance"]})
    monkeypatch.setattr("segment_core.metrics.verdict.N_DRAWS", 2)
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    made = recorded(study, "merge", segment="S1", others=("S2",))
    workspace.save_study(entry.id, made, summary=dict(entry.summary))
    apply({"workspace": str(workspace.folder), "study": entry.id}, {}, silent)
    app = full("segments", part="many")
    for part in ("many", "inside", "runs"):
        app.session_state["segments_part"] = part
        app.run()
        assert not app.exception
        told = any("as the algorithm found them" in caption.value for caption in app.caption)
        assert told == (part != "runs")
    runs = next(found.value for found in app.dataframe if "Edits" in found.value.columns)
    assert runs[["Segments", "Edits"]].to_numpy().tolist() == [[3, 1], [4, 0]]
