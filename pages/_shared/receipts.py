"""Receipts: which block of features decides, overall and for each segment, in bars, as a table and as CSV."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from pages._shared import figures, glossary
from pages._shared.fusioncharts import stacked
from pages._shared.look import SHAPES, look, names
from pages._shared.words import t
from segment_core.artifacts import Clustering
from segment_core.exporting.tables import as_csv
from segment_core.profiles.receipts import Receipt, Receipts, receipts
from segment_core.study import Study

MOST_OPEN = 10
OTHERS, NEAREST = "others", "nearest"


def draw(study: Study) -> None:
    """Draw who decides: each block's weight beside its part in the segments, then what sets each segment apart."""
    if study.features is None or study.clustering is None:
        return
    if study.clustering.n_segments < 2:
        st.caption(t("There is one segment only, so nothing sets segments apart."))
        return
    found = receipts(study.features, study.clustering)
    _overall(found)
    st.subheader(t("What sets each segment apart"))
    against = st.segmented_control(
        t("Compared with"),
        [OTHERS, NEAREST],
        default=OTHERS,
        required=True,
        format_func=lambda code: t("everybody else") if code == OTHERS else t("the nearest segment"),
        key="receipts_against",
    )
    _segments(study, study.clustering, found, nearest=against == NEAREST)
    _table(study, found)


def _overall(found: Receipts) -> None:
    blocks = list(found.weights)
    rows = [list(found.weights.values()), [found.deciding[name] for name in blocks]]
    words = [t("Weight: part of the distance between customers"), t("Decides: part of the distance between segments")]
    figure = stacked(words, [("", "")] * 2, rows, [glossary.block(name) for name in blocks], look())
    st.plotly_chart(
        figure,
        key="receipts_overall",
        config=figures.picture("receipts_overall"),
        alt=t("Weight of each block, and what it decides"),
    )
    st.caption(_verdict(found))


def _verdict(found: Receipts) -> str:
    if not any(found.deciding.values()):
        return t("The segments stand no further apart than chance would make them, so no block decides.")
    leader = max(found.deciding, key=lambda name: found.deciding[name])
    idle = [name for name, part in found.deciding.items() if part < 0.25 * found.weights[name]]
    said = t(
        "{block} decide most: {part} of what the segments are, with a weight of {weight}.",
        block=glossary.block(leader),
        part=f"{found.deciding[leader]:.0%}",
        weight=f"{found.weights[leader]:.0%}",
    )
    if not idle:
        return said
    listed = ", ".join(glossary.block(name) for name in idle)
    return said + " " + t("Hardly heard, for what they weigh: {blocks}.", blocks=listed)


def _segments(study: Study, clustering: Clustering, found: Receipts, *, nearest: bool) -> None:
    titles = dict(zip((segment.id for segment in clustering.segments), names(study), strict=True))
    _bars(found.segments[:MOST_OPEN], titles, found, nearest=nearest, first=0)
    rest = found.segments[MOST_OPEN:]
    if rest:
        with st.expander(
            t("Smaller segments: {n}", n=len(rest)), icon=":material/unfold_more:", key="receipts_smaller"
        ):
            _bars(rest, titles, found, nearest=nearest, first=MOST_OPEN)
    st.caption(
        t(
            "Read a bar as a bill: of all that sets the segment apart, this much is owed to each block. Distances of "
            "centres, squared; what chance would make is taken off, so that a block of noise gets nothing. The "
            "segments were cut by these blocks: this says what made them, not whether they are real."
        )
    )


def _bars(part: Sequence[Receipt], titles: Mapping[str, str], found: Receipts, *, nearest: bool, first: int) -> None:
    blocks, colours = list(found.weights), look()
    words, marks, rows = [], [], []
    for number, receipt in enumerate(part, start=first):
        shares = (receipt.from_nearest or {}) if nearest else receipt.shares
        title = titles[receipt.segment]
        if nearest:
            title = t("{segment}, from {nearest}", segment=title, nearest=titles.get(receipt.nearest, "–"))
        words.append(title if any(shares.values()) else t("{segment}: not apart", segment=title))
        marks.append((SHAPES[colours.symbol(number)], colours.colour(number)))
        rows.append([shares.get(name, 0.0) for name in blocks])
    figure = stacked(words, marks, rows, [glossary.block(name) for name in blocks], colours)
    alt = t("What sets each segment apart, by block")
    st.plotly_chart(
        figure, key=f"receipts_{first}_{nearest}", config=figures.picture(f"receipts_{first}_{nearest}"), alt=alt
    )


def _table(study: Study, found: Receipts) -> None:
    titles = dict(zip((receipt.segment for receipt in found.segments), names(study), strict=True))
    rows = []
    for receipt in found.segments:
        for from_nearest, shares in ((False, receipt.shares), (True, receipt.from_nearest or {})):
            other = titles.get(receipt.nearest, "") if from_nearest else t("everybody else")
            parts = {glossary.block(name): shares.get(name, 0.0) for name in found.weights}
            rows.append({t("Segment"): titles[receipt.segment], t("Compared with"): other} | parts)
    percent = {glossary.block(name): st.column_config.NumberColumn(format="percent") for name in found.weights}
    with st.expander(t("As a table"), icon=":material/table:", key="receipts_as_table"):
        st.dataframe(
            rows, hide_index=True, column_config=percent, key="receipts_table", alt=t("What sets each segment apart")
        )
        st.download_button(
            t("Download as CSV"),
            _csv(found),
            "receipts.csv",
            "text/csv",
            icon=":material/download:",
            key="receipts_csv",
            on_click="ignore",
        )


def _csv(found: Receipts) -> bytes:
    rows = [
        {"segment": "all", "compared_with": "weight"} | dict(found.weights),
        {"segment": "all", "compared_with": "each other"} | dict(found.deciding),
    ]
    for receipt in found.segments:
        rows.append({"segment": receipt.segment, "compared_with": "everybody else"} | dict(receipt.shares))
        if receipt.from_nearest is not None:
            rows.append({"segment": receipt.segment, "compared_with": receipt.nearest} | dict(receipt.from_nearest))
    return as_csv(pd.DataFrame(rows).round(4))
