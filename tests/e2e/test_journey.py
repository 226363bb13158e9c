"""The whole journey in a real browser: from an empty workspace to a CSV of named segments, and back after a restart."""

import re

from playwright.sync_api import expect

from segment_core.intake import sample
from tests.e2e.visitor import LONG, TITLES, column, rows_of

SHOP = sample(n_customers=300)[0]
CONSENTING = set(SHOP.loc[SHOP["marketing_consent"] == "yes", "customer_id"])
NAME = "Lasting Friends"


def test_from_a_file_to_segments_with_names(visit) -> None:
    visitor = visit()
    expect(visitor.page.get_by_text("Bring your customers")).to_be_visible(timeout=60_000)
    visitor.bring("shop.csv", SHOP.to_csv(index=False).encode())
    expect(visitor.keyed("detected")).to_contain_text("Rows: 300")
    visitor.find_segments()
    assert len(visitor.pressed) <= 3
    for label in ("Segments", "Stability", "Separation", "Verdict"):
        expect(visitor.metric(label)).not_to_have_text("–")
    names = visitor.names()
    assert len(names) == int(visitor.metric("Segments").inner_text()) >= 2
    assert len(set(names)) == len(names)
    assert all(name and not re.fullmatch(r"S\d+", name) for name in names)


def test_personas_open_their_evidence_and_keep_an_edit_to_the_csv(visit) -> None:
    visitor = visit()
    visitor.go("Personas")
    assert visitor.page.locator("[class*='st-key-persona-S']").count() >= 2
    visitor.press("open.S1")
    heading = visitor.page.get_by_role("heading", level=2)
    expect(heading).to_be_visible()
    visitor.settle()
    before = heading.inner_text()
    visitor.press("edit.S1.name")
    name = visitor.keyed("part.S1.name.0").locator("input")
    name.fill(NAME)
    name.press("Tab")
    visitor.settle()
    visitor.press("part.S1.name.save")
    expect(heading).to_contain_text(NAME)
    visitor.settle()
    visitor.page.locator(".st-key-history summary").click()
    visitor.settle()
    visitor.press("restore.S1")
    expect(heading).to_have_text(before)
    visitor.settle()
    visitor.press("undo_kept")
    expect(heading).to_contain_text(NAME)
    visitor.settle()
    visitor.press("rewrite.S1.needs")
    # What was written anew is kept, so that the edit before it is no longer the last change.
    expect(visitor.keyed("undo_kept")).to_have_count(0, timeout=LONG)
    visitor.settle()
    expect(heading).to_contain_text(NAME)
    visitor.page.locator("[class*='st-key-chip-S1-who-0']").get_by_role("button").first.click()
    expect(visitor.page.get_by_test_id("stPopoverBody").get_by_text("Customers counted").first).to_be_visible()
    visitor.page.locator("[class*='-customers']").get_by_role("button").first.click()
    expect(visitor.page.get_by_role("heading", level=1, name="Explore")).to_be_visible(timeout=30_000)
    visitor.settle()
    visitor.go("Segments")
    assert NAME in visitor.names()

    visitor.go("Export")
    rows = rows_of(visitor.download("download_segments"))
    assert set(column(rows, "customer_id")) == CONSENTING
    assert len(rows) == len(CONSENTING) < 300
    assert {row["segment_name"] for row in rows if row["segment"] == "S1"} == {NAME}
    assert NAME in column(rows, "segment_name")
    assert all(column(rows, "segment"))


def test_every_page_opens_in_the_dark_and_in_chinese(visit) -> None:
    visitor = visit(color_scheme="dark", locale="zh-CN")
    links = visitor.page.get_by_test_id("stTopNavLinkContainer")
    assert links.count() == len(TITLES)
    for number in range(len(TITLES)):
        links.nth(number).click()
        visitor.settle()
        assert re.search(r"[\u4e00-\u9fff]", visitor.page.get_by_role("heading", level=1).inner_text())
        assert _darkness(visitor) < 60
    assert "traceback" not in visitor.text().lower()


def test_a_study_reopens_by_its_address_after_a_restart(visit, server) -> None:
    visitor = visit()
    address = re.search(r"study=\w+", visitor.page.url)
    assert address
    visitor.page.goto("about:blank")
    server.stop()
    server.start()
    visitor.open(f"/explore?{address.group()}")
    expect(visitor.page.get_by_test_id("stTopNavLinkContainer")).to_have_count(len(TITLES), timeout=30_000)
    visitor.wait_for_map()
    expect(visitor.page.get_by_text(NAME).first).to_be_visible()
    visitor.go("Segments")
    assert NAME in visitor.names()


def _darkness(visitor) -> int:
    ground = visitor.page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    return max(int(part) for part in re.findall(r"\d+", ground)[:3])
