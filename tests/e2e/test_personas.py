"""Personas in a real browser: a card is opened, edited, written again in part, and brought back from the history."""

from playwright.sync_api import expect

from segment_core.artifacts import Step
from segment_core.intake import sample
from segment_core.plan import Plan
from segment_core.store import Workspace
from segment_core.tasks import run_study
from tests.e2e.visitor import LONG

PLAN = Plan(clustering=Step("kmeans", {"n_segments": 3}), projection=Step("pca"), encoder=Step("tfidf"))


def test_a_persona_is_edited_written_again_in_part_and_brought_back(visit, server) -> None:
    workspace = Workspace(server.workspace)
    upload = workspace.keep_upload("shop.csv", sample(200)[0].to_csv(index=False).encode())
    args = {"workspace": str(server.workspace), "upload": upload.id, "plan": PLAN.to_json(), "study": None}
    run_study(args, {}, lambda done, total, note: None)
    workspace.close()
    visitor = visit("/personas")
    visitor.press("open.S1")
    heading = visitor.page.get_by_role("heading", level=2)
    expect(heading).to_be_visible()
    visitor.settle()
    before = heading.inner_text()
    visitor.press("edit.S1.name")
    field = visitor.keyed("part.S1.name.0").locator("input")
    field.fill("Early birds")
    field.press("Tab")
    visitor.settle()
    visitor.press("part.S1.name.save")
    expect(heading).to_contain_text("Early birds")
    visitor.settle()
    visitor.page.locator(".st-key-history summary").click()
    visitor.settle()
    visitor.press("restore.S1")
    expect(heading).to_have_text(before)
    visitor.settle()
    visitor.press("undo_kept")
    expect(heading).to_contain_text("Early birds")
    visitor.settle()
    visitor.press("edit.S1.tagline")
    visitor.settle()
    line = visitor.keyed("part.S1.tagline.0").locator("textarea")
    line.fill("They come before nine.")
    line.press("Tab")
    expect(visitor.page.get_by_text("A writer could not say this")).to_be_visible()
    visitor.settle()
    visitor.press("part.S1.tagline.save")
    expect(visitor.keyed("undo_kept")).to_be_visible()
    visitor.settle()
    visitor.press("rewrite.S1.needs")
    # What was written anew is kept, so that the edit before it is no longer the last change.
    expect(visitor.keyed("undo_kept")).to_have_count(0, timeout=LONG)
    visitor.settle()
    expect(heading).to_contain_text("Early birds")
    page = _page(visitor)
    assert b"Early birds" in page and b"They come before nine." in page
    visitor.page.locator("[class*='st-key-chip-S1-who-0']").get_by_role("button").first.click()
    visitor.settle()
    visitor.page.locator("[class*='-customers']").get_by_role("button").first.click()
    expect(visitor.page.get_by_role("heading", level=1, name="Explore")).to_be_visible(timeout=30_000)
    visitor.settle()


def _page(visitor) -> bytes:
    visitor.keyed("booklets").get_by_role("button").click()
    visitor.settle()
    found = visitor.download("booklet_html")
    visitor.page.keyboard.press("Escape")
    visitor.settle()
    return found
