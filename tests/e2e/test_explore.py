"""Explore in a real browser: customers drawn round on the map are named, stay selected, and segments light up."""

import pytest
from playwright.sync_api import expect

from benchmarks.explore import planted
from segment_core.store import Workspace
from tests.e2e.visitor import MAP, Visitor, rows_of

GROUP = "Left half"


@pytest.fixture(scope="module")
def explore(server) -> str:
    """Return the address of a finished study of planted customers."""
    workspace = Workspace(server.workspace)
    study = planted(1_200, 8)
    made = workspace.new_study(study.source)
    workspace.save_study(made, study, summary={"run": study.run})
    workspace.close()
    return f"/explore?study={made}"


def test_customers_drawn_round_are_named_and_stay_selected(visit, explore: str) -> None:
    visitor = visit(explore)
    visitor.wait_for_map()
    visitor.lasso()
    expect(visitor.metric("Selected customers")).to_be_visible()
    visitor.settle()
    count = visitor.metric("Selected customers").inner_text()
    assert 0 < int(count) < 1_200
    selected = rows_of(visitor.download("selection_csv"))
    assert len(selected) == int(count)

    visitor.press("name_selection")
    name = visitor.keyed("new_group").locator("input")
    name.fill(GROUP)
    name.press("Enter")
    visitor.settle()
    visitor.press("keep_group")
    group = visitor.page.get_by_role("button", name=f"{GROUP} · {count} customers")
    expect(group).to_be_visible()
    visitor.settle()

    visitor.choose("map_colour", "Confidence")
    assert visitor.metric("Selected customers").inner_text() == count
    assert rows_of(visitor.download("selection_csv")) == selected
    visitor.go("Personas")
    visitor.go("Explore")
    visitor.wait_for_map()
    assert visitor.metric("Selected customers").inner_text() == count

    visitor.page.keyboard.press("Escape")
    expect(visitor.metric("Selected customers")).to_have_count(0)
    group.click()
    expect(visitor.metric("Selected customers")).to_have_text(count)
    visitor.settle()
    _double_click(visitor)
    expect(visitor.metric("Selected customers")).to_have_count(0)


def test_a_segment_lights_up_from_the_list_and_from_the_map(visit, explore: str) -> None:
    visitor = visit(explore)
    visitor.wait_for_map()
    assert _lit(visitor) is None
    radios = visitor.keyed("legend").get_by_role("radio")
    radios.first.focus()
    for number in (1, 2):  # the list is reached by the keyboard, too
        visitor.page.keyboard.press("ArrowDown")
        expect(visitor.page.get_by_role("heading", name=f"S{number}")).to_be_visible()
        visitor.settle()
    assert radios.nth(2).is_checked()
    second = _lit(visitor)
    assert second and second < 1_200

    x, y = visitor.page.evaluate(_PLACE_OF_A_POINT, "S3")
    visitor.page.mouse.move(x, y)
    visitor.page.wait_for_timeout(300)  # the chart looks for what is under the pointer a moment later
    visitor.page.mouse.click(x, y)
    expect(visitor.keyed("customer_card")).to_be_visible()
    expect(visitor.page.get_by_role("heading", name="S3")).to_be_visible()
    visitor.settle()
    assert radios.nth(3).is_checked()
    assert _lit(visitor) not in (None, second)

    visitor.page.keyboard.press("Escape")
    expect(visitor.keyed("customer_card")).to_have_count(0)
    visitor.settle()
    assert _lit(visitor) is None


def _double_click(visitor: Visitor) -> None:
    box = visitor.page.locator(MAP).bounding_box()
    assert box is not None
    visitor.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _lit(visitor: Visitor) -> int | None:
    """Count the customers that stand out on the map; None where none is dimmed."""
    found: int | None = visitor.page.evaluate(_LIT)
    return found


_LIT = """() => {
    const traces = document.querySelector('.st-key-map .js-plotly-plot')._fullData.filter(trace => trace.selectedpoints)
    return traces.length ? traces.reduce((sum, trace) => sum + trace.selectedpoints.length, 0) : null
}"""
# The middle customer of a segment, in pixels of the page.
_PLACE_OF_A_POINT = """segment => {
    const map = document.querySelector('.st-key-map .js-plotly-plot')
    const trace = map._fullData.find(trace => trace.name === segment)
    const { xaxis, yaxis } = map._fullLayout
    const box = map.querySelector('.nsewdrag').getBoundingClientRect()
    const [x, y] = ['x', 'y'].map(axis => [...trace[axis]].sort((a, b) => a - b)[trace[axis].length >> 1])
    const far = at => Math.hypot(trace.x[at] - x, trace.y[at] - y)
    const at = [...trace.x.keys()].sort((a, b) => far(a) - far(b))[0]
    return [box.left + xaxis.d2p(trace.x[at]), box.top + yaxis.d2p(trace.y[at])]
}"""
