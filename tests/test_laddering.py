"""Laddering: the job keeps the ladder with the study, and the study drops it with its features."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segment_core import laddering
from segment_core.artifacts import Features
from segment_core.clustering import cutting
from segment_core.errors import DataError
from segment_core.laddering import build, led
from segment_core.store import Workspace
from segment_core.study import Study


def silent(done: float, total: float, note: Any) -> None:
    """Listen to nothing."""


def keep(folder: Path, study: Study) -> dict[str, Any]:
    workspace = Workspace(folder)
    id_ = workspace.new_study("shop.csv")
    workspace.save_study(id_, study, summary={"n_customers": 300})
    workspace.close()
    return {"workspace": str(folder), "study": id_, "seed": 0}


def test_the_ladder_is_kept_with_the_study(tmp_path: Path, small_study: Study) -> None:
    args = keep(tmp_path, small_study)
    assert build(args, {}, silent) == {"study": args["study"]}
    found = Workspace(tmp_path).load_study(Study, args["study"])
    ladder, clustering = found.ladder, found.clustering
    assert ladder is not None and clustering is not None
    np.testing.assert_array_equal(clustering.labels, small_study.clustering.labels)
    assert len(ladder.leaves) == len(found.customers) and ladder.tree.sizes[0] == len(found.customers)
    assert any(ladder.leads)
    for k in range(2, 13):
        cut = list(cutting.into(ladder.tree, k))
        assert ladder.tree.sizes[cut].sum() == len(found.customers)
    assert found.having(clustering=clustering).ladder is ladder
    assert found.having(features=found.features).ladder is None


def test_leads_name_what_a_branch_has_more_of(small_study: Study) -> None:
    matrix = np.repeat([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]], 20, axis=0) + np.random.default_rng(0).normal(size=(60, 2))
    features = Features.of(matrix, names=("spend", "age"))
    found = led(laddering.climb(features, n_draws=2), features)
    cut = cutting.into(found.tree, 3)
    labels = cutting.members(found.tree, cut)[found.leaves]
    assert found.leads[cut[labels[20]]][0] == ("spend", True)
    assert found.leads[cut[labels[40]]][0] == ("age", True)


def test_features_made_anew_meanwhile_are_not_mixed_up(
    tmp_path: Path, small_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = keep(tmp_path, small_study)

    def slow(features: Features, **options: Any) -> Any:
        workspace = Workspace(tmp_path)
        other = Features.of(features.matrix[:, :2])
        workspace.save_study(args["study"], small_study.having(features=other), summary={})
        return climb(features, n_draws=1)

    climb = laddering.climb
    monkeypatch.setattr(laddering, "climb", slow)
    with pytest.raises(DataError, match="made anew while the ladder was built"):
        build(args, {}, silent)


def test_a_run_on_the_same_features_keeps_the_ladder(small_study: Study) -> None:
    ladder = laddering.climb(small_study.features, n_draws=1)
    before = small_study.having(ladder=ladder)
    assert laddering.kept(small_study, before).ladder is ladder
    other = small_study.having(features=Features.of(small_study.features.matrix[:, :2]))
    assert laddering.kept(other, before).ladder is None
