"""Selected: beside the map, the segments to look at, or the customers just selected on it."""

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from pages._shared import cachedprofiles, charts, consent, driverlist, figures, marking, rows, scatter, state, view
from pages._shared.look import chip, look, names
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, EvidenceItem
from segment_core.exporting import segments_csv, withheld
from segment_core.profiles import compare
from segment_core.study import Study

MOST_DRIVERS = 8


def beside(study: Study, clustering: Clustering) -> None:
    """Draw the legend-list of segments, or what is selected on the map."""
    mask = study.customers.frame.index.isin(state.selection())
    with st.container(height=scatter.HEIGHT + 76, border=False):
        if mask.any():
            _selection(study, clustering, mask)
        else:
            _legend(study, clustering)


def chosen(clustering: Clustering) -> int:
    """Return the place of the segment being looked at; the largest where none was chosen."""
    ids = [segment.id for segment in clustering.segments]
    looked_at = view.segment()
    return ids.index(looked_at) if looked_at in ids else 0


def _legend(study: Study, clustering: Clustering) -> None:
    st.caption(t("Choose a segment to read its profile below, or draw round customers on the map to see who they are."))
    total, titles = len(study.customers), names(study)
    places = list(range(clustering.n_segments))
    st.radio(
        t("Segments"),
        places,
        index=chosen(clustering),
        format_func=lambda place: f"{chip(place)} {plain(titles[place])}",
        captions=[
            t("{id} · {n:,} customers · {share}", id=segment.id, n=segment.size, share=f"{segment.size / total:.1%}")
            for segment in clustering.segments
        ],
        label_visibility="collapsed",
        key="legend",
        on_change=_choose,
        args=(clustering,),
    )


def _choose(clustering: Clustering) -> None:
    view.choose_segment(clustering.segments[st.session_state["legend"]].id)


def _selection(study: Study, clustering: Clustering, mask: NDArray[np.bool_]) -> None:
    n, total = int(mask.sum()), len(mask)
    with st.grid(2):
        st.metric(t("Selected customers"), f"{n:,}", border=True)
        st.metric(t("Share of all"), f"{n / total:.1%}", border=True)
    with st.container(horizontal=True):
        ids = study.customers.frame.index[mask].tolist()
        marking.button(study, ids, "selection")
        st.download_button(
            t("Download CSV"),
            data=lambda study=study, ids=ids: segments_csv(study, only=ids),
            file_name="selection.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="selection_csv",
        )
        st.button(t("Clear selection"), icon=":material/close:", key="clear", on_click=view.select, args=((),))
    consent.tell_withheld(withheld(study.customers, only=ids))
    apart, mix, people = st.tabs([t("What sets them apart"), t("Segments"), t("Customers")], key="selection_tabs")
    with apart:
        _differences(compare(study.customers, mask, cachedprofiles.prepared(study)))
    with mix:
        _mix(study, clustering, mask)
    with people:
        _rows(study, mask)


def _differences(items: tuple[EvidenceItem, ...]) -> None:
    found = sorted((item for item in items if item.direction in ("over", "under")), key=lambda item: -abs(item.effect))
    if not found:
        st.caption(t("Nothing sets these customers clearly apart from the others."))
        return
    found = found[:MOST_DRIVERS]
    driverlist.draw(found, colour=look().palette[0], key="selection_drivers", alt=t("Differences from everyone"))
    st.caption(t("Against all customers: to the right they have more of it, to the left less."))


def _mix(study: Study, clustering: Clustering, mask: NDArray[np.bool_]) -> None:
    counts = np.bincount(clustering.labels[mask], minlength=clustering.n_segments)
    titles, n = names(study), int(mask.sum())
    told = [f"{name}: {count:,} ({count / n:.0%})" for name, count in zip(titles, counts, strict=True)]
    rows = {t("Segment"): titles, t("Customers"): counts, t("Share"): counts / n}
    figures.draw(
        charts.sizes(counts.tolist(), told, look()),
        pd.DataFrame(rows),
        key="selection_mix",
        alt=t("Selected customers by segment"),
        formats={t("Share"): st.column_config.NumberColumn(format="percent")},
    )


def _rows(study: Study, mask: NDArray[np.bool_]) -> None:
    found, formats = rows.table(study, mask)
    st.dataframe(found, height=330, column_config=formats, key="selection_rows", alt=t("Selected customers"))
    if len(found) < mask.sum():
        st.caption(t("The first {n:,} are shown; the CSV has them all.", n=len(found)))
