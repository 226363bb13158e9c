"""Features and segments in a real browser: built, weighed otherwise, cut, cut by branches, and brought back."""

import re

from playwright.sync_api import expect

from segment_core.intake import sample
from tests.e2e.visitor import LONG

SHOP = sample(n_customers=200)[0]
PARTS = ("good", "many", "inside", "runs")


def test_topics_graph_and_traits_are_built_and_looked_at(visit) -> None:
    visitor = visit()
    visitor.bring("shop.csv", SHOP.to_csv(index=False).encode())
    visitor.press("choose_features")
    expect(visitor.page.get_by_role("heading", level=1, name="Features")).to_be_visible()
    visitor.settle()
    visitor.choose("topics", "NMF (parts of word weights)")
    visitor.choose("graph", "Main directions (spectral)")
    visitor.choose("traits", "Word lists")
    visitor.press("build")
    expect(visitor.page.get_by_role("button", name="Find segments").first).to_be_visible(timeout=LONG)
    visitor.settle()
    for block in ("text", "topics", "graph", "traits"):
        expect(visitor.keyed(f"block.{block}").get_by_text(re.compile(r"Features: \d+")).first).to_be_visible()
    for tab, said in (("Topics", "Mean coherence"), ("Graph", "Links"), ("Traits", "What was heard")):
        visitor.page.get_by_role("tab", name=tab, exact=True).click()
        visitor.settle()
        expect(visitor.page.get_by_text(said, exact=True).first).to_be_visible()
    visitor.go("Segments")
    expect(visitor.page.get_by_text("The features are built")).to_be_visible()


def test_another_weight_takes_up_what_was_made_and_segments_say_who_decides(visit) -> None:
    visitor = visit("/features")
    expect(visitor.page.get_by_role("button", name="Find segments").first).to_be_visible()
    visitor.press("build")
    expect(visitor.page.get_by_role("heading", level=1, name="Segments")).to_be_visible()
    visitor.finish()
    names = visitor.names()
    assert len(names) >= 2
    visitor.go("Features")
    visitor.page.get_by_role("tab", name="Who decides").click()
    visitor.settle()
    expect(visitor.page.get_by_text("What sets each segment apart")).to_be_visible()


def test_every_view_of_features_opens_in_the_dark_and_in_chinese(visit) -> None:
    visitor = visit("/features", color_scheme="dark", locale="zh-CN")
    tabs = visitor.page.get_by_role("tab")
    assert tabs.count() == 5
    for number in range(5):
        tabs.nth(number).click()
        visitor.settle()
    assert "traceback" not in visitor.text().lower()


def test_a_branch_is_opened_and_the_run_before_comes_back(visit) -> None:
    visitor = visit("/segments")
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


def test_every_view_of_segments_opens_in_the_dark_and_in_chinese(visit) -> None:
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
