"""Labels: the analyst's own columns: what is in them, how they are changed, and how they leave."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from pages._shared import cached, charts, consent, figures, marking, rules, state
from pages._shared.look import look
from pages._shared.words import plain, t, tell
from segment_core.artifacts import LabelColumn
from segment_core.errors import OptionError
from segment_core.exporting import segments_csv
from segment_core.labelling import LabelCount, remove, rename, tidy
from segment_core.study import Study

MOST_BARS = 10


def draw(study: Study) -> None:
    """Draw the label columns with their counts, and the form for a rule."""
    if study.labels:
        _column(study, _chosen(study))
    else:
        st.caption(t("No labels yet: select customers on the map, pick them in the table, or write a rule."))
    rules.build(study)


def ask(study: Study) -> list[str]:
    """Ask which label columns go into a file; nothing is asked where there are none."""
    if not study.labels:
        return []
    return st.multiselect(
        t("Label columns to add"), [column.name for column in study.labels], placeholder=t("None"), key="export_labels"
    )


def columns(names: Sequence[str]) -> dict[str, pd.Series]:
    """Return label columns as they are named in a file."""
    version = state.study_version()
    return {f"label: {name}": cached.label_values(*version)[name] for name in names} if version else {}


def _chosen(study: Study) -> LabelColumn:
    names = [column.name for column in study.labels]
    name = names[0]
    if len(names) > 1:
        name = st.selectbox(t("Label column"), names, key="labels_looked_at") or names[0]
    return next(column for column in study.labels if column.name == name)


def _column(study: Study, column: LabelColumn) -> None:
    counts = cached.label_counts(*state.study_version(), column.name)
    labelled, total = sum(count.n for count in counts), len(study.customers)
    by_hand = sum(count.picked for count in counts)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(column.name), width="stretch")
        _manage(study, column, counts)
    for note in column.notes:
        st.caption(tell(note.message))
    with st.grid(4):
        st.metric(t("Labelled customers"), f"{labelled:,}", border=True)
        st.metric(t("Share of all"), f"{labelled / total:.1%}", border=True)
        st.metric(t("By hand"), f"{by_hand:,}", border=True)
        st.metric(t("By rule"), f"{labelled - by_hand:,}", border=True)
    left, right = st.columns(2, gap="medium")
    with left:
        _counts(counts, total)
    with right:
        rules.listed(study, column)
        rules.in_sql(study, column)


def _counts(counts: Sequence[LabelCount], total: int) -> None:
    if not counts:
        st.caption(t("Nobody has a label in this column now."))
        return
    shown = counts[:MOST_BARS]
    told = [f"{count.label}: {count.n:,} ({count.n / total:.1%})" for count in shown]
    rows = [
        {
            t("Label"): count.label,
            t("Customers"): count.n,
            t("Share of all"): count.n / total,
            t("By hand"): count.picked,
            t("By rule"): count.n - count.picked,
        }
        for count in counts
    ]
    figures.draw(
        charts.sizes([count.n for count in shown], told, look()),
        rows,
        key="label_counts",
        alt=t("Customers by label"),
        formats={t("Share of all"): st.column_config.NumberColumn(format="percent")},
    )


def _manage(study: Study, column: LabelColumn, counts: Sequence[LabelCount]) -> None:
    st.download_button(
        t("Download CSV"),
        data=partial(segments_csv, study, more=columns([column.name])),
        file_name="labels.csv",
        mime="text/csv",
        icon=":material/download:",
        help=consent.left_out(cached.withheld(*state.study_version(), ())),
        on_click="ignore",
        key="labels_csv",
    )
    with st.popover(t("Rename or delete"), icon=":material/edit:", key="labels_manage"):
        what = st.selectbox(
            t("What to change"),
            ["", *(count.label for count in counts)],
            format_func=lambda label: t("Label: {name}", name=label) if label else t("The whole column"),
            key=f"label_changed.{column.name}",
        )
        new = st.text_input(t("New name"), value=what or column.name, key=f"label_new.{column.name}.{what}")
        st.button(t("Rename"), key="label_rename", on_click=_rename, args=(column, what, new))
        st.button(t("Delete"), icon=":material/delete:", key="label_delete", on_click=_delete, args=(column, what))


def _rename(column: LabelColumn, label: str, new: str) -> None:
    study = state.study()
    if study is None:
        return
    try:
        clean = tidy(new)
        if label:
            change = t("Label renamed to “{name}”", name=plain(clean))
            marking.put(column.name, lambda found: rename(found, label, clean), change)
            return
        if clean != column.name and any(other.name == clean for other in study.labels):
            raise OptionError("There is a label column {name} already; choose another name.", name=clean)
    except OptionError as error:
        st.toast(tell(error.message), icon=":material/error:")
        return
    marking.forget_names()
    renamed = tuple(replace(other, name=clean) if other.name == column.name else other for other in study.labels)
    marking.keep(study, renamed, t("Label column renamed to “{name}”", name=plain(clean)))


def _delete(column: LabelColumn, label: str) -> None:
    study = state.study()
    if study is None:
        return
    if label:
        marking.put(column.name, lambda found: remove(found, label), t("Label “{name}” deleted", name=plain(label)))
        return
    marking.forget_names()
    kept = tuple(other for other in study.labels if other.name != column.name)
    marking.keep(study, kept, t("Label column “{name}” deleted", name=plain(column.name)))
