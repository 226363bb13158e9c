"""Take the segments along: a CSV of customers, and the study's plan, personas and scores as JSON."""

from functools import partial

import streamlit as st

from pages._shared import cached, capsuleform, consent, frame, labels, look, outgoing, reportform, state
from pages._shared.state import require
from pages._shared.words import t
from segment_core.exporting import segments_csv

actions = frame.head(t("Export"))
study = require("study", frame.DATA)
clustering = require("clustering", frame.SEGMENTS)
names = dict(zip((segment.id for segment in clustering.segments), look.names(study), strict=True))
version = state.study_version()
sizes = {segment.id: segment.size for segment in clustering.segments}
sizes |= {cached.GROUP + group.name: len(group.customers) for group in study.groups}
names |= {cached.GROUP + group.name: group.name for group in study.groups}

left, right = st.columns([2, 3], gap="large")
with left:
    segments = st.multiselect(
        t("Segments, and your own") if study.groups else t("Segments"),
        list(names),
        format_func=lambda segment: f"{names[segment]} · {sizes[segment]:,}",
        placeholder=t("All segments"),
        help=t("Customers of any of them go into the file, each once.") if study.groups else None,
        key="export_segments",
        persist_state="session",
    )
    columns = st.multiselect(
        t("Columns of yours to add"),
        [column.name for column in study.customers.columns if column.name != study.customers.id_name],
        placeholder=t("None"),
        help=t("Segment, its name, how clearly a customer belongs, and the band are always there."),
        key="export_columns",
        persist_state="session",
    )
    marked = labels.ask(study)
    bom = st.toggle(
        t("For Excel"),
        value=True,
        help=t("Adds a mark at the start of the file that lets Excel read accents and Chinese."),
        key="export_bom",
        persist_state="session",
    )
    note = cached.withheld(*version, tuple(segments))
    everybody = consent.ask(study, note)
    only = cached.customers_in(*version, tuple(segments))
    n_customers = len(study.customers) if only is None else len(only)
    if note is not None and not everybody:
        n_customers -= note.count
    st.caption(t("Customers in the file: {n:,}", n=n_customers))

with actions:
    st.download_button(
        t("Download segments"),
        data=partial(
            segments_csv,
            study,
            columns=columns,
            only=only,
            more=labels.columns(marked),
            bom=bom,
            consent=not everybody,
        ),
        file_name="segments.csv",
        mime="text/csv",
        type="primary",
        icon=":material/download:",
        key="download_segments",
        on_click="ignore",
    )
with right:
    st.dataframe(
        cached.export_preview(*version, tuple(segments), tuple(columns), labels=tuple(marked), consent=not everybody),
        key="export_preview",
        hide_index=True,
        alt=t("First ten rows of the file"),
    )
    st.caption(t("The first ten rows, as they will be written."))

st.subheader(t("The rest of the study"))
outgoing.documents(study)
capsuleform.download(study)
reportform.draw(study)
