"""Workspaces and jobs for the tests of scaling: real worker processes, tasks of our own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from segment_core.scaling import Jobs
from segment_core.store import Workspace

HERE = Path(__file__).parent


@pytest.fixture(scope="module", autouse=True)
def _tasks_can_be_imported() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("PYTHONPATH", str(HERE))
        yield


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def make_jobs(workspace: Workspace) -> Iterator[Callable[..., Jobs]]:
    """Return what makes jobs in a workspace of the test's own; a second call is a second app."""
    made: list[Jobs] = []

    def make(**options: Any) -> Jobs:
        options = {"allow": "scaling_tasks:", "warm_task": None} | options
        made.append(Jobs(workspace, **options))
        return made[-1]

    yield make
    for jobs in made:
        jobs.close()


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jobs]:
    """Return jobs that the tests of a module share, as the sessions of an app do."""
    workspace = Workspace(tmp_path_factory.mktemp("shared"))
    made = Jobs(workspace, allow="scaling_tasks:", warm_task=None)
    yield made
    made.close()
