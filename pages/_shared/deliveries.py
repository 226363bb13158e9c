"""Deliveries: which customers and columns go into which file, what to mind, and the file itself."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from pages._shared import cached, cacheddeliveries, consent, jobs, labels, look, state
from pages._shared.words import language, plain, t, tell
from segment_core import delivering
from segment_core.artifacts import Clustering
from segment_core.delivering import MIMES, MOST_HASHED, Delivery
from segment_core.exporting.anonymity import advice
from segment_core.exporting.presets import PRESETS, guess
from segment_core.study import Study

EXPORT = "segment_core.delivering:export"
AT_ONCE = 50_000
"""Customers up to whom a plain file is made when it is clicked, in half a second; longer work is the worker's."""
SLOW = {"reasons": 5, "recommended": 2, "labels": 1}
WIDTH, HASHES = 8, 20
"""How many times as long a file takes: with so many more columns twice, with reasons six times."""
FORMATS = {"csv": "CSV", "parquet": "Parquet", "excel": "Excel"}


def customers(study: Study, clustering: Clustering) -> Delivery:
    """Ask which customers, and return what was asked so far."""
    names = dict(zip((segment.id for segment in clustering.segments), look.names(study), strict=True))
    sizes = {segment.id: segment.size for segment in clustering.segments}
    names |= {cached.GROUP + group.name: group.name for group in study.groups}
    sizes |= {cached.GROUP + group.name: len(group.customers) for group in study.groups}
    selected = state.selection()
    only = None
    if selected and st.toggle(
        t("Only the {n:,} customers selected on Explore", n=len(selected)), key="export_selection"
    ):
        only = tuple(selected)
    chosen = st.multiselect(
        t("Segments, and your own") if study.groups else t("Segments"),
        list(names),
        format_func=lambda segment: f"{names[segment]} · {sizes[segment]:,}",
        placeholder=t("All segments"),
        help=t("Customers of any of them go into the file, each once.") if study.groups else None,
        key="export_segments",
        persist_state="session",
        disabled=only is not None,
    )
    entry = state.study_entry()
    return Delivery(
        language=language(),
        study=entry.name if entry else "",
        version=entry.version if entry else 0,
        segments=tuple(name for name in chosen if not name.startswith(cached.GROUP)),
        groups=tuple(name.removeprefix(cached.GROUP) for name in chosen if name.startswith(cached.GROUP)),
        only=only,
    )


def file(study: Study, asked: Delivery) -> Delivery:
    """Ask what the file is for, its columns and its format."""
    preset = st.selectbox(
        t("What the file is for"),
        list(PRESETS),
        format_func=lambda name: tell(PRESETS[name].label),
        key="export_preset",
        persist_state="session",
    )
    st.caption(tell(PRESETS[preset].when))
    asked = replace(asked, preset=preset)
    if preset in ("email", "google", "meta"):
        asked = _addresses(study, asked)
    if preset in ("table", "email"):
        asked = _columns(study, asked)
    form = st.segmented_control(
        t("Format"), list(FORMATS), default="csv", format_func=FORMATS.__getitem__, required=True, key="export_format"
    )
    if form != "csv" or preset in ("google", "meta"):  # platforms want no mark at the start
        return replace(asked, format=form)
    bom = st.toggle(
        t("For Excel"),
        value=True,
        help=t("Adds a mark at the start of the file that lets Excel read accents and Chinese."),
        key="export_bom",
        persist_state="session",
    )
    return replace(asked, bom=bom)


def _columns(study: Study, asked: Delivery) -> Delivery:
    columns = st.multiselect(
        t("Columns of yours to add"),
        [column.name for column in study.customers.columns if column.name != study.customers.id_name],
        placeholder=t("None"),
        help=t("Segment, its name, how clearly a customer belongs, and the band are always there."),
        key="export_columns",
        persist_state="session",
    )
    marked = labels.ask(study)
    reasons = study.features is not None and st.toggle(
        t("Why each customer is here"),
        help=t("Adds up to three facts that put the customer into this segment and not into the nearest other one."),
        key="export_reasons",
        persist_state="session",
    )
    recommended = study.recommendations is not None and st.toggle(
        t("What fits each customer"),
        help=t("Adds what is recommended on the Campaigns page, the best first, and why the first of it fits."),
        key="export_recommended",
        persist_state="session",
    )
    return replace(
        asked, columns=tuple(columns), labels=tuple(marked), reasons=bool(reasons), recommended=bool(recommended)
    )


def _addresses(study: Study, asked: Delivery) -> Delivery:
    names = [column.name for column in study.customers.columns if column.role not in ("consent", "suppression")]
    kinds = {"email": t("Column with email addresses")}
    if asked.preset != "email":
        kinds["phone"] = t("Column with phone numbers")
    found: Mapping[str, str] = {
        what: st.selectbox(
            label,
            ["", *names],
            index=["", *names].index(guess(study.customers, what)),
            format_func=lambda name: name or t("None"),
            key=f"export_{what}",
        )
        for what, label in kinds.items()
    }
    asked = replace(asked, **{what: name or None for what, name in found.items()})
    if found.get("phone"):
        country = st.text_input(
            t("Country of numbers without one"),
            placeholder="DE",
            max_chars=2,
            help=t("Two letters. Numbers whose country is not known are left out."),
            key="export_country",
        )
        asked = replace(asked, country=(country or "").strip().upper())
    return asked


def who(study: Study, asked: Delivery) -> Delivery:
    """Say who stays out of the file and how many are in it; ask whether everybody goes in, where that may be."""
    version = state.study_version()
    _, n, withheld, notes = cacheddeliveries.preview(*version, asked)
    if asked.preset == "table":
        everybody = consent.ask(study, withheld[0] if withheld else None)
        if everybody:
            asked = replace(asked, everybody=True)
            _, n, _, notes = cacheddeliveries.preview(*version, asked)
    else:
        for note in withheld:
            consent.tell_withheld(note)
    if asked.preset in ("google", "meta") and n > MOST_HASHED:
        st.caption(t("Customers in the file: at most {n:,}", n=n))
    else:
        st.caption(t("Customers in the file: {n:,}", n=n))
    for note in notes:
        st.warning(plain(tell(note.message)), icon=":material/group_off:")
    return asked


def shown(asked: Delivery) -> None:
    """Show the first ten rows, and by which columns customers could be recognised."""
    version = state.study_version()
    st.dataframe(
        cacheddeliveries.preview(*version, asked)[0],
        key="export_preview",
        hide_index=True,
        alt=t("First ten rows of the file"),
    )
    st.caption(t("The first ten rows, as they will be written."))
    found = advice(cacheddeliveries.recognisable(*version, asked)) if asked.columns else None
    if found is not None:
        st.warning(
            plain(tell(found)), icon=":material/fingerprint:", title=t("Before this file leaves your organisation")
        )


def download(study: Study, asked: Delivery) -> None:
    """Draw the button that makes the file: at once, or in the worker where it is long."""
    n = cacheddeliveries.preview(*state.study_version(), asked)[1]
    work = n * (1 + len(asked.columns) / WIDTH + sum(weight for name, weight in SLOW.items() if getattr(asked, name)))
    work *= HASHES if asked.preset in ("google", "meta") else 1
    label = t("Download segments") if asked.preset == "table" else t("Download file")
    if work > AT_ONCE:
        st.button(
            t("Prepare the file"),
            type="primary",
            icon=":material/download:",
            key="prepare_segments",
            disabled=jobs.busy(),
            on_click=jobs.start,
            args=(EXPORT, {"study": state.study_id(), "delivery": asked.to_json()}),
        )
        return
    st.download_button(
        label,
        data=partial(_made, study, asked),
        file_name=asked.file_name,
        mime=MIMES[asked.format],
        type="primary",
        icon=":material/download:",
        key="download_segments",
        disabled=n == 0,
        on_click="ignore",
    )


def ready() -> None:
    """List files that the worker has written, to save or to delete."""
    workspace = state.workspace()
    delivering.clean(workspace)
    files = delivering.kept_files(workspace, state.study_id() or "")
    if not files:
        return
    entry = state.study_entry()
    version = entry.version if entry else 0
    st.subheader(t("Files that are ready"))
    for found in files:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                t("{name} · {n:,} customers", name=plain(found.name), n=found.n_rows),
                data=found.path.read_bytes,
                file_name=found.name,
                icon=":material/download:",
                key=f"ready_{found.id}",
                on_click="ignore",
            )
            if found.version and found.version != version:
                st.markdown(t("of version {n}; the study has changed since", n=found.version), width="content")
            st.button(
                t("Delete"),
                icon=":material/delete:",
                key=f"delete_{found.id}",
                on_click=delivering.delete,
                args=(workspace, found.id),
            )
        for message in found.withheld:
            st.caption(f":material/shield_person: {plain(tell(message))}")
    st.caption(t("They are deleted after a day."))


def _made(study: Study, asked: Delivery) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / asked.file_name
        delivering.deliver(study, asked, path)
        return path.read_bytes()
