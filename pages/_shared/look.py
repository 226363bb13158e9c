"""Look: the theme's colours for charts and chips, so that a segment has one colour and one name everywhere."""

import streamlit as st

from pages._shared import view
from pages._shared.charts import SYMBOLS, Look
from segment_core.study import Study

# Streamlit swaps these for the theme's own colours in the browser, also when the theme is changed there: the
# page's ground, its ink, and the sequential scale without its first steps, which fade into the ground.
GROUND, INK = "#000038", "#000037"
RAMP = ("#000013", "#000014", "#000015", "#000016", "#000017", "#000018", "#000019", "#000020")
# The theme's diverging scale from end to end: light and dark both have their strongest colours at the ends.
DIVERGING = (
    "#000021",
    "#000022",
    "#000023",
    "#000024",
    "#000025",
    "#000026",
    "#000027",
    "#000028",
    "#000029",
    "#000030",
)
SHAPES = dict(zip(SYMBOLS, "●◆■▲", strict=True))


def look() -> Look:
    """Return the theme's colours; the ten of the segments are the same in light and dark."""
    palette = tuple(st.get_option("theme.chartCategoricalColors"))
    return Look(palette, RAMP, GROUND, INK, DIVERGING, view.colours())


def swatch(place: int) -> str:
    """Return a place of the palette as a coloured mark."""
    return f':color[●]{{foreground="{look().palette[place]}"}}'


def ramp() -> tuple[str, ...]:
    """Return the ramp for numbers as real colours, for what is painted here and not in the browser."""
    mode = "dark" if st.context.theme.type == "dark" else "light"
    found = st.get_option(f"theme.{mode}.chartSequentialColors")
    return tuple(found[len(found) - len(RAMP) :])


def chip(segment: int) -> str:
    """Return a segment's coloured mark as markdown; its shape differs where colours repeat."""
    found = look()
    return f':color[{SHAPES[found.symbol(segment)]}]{{foreground="{found.colour(segment)}"}}'


def names(study: Study) -> tuple[str, ...]:
    """Return the segments' names in their order: the persona's name where there is one, else the id.

    An analyst may give two segments one name; then the ids tell them apart, as boxes send back what they show.
    """
    segments = study.clustering.segments if study.clustering else ()
    personas = {persona.segment: persona.name for persona in study.personas.personas} if study.personas else {}
    found = [personas.get(segment.id) or segment.id for segment in segments]
    return tuple(
        f"{name} ({segment.id})" if found.count(name) > 1 else name
        for name, segment in zip(found, segments, strict=True)
    )
