"""Heat map: all segments by the facts that differ most, each cell a way to its customers and their profile."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages._shared import cachedprofiles, figures, heatcharts, view
from pages._shared import evidence as shown
from pages._shared.look import look, names
from pages._shared.words import t
from segment_core.artifacts import Clustering, EvidenceItem
from segment_core.profiles.overview import strength, telling
from segment_core.study import Study

KEY = "heat"


def draw(study: Study, clustering: Clustering) -> None:
    """Draw the heat map of segments and features."""
    compared = cachedprofiles.compared(study)
    labels = telling(compared)
    if not labels:
        st.caption(t("No fact tells the segments apart clearly enough to be shown."))
        return
    titles = names(study)
    found = [{item.label: item for item in items} for items in compared]
    everyone = [next(items[label] for items in found if label in items) for label in labels]
    figure = heatcharts.heat(
        titles,
        labels,
        [[strength(items[label]) if label in items else None for label in labels] for items in found],
        [[_cell(items.get(label)) for label in labels] for items in found],
        [
            [_hover(items.get(label), title, label) for label in labels]
            for items, title in zip(found, titles, strict=True)
        ],
        everyone=(t("Everyone"), [_short(item, item.base) for item in everyone]),
        look=look(),
    )
    columns = [item.column for item in everyone]
    figures.draw(
        figure,
        _rows(found, titles, labels),
        key=KEY,
        alt=t("Segments by the facts that differ most"),
        formats={
            t("Effect size"): st.column_config.NumberColumn(format="%+.2f"),
            t("Strength"): st.column_config.NumberColumn(format="%+.2f"),
        },
        on_select=lambda: _clicked(study, clustering, columns),
        selection_mode="points",
    )
    st.caption(
        t(
            "Each field shows what is typical of the segment: a share, a median or a mean; its colour says how far "
            "that is below or above everyone. A blank field rests on too few customers. Click a field to select the "
            "segment's customers and to see how the values are spread."
        ),
        help=t(
            "The colour is the effect size against all other customers: Cliff's delta for numbers and dates, Cohen's h "
            "times 2/π for shares, so that both reach from -1 to 1."
        ),
    )


def _clicked(study: Study, clustering: Clustering, columns: Sequence[str]) -> None:
    """Select the customers of the clicked cell's segment, and open its profile at the cell's column."""
    event: Any = st.session_state.get(KEY) or {}
    points = event.get("selection", {}).get("points", [])
    place = next((point["customdata"] for point in points if point.get("customdata")), None)
    if place is not None:
        segment, fact = int(place[0]), int(place[1])
        look_at(study, clustering, segment, columns[fact])


def look_at(study: Study, clustering: Clustering, number: int, column: str = "") -> None:
    """Select the customers of a segment, and open its profile, at a column if one is named."""
    segment = clustering.segments[number].id
    view.select(study.customers.frame.index[clustering.labels == number].tolist())
    view.choose_segment(segment)
    if column:
        st.session_state[f"profile_column.{segment}"] = column


def _cell(item: EvidenceItem | None) -> str:
    return "" if item is None else _short(item, item.value)


def _short(item: EvidenceItem, value: float | None) -> str:
    if value is None:
        return ""
    if item.unit == "%":
        return f"{value:.0%}"
    if item.kind == "date":
        return shown.value(item, value)[:7]
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= limit:
            return f"{value / (1e3 if unit == 'k' else limit):.3g}{unit}"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def _hover(item: EvidenceItem | None, segment: str, label: str) -> str:
    if item is None:
        return t("{segment}, {fact}: too few customers", segment=segment, fact=label)
    text = t(
        "{segment}, {fact}: {value}, everyone {base}; effect size {effect}",
        segment=segment,
        fact=label,
        value=shown.value(item, item.value),
        base=shown.value(item, item.base),
        effect=f"{item.effect:+.2f}",
    )
    return f"{text} · {t('no clear difference')}" if item.direction == "same" else text


def _rows(
    found: Sequence[dict[str, EvidenceItem]], titles: Sequence[str], labels: Sequence[str]
) -> list[dict[str, Any]]:
    rows = []
    for items, title in zip(found, titles, strict=True):
        for label in labels:
            item = items.get(label)
            rows.append(
                {
                    t("Segment"): title,
                    t("Fact"): label,
                    t("Value"): "" if item is None else shown.value(item, item.value),
                    t("All customers"): "" if item is None else shown.value(item, item.base),
                    t("Effect size"): None if item is None else item.effect,
                    t("Strength"): None if item is None else strength(item),
                    t("Customers counted"): 0 if item is None else item.n,
                }
            )
    return rows
