"""A real server and a real browser for every module here; without a browser these tests are skipped."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from segment_core.store import MODELS
from tests.e2e.serving import Server, faults
from tests.e2e.visitor import Visitor

Visit = Callable[..., Visitor]
BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
# Software rendering, because the map needs WebGL, and nothing that asks the network by itself.
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-unsafe-swiftshader",
]  # fmt: skip
expect.set_options(timeout=30_000)  # a second on a quiet machine; these tests share theirs with others
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return this machine's browser, for as long as a module runs."""
    # Playwright keeps an event loop in this thread, and tests elsewhere start their own.
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"There is no browser on this machine (looked for {', '.join(BROWSERS)}).")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for what is made of a model once, so that each workspace need not make it again."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for what numba compiles, shared by all test processes: each server would take half a minute."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "numba"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def server(
    browser: Browser, models: Path, compiled: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Serve the app over a workspace of the module's own, empty at first."""
    workspace = tmp_path_factory.mktemp("e2e") / "workspace"
    workspace.mkdir()
    (workspace / MODELS).symlink_to(models)
    (workspace / "numba").symlink_to(compiled)
    found = Server(workspace)
    found.start()
    yield found
    found.stop()
    assert not faults(found.log)


@pytest.fixture
def visit(browser: Browser, server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Return a function that sends a visitor with a browser profile of their own to the app.

    When the test ends, pages that were open are photographed if it failed, and nothing may have
    been asked of another machine.
    """
    visitors: list[Visitor] = []

    def arrive(address: str = "/", *, locale: str = "en-GB", **context: str) -> Visitor:
        size = {"width": 1280, "height": 720}
        page = browser.new_context(locale=locale, viewport=size, accept_downloads=True, **context).new_page()
        visitors.append(Visitor(page, server.url))
        visitors[-1].open(address)
        return visitors[-1]

    yield arrive
    for number, visitor in enumerate(visitors):
        if request.node.stash.get(FAILED, False):
            visitor.page.screenshot(path=tmp_path / f"failed-{number}.png", full_page=True)
        visitor.page.context.close()
    assert not set().union(*(visitor.outside for visitor in visitors))
