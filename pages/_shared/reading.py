"""Reading: what was detected in the file, and how to read it otherwise."""

import pandas as pd
import streamlit as st

from pages._shared import cached, glossary, state
from pages._shared.forms import ask
from pages._shared.words import duration, plain, t, tell
from segment_core.artifacts import Customers, Dialect, Note, Table
from segment_core.choices import options_to_json
from segment_core.errors import DataError
from segment_core.intake import ReadingOptions
from segment_core.store import Upload, default_folder

N_NOTES = 4
SEPARATORS = {",": ",", ";": ";", "|": "|", " ": "␣"}


def show_reading(upload: Upload) -> tuple[Table, ...]:
    """Draw what was detected and a form to read a file otherwise; return the tables as read."""
    detected = st.container(key="detected", gap="xsmall")
    tables = cached.tables(str(default_folder()), upload.id, upload.name, state.plan())
    with st.expander(t("Read the file otherwise"), icon=":material/tune:", key="reading"):
        st.caption(t("What is left empty is detected. The page follows as you choose."))
        name = _which(tables)
        tables = _ask(upload, tables, name)
        shown = next(table for table in tables if table.name == name or len(tables) == 1)
        st.dataframe(shown.frame.head(5), key="reading_preview", hide_index=True, alt=t("First rows as they are read"))
    with detected:
        if len(tables) > 1:
            _show_tables(upload, tables)
        else:
            _show_dialect(upload.name, tables[0])
    return tables


def _which(tables: tuple[Table, ...]) -> str:
    names = [table.name for table in tables]
    if len(names) == 1:
        return names[0]
    return str(st.selectbox(t("Table"), names, key="reading_table", format_func=str))


def _ask(upload: Upload, tables: tuple[Table, ...], name: str) -> tuple[Table, ...]:
    """Ask how to read a table, and read it so as soon as something is chosen."""
    plan = state.plan()
    now = plan.files.get(name, plan.reading)
    number = [table.name for table in tables].index(name)
    with st.container(horizontal=True):
        options = ask(ReadingOptions, key=f"reading.{upload.id[:12]}.{number}", values=options_to_json(now))
    if options == now:
        return tables
    changed = plan.having(reading=options) if len(tables) == 1 else plan.having(files={**plan.files, name: options})
    try:
        found = cached.tables(str(default_folder()), upload.id, upload.name, changed)
    except DataError as error:
        st.error(plain(tell(error.message)), title=t("Read this way, the file makes no sense"))
        return tables
    before = {str(column) for table in tables for column in table.frame.columns}
    after = {str(column) for table in found for column in table.frame.columns}
    gone = before - after  # what was chosen for a column that is no longer there would be refused
    kept = {
        part: {column: value for column, value in getattr(plan, part).items() if column not in gone}
        for part in ("roles", "bases")
    }
    links = None if gone else plan.links
    state.set_plan(changed.having(links=links, remedies=() if gone else plan.remedies, **kept))
    return found


def show_notes(notes: tuple[Note, ...]) -> None:
    """List what was done to the data, worst first."""
    ranked = sorted(notes, key=lambda note: (note.level != "warning", -note.count))
    if not ranked:
        return
    with st.container(border=True, gap="xsmall", key="notes"):
        for number, note in enumerate(ranked[:N_NOTES]):
            _show_note(note, number)
        if ranked[N_NOTES:]:
            with st.expander(t("More notes: {n}", n=len(ranked) - N_NOTES), key="more_notes"):
                for number, note in enumerate(ranked[N_NOTES:], N_NOTES):
                    _show_note(note, number)


def show_customers(customers: Customers) -> None:
    """Show the first customers as they go into the study."""
    st.subheader(t("First customers"))
    aside = {column.name for column in customers.columns if column.role == "ignore"}
    shown = customers.frame[[name for name in customers.frame.columns if name not in aside]].head(10)
    st.dataframe(shown, key="preview", hide_index=customers.id_name != "row", alt=t("First ten customers"))
    st.caption(
        t(
            "{n:,} customers of {rows:,} rows, {columns:,} columns; columns set aside are not shown.",
            n=len(customers),
            rows=customers.n_rows,
            columns=shown.shape[1],
        )
    )


def show_seconds(upload: Upload) -> None:
    """Say how long each stage of the open study took, if it was made from this file."""
    study, entry = state.study(), state.study_entry()
    if study is None or entry is None or entry.summary.get("upload") != upload.id:
        return
    stages = [f"{glossary.stage(name)} {duration(seconds)}" for name, seconds in study.seconds.items()]
    st.caption(":material/timer: " + plain(t("Last run: {stages}", stages=" · ".join(stages))))


def _show_dialect(name: str, table: Table) -> None:
    n_rows, n_columns = table.frame.shape
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/description: **{plain(name)}**", width="content")
        size = (t("Rows: {n:,}", n=n_rows), t("Columns: {n:,}", n=n_columns))
        for label in (*size, *_dialect_words(table.dialect)):
            st.badge(plain(label), color="gray")


def _show_tables(upload: Upload, tables: tuple[Table, ...]) -> None:
    size = t("Tables: {n}", n=len(tables))
    st.markdown(f":material/folder_zip: **{plain(upload.name)}** · {size}")
    shown = pd.DataFrame(
        {
            t("Table"): [table.name for table in tables],
            t("Rows"): [len(table.frame) for table in tables],
            t("Columns"): [table.frame.shape[1] for table in tables],
            t("Read as"): [" · ".join(_dialect_words(table.dialect)) for table in tables],
            t("Notes"): [sum(note.level == "warning" for note in table.notes) for table in tables],
        }
    )
    st.dataframe(shown, key="tables", hide_index=True, height="content", alt=t("Tables as they were read"))


def _dialect_words(dialect: Dialect) -> list[str]:
    if dialect.kind == "parquet":
        return ["Parquet"]
    if dialect.kind == "json":
        return ["JSON", *filter(None, [dialect.encoding.upper()])]
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


def _show_note(note: Note, number: int) -> None:
    sign = ":orange[:material/warning:]" if note.level == "warning" else ":material/info:"
    table = f"**{plain(note.table)}** · " if note.table else ""
    sentence = f"{sign} {table}{plain(tell(note.message))}"
    if not note.places:
        st.markdown(sentence)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(sentence, width="content")
        with st.popover(t("Look"), icon=":material/visibility:", type="tertiary", key=f"note_{number}"):
            shown = pd.DataFrame(
                {
                    t("Row"): [str(row) if row else "–" for row, _ in note.places],
                    t("As it stood"): [text for _, text in note.places],
                }
            )
            st.dataframe(shown, hide_index=True, key=f"note_places_{number}", alt=t("Where it was and how it stood"))
            if len(note.places) < note.count:
                st.caption(
                    t(
                        "The first {n} of {count:,}. Rows are counted from 1 below the header.",
                        n=len(note.places),
                        count=note.count,
                    )
                )
