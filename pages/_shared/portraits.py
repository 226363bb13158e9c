"""Portraits: a segment in its strongest facts, drawn instead of a face that nobody has."""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import east_asian_width

import plotly.graph_objects as go
import streamlit as st

from pages._shared import charts, driverlist, figures, portraitcharts
from pages._shared import evidence as shown
from pages._shared.look import look, names
from pages._shared.words import t
from segment_core.artifacts import EvidenceItem
from segment_core.study import Study

SHORT, LONG = 4, 6
ROOM = 28
"""Letters of a fact's name that a portrait shows."""


def facts(study: Study, segment: str, most: int) -> list[EvidenceItem]:
    """Return a segment's strongest facts, one a column first, with the most of it on top and the least below."""
    found = shown.drivers(study, segment)
    first = [item for place, item in enumerate(found) if item.column not in {other.column for other in found[:place]}]
    rest = [item for item in found if item not in first]
    return sorted([*first, *rest][:most], key=lambda item: -item.effect)


def short(study: Study, number: int) -> None:
    """Draw the few facts of a card, without a table of its own."""
    items, segment = _items(study, number, SHORT)
    if not items:
        st.caption(t("Nothing sets this segment clearly apart."))
        return
    key = f"portrait.{segment}"
    st.plotly_chart(
        _figure(study, items, number, rows=SHORT), key=key, config=figures.picture(key), alt=_alt(study, number, items)
    )


def full(study: Study, number: int) -> None:
    """Draw a segment's portrait with its numbers as a table, a picture and a file."""
    items, segment = _items(study, number, LONG)
    st.markdown(f"**{t('Beside the average customer')}**")
    if not items:
        st.caption(t("Nothing sets this segment clearly apart."))
        return
    figures.draw(
        _figure(study, items, number),
        driverlist.rows(items),
        key=f"portrait.full.{segment}",
        alt=_alt(study, number, items),
        formats=driverlist.formats(),
    )
    how()


def how() -> None:
    """Say how to read a portrait."""
    st.caption(
        t("To the right: more, or more often, than the average customer. To the left, outlined: less, or less often."),
        help=t(
            "The length is the effect size against all other customers, on one scale for all segments: Cliff's delta "
            "for numbers and dates, Cohen's h for shares. Only differences that could not be chance are drawn."
        ),
    )


def table(study: Study, numbers: Sequence[int]) -> None:
    """Draw what several portraits show as one table."""
    titles = names(study)
    rows = [
        {t("Segment"): titles[number]} | row
        for number in numbers
        for row in driverlist.rows(_items(study, number, SHORT)[0])
    ]
    if rows:
        figures.twin(rows, key="portraits", alt=t("The portraits in numbers"), formats=driverlist.formats())


def _items(study: Study, number: int, most: int) -> tuple[list[EvidenceItem], str]:
    assert study.clustering is not None  # there are no personas without segments
    segment = study.clustering.segments[number].id
    return facts(study, segment, most), segment


def _figure(study: Study, items: Sequence[EvidenceItem], number: int, rows: int = 0) -> go.Figure:
    found = look()
    everything = study.evidence.items if study.evidence else ()
    reach = max((abs(item.effect) for item in everything if item.kind not in ("term", "quote")), default=1.0)
    figure = portraitcharts.portrait(
        [item.effect for item in items],
        [shown.figure(replace(item, label=_short(item.label))) for item in items],
        found.colour(number),
        found,
        reach=reach,
        rows=rows,
    )
    figure.update_traces(hovertext=[charts.shown(shown.figure(item), 160) for item in items])
    return figure


def _short(label: str) -> str:
    """Shorten a label so that the figure behind it has room in a card: a column and its category each a part of it."""
    column, equals, category = label.partition(" = ")
    if not equals:
        return _cut(column, ROOM)
    return f"{_cut(column, max(ROOM // 2, ROOM - len(category)))}{equals}{_cut(category, ROOM // 2)}"


def _cut(text: str, room: int) -> str:
    for kept, sign in enumerate(text):
        room -= 2 if east_asian_width(sign) in "FW" else 1  # a Chinese sign is two letters wide
        if room < 0:
            return text[: max(1, kept - 1)].rstrip() + "…"
    return text


def _alt(study: Study, number: int, items: Sequence[EvidenceItem]) -> str:
    said = "; ".join(shown.figure(item) for item in items)  # an alternative text is read as it is: it is no markdown
    return t("Portrait of {name}: {facts}", name=names(study)[number], facts=said)
