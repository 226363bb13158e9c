"""Visitor: somebody at a browser: opens pages, drops files, draws on the map, and never accepts a traceback."""

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, expect

PAGES = ("data", "features", "segments", "explore", "personas", "campaigns", "improve", "export", "settings")
TITLES = ("Data", "Features", "Segments", "Explore", "Personas", "Campaigns", "Improve", "Export", "Settings")
MAP = ".st-key-map .js-plotly-plot .nsewdrag"
LONG = 240_000


class Visitor:
    """One browser tab on the app.

    `outside` collects the hosts that were asked for anything and are not this machine, `pressed` the buttons pressed.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.outside: set[str] = set()
        self.pressed: list[str] = []
        page.on("request", self._note_host)
        page.set_default_timeout(30_000)

    def open(self, address: str = "/") -> None:
        """Open an address of the app and wait until it is drawn."""
        self.page.goto(self.url + address, wait_until="commit")
        expect(self.page.get_by_test_id("stAppViewContainer")).to_be_visible(timeout=30_000)
        self.settle()

    def go(self, title: str) -> None:
        """Click a page in the navigation on top, and wait for its heading."""
        self.page.get_by_test_id("stTopNavLinkContainer").get_by_text(title, exact=True).click()
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible(timeout=30_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the page has stopped changing, and check that it shows no error of ours."""
        # A click reaches the server a moment later, so look once more when it seems quiet.
        for _ in range(2):
            self.page.wait_for_function(_QUIET, timeout=60_000)
            self.page.wait_for_timeout(200)
        self.check()

    def check(self) -> None:
        """Fail if the page shows a traceback or Streamlit's box for an uncaught exception."""
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        assert "Traceback" not in self.text()

    def text(self) -> str:
        """Return everything that can be read on the page."""
        return self.page.locator("body").inner_text()

    def keyed(self, key: str) -> Locator:
        """Return the widget or container with this key."""
        return self.page.locator(f".st-key-{re.sub(r'[^A-Za-z0-9_-]', '-', key)}")

    def press(self, key: str) -> None:
        """Press the button with this key."""
        self.keyed(key).get_by_role("button").first.click()
        self.pressed.append(key)

    def offer_another(self) -> None:
        """Open the popover that holds the uploader, where a file is open already."""
        another = self.page.locator("[class*=st-key-another_file_]").get_by_role("button")
        if another.count():
            another.click()

    def upload(self, name: str, data: bytes) -> None:
        """Give a file to the uploader on the data page."""
        self.offer_another()
        chosen = self.page.locator("input[type=file]")
        chosen.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
        self.settle()

    def bring(self, name: str, data: bytes) -> None:
        """Upload a file, and wait until the data page shows what was detected in it."""
        self.upload(name, data)
        expect(self.keyed("detected")).to_contain_text(name, timeout=120_000)
        self.settle()

    def find_segments(self, milliseconds: float = LONG) -> None:
        """Press the data page's primary button and wait until the segments are there."""
        self.press("find_segments")
        expect(self.page.get_by_role("heading", level=1, name="Segments")).to_be_visible(timeout=30_000)
        self.finish(milliseconds)

    def finish(self, milliseconds: float = LONG) -> None:
        """Wait until the run has ended, and make sure that it ended well."""
        expect(self.keyed("job")).to_have_count(0, timeout=milliseconds)
        expect(self.metric("Verdict")).to_be_visible(timeout=30_000)
        expect(self.page.get_by_text("did not finish")).to_have_count(0)
        self.settle()

    def metric(self, label: str) -> Locator:
        """Return the value of the metric with this label."""
        cards = self.page.get_by_test_id("stMetric").filter(has=self.page.get_by_text(label, exact=True))
        return cards.first.get_by_test_id("stMetricValue")

    def names(self) -> list[str]:
        """Return the segments' names as the segments page lists them."""
        found = self.page.locator("[class*='st-key-segment-S'] strong").all_inner_texts()
        return [name.strip() for name in found]

    def expect_names(self, names: list[str]) -> None:
        """Wait until the segments page lists these names: what restores a run is drawn a moment after the click."""
        for _ in range(60):
            if self.names() == names:
                return
            self.page.wait_for_timeout(500)
        assert self.names() == names

    def wait_for_map(self) -> None:
        """Wait until the map is painted."""
        expect(self.page.locator(MAP)).to_be_visible(timeout=60_000)
        self.settle()

    def lasso(self) -> None:
        """Draw round the left half of the map with the mouse: somebody is always inside, and somebody outside."""
        surface = self.page.locator(MAP)
        surface.scroll_into_view_if_needed()
        box = surface.bounding_box()
        assert box is not None
        corners = [(0.01, 0.01), (0.5, 0.01), (0.5, 0.99), (0.01, 0.99)]
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
        mouse = self.page.mouse
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place, steps=5)
        mouse.up()

    def choose(self, key: str, option: str) -> None:
        """Choose an option in the select box with this key."""
        found = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(3):  # a page that is still being drawn closes the list again
            self.keyed(key).locator("input").click()
            with suppress(Error):
                found.wait_for(timeout=5_000)
                break
        found.click()
        self.settle()

    def download(self, key: str) -> bytes:
        """Press the download button with this key and return the file."""
        with self.page.expect_download() as found:
            self.press(key)
        with found.value.path().open("rb") as file:
            return file.read()

    def _note_host(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.outside.add(f"{parts.scheme}://{parts.hostname}")


def rows_of(data: bytes) -> list[dict[str, str]]:
    """Read a downloaded CSV."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def column(rows: Sequence[dict[str, str]], name: str) -> list[str]:
    """Return one column of a downloaded CSV."""
    return [row[name] for row in rows]


_QUIET = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stAppSkeleton]')"""
