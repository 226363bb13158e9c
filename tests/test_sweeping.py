"""Sweeping: every setting of a grid on the same features, kept with the study until there are others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from segment_core import sweeping
from segment_core.artifacts import Step, silent
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.intake import sample
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.sweeping import grid, seconds_of, sweep, swept
from segment_core.tasks import run_study
from tests.planted import csv_of


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace(tmp_path / "workspace")
    yield made
    made.close()


def kept(workspace: Workspace, study: Study) -> dict[str, Any]:
    id_ = workspace.new_study("shop.csv")
    upload = workspace.keep_upload("shop.csv", csv_of(sample(300)[0]))
    workspace.save_study(id_, study, summary={"upload": upload.id})
    varied = {"n_segments": [2, 5], "n_starts": [1, 3]}
    return {"workspace": str(workspace.folder), "study": id_, "algorithm": "kmeans", "varied": varied}


def test_a_grid_holds_every_setting_once() -> None:
    steps = grid("kmeans", {"seed": 7}, {"n_segments": [2, 3], "n_starts": [1, 2]})
    asked = [(step.options["n_segments"], step.options["n_starts"], step.options["seed"]) for step in steps]
    assert asked == [(2, 1, 7), (2, 2, 7), (3, 1, 7), (3, 2, 7)]


@pytest.mark.parametrize(
    "algorithm, varied, said",
    [
        ("magic", {"n_segments": [2]}, "no algorithm named magic"),
        ("kmeans", {}, "1 to 60 settings"),
        ("kmeans", {"n_segments": []}, "these are 0 settings"),
        ("kmeans", {"n_segments": 3}, "n_segments is 3; it must be of type list"),
        ("kmeans", {"n_segments": "34"}, "it must be of type list"),
        ("kmeans", {"n_segments": [99]}, "must lie between 2 and 40"),
        ("kmeans", {"n_segments": list(range(2, 12)), "n_starts": list(range(1, 8))}, "these are 70"),
    ],
)
def test_what_is_no_grid_is_refused(algorithm: str, varied: dict[str, list[Any]], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        grid(algorithm, {}, varied)


def test_a_sweep_is_kept_with_the_study_and_changes_nothing_else(workspace: Workspace, small_study: Study) -> None:
    args = kept(workspace, small_study)
    told: list[float] = []
    sweep(args, {}, lambda done, total, note: told.append(done / total))
    study = workspace.load_study(Study, args["study"])
    assert study.sweep is not None
    assert study.sweep.varied == ("n_segments", "n_starts")
    assert [row.n_segments for row in study.sweep.rows] == [2, 2, 5, 5]
    assert all({"silhouette", "stability", "balance", "smallest_share"} <= set(row.scores) for row in study.sweep.rows)
    assert told == [0.0, 0.25, 0.5, 0.75]
    assert study.personas == small_study.personas
    assert swept(study, [study.sweep.rows[3].step], silent)[0].scores == study.sweep.rows[3].scores


def test_a_sweep_stays_while_the_features_do(workspace: Workspace, quick_plan: Any) -> None:
    upload = workspace.keep_upload("shop.csv", csv_of(sample(120)[0])).id
    args = {"workspace": str(workspace.folder), "upload": upload, "plan": quick_plan.to_json(), "study": None}
    key = run_study(args, {}, silent)["study"]
    asked = {
        "workspace": str(workspace.folder),
        "study": key,
        "algorithm": "hierarchical",
        "varied": {"n_segments": [3]},
    }
    sweep(asked, {}, silent)
    other = quick_plan.having(clustering=Step("hierarchical", {"n_segments": 3}))
    run_study(args | {"plan": other.to_json(), "study": key}, {}, silent)
    assert workspace.load_study(Study, key).sweep is not None
    run_study(args | {"plan": other.having(weights={"text": 0.0}).to_json(), "study": key}, {}, silent)
    assert workspace.load_study(Study, key).sweep is None


def test_what_cannot_be_cut_says_why(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    from segment_core.artifacts import Features

    few = small_study.having(features=Features.of([[0.0], [1.0], [2.0]] * 100))
    rows = swept(few, grid("kmeans", {}, {"n_segments": [3, 4]}), silent)
    assert rows[0].problem is None
    assert "4 segments need as many different customers; there are 3" in str(rows[1].problem)


def test_a_sweep_can_be_stopped_and_its_time_is_told(workspace: Workspace, small_study: Study) -> None:
    def stop(done: float, total: float, note: object) -> None:
        raise Cancelled

    args = kept(workspace, small_study)
    with pytest.raises(Cancelled):
        sweep(args, {}, stop)
    assert workspace.load_study(Study, args["study"]).sweep is None
    few, many = (seconds_of(grid("kmeans", {}, {"n_segments": ks}), 300, 20) for ks in ([2], [2, 3, 4]))
    assert few is not None and many is not None and 0 < few < many


def test_features_made_anew_meanwhile_end_the_sweep(
    workspace: Workspace, small_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = kept(workspace, small_study)
    whole = sweeping.swept

    def meanwhile(study: Study, *rest: Any, **more: Any) -> Any:
        workspace.save_study(args["study"], small_study.having(customers=small_study.customers), summary={})
        return whole(study, *rest, **more)

    monkeypatch.setattr(sweeping, "swept", meanwhile)
    with pytest.raises(DataError, match="features were made anew"):
        sweep(args | {"varied": {"n_segments": [2]}}, {}, silent)
