"""Contradiction views: customers who spend much and write angrily, or write warmly and hardly buy, to act on."""

from functools import partial

import pandas as pd
import streamlit as st

from pages._shared import consent, frame, view
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Customers, Traits
from segment_core.errors import DataError
from segment_core.exporting import measures_csv, withheld
from segment_core.profiles.contradictions import (
    ANGRY,
    WARM,
    WalletColumn,
    contradictions,
    wallet_columns,
)
from segment_core.study import Study

N_LISTED, MOST_LISTED, N_CARDS = 50, 1000, 6


def draw(study: Study, traits: Traits) -> None:
    """Draw the ranking of those whose words and wallet disagree, what it rests on, and its download."""
    try:
        ranking = contradictions(study.customers, traits)
    except DataError as error:
        st.info(plain(tell(error.message)), icon=":material/info:")
        return
    columns = wallet_columns(study.customers)
    sizes = ranking["direction"].value_counts()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        direction = st.segmented_control(
            t("Which contradiction"),
            [ANGRY, WARM],
            default=ANGRY,
            required=True,
            format_func=lambda code: f"{naming(code)} · {int(sizes.get(code, 0)):,}",
            key="contradiction_direction",
        )
        n = st.number_input(t("List at most"), 1, MOST_LISTED, N_LISTED, step=10, key="contradiction_count", width=160)
    _rests_on(columns)
    found = ranking[ranking["direction"] == direction].head(int(n)).reset_index(drop=True)
    if found.empty:
        st.caption(f":material/check_circle: {t('Nobody does: words and wallet agree, or nothing was said.')}")
        return
    cells = [cell for _ in range(0, min(N_CARDS, len(found)), 2) for cell in st.columns(2, gap="medium")]
    for place, row in found.head(N_CARDS).iterrows():
        with cells[int(place)].container(border=True, gap="xsmall", key=f"contradiction.{place}"):
            st.text(f"“{row['quote']}”")
            st.caption(_figures(row, study.customers, columns))
            st.caption(source(str(row["column"]), int(row["row"]), str(row["table"])))
    _table(found, study.customers, columns)
    _actions(found, study.customers)


def naming(direction: str) -> str:
    """Name a direction in the analyst's language."""
    return {ANGRY: t("spends much, writes angrily"), WARM: t("writes warmly, hardly buys")}[direction]


def source(column: str, row: int, table: str) -> str:
    """Say where a quote stands; its row is 0 where single texts were not kept."""
    if not row:
        return plain(column)
    if not table:
        return t("{column}, row {n:,}", column=plain(column), n=row)
    return t("{column}, row {n:,} of {table}", column=plain(column), n=row, table=plain(table))


def _rests_on(columns: tuple[WalletColumn, ...]) -> None:
    more = ", ".join(column.name for column in columns if column.sign > 0)
    less = ", ".join(column.name for column in columns if column.sign < 0)
    said = t("Wallet: ranks of {columns}.", columns=plain(more))
    if less:
        said += " " + t("The more of these, the lower: {columns}.", columns=plain(less))
    st.caption(
        said
        + " "
        + t(
            "Words: the rank of the sentiment. The score is the distance of the two ranks, from 0 to 1; who is silent "
            "or neutral is left out. It is a hint whom to ask, and no proof."
        )
    )


def _figures(row: pd.Series, customers: Customers, columns: tuple[WalletColumn, ...]) -> str:
    told = [
        t("Customer {id}", id=plain(row["customer"])),
        t("buys more than {share} of all", share=f"{row['wallet']:.0%}"),
        t("sentiment {score}", score=f"{row['sentiment']:+.2f}"),
    ]
    for kind in ("money", "orders"):
        column = next((column for column in columns if column.kind == kind), None)
        if column is not None:
            value = customers.frame.at[row["customer"], column.name]
            if pd.notna(value):
                told.append(f"{plain(column.name)} {float(value):,.4g}")
    return " · ".join(told)


def _table(found: pd.DataFrame, customers: Customers, columns: tuple[WalletColumn, ...]) -> None:
    shown = pd.DataFrame(
        {
            t("Customer"): found["customer"],
            t("Score"): found["score"],
            t("Rank of the wallet"): found["wallet"],
            t("Rank of the words"): found["words"],
            t("Sentiment"): found["sentiment"],
            t("Quote"): found["quote"],
            t("Column"): found["column"],
            t("Table"): found["table"],
            t("Row"): found["row"],
        }
    )
    for column in columns:
        if column.kind in ("money", "orders") and column.name not in shown.columns:
            shown[column.name] = customers.frame[column.name].reindex(found["customer"]).to_numpy()
    with st.expander(t("As a table"), icon=":material/table:", key="contradictions_open"):
        st.dataframe(
            shown,
            hide_index=True,
            column_config={
                t("Score"): st.column_config.NumberColumn(format="%.2f"),
                t("Rank of the wallet"): st.column_config.NumberColumn(format="percent"),
                t("Rank of the words"): st.column_config.NumberColumn(format="percent"),
                t("Sentiment"): st.column_config.NumberColumn(format="%+.2f"),
            },
            key="contradictions_table",
            alt=t("Words contradict wallet"),
        )


def _actions(found: pd.DataFrame, customers: Customers) -> None:
    ids = found["customer"].tolist()
    out = withheld(customers, only=ids)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            t("Download as CSV"),
            partial(measures_csv, found.set_index("customer"), customers),
            "words_contradict_wallet.csv",
            "text/csv",
            icon=":material/download:",
            key="download_contradictions",
            help=consent.left_out(out),
            on_click="ignore",
        )
        if st.button(
            t("Show these {n} customers on the map", n=len(found)),
            icon=":material/scatter_plot:",
            key="contradictions_to_map",
        ):
            view.select(ids)
            st.switch_page(frame.EXPLORE)
    consent.tell_withheld(out)
