"""Reading: what was detected in the file, and how to read it otherwise."""

import streamlit as st

from pages._shared import cached, glossary, state
from pages._shared.forms import ask
from pages._shared.words import duration, plain, t, tell
from segment_core.artifacts import Dialect, Note, Table
from segment_core.choices import options_to_json
from segment_core.errors import DataError
from segment_core.intake import ReadingOptions
from segment_core.store import Upload, default_folder

N_NOTES = 4
SEPARATORS = {",": ",", ";": ";", "|": "|", " ": "␣"}


def show_reading(upload: Upload) -> Table:
    """Draw what was detected and a form to read the file otherwise; return the file as read."""
    detected = st.container()
    plan = state.plan()
    table = cached.table(str(default_folder()), upload.id, upload.name, plan.reading)
    with st.expander(t("Read the file otherwise"), icon=":material/tune:", key="reading"):
        st.caption(t("What is left empty is detected. The page follows as you choose."))
        with st.container(horizontal=True):
            options = ask(ReadingOptions, key=f"reading.{upload.id[:12]}", values=options_to_json(plan.reading))
        if options != plan.reading:
            table = _read_otherwise(upload, options) or table
        st.dataframe(table.frame.head(5), key="reading_preview", hide_index=True, alt=t("First rows as they are read"))
    with detected:
        _show_dialect(upload, table)
    return table


def show_notes(notes: tuple[Note, ...]) -> None:
    """List what was done to the data, worst first."""
    ranked = sorted(notes, key=lambda note: (note.level != "warning", -note.count))
    if not ranked:
        return
    with st.container(border=True, gap="xsmall", key="notes"):
        for note in ranked[:N_NOTES]:
            _show_note(note)
        if ranked[N_NOTES:]:
            with st.expander(t("More notes: {n}", n=len(ranked) - N_NOTES), key="more_notes"):
                for note in ranked[N_NOTES:]:
                    _show_note(note)


def show_seconds(upload: Upload) -> None:
    """Say how long each stage of the open study took, if it was made from this file."""
    study, entry = state.study(), state.study_entry()
    if study is None or entry is None or entry.summary.get("upload") != upload.id:
        return
    stages = [f"{glossary.stage(name)} {duration(seconds)}" for name, seconds in study.seconds.items()]
    st.caption(":material/timer: " + plain(t("Last run: {stages}", stages=" · ".join(stages))))


def _read_otherwise(upload: Upload, options: ReadingOptions) -> Table | None:
    try:
        table = cached.table(str(default_folder()), upload.id, upload.name, options)
    except DataError as error:
        st.error(plain(tell(error.message)), title=t("Read this way, the file makes no sense"))
        return None
    names = set(map(str, table.frame.columns))
    roles = {name: role for name, role in state.plan().roles.items() if name in names}
    state.change_plan(reading=options, roles=roles)
    return table


def _show_dialect(upload: Upload, table: Table) -> None:
    n_rows, n_columns = table.frame.shape
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="detected"):
        st.markdown(f":material/description: **{plain(upload.name)}**", width="content")
        size = (t("Rows: {n:,}", n=n_rows), t("Columns: {n:,}", n=n_columns))
        for label in (*size, *_dialect_words(table.dialect)):
            st.badge(plain(label), color="gray")


def _dialect_words(dialect: Dialect) -> list[str]:
    if dialect.kind == "parquet":
        return ["Parquet"]
    if dialect.kind == "excel":
        return ["Excel", t("Sheet: {name}", name=dialect.sheet)]
    separator = t("tab") if dialect.delimiter == "\t" else SEPARATORS.get(dialect.delimiter, dialect.delimiter)
    return [
        "CSV",
        dialect.encoding.upper(),
        t("Separator: {sign}", sign=separator or "–"),
        t("Decimal sign: {sign}", sign=dialect.decimal),
        t("No header row") if dialect.header_row is None else t("Header in line {n}", n=dialect.header_row + 1),
    ]


def _show_note(note: Note) -> None:
    sign = ":orange[:material/warning:]" if note.level == "warning" else ":material/info:"
    st.markdown(f"{sign} {plain(tell(note.message))}")
