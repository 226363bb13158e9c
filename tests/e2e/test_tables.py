"""Several tables in a real browser: proposed links, one button to join them, behaviour, and on to named segments."""

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from segment_core.intake import sample_tables
from tests.e2e.visitor import Visitor, column, rows_of

OLIST = Path(__file__).parents[3] / "shared" / "data" / "olist_sample"


def test_a_shop_of_several_tables_is_joined_and_goes_all_the_way(visit) -> None:
    visitor = visit()
    visitor.upload("shop.zip", _shop(300))
    _expect_tables(visitor, 6)
    expect(visitor.page.get_by_role("heading", name="Quality")).to_be_visible(timeout=60_000)
    assert visitor.page.locator(".st-key-find_segments").count() == 0
    visitor.press("join_tables")
    expect(visitor.keyed("find_segments").get_by_role("button")).to_be_enabled(timeout=60_000)
    visitor.settle()
    visitor.find_segments(milliseconds=600_000)
    assert len(visitor.names()) >= 2
    visitor.go("Export")
    rows = rows_of(visitor.download("download_segments"))
    assert 100 < len(set(column(rows, "customer_id"))) == len(rows) < 270  # the rest gave no consent


@pytest.mark.timeout(600)
def test_eight_files_dropped_together_show_how_they_hang_together(visit) -> None:
    if not OLIST.is_dir():
        pytest.skip("The eight files are not beside this repository.")
    visitor = visit()
    visitor.offer_another()
    visitor.page.locator("input[type=file]").first.set_input_files(sorted(OLIST.glob("*.csv")))
    _expect_tables(visitor, 8)
    diagram = visitor.page.get_by_test_id("stGraphVizChart")
    for name in ("customers", "orders", "order_items", "order_payments", "order_reviews", "products"):
        expect(diagram.get_by_text(name, exact=True)).to_be_visible()
    visitor.press("join_tables")
    expect(visitor.keyed("find_segments").get_by_role("button")).to_be_enabled(timeout=60_000)
    expect(visitor.page.get_by_text("8,016 customers of 8,135 rows")).to_be_visible()


def _shop(n_customers: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as folder:
        for name, table in sample_tables(n_customers).periods["A"].items():
            folder.writestr(f"{name}.csv", table.to_csv(index=False))
    return made.getvalue()


def _expect_tables(visitor: Visitor, n: int) -> None:
    expect(visitor.keyed("detected")).to_contain_text(f"Tables: {n}", timeout=120_000)
    expect(visitor.keyed("join_tables").get_by_role("button")).to_be_enabled(timeout=120_000)
    visitor.settle()
