"""Bands: a line that decides who counts as an outlier; nobody loses their segment."""

import streamlit as st

from pages._shared import glossary, jobs, state
from pages._shared.look import names
from pages._shared.words import t
from segment_core.artifacts import Clustering
from segment_core.banding import n_outliers, rebanded
from segment_core.clustering.membership import FARTHEST, NEAREST
from segment_core.study import Study


def draw(study: Study, clustering: Clustering) -> None:
    """Ask where outliers begin, count them as the line moves, and draw it anew when asked to."""
    if clustering.oddness is None:
        st.caption(t("This algorithm does not say how far customers are from their segment."))
        return
    now = study.plan.outliers
    far = st.slider(
        t("Outliers begin at"),
        NEAREST,
        FARTHEST,
        now,
        step=0.5,
        format="%.1f",
        help=t(
            "Robust standard deviations: how much farther from the middle of their segment than its usual customers. "
            "4 is usual; lower calls more customers odd. Customers the algorithm left out always count."
        ),
        key="outliers_begin",
    )
    counts, before = n_outliers(clustering, far), n_outliers(clustering, now)
    st.markdown(
        t(
            "**{n:,}** of {total:,} customers count as outliers. They stay in their segment, but do not stand for its "
            "border, and are drawn grey on the map.",
            n=sum(counts),
            total=len(study.customers),
        )
    )
    rows = [
        {
            t("Segment"): name,
            t("Customers"): segment.size,
            glossary.band("outlier"): count,
            t("Share"): count / segment.size,
            t("Change"): count - was,
        }
        for name, segment, count, was in zip(names(study), clustering.segments, counts, before, strict=True)
    ]
    formats = {
        t("Share"): st.column_config.NumberColumn(format="percent"),
        t("Change"): st.column_config.NumberColumn(format="%+d"),
    }
    st.dataframe(rows, hide_index=True, column_config=formats, key="outliers_table", alt=t("Outliers by segment"))
    st.button(
        t("Apply"),
        icon=":material/check:",
        disabled=far == now or jobs.busy(),
        help=t("Takes a moment; no segments are found anew. Later runs keep the line."),
        key="outliers_apply",
        on_click=_apply,
        args=(study, far),
    )


def _apply(study: Study, far: float) -> None:
    state.replace_study(rebanded(study, far))
    state.change_plan(outliers=far)
