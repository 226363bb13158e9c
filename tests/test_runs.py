"""Runs: each is remembered, any two are compared, any is restored as it was left, and nothing is made twice."""

import dataclasses
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segment_core import journey, tasks
from segment_core.artifacts import Claim, LabelColumn, Step, silent
from segment_core.comparing import Cut, compare
from segment_core.errors import DataError
from segment_core.improving.recording import recorded
from segment_core.intake import sample
from segment_core.plan import Plan
from segment_core.runs import compared, restore, run_before
from segment_core.store import Workspace, new_run, runs
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


def test_edits_come_back_with_the_run_whose_customers_they_are_about(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 4)
    said = recorded(workspace.load_study(Study, key), "verdict", segment="S1", value="good")
    workspace.save_study(key, said, summary=workspace.study(key).summary)
    ran(workspace, quick_plan.having(roles={"customer_id": "ignore", "email": "id"}), 3, key)
    other = workspace.load_study(Study, key)
    assert (other.customers.id_name, other.edits) == ("email", ())
    (left,) = (note for note in other.personas.notes if note.code == "edits-left")
    assert left.count == 1
    back(workspace, key, workspace.runs(key)[1].id)
    assert workspace.load_study(Study, key).edits == said.edits


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
    # Names stay with their segments over runs, so the personas may be named otherwise.
    assert (quick.scorecard, quick.evidence, quick.resolved) == (fresh.scorecard, fresh.evidence, fresh.resolved)
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


class Killed(BaseException):
    """The end of a worker process."""


def dies(*_: Any, **__: Any) -> None:
    raise Killed


def killed_before_it_remembers(workspace: Workspace, plan: Plan, k: int, key: str) -> None:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(tasks.runs, "remember", dies)
        ran(workspace, plan, k, key)


def cuts(workspace: Workspace, key: str) -> list[tuple[int, int, bool]]:
    """Return of every run what its entry says, what its record holds, and whether it is shown."""
    found = workspace.runs(key)
    held = [workspace.load_run(Study, key, run.id).clustering.n_segments for run in found]
    return [(run.summary["n_segments"], k, run.current) for run, k in zip(found, held, strict=True)]


def test_a_worker_that_dies_before_it_remembers_costs_no_run(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 2)
    killed_before_it_remembers(workspace, quick_plan, 3, key)
    assert cuts(workspace, key) == [(2, 2, False)]  # what is shown is not that run
    left = edit(workspace, key)
    ran(workspace, quick_plan, 4, key)
    assert cuts(workspace, key) == [(4, 4, True), (3, 3, False), (2, 2, False)]
    assert compared(workspace, key, *(run.id for run in workspace.runs(key)[1:])).flows.shape == (3, 2)
    back(workspace, key, workspace.runs(key)[1].id)
    assert workspace.load_study(Study, key).personas == left.personas


def test_a_worker_that_dies_while_it_restores_costs_no_run(
    workspace: Workspace, quick_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ran(workspace, quick_plan, 2)
    ran(workspace, quick_plan, 3, key)
    monkeypatch.setattr(Workspace, "open_run", dies)
    with pytest.raises(Killed):
        back(workspace, key, workspace.runs(key)[1].id)
    left = edit(workspace, key)
    assert cuts(workspace, key) == [(3, 3, False), (2, 2, True)]
    ran(workspace, quick_plan, 4, key)
    assert cuts(workspace, key) == [(4, 4, True), (3, 3, False), (2, 2, False)]
    monkeypatch.undo()
    back(workspace, key, workspace.runs(key)[2].id)
    assert workspace.load_study(Study, key).personas == left.personas


@pytest.mark.parametrize("n_edits", [1, 3])
def test_two_jobs_at_once_keep_both_runs(
    n_edits: int, workspace: Workspace, quick_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ran(workspace, quick_plan, 2)
    remember, left = tasks.runs.remember, []

    def late(*args: Any) -> None:  # while the first job is about to remember, others save
        monkeypatch.setattr(tasks.runs, "remember", remember)
        left.extend(edit(workspace, key) for _ in range(n_edits))
        ran(workspace, quick_plan, 4, key)
        remember(*args)

    monkeypatch.setattr(tasks.runs, "remember", late)
    ran(workspace, quick_plan, 3, key)
    assert cuts(workspace, key) == [(4, 4, True), (3, 3, False), (2, 2, False)]
    if n_edits:
        back(workspace, key, workspace.runs(key)[1].id)
        assert workspace.load_study(Study, key).personas == left[-1].personas


def test_an_edit_saved_over_another_run_goes_to_its_own(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 2)
    seen = workspace.load_study(Study, key)
    ran(workspace, quick_plan, 3, key)
    workspace.save_study(key, seen, summary=workspace.study(key).summary)
    ran(workspace, quick_plan, 4, key)
    assert cuts(workspace, key) == [(4, 4, True), (3, 3, False), (2, 2, False)]


def test_a_version_that_is_no_longer_there_is_no_run(workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 2)
    study, version = workspace.load_study(Study, key), workspace.study(key).version
    left = edit(workspace, key)
    workspace.refresh_run(key, study.run, None, version=version + 1)
    workspace.keep_run(key, study.run, None, summary={}, version=version)  # late, and must not undo the edit
    assert workspace.load_run(Study, key, study.run).personas == left.personas
    edit(workspace, key)
    workspace.keep_run(key, new_run(), None, summary={}, version=version)
    (workspace.folder / "studies" / key / str(version)).mkdir()  # as while another process removes it
    workspace.keep_run(key, new_run(), None, summary={}, version=version)
    assert cuts(workspace, key) == [(2, 2, True)]


@pytest.mark.parametrize("consistent", [True, False])
def test_a_workspace_without_versions_opens(consistent: bool, workspace: Workspace, quick_plan: Plan) -> None:
    key = ran(workspace, quick_plan, 2)
    if not consistent:  # as where an earlier program died before it remembered
        killed_before_it_remembers(workspace, quick_plan, 3, key)
    study = dataclasses.replace(workspace.load_study(Study, key), run="")
    summary = {name: value for name, value in workspace.study(key).summary.items() if name != "run"}
    workspace.save_study(key, study, summary=summary)
    folder = workspace.folder
    workspace.close()
    with sqlite3.connect(folder / "catalogue.db") as database:
        database.execute("ALTER TABLE runs DROP COLUMN version")
    database.close()
    workspace = Workspace(folder)
    assert [(run.current, run.version) for run in workspace.runs(key)] == [(True, 0)]
    left = edit(workspace, key)
    ran(workspace, quick_plan, 4, key)
    between = [] if consistent else [(3, 3, False)]
    assert cuts(workspace, key) == [(4, 4, True), *between, (2, 2, False)]
    back(workspace, key, workspace.runs(key)[1].id)
    assert workspace.load_study(Study, key).personas == left.personas
    workspace.close()


@pytest.mark.parametrize("options", [{"cut": "1, 2.1, 2.2"}, {"height": 1e-9}])
def test_branches_of_one_file_are_not_looked_for_in_another(
    options: dict[str, Any], workspace: Workspace, quick_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ran(workspace, quick_plan, 4)
    other = workspace.keep_upload("shop.csv", csv_of(sample(220)[0]))
    summary = workspace.study(key).summary
    workspace.save_study(key, workspace.load_study(Study, key), summary={**summary, "upload": other.id})
    n = 3 if "cut" in options else 200
    plan = quick_plan.having(clustering=Step("hierarchical", {"linkage": "average", "n_segments": 9, **options}))
    facts = {"upload": "another", "plan": plan.to_json(), "n_segments": n}
    run = new_run()
    workspace.keep_run(key, run, None, summary=facts, version=workspace.study(key).version)
    asked: list[Any] = []
    monkeypatch.setattr(tasks, "run_study", lambda args, *_: (asked.append(args), {"study": key})[1])
    back(workspace, key, run)
    step = Plan.from_json(asked[0]["plan"]).clustering
    assert (step.options.get("cut") or None, step.options.get("height")) == (None, None)
    assert (step.options["linkage"], step.options["n_segments"]) == ("average", min(n, 40))


def test_what_is_sensitive_and_what_may_change_stays_over_a_restored_run(
    workspace: Workspace, quick_plan: Plan
) -> None:
    key = ran(workspace, quick_plan, 4)
    ran(workspace, quick_plan, 3, key)
    now = workspace.load_study(Study, key)
    marked = now.plan.having(mutable={"age": True}, sensitive={"membership": True})
    workspace.save_study(key, dataclasses.replace(now, plan=marked), summary=workspace.study(key).summary)
    back(workspace, key, run_before(workspace.runs(key)).id)
    found = workspace.load_study(Study, key)
    assert found.clustering.n_segments == 4
    assert (dict(found.plan.mutable), dict(found.plan.sensitive)) == ({"age": True}, {"membership": True})
    assert "membership" in [column.column for column in found.audit.columns]
