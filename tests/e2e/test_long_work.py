"""Long work in a real browser: a refresh finds it again, Cancel ends it, and others are not kept waiting."""

import pytest
from playwright.sync_api import expect

from segment_core.intake import sample
from tests.e2e.visitor import Visitor

SMALL = sample(n_customers=150, seed=3)[0].to_csv(index=False).encode()


@pytest.fixture
def at_work(visit) -> Visitor:
    """Return a visitor whose run on the bundled sample has begun."""
    visitor = visit()
    visitor.offer_another()
    visitor.press("sample")
    expect(visitor.keyed("detected")).to_contain_text("Rows: 5,000", timeout=60_000)
    visitor.settle()
    visitor.press("find_segments")
    expect(visitor.keyed("job")).to_be_visible()
    expect(visitor.keyed("job")).not_to_contain_text("It starts by itself", timeout=120_000)
    return visitor


def test_others_are_not_kept_waiting_a_refresh_finds_the_run_and_cancel_ends_it(at_work, visit) -> None:
    other = visit()
    for title in ("Segments", "Settings", "Data"):
        other.go(title)
    other.bring("small.csv", SMALL)
    expect(other.keyed("detected")).to_contain_text("Rows: 150")
    expect(other.keyed("find_segments").get_by_role("button")).to_be_enabled()
    expect(at_work.keyed("job")).to_be_visible()  # it still runs: none of this had to wait for it

    at_work.page.reload(wait_until="commit")
    expect(at_work.keyed("job")).to_be_visible(timeout=30_000)
    expect(at_work.keyed("job").get_by_role("progressbar")).to_be_visible()
    at_work.press("job_cancel")
    # Two seconds on a quiet machine; the tests may share theirs.
    expect(at_work.page.get_by_text("The run was cancelled")).to_be_visible(timeout=6_000)
    expect(at_work.keyed("job")).to_have_count(0)

    other.find_segments()
    assert len(other.names()) >= 2
