"""Gestures: what a browser does not tell by itself: that it has no WebGL, and that somebody asks for everyone."""

from collections.abc import Callable

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from pages._shared import view

# The script is ours alone: nothing from a file ever becomes part of it. It asks the browser once whether it has
# WebGL, and listens for Escape and for double-clicks inside the map.
_SCRIPT = """
let webgl
let now
const writes = "input:not([type=radio]), textarea, select, [contenteditable]"
const open = "[role=dialog], [role=listbox], [data-testid=stPopoverBody]"
const everyone = () => now.data.something && now.setTriggerValue("everyone", Date.now())
const onKey = event => {
  if (event.key !== "Escape" || event.target.closest?.(writes) || document.querySelector(open)) return
  everyone()
}
let down
const onDown = event => { down = event }
const still = event => down && Math.abs(event.clientX - down.clientX) + Math.abs(event.clientY - down.clientY) < 4
let before = { timeStamp: -1e9, clientX: 0, clientY: 0 }
// The map keeps the browser's own double-click to itself, so two quick clicks at one place are one here.
const onUp = event => {
  const box = document.querySelector(".st-key-map .nsewdrag")?.getBoundingClientRect()
  const { clientX: x, clientY: y, timeStamp } = event
  const inside = box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
  const near = Math.abs(x - before.clientX) + Math.abs(y - before.clientY) < 8
  const twice = near && timeStamp - before.timeStamp < 400
  if (inside && twice) everyone()
  // Where a lasso can be drawn, Streamlit reports no clicks; the chart itself knows what is under the pointer.
  const at = inside && !twice && still(event) && document.querySelector(".st-key-map .js-plotly-plot")?._hoverdata?.[0]
  if (at) now.setTriggerValue("clicked", [Number(at.x), Number(at.y)])
  before = event
}
export default function (component) {
  now = component
  if (webgl === undefined) {
    const canvas = document.createElement("canvas")
    webgl = !!(canvas.getContext("webgl2") || canvas.getContext("webgl"))
  }
  if (!webgl && !component.data.told) component.setStateValue("none", true)
  // The same function is never added twice.
  document.addEventListener("keydown", onKey, true)
  document.addEventListener("mousedown", onDown, true)
  document.addEventListener("mouseup", onUp, true)
  return () => {
    document.removeEventListener("keydown", onKey, true)
    document.removeEventListener("mousedown", onDown, true)
    document.removeEventListener("mouseup", onUp, true)
  }
}
"""


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    return st.components.v2.component("strata_gestures", js=_SCRIPT)


def listen(clicked: Callable[[tuple[float, float]], None], *, something: bool) -> None:
    """Listen in the browser; `something` says whether there is anything to take back.

    `clicked` is told the place of the point that was clicked on the map.
    """

    def tell() -> None:
        at = (st.session_state.get("gestures") or {}).get("clicked")
        if at:
            clicked((float(at[0]), float(at[1])))

    _component()(
        data={"something": something, "told": view.without_webgl()},
        key="gestures",
        height=1,
        on_none_change=_without,
        on_everyone_change=view.everyone,
        on_clicked_change=tell,
    )


def _without() -> None:
    view.note_no_webgl()
