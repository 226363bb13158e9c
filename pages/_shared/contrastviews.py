"""Contrast: what text vectors learned about what belongs together, before and after, on pairs that were held out."""

import streamlit as st

from pages._shared.words import plain, t, tell
from segment_core.artifacts import Contrast
from segment_core.contrasting import is_better
from segment_core.study import Study

MEASURES = ("auc", "recall_10", "alignment", "uniformity")


def draw(study: Study) -> None:
    """Draw the measures before and after with what each means; a study that learned nothing draws nothing."""
    if study.contrast is None:
        return
    found = study.contrast
    st.markdown(plain(tell(found.reason)))
    with st.grid(2, min_column_width=220):
        for name in MEASURES[:2]:
            if name in found.before and name in found.after:
                _metric(found, name)
    rows = [
        {
            t("Measure"): title(name),
            t("Before"): found.before[name],
            t("After"): found.after[name],
            t("Better is"): t("higher") if name in MEASURES[:2] else t("lower"),
            t("What it says"): meaning(name),
        }
        for name in found.before
        if name in found.after
    ]
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            t("Before"): st.column_config.NumberColumn(format="%.3f"),
            t("After"): st.column_config.NumberColumn(format="%.3f"),
            t("What it says"): st.column_config.TextColumn(width="large"),
        },
        key="contrast_table",
        alt=t("Before and after, on held-out pairs"),
    )
    st.caption(
        t(
            "Learned from {n:,} pairs, measured on {held_out:,} pairs of other customers. A text that both would "
            "share is in neither.",
            n=found.n_pairs,
            held_out=found.n_held_out,
        )
    )
    column = str(found.made_by.options.get("column") or "")
    if is_better(found) and found.made_by.options.get("positives") == "same label" and column:
        st.caption(
            t(
                "These vectors were taught by the column {column}. Segments will agree with that column more than the "
                "texts alone would: do not take it for a finding.",
                column=plain(column),
            )
        )


def title(name: str) -> str:
    """Name a measure."""
    return {
        "auc": t("Partner before stranger (AUC)"),
        "recall_10": t("Found among the ten nearest (recall at 10)"),
        "alignment": t("Alignment"),
        "uniformity": t("Uniformity"),
    }.get(name, name)


def meaning(name: str) -> str:
    """Say in plain words what a measure tells."""
    return {
        "auc": t("How often a text lies nearer to its partner than to a stranger; 0.5 is chance, 1 always."),
        "recall_10": t(
            "How many of the texts that belong to it are among a text's ten nearest, of as many as could be."
        ),
        "alignment": t("Mean squared distance of partners: 0 is the same place, 2 is no relation."),
        "uniformity": t("How evenly texts fill the room: near 0 they crowd in one place, -3 and below they spread."),
    }.get(name, "")


def _metric(found: Contrast, name: str) -> None:
    change = found.after[name] - found.before[name]
    st.metric(
        title(name),
        f"{found.after[name]:.2f}",
        delta=f"{change:+.2f}" if abs(change) >= 0.005 else 0,
        delta_description=t("before {value}", value=f"{found.before[name]:.2f}"),
        help=meaning(name),
        border=True,
        height="stretch",
    )
