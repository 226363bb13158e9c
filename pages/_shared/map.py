"""Map: the customers as points or a picture, coloured as asked, with a lasso whose selection outlives the drawing."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from pages._shared import cachedmap, colouring, density, maplabels, rows, scatter, state, view
from pages._shared.colouring import SEGMENT, SELECTED, Colours
from pages._shared.look import look, names, ramp
from pages._shared.words import language, plain, t
from segment_core.artifacts import Clustering, Projection
from segment_core.study import Study

MOST_NAMED = 6  # more names would hide the points; the ids stand in the list beside the map
AUTOMATIC, POINTS, PICTURE = "automatic", "points", "picture"
CONFIG = {
    "scrollZoom": True,
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtonsToRemove": ["toImage", "autoScale2d", "zoomIn2d", "zoomOut2d"],
}


def take(study: Study, projection: Projection) -> None:
    """Take what was drawn on the map since the page was shown, before anything else is shown."""
    event = st.session_state.get("map") or {}
    drawn = scatter.drawn_on(event.get("selection") or {})
    if not view.is_new(drawn):
        return
    inside = np.zeros(len(projection.points), dtype=bool)
    for outline in drawn:
        inside |= scatter.within(projection.points, outline)
    if not inside.any():
        st.toast(
            t("Nobody is inside this outline. Double-click the map to see everyone."), icon=":material/lasso_select:"
        )
    view.select_rows(study.customers.frame.index, inside, drawn)


def lit(study: Study, clustering: Clustering) -> NDArray[np.bool_] | None:
    """Return which customers stand out on the map: those selected, else the segment looked at, else None for all."""
    if (chosen := view.rows(study.customers.frame.index)).any():
        return chosen
    ids = [segment.id for segment in clustering.segments]
    return clustering.labels == ids.index(view.segment()) if view.segment() in ids else None


def draw(study: Study, projection: Projection, clustering: Clustering) -> None:
    """Draw the map and the choices above it."""
    colour, hover, drawing = _ask(study)
    version, points, bright = state.study_version() or ("", "", 0), projection.points, lit(study, clustering)
    if colour == SELECTED:
        inside = view.rows(study.customers.frame.index)
        found = colouring.in_or_out(inside, t("Selected"), t("Not selected"))
    else:
        found = cachedmap.colours(*version, colour, language())
    kind = _kind(len(points), drawing)
    if kind == PICTURE:
        chart = _picture(study, version, colour, found, bright)
    else:
        lines = cachedmap.lines(*version, tuple(hover), language())
        shapes = kind != POINTS
        chart = scatter.figure(points, found.layers, lines, look(), lit=bright, dates=found.dates, shapes=shapes)
    span = scatter.extent(points)
    titles = names(study)
    placed = maplabels.place(_labels(clustering, titles, version), span, None if bright is None else points[bright])
    st.plotly_chart(
        scatter.finish(
            chart,
            span,
            look(),
            annotations=[maplabels.annotation(label, look()) for label in placed],
            outlines=view.outlines(),
            ring=_ring(study, points),
            legend=found.legend,
        ),
        height=scatter.HEIGHT,
        key="map",
        on_select=view.forget_seen,
        selection_mode=("lasso", "box"),
        config=CONFIG,
        alt=t("Map of the customers, coloured by {what}", what=colouring.offered(study)[colour]),
    )
    outliers = colour == SEGMENT and any(layer.faint for layer in found.layers)
    _explain(projection, len(points), kind, found, outliers=outliers)


def table(study: Study, clustering: Clustering) -> None:
    """Show the customers as a table where there is no map: those who would stand out on it, or all."""
    st.caption(t("There is no map of these customers; here they are as a table."))
    bright = lit(study, clustering)
    found, formats = rows.table(study, np.ones(len(study.customers), dtype=bool) if bright is None else bright)
    st.dataframe(found, height=scatter.HEIGHT, column_config=formats, key="map_table", alt=t("Customers"))


def clicked(at: tuple[float, float]) -> None:
    """Look at the customer at this place, and at their segment."""
    study = state.study()
    if study is None or study.projection is None or study.clustering is None:
        return
    points = study.projection.points
    if _kind(len(points), st.session_state.get("map_drawing")) == PICTURE:
        return  # nobody in particular was clicked
    row = scatter.nearest(points, at)
    view.choose_segment(study.clustering.segments[int(study.clustering.labels[row])].id)
    view.look_at(str(study.customers.frame.index[row]))


def _ask(study: Study) -> tuple[str, list[str], str]:
    titles, known = colouring.offered(study), [column.name for column in colouring.columns(study)]
    many = len(study.customers) > scatter.MOST_POINTS
    left, middle, right = st.columns([6, 8, 3], vertical_alignment="bottom")
    with left:
        if st.session_state.get("map_colour") not in (None, *titles):
            # A custom segment or label that was renamed or deleted; only a value set anew is shown by the browser.
            st.session_state["map_colour"] = SEGMENT
        colour = st.selectbox(
            t("Colour by"), list(titles), format_func=titles.__getitem__, key="map_colour", persist_state="session"
        )
    with middle:
        hover = st.multiselect(
            t("Show under the pointer"),
            known,
            default=_telling(study, known),
            max_selections=4,
            disabled=len(study.customers) > scatter.MOST_HOVERS,
            key="map_hover",
        )
    with right, st.popover(t("Drawing"), icon=":material/brush:", width="stretch", key="map_drawing_menu"):
        drawing = st.radio(
            t("How the map is drawn"),
            [AUTOMATIC, POINTS, PICTURE],
            format_func={AUTOMATIC: t("Automatic"), POINTS: t("Points (WebGL)"), PICTURE: t("Picture")}.__getitem__,
            disabled=many,
            help=t(
                "Choose the picture where the map stays grey: your browser then has no WebGL. Above {most:,} customers "
                "the map is always a picture.",
                most=scatter.MOST_POINTS,
            ),
            key="map_drawing",
            persist_state="session",
        )
    return colour or SEGMENT, hover, drawing or AUTOMATIC


def _telling(study: Study, known: Sequence[str]) -> list[str]:
    """Return the three columns that most often set segments apart."""
    items = study.evidence.items if study.evidence else ()
    counts = Counter(item.column for item in items if item.direction in ("over", "under") and item.column in known)
    return [name for name, _ in counts.most_common(3)] or list(known[:3])


def _kind(n: int, drawing: str | None) -> str:
    """Return how so many customers are drawn: as points, as shapes where there is no WebGL, or as a picture."""
    if n > scatter.MOST_POINTS:
        return PICTURE
    if drawing == POINTS or (drawing != PICTURE and not view.without_webgl()):
        return POINTS
    return "shapes" if n <= scatter.MOST_DRAWN else PICTURE


def _picture(
    study: Study, version: tuple[str, str, int], colour: str, found: Colours, bright: NDArray[np.bool_] | None
) -> go.Figure:
    where, steps = cachedmap.cells(*version), ramp()
    if colour == SELECTED:
        everybody = density.tones(where, found.layers, steps)
    else:
        everybody = cachedmap.tones(*version, colour, language(), ramp=steps)
    shining = None if bright is None else density.tones(where, found.layers, steps, bright)
    address, places = density.address(density.pixels(everybody, shining)), cachedmap.places(*version)
    titles = names(study)
    told = [
        t("About here: {n:,} customers", n=int(n)) + f"<br>{scatter.shown(titles[leading], 40)}: {share:.0%}"
        for n, leading, share in zip(places.counts, places.leading, places.shares, strict=True)
    ]
    span = scatter.extent(study.projection.points) if study.projection else (0.0, 1.0, 0.0, 1.0)
    return scatter.picture(span, address, found.layers, scatter.Hovers(places.points, told), look(), dates=found.dates)


def _labels(clustering: Clustering, titles: Sequence[str], version: tuple[str, str, int]) -> list[maplabels.Label]:
    many = len(titles) > MOST_NAMED
    return [
        maplabels.Label(segment.id if many else title, segment.id, float(x), float(y), look().colour(number))
        for number, (segment, title, (x, y)) in enumerate(
            zip(clustering.segments, titles, cachedmap.anchors(*version), strict=True)
        )
    ]


def _ring(study: Study, points: NDArray[np.floating]) -> tuple[float, float] | None:
    customer = view.customer()
    if customer is None or customer not in study.customers.frame.index:
        return None
    x, y = points[study.customers.frame.index.get_loc(customer)]
    return float(x), float(y)


def _explain(projection: Projection, n: int, kind: str, found: Colours, *, outliers: bool) -> None:
    method: dict[str, Any] = {
        "umap": t("Neighbours on the map are alike; distances across it mean little (UMAP)."),
        "pca": t("The two directions in which customers differ most (PCA)."),
    }
    notes = [
        method.get(projection.made_by.name, plain(projection.made_by.name)),
        t(
            "Trustworthiness {value}: at 1, all neighbours on the map are neighbours in truth.",
            value=f"{projection.trustworthiness:.2f}",
        ),
        t("Segments were found among all features, not on this picture."),
    ]
    if outliers:
        notes.append(t("Grey: outliers, who are unlike the rest of their segment."))
    if kind == PICTURE:
        notes.append(t("A picture of all {n:,} customers: denser where they are more.", n=n))
        notes.append(_meaning(found))
        notes.append(t("Draw round them to select; every one counts."))
    if view.without_webgl():
        notes.append(t("Your browser has no WebGL, so the map is drawn without it."))
    st.caption(" ".join(notes))


def _meaning(found: Colours) -> str:
    """Say what the colour of a place in the picture is."""
    if any(not isinstance(layer.colour, str) for layer in found.layers):
        return t("A place has the colour of the mean there.")
    if len([layer for layer in found.layers if not layer.faint]) == 2:
        return t("A place has both colours mixed by their shares.")
    return t("A place has the colour of most who are there.")
