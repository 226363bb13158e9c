"""Runs: each is remembered, any two are compared, any is restored as it was left, and nothing is made twice."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segment_core import journey, tasks
from segment_core.artifacts import Claim, LabelColumn, Step, silent
from segment_core.comparing import Cut, compare
from segment_core.errors import DataError
from segment_core.intake import sample
from segment_core.plan import Plan
from segment_core.runs import compared, restore, run_before
from segment_core.store import Workspace, runs
from segment_core.study import Study
from segment_core.tasks import run_study
from tests.planted import csv_of

OWN = Claim("They buy 3 times a year.", author="analyst")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace(tmp_path / "workspace")
    made.keep_upload("shop.csv", csv_of(sample(200)[0]))
    yield made
    made.close()


def ran(workspace: Workspace, plan: Plan, k: int, study: str | None = None, **rest: Any) -> str:
    plan = plan.having(clustering=Step("kmeans", {"n_segments": k}))
    upload = rest.pop("upload", workspace.uploads()[0].id)
    args = {"workspace": str(workspace.folder), "upload": upload, "plan": plan.to_json(), "study": study, **rest}
    return str(run_study(json.loads(json.dumps(args)), {}, silent)["study"])


def back(workspace: Workspace, study: str, run: str) -> None:
    assert restore({"workspace": str(workspace.folder), "study": study, "run": run}, {}, silent) == {"study": study}


def edit(workspace: Workspace, key: str) -> Study:
    study = workspace.load_study(Study, key)
    first, *rest = study.personas.personas
    first = dataclasses.replace(first, name="Our best", name_author="analyst", tagline=OWN)
    changed = study.having(personas=dataclasses.replace(study.personas, personas=(first, *rest)))
    workspace.save_study(key, changed, summary=workspace.study(key).summary)
    return changed


def test_a_run_comes_back_just_as_it_was_left(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 4)
    left = edit(workspace, key)
    ran(workspace, quick_plan, 3, key)
    now, before = workspace.runs(key)
    assert [now.current, before.current] == [True, False]
    assert [run.summary["n_segments"] for run in (now, before)] == [3, 4]
    assert before.summary["verdict"] == left.scorecard.verdict
    assert Plan.from_json(before.summary["plan"]) == left.resolved
    assert run_before(workspace.runs(key)) == before
    back(workspace, key, before.id)
    found = workspace.load_study(Study, key)
    np.testing.assert_array_equal(found.clustering.labels, left.clustering.labels)
    np.testing.assert_array_equal(found.features.matrix, left.features.matrix)
    assert (found.scorecard, found.evidence, found.personas) == (left.scorecard, left.evidence, left.personas)
    assert (found.plan, found.resolved) == (left.plan, left.resolved)
    assert workspace.study(key).summary["n_segments"] == 4
    assert len(workspace.runs(key)) == 2
    assert run_before(workspace.runs(key)).id == now.id  # and forth again


def test_labels_are_the_analysts_and_stay(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 4)
    ran(workspace, quick_plan, 3, key)
    study = workspace.load_study(Study, key)
    column = LabelColumn("Mine", {study.customers.frame.index[0]: "Good"}, ())
    workspace.save_study(key, study.having(labels=(column,)), summary=workspace.study(key).summary)
    back(workspace, key, workspace.runs(key)[1].id)
    assert workspace.load_study(Study, key).labels[0].picked == column.picked


def test_with_another_file_the_plan_runs_again(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 4)
    other = workspace.keep_upload("shop.csv", csv_of(sample(220)[0]))
    ran(workspace, quick_plan, 3, key, upload=other.id)
    back(workspace, key, workspace.runs(key)[1].id)
    found = workspace.load_study(Study, key)
    assert (len(found.customers), found.clustering.n_segments) == (220, 4)
    assert [run.summary["n_segments"] for run in workspace.runs(key)] == [4, 3, 4]


def test_two_runs_are_compared(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 4)
    ran(workspace, quick_plan, 3, key)
    second, first = workspace.runs(key)
    found = compared(workspace, key, first.id, second.id)
    assert found.flows.shape == (4, 3)
    assert found.flows.sum() == found.n_both == 200
    assert 0 < found.ari < 1
    with pytest.raises(DataError, match="no longer kept"):
        compared(workspace, key, first.id, "0" * 16)


def test_files_that_did_not_change_are_kept_once(
    workspace: Workspace, quick_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "KEPT_RUNS", 2)
    monkeypatch.setattr(runs, "_JUST_MADE", -1.0)
    key = ran(workspace, quick_plan, 4)
    folder = workspace.folder / "runs"
    shared = lambda: sum(1 for _ in (folder / "files").glob("*/*"))  # noqa: E731
    alone = shared()
    ran(workspace, quick_plan, 3, key)
    both = shared()
    assert both < 2 * alone
    matrices = list(folder.glob(f"{key}/*/study/features.matrix.npy"))
    assert len(matrices) == 2
    assert matrices[0].samefile(matrices[1])
    ran(workspace, quick_plan, 2, key)
    assert [run.summary["n_segments"] for run in workspace.runs(key)] == [2, 3]
    assert len(list((folder / key).iterdir())) == 2
    workspace.delete_study(key)
    assert workspace.runs(key) == ()
    assert shared() == 0


def test_other_options_of_clustering_neither_read_nor_compose_again(
    workspace: Workspace, quick_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ran(workspace, quick_plan, 4)
    made: list[str] = []

    def noting(module: Any, name: str) -> None:
        whole = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *args, **more: (made.append(name), whole(*args, **more))[1])

    noting(tasks, "collect")
    noting(journey, "compose")
    ran(workspace, quick_plan, 3, key)
    assert made == []
    quick = workspace.load_study(Study, key)
    fresh = workspace.load_study(Study, ran(workspace, quick_plan, 3))
    assert made == ["collect", "compose"]
    np.testing.assert_array_equal(quick.clustering.labels, fresh.clustering.labels)
    assert (quick.scorecard, quick.personas, quick.resolved) == (fresh.scorecard, fresh.personas, fresh.resolved)
    ran(workspace, quick_plan.having(weights={"text": 0.0}), 3, key)
    assert made == ["collect", "compose", "compose"]
    ran(workspace, quick_plan.having(mask=False), 3, key)
    assert made[3:] == ["collect", "compose"]


def test_another_program_makes_everything_again(
    workspace: Workspace, quick_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ran(workspace, quick_plan, 4)
    monkeypatch.setattr(tasks, "made_with", lambda: "another version")
    called: list[int] = []
    whole = tasks.collect
    monkeypatch.setattr(tasks, "collect", lambda *args: (called.append(1), whole(*args))[1])
    ran(workspace, quick_plan, 3, key)
    assert called == [1]


def test_features_alone_show_no_run_and_one_can_go_back(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 4)
    ran(workspace, quick_plan, 4, key, until="features")
    (run,) = workspace.runs(key)
    assert not run.current
    back(workspace, key, run.id)
    assert workspace.load_study(Study, key).clustering.n_segments == 4


def test_cuts_are_compared_by_customer() -> None:
    ids = np.array([f"c{number}" for number in range(6)])
    one = Cut(ids, np.array([0, 0, 0, 1, 1, 2]), ("A", "B", "C"))
    other = Cut(ids[::-1][:5], np.array([0, 1, 1, 2, 2]), ("x", "y", "z"))
    found = compare(one, other)
    assert found.matched == (2, 1, 0)
    assert (found.stayed, found.ari) == (1.0, 1.0)
    assert (found.n_both, found.n_gone, found.n_new) == (5, 1, 0)
    with pytest.raises(DataError, match="nothing to compare"):
        compare(one, Cut(np.array(["z"]), np.array([0]), ("x",)))
