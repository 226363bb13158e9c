"""Page tests: the app over an empty workspace, and over one with a finished study."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime import pages_manager
from streamlit.testing.v1 import AppTest

from pages._shared import jobs
from segment_core.artifacts import Step
from segment_core.intake import sample
from segment_core.plan import Plan
from segment_core.scaling.jobs import Jobs
from segment_core.store import Workspace

APP = Path(__file__).parents[2] / "app.py"
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the journey once on a small sample; the folder must not be changed."""
    from segment_core.tasks import run_study

    folder = tmp_path_factory.mktemp("finished")
    workspace = Workspace(folder)
    frame, _ = sample(400)
    upload = workspace.keep_upload("shop customers.csv", frame.to_csv(index=False).encode())
    plan = Plan(clustering=Step("kmeans", {"n_segments": 4}), projection=Step("pca"), encoder=Step("tfidf"))
    args = {"workspace": str(folder), "upload": upload.id, "plan": plan.to_json(), "study": None}
    run_study(args, {}, lambda done, total, note: None)
    workspace.close()
    return folder


@pytest.fixture(scope="session", autouse=True)
def _packages_scanned_once() -> Iterator[None]:
    """Let Streamlit look for components in the installed packages once: it would read all of them for each page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the worker out: it takes longer to warm up than these tests take, and tests/e2e drives it."""
    monkeypatch.setattr(Jobs, "start_worker", lambda self: None)
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _no_worker: None) -> Open:
    """Return a function that opens a page of the app over an empty workspace."""
    return _opener(tmp_path / "workspace", monkeypatch)


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _no_worker: None, finished: Path) -> Open:
    """Return a function that opens a page of the app over a copy of the finished workspace."""
    shutil.copytree(finished, tmp_path / "workspace")
    return _opener(tmp_path / "workspace", monkeypatch)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict]]:
    """Collect what would be sent to the worker."""
    sent: list[tuple[str, dict]] = []

    class Board:
        def submit(self, task: str, args: dict, *, secrets: dict) -> str:
            sent.append((task, dict(args)))
            return ""

        def running(self) -> tuple[()]:
            return ()

    monkeypatch.setattr(jobs, "jobs", Board)
    return sent


class _NoFolder(type(Path())):
    """See no folder named pages, as a server does once app.py has run: AppTest would open pages without app.py."""

    def exists(self, **_: bool) -> bool:
        return False


def _opener(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setenv("STRATA_WORKSPACE", str(folder))
    monkeypatch.setattr(pages_manager, "Path", _NoFolder)

    def open_page(
        page: str | None = None, locale: str = "en-GB", address: Mapping[str, str] = {}, part: str = ""
    ) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.context = {"locale": locale}
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        if part:
            app.session_state[f"{page}_part"] = part
        return app.switch_page(f"pages/{page}.py").run() if page else app

    return open_page
