"""The views of candidates, sweeps and runs: what is shown, and what each button starts."""

from dataclasses import replace

import pytest

from pages._shared.sweeping import parsed
from segment_core.artifacts import Step, Sweep, SweepRow, Trial, silent
from segment_core.choices import Question
from segment_core.errors import OptionError
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.store import Workspace, default_folder
from segment_core.study import Study
from segment_core.tasks import run_study

K = Question("n_segments", "Segments", int, 6, low=2, high=40)


def kept_study() -> tuple[Workspace, str, Study]:
    workspace = Workspace(default_folder())
    entry = workspace.studies()[0]
    return workspace, entry.id, workspace.load_study(Study, entry.id)


def table(app, key: str):
    return next(one.value for one in app.dataframe if key in one.value.columns)


def test_one_run_has_none_before_it(full) -> None:
    app = full("segments", part="runs")
    assert not app.exception
    assert not [button for button in app.button if button.key in ("run_back", "run_restore")]


def test_runs_are_listed_compared_and_restored(full, started) -> None:
    full()
    workspace, key, study = kept_study()
    plan = study.plan.having(clustering=Step("kmeans", {"n_segments": 3}))
    upload = workspace.study(key).summary["upload"]
    args = {"workspace": str(workspace.folder), "upload": upload, "plan": plan.to_json(), "study": key}
    run_study(args, {}, silent)
    app = full("segments", part="runs")
    assert not app.exception
    listed = table(app, "Shown")
    assert listed["Segments"].tolist() == [3, 4]
    assert listed["Shown"].tolist() == [True, False]
    stayed = next(metric.value for metric in app.metric if metric.label == "Stayed together")
    assert stayed.endswith("%")
    flows = table(app, "Share of the first")
    assert flows["Customers"].sum() == 400
    first = workspace.runs(key)[1].id
    app.button(key="run_back").click().run()
    ((task, asked),) = started
    assert (task, asked["study"], asked["run"]) == ("segment_core.runs:restore", key, first)
    app.button(key="run_restore").click().run()
    assert started[1] == started[0]


def test_candidates_are_a_leaderboard(full) -> None:
    full()
    workspace, key, study = kept_study()
    scores = {"mark": 2.0, "stability": 0.9, "separation": 0.2, "borders": 1.0, "smallest_share": 0.2}
    trials = (
        Trial(3, scores),
        Trial(4, scores | {"mark": 2.5}, made_by=Step("kmeans", {"n_segments": 4})),
        Trial(2, scores | {"mark": 3.0, "smallest_share": 0.001}, True, Step("hdbscan", {"smallest": 8})),
        Trial(5, {"separation": 0.1}, made_by=Step("hierarchical", {"n_segments": 5})),
    )
    clustering = replace(study.clustering, trials=trials, reasons=(say("Because *it* is."),))
    workspace.save_study(key, replace(study, clustering=clustering), summary=dict(workspace.study(key).summary))
    app = full("segments", part="many")
    assert not app.exception
    found = table(app, "Speaks against it")
    assert found["Segments"].tolist() == [2, 4, 3, 5]
    assert found["Speaks against it"].tolist() == ["a very small segment", "", "", "not followed up"]
    assert found["Options"].tolist()[0] == "Smallest segment: 8"
    assert any("Because \\*it\\* is" in one.value for one in app.markdown)


def test_a_sweep_is_asked_for_with_its_time(full, started) -> None:
    app = full("segments", part="many")
    app.selectbox(key="sweep_algorithm").set_value("kmeans").run()
    app.text_input(key="sweep_values.kmeans.n_segments").set_value("2-4, 6").run()
    assert any("Settings to try: 4. That takes about" in one.value for one in app.caption)
    app.button(key="sweep_run").click().run()
    ((task, args),) = started
    assert task == "segment_core.sweeping:sweep"
    assert args["varied"] == {"n_segments": [2, 3, 4, 6]}
    assert args["algorithm"] == "kmeans"


def test_a_wrong_value_is_said_and_starts_nothing(full) -> None:
    app = full("segments", part="many")
    app.text_input(key="sweep_values.kmeans.n_segments").set_value("many").run()
    assert any("many is no value" in one.value.replace("\\", "") for one in app.caption)
    assert app.button(key="sweep_run").disabled


def test_a_setting_of_a_sweep_is_taken_over(full, started) -> None:
    full()
    workspace, key, study = kept_study()
    rows = tuple(
        SweepRow(Step("kmeans", {"n_segments": k, "seed": 0}), k, {"silhouette": 0.1 * k, "stability": 0.9}, 0.5)
        for k in (2, 3)
    )
    bad = SweepRow(Step("kmeans", {"n_segments": 40}), 0, {}, 0.0, say("Too few."))
    sweep = Sweep("kmeans", ("n_segments",), (*rows, bad))
    workspace.save_study(key, replace(study, sweep=sweep), summary=dict(workspace.study(key).summary))
    app = full("segments", part="many")
    assert not app.exception
    found = table(app, "Seconds")
    assert found["Segments"].tolist() == [2, 3, 40]
    assert found["Note"].tolist() == ["", "", "Too few."]
    assert app.button(key="sweep_use").disabled
    app.session_state["sweep_table"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    app.button(key="sweep_use").click().run()
    ((task, args),) = started
    assert task == "segment_core.tasks:run_study"
    assert Plan.from_json(args["plan"]).clustering == rows[1].step
    assert args["study"] == key


def test_the_sidebar_says_about_how_long_it_takes(full) -> None:
    app = full("segments", part="many")
    assert any("Cutting takes about" in one.value for one in app.sidebar.caption)
    app.selectbox(key="algorithm").set_value("auto").run()
    assert any("Tries K-Means × 9" in one.value.replace("\\", "") for one in app.sidebar.caption)


def test_values_are_read_as_lists_and_ranges() -> None:
    assert parsed("2-4, 4 9", K) == [2, 3, 4, 9]
    assert parsed("0.1-0.3/0.1", Question("x", "X", float, 0.1)) == [0.1, 0.2, 0.3]
    for text in ("x", "2-", "1-1000"):
        with pytest.raises(OptionError):
            parsed(text, K)
