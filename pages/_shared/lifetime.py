"""Lifetime: what customers will bring, how likely they still are customers, and what these figures rest on."""

import pandas as pd
import streamlit as st

from pages._shared.words import plain, t, tell
from segment_core.intake.behaviour import Behaviour, Lifetime, Summary

WHY_NOT = ("no-lifetime", "no-value")
"""Codes of notes that are told beside the lifetime value that they are about."""


def show(behaviour: Behaviour, summary: Summary) -> None:
    """Draw what customers will bring, with what that rests on; or why it cannot be told."""
    for note in behaviour.notes:
        if note.code in WHY_NOT:
            st.info(plain(tell(note.message)), icon=":material/info:")
    found = behaviour.lifetime
    if found is None:
        return
    days = found.horizon_days
    with st.grid(4, min_column_width=200):
        if summary.value is not None and summary.value_median is not None:
            st.metric(
                t("Lifetime value, all customers"),
                f"{summary.value:,.0f}",
                border=True,
                help=t("Money expected within {days} days, in today's money, after returns.", days=days),
            )
            st.metric(t("Median of a customer"), f"{summary.value_median:,.0f}", border=True)
        if summary.expected_orders is not None:
            st.metric(
                t("Expected orders"),
                f"{summary.expected_orders:,.0f}",
                border=True,
                help=t("Within {days} days, by today's customers.", days=days),
            )
        if summary.active_share is not None:
            st.metric(
                t("Likely still customers"),
                f"{summary.active_share:.1%}" if found.tells_who_left else "–",
                border=True,
                help=t("Share of the customers whose probability of still being one is above one half (BG/NBD).")
                if found.tells_who_left
                else t("These orders hardly show customers stopping for good."),
            )
    st.markdown(f"**{t('What this rests on')}**")
    st.markdown("\n".join(f"- {plain(tell(message))}" for message in behaviour.assumptions))
    with st.expander(t("The fitted models"), icon=":material/function:", key="lifetime_fit"):
        _fit(found)


def _fit(lifetime: Lifetime) -> None:
    bought, worth = lifetime.purchases, lifetime.values
    rows = [
        (t("Repeat orders the model expects so far"), lifetime.expected_repeats, t("Compare with the next line.")),
        (t("Repeat orders so far"), float(lifetime.actual_repeats), t("Orders of one day count as one.")),
        ("r", bought.r, t("Low: customers differ much in how often they order.")),
        ("alpha", bought.alpha, t("r / alpha is the mean number of orders a week while a customer.")),
        ("a", bought.a, t("a / (a + b) is the mean chance to leave after an order.")),
        ("b", bought.b, t("High a and b: customers leave with much the same chance.")),
    ]
    if worth is not None:
        rows += [
            ("p", worth.p, t("High: the orders of one customer are worth much the same.")),
            ("q", worth.q, t("High: customers differ little in what their orders are worth.")),
            ("v", worth.v, t("Sets the scale: p × v / (q − 1) is the mean value of an order.")),
        ]
    if lifetime.correlation is not None:
        rows.append(
            (
                t("Correlation of number and value"),
                lifetime.correlation,
                t("Of repeat orders; the models take it for 0."),
            )
        )
    shown = pd.DataFrame(rows, columns=[t("Figure"), t("Value"), t("Meaning")])
    st.caption(
        t("BG/NBD says when customers order and stop (r, alpha, a, b), Gamma-Gamma what an order is worth (p, q, v).")
    )
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        column_config={
            t("Value"): st.column_config.NumberColumn(format="%.3f"),
            t("Meaning"): st.column_config.TextColumn(width="large"),
        },
        key="lifetime_parameters",
        alt=t("Parameters of the models and how well they fit"),
    )
