"""Selected: beside the map, the segments to look at, or the customers just selected on it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from pages._shared import (
    acting,
    cachedmap,
    charts,
    consent,
    driverlist,
    edits,
    figures,
    owngroups,
    rows,
    scatter,
    state,
    view,
)
from pages._shared.look import chip, look, names
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, EvidenceItem, Note
from segment_core.exporting import has_permissions, withheld
from segment_core.study import Study

MOST_DRIVERS, MOST_FACTS = 8, 8
EVERYONE = -1


def beside(study: Study, clustering: Clustering) -> Callable[[], None]:
    """Draw what is selected on the map: how many, and what can be done with them. Return what draws the rest.

    The rest takes longer with many customers, so that the map comes before it: what sets the selected apart,
    and always the list of segments.
    """
    mask = view.rows(study.customers.frame.index)
    panel = st.container(height=scatter.HEIGHT + 76, border=False, key="beside")
    if mask.any():
        n, total = int(mask.sum()), len(mask)
        with panel:
            with st.grid(2):
                st.metric(t("Selected customers"), f"{n:,}", border=True)
                st.metric(t("Share of all"), f"{n / total:.1%}", border=True)
            acting.bar(study, clustering, mask)
    return partial(_rest, study, clustering, mask, panel)


def chosen(clustering: Clustering) -> int:
    """Return the place of the segment being looked at; the largest where none was chosen."""
    return max(0, _looked_at(clustering))


def _rest(study: Study, clustering: Clustering, mask: NDArray[np.bool_], panel: DeltaGenerator) -> None:
    with panel:
        if mask.any():
            _selection(study, clustering, mask)
        elif study.projection is None:
            st.caption(t("Choose a segment to see its customers."))
        else:
            st.caption(t("Choose a segment to light it up, or draw round customers on the map to see who they are."))
        _customer(study, clustering)
        _legend(study, clustering)
        owngroups.listed(study)
        edits.line(study)


def _looked_at(clustering: Clustering) -> int:
    ids = [segment.id for segment in clustering.segments]
    looked_at = view.segment()
    return ids.index(looked_at) if looked_at in ids else EVERYONE


def _legend(study: Study, clustering: Clustering) -> None:
    total, titles, now = len(study.customers), names(study), _looked_at(clustering)
    places = [EVERYONE, *range(clustering.n_segments)]
    if st.session_state.get("legend", now) != now:
        st.session_state["legend"] = now  # it was chosen elsewhere, such as by a click on the map
    st.radio(
        t("Segments"),
        places,
        index=places.index(now),
        format_func=lambda place: t("Everyone") if place < 0 else f"{chip(place)} {plain(titles[place])}",
        captions=[
            t("{n:,} customers", n=total),
            *(
                t(
                    "{id} · {n:,} customers · {share}",
                    id=segment.id,
                    n=segment.size,
                    share=f"{segment.size / total:.1%}",
                )
                for segment in clustering.segments
            ),
        ],
        label_visibility="collapsed",
        key="legend",
        on_change=_choose,
        args=(clustering,),
    )


def _choose(clustering: Clustering) -> None:
    place = st.session_state["legend"]
    view.look_at(None)
    if place < 0:
        view.everyone()
    else:
        view.choose_segment(clustering.segments[place].id)


def _customer(study: Study, clustering: Clustering) -> None:
    """Show the customer who was clicked on the map."""
    customer, index = view.customer(), study.customers.frame.index
    if customer is None or customer not in index:
        return
    row = int(index.get_loc(customer))
    number = int(clustering.labels[row])
    with st.container(border=True, key="customer_card", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/person: **{plain(customer)}**", width="stretch")
            st.button(t("Select"), type="tertiary", key="customer_select", on_click=view.select, args=((customer,),))
            st.button(
                "",
                icon=":material/close:",
                type="tertiary",
                help=t("Close"),
                key="customer_close",
                on_click=view.look_at,
                args=(None,),
            )
        told = [f"{chip(number)} {plain(names(study)[number])}"]
        told.append(t("Confidence {value}", value=f"{clustering.strengths[row]:.0%}"))
        st.markdown(" · ".join(told))
        mask = np.zeros(len(index), dtype=bool)
        mask[row] = True
        found, _ = rows.table(study, mask)
        facts = [(str(name), rows.texts(found[name])[0]) for name in found.columns[1:]]
        st.caption(" · ".join(f"{plain(name)}: **{plain(text)}**" for name, text in facts[:MOST_FACTS]))


def _selection(study: Study, clustering: Clustering, mask: NDArray[np.bool_]) -> None:
    consent.tell_withheld(_withheld(study, mask))
    titles = {"apart": t("What sets them apart"), "mix": t("Segments"), "people": t("Customers")}
    part = st.segmented_control(
        t("Show of the selection"),
        list(titles),
        default="apart",
        required=True,
        format_func=titles.__getitem__,
        key="selection_part",
        persist_state="session",
        label_visibility="collapsed",
    )
    if part == "mix":
        _mix(study, clustering, mask)
    elif part == "people":
        _rows(study, mask)
    else:
        _differences(cachedmap.compared(*(state.study_version() or ("", "", 0)), mask))


def _withheld(study: Study, mask: NDArray[np.bool_]) -> Note | None:
    if not has_permissions(study.customers):
        return None
    return withheld(replace(study.customers, frame=study.customers.frame.loc[mask]))


def _differences(items: tuple[EvidenceItem, ...]) -> None:
    found = sorted((item for item in items if item.direction in ("over", "under")), key=lambda item: -abs(item.effect))
    if not found:
        st.caption(t("Nothing sets these customers clearly apart from the others."))
        return
    found = found[:MOST_DRIVERS]
    alt = t("Differences from everyone")
    driverlist.draw(found, colour=look().palette[0], key="selection_drivers", alt=alt, first=t("Selected"))
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
