"""Segments in a real browser: the ladder is built and cut branch by branch, and the run before comes back."""

from playwright.sync_api import expect

from segment_core.intake import sample
from tests.e2e.visitor import LONG

SHOP = sample(n_customers=200)[0]
PARTS = ("good", "many", "inside", "runs")


def test_a_branch_is_opened_and_the_run_before_comes_back(visit) -> None:
    visitor = visit()
    visitor.bring("shop.csv", SHOP.to_csv(index=False).encode())
    visitor.find_segments()
    before = visitor.names()
    visitor.page.get_by_role("radio", name="How many").click()
    visitor.page.get_by_role("tab", name="Ladder").click()
    visitor.settle()
    visitor.page.get_by_role("button", name="Build the ladder").click()
    use = visitor.keyed("ladder_use").get_by_role("button")
    expect(use).to_be_visible(timeout=LONG)
    visitor.settle()
    visitor.page.locator("[class*=st-key-ladder_open]").get_by_role("button").first.click()
    visitor.settle()
    visitor.press("ladder_use")
    expect(visitor.page.get_by_role("button", name="Back to the run before")).to_be_visible(timeout=LONG)
    visitor.finish()
    assert visitor.names() != before
    visitor.press("run_back")
    visitor.expect_names(before)
    visitor.finish()


def test_every_view_opens_in_the_dark_and_in_chinese(visit) -> None:
    visitor = visit("/segments", color_scheme="dark", locale="zh-CN")
    for number, part in enumerate(PARTS):
        visitor.keyed("segments_part").get_by_role("radio").nth(number).click()
        tabs = visitor.keyed(f"tabs.{part}").get_by_role("tab")
        tabs.first.wait_for()
        visitor.settle()
        for place in range(tabs.count()):
            tabs.nth(place).click()
            visitor.settle()
    assert "traceback" not in visitor.text().lower()
