"""Explore: how soon the map of a million customers is painted, and how soon what is drawn round on it is counted."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.measuring import median
from benchmarks.tables import Table
from segment_core.artifacts import Clustering, Column, Customers, Features, Projection, Segment, Step
from segment_core.messages import say
from segment_core.plan import Plan
from segment_core.profiles import describe
from segment_core.store import Workspace
from segment_core.study import Study

BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
ARGUMENTS = ("--no-sandbox", "--disable-quic", "--no-first-run", "--enable-unsafe-swiftshader")
TITLE = "The map in a browser"
HEADS = ("", "painted, first visit", "painted, next visits", "counted after a lasso", "processor seconds of these")
CITIES = ("Berlin", "Lisbon", "Lyon", "Madrid", "Milan", "Porto", "Prague", "Vienna")
CHANNELS = ("shop", "web", "app")
N_SEGMENTS = 8


def measure(sizes: tuple[int, ...] = (150_000, 1_000_000), n_runs: int = 3) -> Table:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return Table(TITLE, HEADS, [], "Playwright is not installed here, so nothing was measured.")
    if path is None:
        return Table(TITLE, HEADS, [], f"There is no browser here ({', '.join(BROWSERS)}), so nothing was measured.")
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for size in sizes:
            with _served(size) as (first, address):
                rows.append((f"{size:,} customers", *_visits(browser, first, address, n_runs)))
        browser.close()
    return Table(
        TITLE,
        HEADS,
        rows,
        "Seconds from asking for the page to the painted map, and from the end of the mouse's move to the count on the "
        "page; software rendering. The first visit is the first to this study, which the server reads from disk; the "
        f"others are medians of {n_runs}. In the last column, what server and browser together used of "
        "the processor for each of the three. Load of the machine in the last minute: "
        f"{os.getloadavg()[0]:.1f}.",
    )


@contextmanager
def _served(n_customers: int) -> Iterator[tuple[str, str]]:
    """Serve the app over planted studies; return the address of a page of a small one, and of the large one's map."""
    from tests.e2e.serving import Server

    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder) / "workspace")
        made = []
        for size in (1_000, n_customers):
            study = planted(size)
            made.append(workspace.new_study(study.source))
            workspace.save_study(made[-1], study, summary={"run": study.run})
        del study
        workspace.close()
        server = Server(Path(folder) / "workspace")
        server.start()
        try:
            yield f"{server.url}/settings?study={made[0]}", f"{server.url}/explore?study={made[1]}"
        finally:
            server.stop()


def _visits(browser: Any, first: str, address: str, n_runs: int) -> tuple[str, ...]:
    from tests.e2e.visitor import Visitor

    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    visitor, painted, counted = Visitor(page, ""), [], []
    page.goto(first, wait_until="commit")
    _rest()
    for _ in range(1 + n_runs):
        painted.append(_timed(lambda: page.goto(address, wait_until="commit"), lambda: page.evaluate(_PAINTED)))
        visitor.settle()
    count = visitor.metric("Selected customers")
    for _ in range(n_runs):
        counted.append(_timed(visitor.lasso, lambda: count.wait_for(timeout=300_000), from_end=True))
        visitor.settle()
        visitor.press("clear")
        count.wait_for(state="detached", timeout=300_000)
        visitor.settle()
    page.context.close()
    found = (painted[0], _middle(painted[1:]), _middle(counted))
    return (*(f"{seconds:.1f}" for seconds, _ in found), " · ".join(f"{used:.1f}" for _, used in found))


def _timed(act: Any, until: Any, *, from_end: bool = False) -> tuple[float, float]:
    """Return the seconds until something is there, from the start or the end of an act, and those of the processor."""
    started, used = time.perf_counter(), _processor()
    act()
    if from_end:
        started = time.perf_counter()
    until()
    return time.perf_counter() - started, _processor() - used


def _rest(most: float = 180.0) -> None:
    """Wait until the server has warmed its worker, which it does once and in the background."""
    end = time.perf_counter() + most
    while time.perf_counter() < end:
        before = _processor()
        time.sleep(3)
        if _processor() - before < 0.15:
            return


def _middle(found: list[tuple[float, float]]) -> tuple[float, float]:
    return median([seconds for seconds, _ in found]), median([used for _, used in found])


def _processor() -> float:
    """Return the processor seconds of all processes that this one has started, as far as Linux tells."""
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        number = int(path.parent.name)
        children.setdefault(int(after[1]), []).append(number)
        ticks[number] = int(after[11]) + int(after[12])
    found, total = children.get(os.getpid(), []), 0
    while found:
        total += sum(ticks[number] for number in found)
        found = [child for number in found for child in children.get(number, [])]
    return total / os.sysconf("SC_CLK_TCK")


# Resolves two frames after the map's picture or its canvas is there: what was drawn then is on the screen.
_PAINTED = """() => new Promise(done => {
    const look = () => {
        const map = document.querySelector('.st-key-map .js-plotly-plot')
        const there = map?.querySelector('.nsewdrag') && map.querySelector('image, canvas')
        if (there) requestAnimationFrame(() => requestAnimationFrame(done))
        else requestAnimationFrame(look)
    }
    look()
})"""


def planted(n_customers: int, n_segments: int = N_SEGMENTS, seed: int = 0) -> Study:
    """Plant segments in customers, with a map that is made and not computed: its points lie round their segment's."""
    rng = np.random.default_rng(seed)
    truth = np.sort(rng.choice(n_segments, n_customers, p=_shares(n_segments)))
    centres = rng.normal(0, 4, (n_segments, 6))
    matrix = (centres[truth] + rng.normal(0, 1, (n_customers, 6))).astype(np.float32)
    customers, features = _customers(matrix, truth, rng), Features.of(matrix)
    angles = np.linspace(0, 2 * np.pi, n_segments, endpoint=False)
    middles = np.column_stack([np.cos(angles), np.sin(angles)]) * (6 + 3 * (np.arange(n_segments) % 3))[:, None]
    points = (middles[truth] + rng.normal(0, 1.3, (n_customers, 2))).astype(np.float32)
    clustering = _clustering(truth, rng, n_segments)
    texts = [""] * n_customers
    return Study(
        plan=Plan(),
        resolved=Plan(),
        customers=customers,
        source=f"{n_customers} customers.csv",
        features=features,
        clustering=clustering,
        projection=Projection(points, Step("umap"), 0.95),
        evidence=describe(customers, features, clustering, texts),
        run="planted",
    )


def _shares(n_segments: int) -> np.ndarray:
    weights = 1 / (2 + np.arange(n_segments))
    return weights / weights.sum()


def _customers(matrix: np.ndarray, truth: np.ndarray, rng: np.random.Generator) -> Customers:
    n = len(matrix)
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 2_000, n) + 50 * truth, unit="D")
    frame = pd.DataFrame(
        {
            "spend": np.exp(3 + matrix[:, 0] / 6).astype(np.float64).round(2),
            "orders": np.clip(matrix[:, 1].round() + 12, 0, None).astype(np.float64),
            "age": np.clip(45 + 3 * matrix[:, 2], 18, 95).astype(np.float64).round(),
            "city": pd.Series(np.array(CITIES)[(truth + rng.integers(0, 4, n)) % len(CITIES)], dtype="str"),
            "channel": pd.Series(np.array(CHANNELS)[np.digitize(matrix[:, 3], (-2.0, 2.0))], dtype="str"),
            "uses_app": (matrix[:, 5] > 0).astype(np.float64),
            "signup": days.astype("datetime64[us]"),
        },
    )
    frame.index = pd.Index([f"C{number:07d}" for number in range(n)], dtype="str", name="customer_id")
    roles: dict[str, Any] = dict(
        zip(frame.columns, ("money", "count", "number", "place", "category", "yes/no", "date"), strict=True)
    )
    columns = tuple(Column(name, role, "behavioural", say("Planted.")) for name, role in roles.items())
    return Customers(frame, columns, "customer_id", n)


def _clustering(truth: np.ndarray, rng: np.random.Generator, n_segments: int) -> Clustering:
    strengths = rng.beta(4, 2, len(truth)).astype(np.float32)
    bands = np.where(strengths < 0.2, "outlier", np.where(strengths < 0.5, "fringe", "core"))
    sizes = np.bincount(truth, minlength=n_segments)
    segments = tuple(Segment(f"S{number + 1}", int(size)) for number, size in enumerate(sizes))
    return Clustering(truth.astype(np.int64), strengths, bands, segments, Step("kmeans"))
