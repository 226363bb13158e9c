"""Retention: of the customers of each first month, how many order again so many months later."""

import pandas as pd
import streamlit as st

from pages._shared import figures
from pages._shared.look import look
from pages._shared.ordercharts import retention
from pages._shared.words import t

MOST_COHORTS = 24


def show(cohorts: pd.DataFrame) -> None:
    """Draw the heat map of the latest cohorts, and all of them as a table."""
    names = list(dict.fromkeys(cohorts["cohort"]))
    if len(names) < 2:
        st.caption(t("All orders are of one month; who comes back in later months cannot be seen yet."))
        return
    _map(cohorts, names[-MOST_COHORTS:])
    st.caption(
        t(
            "A row holds the customers who first ordered in a month (how many: after the dot); a column says what "
            "share of them ordered so many months later. * The month is not over, so its share is still growing."
        )
    )
    if len(names) > MOST_COHORTS:
        st.caption(
            t("The latest {n} of {all} months are drawn; the table has them all.", n=MOST_COHORTS, all=len(names))
        )
    figures.twin(
        cohorts.rename(
            columns={
                "cohort": t("First month"),
                "months": t("Months later"),
                "n": t("Ordered"),
                "size": t("Customers"),
                "share": t("Share"),
                "is_complete": t("Month is over"),
            }
        ),
        key="cohorts",
        alt=t("Customers who order again, by first month"),
        formats={t("Share"): st.column_config.NumberColumn(format="percent")},
    )


def _map(cohorts: pd.DataFrame, names: list[str]) -> None:
    rows = {name: part[part["months"] > 0] for name, part in cohorts.groupby("cohort", sort=False) if name in names}
    sizes = cohorts.groupby("cohort")["size"].first()
    hovers = [
        [
            t("{cohort}, {months} months later: {n:,} of {size:,} ({share:.1%})", cohort=name, **cell)
            + ("" if cell["is_complete"] else " · " + t("not over yet"))
            for cell in rows[name].drop(columns="cohort").to_dict("records")
        ]
        for name in names
    ]
    figure = retention(
        [f"{name} · {sizes[name]:,}" for name in names],
        [rows[name]["share"].tolist() for name in names],
        [rows[name]["is_complete"].tolist() for name in names],
        hovers,
        look(),
    )
    st.plotly_chart(
        figure,
        key="retention",
        config=figures.picture("retention"),
        alt=t("Customers who order again, by first month"),
    )
