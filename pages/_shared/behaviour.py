"""Behaviour: what customers did, by their orders: how many, which kinds, what is to come, who comes back."""

from functools import partial

import pandas as pd
import streamlit as st

from pages._shared import figures, lifetime, orders, retention
from pages._shared.glossary import rfm_cell
from pages._shared.look import look
from pages._shared.ordercharts import cells
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Note
from segment_core.exporting import measures_csv
from segment_core.intake import Assembled
from segment_core.intake.behaviour import CELLS, Behaviour, Summary, summarise
from segment_core.store import Upload


def show(upload: Upload, assembled: Assembled) -> None:
    """Draw what the orders say: the answer first, then its parts, then how they were read; nothing without orders."""
    measured = assembled.measured
    if measured is None:
        orders.show_choices()
        return
    behaviour = measured.behaviour
    summary = summarise(behaviour)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t("What customers did"), width="stretch")
        st.download_button(
            t("Download CSV"),
            data=partial(measures_csv, behaviour.frame, assembled.customers),
            file_name="behaviour.csv",
            mime="text/csv",
            icon=":material/download:",
            help=t("All measures of each customer. Who may not be contacted is left out."),
            on_click="ignore",
            key=f"behaviour_csv.{upload.id[:12]}",
        )
    _totals(summary)
    orders.reference_date(measured)
    kinds, ahead, again, lines = st.tabs(
        [t("Kinds of customers"), t("Lifetime value"), t("Coming back"), t("Lines and returns")], key="behaviour_tabs"
    )
    with kinds:
        _cells(summary)
    with ahead:
        lifetime.show(behaviour, summary)
    with again:
        retention.show(behaviour.cohorts)
    with lines:
        _notes(behaviour)
    orders.show(measured)


def told_here(assembled: Assembled, note: Note) -> bool:
    """Tell whether a note about customers is told with their orders alone; warnings are told above, too."""
    return note.level != "warning" and assembled.measured is not None and note in assembled.measured.behaviour.notes


def _totals(summary: Summary) -> None:
    with st.grid(4, min_column_width=200):
        st.metric(
            t("Customers with orders"),
            f"{summary.n_customers:,}",
            border=True,
            help=t("Customers with returns, free lines or postage only are not among them."),
        )
        st.metric(t("Orders"), f"{summary.n_orders:,}", border=True, help=t("Orders, not lines; a return is none."))
        if summary.money is not None:
            st.metric(
                t("Money"),
                f"{summary.money:,.0f}",
                border=True,
                help=t("All that was spent, less what came back, in the file's currency."),
            )
        else:
            st.metric(
                t("Days since the last order"), f"{summary.recency_median:,.0f}", border=True, help=t("The median.")
            )
        st.metric(
            t("Ordered again"),
            f"{summary.repeat_share:.1%}",
            border=True,
            help=t("Share of the customers with orders who have more than one."),
        )


def _cells(summary: Summary) -> None:
    told = [_cell_words(rfm_cell(cell.name), cell.n, cell.share, cell.money_share) for cell in summary.cells]
    money = [cell.money_share or 0.0 for cell in summary.cells]
    known = any(cell.money_share is not None for cell in summary.cells)
    figure = cells([cell.share for cell in summary.cells], money if known else None, told, look())
    st.caption(
        t("Grey: share of the customers; blue: share of the money. Made of recency, number of orders and money (RFM).")
        if known
        else t("Share of the customers. Made of recency and number of orders (RF).")
    )
    st.plotly_chart(
        figure, key="rfm_cells", config=figures.picture("rfm_cells"), alt=t("Customers and money by kind of customer")
    )
    rows = [
        {
            t("Kind"): rfm_cell(cell.name),
            t("Customers"): cell.n,
            t("Share of all"): cell.share,
            t("Money"): cell.money,
            t("Share of the money"): cell.money_share,
            t("Meaning"): tell(CELLS[cell.name]),
        }
        for cell in summary.cells
    ]
    config = st.column_config
    figures.twin(
        pd.DataFrame(rows).dropna(axis="columns", how="all"),
        key="rfm_cells",
        alt=t("Customers and money by kind of customer"),
        formats={
            t("Share of all"): config.NumberColumn(format="percent"),
            t("Money"): config.NumberColumn(format="localized", step=1),
            t("Share of the money"): config.NumberColumn(format="percent"),
            t("Meaning"): config.TextColumn(width="large"),
        },
    )


def _cell_words(name: str, n: int, share: float, money_share: float | None) -> str:
    words = t("{name}: {n:,} customers ({share:.1%})", name=name, n=n, share=share)
    if money_share is None:
        return words
    return words + " · " + t("{share:.1%} of the money", share=money_share)


def _notes(behaviour: Behaviour) -> None:
    ranked = sorted(behaviour.notes, key=lambda note: (note.level != "warning", -note.count))
    for note in ranked:
        if note.code not in lifetime.WHY_NOT:
            sign = ":orange[:material/warning:]" if note.level == "warning" else ":material/info:"
            st.markdown(f"{sign} {plain(tell(note.message))}")
